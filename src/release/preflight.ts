import { compare } from "@renovatebot/pep440"

import type { Problem } from "../errors.js"
import type { Repository } from "../git/repository.js"
import type { Notes } from "../notes/changelog.js"
import type { Project } from "../project/project.js"
import { few } from "../text/few.js"
import { type Version, versionOf } from "../version/version.js"

/** All that is known before anything runs; what was refused already is absent. */
export interface Preflight {
  readonly version: Version | undefined
  readonly project:
    | (Pick<Project, "gates" | "leftOut" | "notes"> & {
        readonly tests: Pick<Project["tests"], "unrun">
      })
    | undefined
  /** The gates that the environment leaves out, with its reasons. */
  readonly skipped?: ReadonlyMap<string, string> | undefined
  /** Absent where the source is in no repository. */
  readonly repository: Repository | undefined
  readonly notes: Notes | undefined
}

/** What a rule found: it stops the release, or is only worth saying. */
export interface Verdict {
  readonly problems: readonly Problem[]
  readonly remarks: readonly string[]
}

type PreflightRule = (facts: Preflight) => Partial<Verdict>

const SHOWN_FILES = 20

const repositoryRule: PreflightRule = ({ repository }) =>
  repository
    ? {}
    : {
        remarks: [
          "The source is in no git repository that is seen here, so neither the tag nor the tree was compared with a commit; one in another folder is named with `--repository`.",
        ],
      }

const readableRule: PreflightRule = ({ repository }) =>
  repository?.unreadable === undefined
    ? {}
    : refuse(
        "project",
        `git can't read the repository: ${repository.unreadable}`,
        "Commit at least once, and see that `git status` works there.",
      )

const tagRule: PreflightRule = ({ repository, version }) => {
  if (repository?.head === undefined || !version) return {}
  const { tag } = version
  const { head, shallow, tagCommit, tags = [] } = repository
  const [twin] = tags.filter((each) => isTwin(each, version))
  if (tagCommit === undefined && twin !== undefined)
    return refuse(
      "tag",
      `\`${tag}\` is not a tag of this repository, but \`${twin}\` is, and both are version ${version.pep440} to an index`,
      `Did you mean \`${twin}\`? A second tag of one version would have nothing to publish.`,
    )
  if (tagCommit === undefined)
    return refuse(
      "tag",
      `\`${tag}\` is not a tag of this repository${shallow ? ", which is a shallow clone" : ""}`,
      shallow
        ? "Fetch what the clone left out: `git fetch --unshallow --tags`."
        : `Make it with \`git tag ${tag}\`, or fetch it with \`git fetch --tags\`.`,
    )
  if (tagCommit === head)
    return twin === undefined
      ? {}
      : {
          remarks: [
            `\`${twin}\` is a tag of the same version: an index takes only one of them.`,
          ],
        }
  return refuse(
    "tag",
    `\`${tag}\` is at commit ${short(tagCommit)}, and ${short(head)} is checked out`,
    `Build what was tagged: \`git checkout ${tag}\`.`,
  )
}

/** To an index 1.2 and 1.2.0 are one version. */
function isTwin(tag: string, version: Version): boolean {
  return (
    tag !== version.tag &&
    versionOf(tag).some(
      ({ environment, pep440 }) =>
        environment === version.environment &&
        compare(pep440, version.pep440) === 0,
    )
  )
}

const treeRule: PreflightRule = ({ repository }) => {
  const dirty = repository?.dirty ?? []
  if (dirty.length === 0) return {}
  const more = dirty.length - SHOWN_FILES
  const shown = dirty.slice(0, SHOWN_FILES).map((path) => `\`${path}\``)
  return refuse(
    "project",
    `${dirty.length === 1 ? "1 file is not as it was" : `${String(dirty.length)} files are not as they were`} committed: ${shown.join(", ")}${more > 0 ? ` and ${String(more)} more` : ""}`,
    "Commit them, put them away with `git stash --include-untracked`, or list them in `.gitignore`.",
  )
}

/** They go out as they are in the tree. */
const settingsRule: PreflightRule = ({ repository }) => {
  const byKind = new Map<string, string[]>()
  for (const { by, path } of repository?.settings ?? [])
    byKind.set(by, [...(byKind.get(by) ?? []), `\`${path}\``])
  return {
    remarks: [...byKind].map(
      ([by, paths]) =>
        `Not as committed but for ${by}, as git's settings may have it: ${few(paths)}.`,
    ),
  }
}

const shallowRule: PreflightRule = ({ repository }) =>
  repository?.shallow
    ? {
        remarks: [
          "The repository is a shallow clone; a version that is counted from its history would be wrong, the tag's is not.",
        ],
      }
    : {}

const changelogRule: PreflightRule = ({ notes, project, version }) => {
  if (!project || !version || !notes) return {}
  const { changelog } = project.notes
  const { heading, origin, seen = [] } = notes
  const reason = project.gates.skip.get("changelog")
  if (heading !== undefined || (!changelog && origin))
    return { remarks: [`The notes are ${origin ?? ""}.`] }
  if (changelog === undefined)
    return { remarks: ["There are no notes: no changelog was found."] }
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
    `${what}; ${seen.length === 0 ? "no heading was seen there" : `its headings are ${few(seen.map((each) => `\`${each}\``))}`}`,
    `Add the heading \`${version.semver ?? version.pep440}\` with what has changed, or say why not: \`skip = { changelog = "..." }\` in \`[tool.shipwheel]\`; another file is named by \`changelog\`.`,
  )
}

const fragmentsRule: PreflightRule = ({ project }) => {
  const fragments = project?.notes.fragments ?? []
  return fragments.length === 0
    ? {}
    : {
        remarks: [
          `Not collected into the changelog yet: ${few(fragments.map((each) => `\`${each}\``))}.`,
        ],
      }
}

/** The test stage would stop there, so that nothing else need start. */
const testsRule: PreflightRule = ({ project, skipped }) => {
  const unrun = project?.tests.unrun
  return unrun === undefined || skipped?.has("test")
    ? {}
    : refuse("project", unrun.what, unrun.next)
}

const matrixRule: PreflightRule = ({ project }) =>
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

/** What a rehearsal may still lack, because it is the work before the tag that is rehearsed. */
const COMMITTED: readonly PreflightRule[] = [
  readableRule,
  tagRule,
  treeRule,
  changelogRule,
]
const ALWAYS: readonly PreflightRule[] = [
  repositoryRule,
  settingsRule,
  shallowRule,
  fragmentsRule,
  testsRule,
  matrixRule,
]

/** Asks every rule, so that one run shows all that is wrong. */
export function judge(facts: Preflight, rehearsal: boolean): Verdict {
  const always = ask(ALWAYS, facts)
  const committed = ask(COMMITTED, facts)
  if (!rehearsal)
    return {
      problems: [...committed.problems, ...always.problems],
      remarks: [...always.remarks, ...committed.remarks],
    }
  return {
    problems: always.problems,
    remarks: [
      ...committed.problems.map(asRemark),
      ...always.remarks,
      ...committed.remarks,
    ],
  }
}

function ask(rules: readonly PreflightRule[], facts: Preflight): Verdict {
  const verdicts = rules.map((rule) => rule(facts))
  return {
    problems: verdicts.flatMap(({ problems = [] }) => problems),
    remarks: verdicts.flatMap(({ remarks = [] }) => remarks),
  }
}

function asRemark({ next, what }: Problem): string {
  return `A release would stop here: ${what}. ${next}`
}

function refuse(
  owner: Problem["owner"],
  what: string,
  next: string,
): Partial<Verdict> {
  return { problems: [{ owner, what, next }] }
}

function short(commit: string): string {
  return `\`${commit.slice(0, 12)}\``
}
