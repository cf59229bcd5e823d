import { isTooLong, WHOLE_NOTES } from "../forge/github-notes.js"
import { withoutLetters } from "../notes/letters.js"
import { projectProblems } from "../project/describe.js"
import { judgePlaceholders } from "../project/placeholders-rule.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"
import { triedVersion, writtenIn } from "../version/version.js"
import { type PreflightRule, refuse } from "./preflight-rule.js"

export const changelogRule: PreflightRule = ({ notes, project, version }) => {
  if (!project || !version || !notes) return {}
  const { changelog, others = [] } = project.notes
  const unread =
    others.length > 0
      ? ` What looks like a changelog is not read: ${few(others.map(code))}; \`changelog\` in \`[tool.shipwheel]\` names the one that is meant.`
      : ""
  const { elsewhere = [], encoded, heading, origin, seen = [], text } = notes
  const reason = project.gates.skip.get("changelog")
  const unlettered = withoutLetters(notes)
  if (unlettered) return refuse("project", unlettered.what, unlettered.next)
  if (heading !== undefined)
    return {
      remarks: [
        `The notes are ${origin ?? ""}${text.trim() === "" ? ", which is empty: say there what has changed" : ""}.`,
      ],
    }
  if (changelog === undefined)
    return {
      remarks: [
        origin === undefined
          ? `There are no notes: no changelog was found.${unread}`
          : `The notes are ${origin}.${unread}`,
      ],
    }
  const what = `\`${changelog}\` has no section for ${version.pep440} and none that is unreleased`
  if (reason !== undefined)
    return {
      remarks: [
        origin
          ? `The notes are ${origin}: ${what} (${reason}).`
          : `There are no notes: ${what} (${reason}).`,
      ],
    }
  if (encoded)
    return refuse(
      "project",
      `\`${changelog}\` is not UTF-8, so none of its headings is seen`,
      "Save it as UTF-8.",
    )
  return refuse(
    "project",
    `${what}; ${seen.length === 0 ? "no heading was seen there" : `its headings are ${few(seen.map(code))}`}`,
    `Add the heading \`${writtenIn(triedVersion(version))}\` with what has changed, or say why not: \`skip = { changelog = "..." }\` in \`[tool.shipwheel]\`; another file is named by \`changelog\`${such(elsewhere)}.`,
  )
}

/** One that only says where the changelog is may stand in the usual place. */
function such(paths: readonly string[]): string {
  const lines = paths.map((each) => `\`changelog = "${each}"\``)
  return lines.length > 0 ? `, such as ${few(lines)}` : ""
}

export const longNotesRule: PreflightRule = ({ notes }) =>
  notes && isTooLong(notes.text)
    ? {
        remarks: [
          `The notes have ${String(notes.text.length)} characters, more than GitHub takes: a release there shows their beginning, and \`${WHOLE_NOTES}\` has all of them.`,
        ],
      }
    : {}

export const fragmentsRule: PreflightRule = ({ project }) => {
  const fragments = project?.notes.fragments ?? []
  return fragments.length === 0
    ? {}
    : {
        remarks: [
          `Not collected into the changelog yet: ${few(fragments.map(code))}.`,
        ],
      }
}

export const placeholdersRule: PreflightRule = ({
  placeholders = [],
  project,
}) => (project ? judgePlaceholders(placeholders, project.gates) : {})

/** The stages would stop there, so that nothing need start. */
export const projectRule: PreflightRule = ({ project, skipped = new Map() }) =>
  project
    ? {
        problems: projectProblems(project, skipped),
        remarks:
          project.compiled && "remark" in project.compiled
            ? [project.compiled.remark]
            : [],
      }
    : {}

/** A repository may hold pages that are nobody's here, and the one that was forgotten looks like them. */
export const frontendsRule: PreflightRule = ({ project }) => {
  const folders = project?.leadingNowhere ?? []
  const [first = ""] = folders
  return folders.length === 0
    ? {}
    : {
        remarks: [
          `Beside the project something is built that nothing leads into the package: ${few(folders.map(code))}. If the package needs it, name it: \`frontend = { path = "${first}", destination = "..." }\` in \`[tool.shipwheel]\`; \`frontend = []\` says that it does not.`,
        ],
      }
}

export const matrixRule: PreflightRule = ({ project }) =>
  project && project.leftOut.length > 0
    ? {
        remarks: [
          ...project.leftOut.map(
            ({ python, reason }) =>
              `Python ${python} is left out by ${reason}.`,
          ),
        ],
      }
    : {}
