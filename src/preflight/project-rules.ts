import { isReserved } from "../config/index-names.js"
import { isTooLong, WHOLE_NOTES } from "../forge/github-notes.js"
import { judgePlaceholders } from "../project/placeholders-rule.js"
import { unreleased } from "../reading/own-sources.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"
import { type PreflightRule, refuse } from "./preflight-rule.js"

export const changelogRule: PreflightRule = ({ notes, project, version }) => {
  if (!project || !version || !notes) return {}
  const { changelog, others = [] } = project.notes
  const unread =
    others.length > 0
      ? ` What looks like a changelog is not read: ${few(others.map(code))}; \`changelog\` in \`[tool.shipwheel]\` names the one that is meant.`
      : ""
  const { heading, origin, seen = [], text } = notes
  const reason = project.gates.skip.get("changelog")
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
  return refuse(
    "project",
    `${what}; ${seen.length === 0 ? "no heading was seen there" : `its headings are ${few(seen.map(code))}`}`,
    `Add the heading \`${version.semver ?? version.pep440}\` with what has changed, or say why not: \`skip = { changelog = "..." }\` in \`[tool.shipwheel]\`; another file is named by \`changelog\`${such(others)}.`,
  )
}

/** One that only says where the changelog is may stand in the usual place. */
function such(others: readonly string[]): string {
  const lines = others.map((each) => `\`changelog = "${each}"\``)
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

/** The test stage would stop there, so that nothing else need start. */
export const testsRule: PreflightRule = ({ project, skipped }) => {
  const unrun = project?.tests.unrun
  return unrun === undefined || skipped?.has("test")
    ? {}
    : refuse("project", unrun.what, unrun.next)
}

/** No wheel would come of it that everybody can install. */
export const compiledRule: PreflightRule = ({ project }) => {
  const compiled = project?.compiled
  if (!compiled) return {}
  return "remark" in compiled
    ? { remarks: [compiled.remark] }
    : refuse("project", compiled.what, compiled.next)
}

/** The wheel would be whole to whoever looks at it, and lack what the package shows. */
export const unbuiltRule: PreflightRule = ({ project }) =>
  project?.unbuilt
    ? refuse("frontend", project.unbuilt.what, project.unbuilt.next)
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

/** Whoever installs the package gets those from the index. */
export const sourcesRule: PreflightRule = ({ project }) => ({
  problems: (project?.unreleased ?? []).map((each) => ({
    owner: "project",
    ...unreleased(each),
  })),
})

/** Found out by the ref that leads there, it would be at the very moment of a release. */
export const indexesRule: PreflightRule = ({ project }) => {
  const names = (project?.indexes ?? []).map(({ name }) => name)
  const unknown = Object.values(project?.environments ?? {}).filter(
    ({ index }) =>
      index !== undefined && !isReserved(index) && !names.includes(index),
  )
  return {
    problems: unknown.map(({ index = "", name }) => ({
      owner: "configuration",
      what: `\`tool.shipwheel.environments.${name}.index\` names \`${index}\`, and no \`[[tool.shipwheel.index]]\` has that name`,
      next: `${names.length > 0 ? `There ${names.length === 1 ? "is" : "are"} ${few(names.map(code))}. ` : ""}Name one of those, or add it with its \`name\` and its \`url\`.`,
    })),
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
