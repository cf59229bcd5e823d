import { compare } from "@renovatebot/pep440"

import { borrowed } from "../git/repository.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"
import { type Version, versionOf } from "../version/version.js"
import { type PreflightRule, refuse } from "./preflight-rule.js"

const SHOWN_FILES = 20

export const repositoryRule: PreflightRule = ({ repository }) =>
  repository
    ? {}
    : {
        remarks: [
          "The source is in no git repository that is seen here, so neither the tag nor the tree was compared with a commit; one in another folder is named with `--repository`.",
        ],
      }

export const readableRule: PreflightRule = ({ repository }) =>
  repository?.unreadable === undefined
    ? {}
    : refuse(
        "project",
        `git can't read the repository: ${repository.unreadable.reason}`,
        repository.unreadable.next,
      )

export const borrowedRule: PreflightRule = ({ repository }) =>
  repository?.lenders === undefined
    ? {}
    : { problems: [borrowed(repository.lenders)] }

export const tagRule: PreflightRule = ({ repository, version }) => {
  if (repository?.head === undefined || !version) return {}
  const { tag } = version
  const { head, shallow, tagCommit, tags = [], tagsOther } = repository
  const [twin] = tags.filter((each) => isTwin(each, version))
  if (tagCommit === undefined && twin !== undefined)
    return refuse(
      "tag",
      `\`${tag}\` is not a tag of this repository, but \`${twin}\` is, and both are version ${version.pep440} to an index`,
      `Did you mean \`${twin}\`? A second tag of one version would have nothing to publish.`,
    )
  const [prefixed] = tags.filter((each) => isPrefixed(each, version))
  if (tagCommit === undefined && prefixed !== undefined)
    return refuse(
      "tag",
      `\`${tag}\` is not a tag of this repository; \`${prefixed}\` is`,
      `If that is this project's, name what its tags begin with in \`[tool.shipwheel]\`: \`tag-prefix = "${prefixOf(prefixed)}"\`, and release \`${prefixed}\`; else make the tag with \`git tag ${tag}\`.`,
    )
  if (tagCommit === undefined)
    return refuse(
      "tag",
      `\`${tag}\` is not a tag of this repository${shallow ? ", which is a shallow clone" : ""}`,
      shallow
        ? "Fetch what the clone left out: `git fetch --unshallow --tags`."
        : `Make it with \`git tag ${tag}\`, or fetch it with \`git fetch --tags\`.`,
    )
  if (tagsOther)
    return refuse(
      "tag",
      `\`${tag}\` is on no commit that could be checked out`,
      `If it is on a tree or on a file, put it on the commit that is meant: \`git tag --force ${tag} COMMIT\`. If it is on a commit that this clone lacks, fetch that: \`git fetch --tags\`.`,
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
    `Build what was tagged: \`git checkout tags/${tag}\`. Where that has no \`dagger.json\` yet, make a clone of it, \`git clone --branch ${tag} . ../${tag}\`, and name that: \`--source ../${tag}\`.`,
  )
}

/** The same version behind another prefix, such as `wren-v1.2.0`, as repositories of several packages have it. */
function isPrefixed(tag: string, version: Version): boolean {
  const prefix = prefixOf(tag)
  return prefix !== version.prefix && isTwin(tag, { ...version, prefix })
}

function prefixOf(tag: string): string {
  return versionOf(tag)[0]?.prefix ?? ""
}

/** To an index 1.2 and 1.2.0 are one version. */
function isTwin(tag: string, version: Version): boolean {
  return (
    tag !== version.tag &&
    versionOf(tag).some(
      ({ environment, pep440, prefix }) =>
        environment === version.environment &&
        prefix === version.prefix &&
        compare(pep440, version.pep440) === 0,
    )
  )
}

export const treeRule: PreflightRule = ({ repository }) => {
  const { dirty = [], unlinked = [], untracked = [] } = repository ?? {}
  if (dirty.length === 0) return {}
  const more = dirty.length - SHOWN_FILES
  const shown = dirty.slice(0, SHOWN_FILES).map(code)
  return refuse(
    "project",
    `${dirty.length === 1 ? "1 file is not as it was" : `${String(dirty.length)} files are not as they were`} committed: ${shown.join(", ")}${more > 0 ? ` and ${String(more)} more` : ""}`,
    `${dirty.includes(MODULE) ? COMMIT_MODULE : PUT_AWAY}; what \`git status\` does not show, \`git update-index --no-skip-worktree --no-assume-unchanged\` does, and \`git sparse-checkout disable\` brings files back that are not there.${untracked.length > 0 ? UNTRACKED : ""}${unlinked.length > 0 ? plainLinks(unlinked) : ""}`,
  )
}

/** By this Dagger knows Shipwheel in the project. */
const MODULE = "dagger.json"
const COMMIT_MODULE = `Commit \`${MODULE}\`, by which Shipwheel is called here, with what else is meant, and put the tag on that commit`
const PUT_AWAY =
  "Commit them, put them away with `git stash --include-untracked`, or list them in `.gitignore`"

function plainLinks(paths: readonly string[]): string {
  return ` ${few(paths.map(code))} ${paths.length === 1 ? "is a link" : "are links"} in the commit: git writes its own text in the place of a link where \`core.symlinks\` is false, as on a Windows without the right to make links; release from a clone where it is true.`
}

const UNTRACKED =
  " What only your own excludes name (`core.excludesFile`) is not known here: `.git/info/exclude` is read."

/** Who clones the repository gets no replacements, and so not what is built here. */
export const replacedRule: PreflightRule = ({ repository }) => {
  const replaced = repository?.replaced ?? []
  const [first = ""] = replaced
  if (replaced.length === 0) return {}
  return refuse(
    "project",
    `git shows other objects in the place of what was committed: ${few(replaced.map(short))} ${replaced.length === 1 ? "is" : "are"} replaced by \`refs/replace\``,
    `No other clone has that. Take it away (\`git replace --delete ${first}\`; \`git replace --list\` names all), or release from a clone, which gets none.`,
  )
}

/** The files of each kind, ready to be shown. */
function grouped(
  files: readonly { readonly path: string; readonly by: string }[],
): [by: string, paths: string[]][] {
  const kinds = new Map<string, string[]>()
  for (const { by, path } of files)
    kinds.set(by, [...(kinds.get(by) ?? []), code(path)])
  return [...kinds]
}

/** They go out as they are in the tree. */
export const settingsRule: PreflightRule = ({ repository }) => ({
  remarks: grouped(repository?.settings ?? []).map(
    ([by, paths]) =>
      `Not as committed but for ${by}, as git's settings may have it: ${few(paths)}.`,
  ),
})

/** What runs, what that is compiled from, and what a build, its tests or its dependencies are decided by. */
const DECIDING = [
  /\.(?:py[cdixw]?|pxd|pxi|pth|c|cc|cpp|cxx|cu|h|hpp|rs|go|f|f90|[cm]?[jt]s|[jt]sx|vue|svelte|wasm|so|dylib|dll|sh|bat|ps1)$/i,
  /\.(?:toml|cfg|ini|lock|cmake|in)$/i,
  /(?:^|\/)(?:package(?:-lock)?\.json|npm-shrinkwrap\.json|\.npmrc|pnpm-[^/]+\.ya?ml|\.yarnrc[^/]*|Makefile|CMakeLists\.txt|meson\.build|[^/]*(?:requirements|constraints)(?:[^/]*|\/.*)\.txt)$/i,
]

/** A filter is a program of the repository's owner, and nothing of theirs is run for a comparison. */
export const filterRule: PreflightRule = ({ repository }) => {
  const filtered = repository?.filtered ?? []
  const decides = ({ path }: { path: string }) =>
    DECIDING.some((each) => each.test(path))
  return {
    problems: grouped(filtered.filter(decides)).map(([by, paths]) => ({
      owner: "project",
      what: `nothing tells whether these are as they were committed, and they are code or decide on the build: ${few(paths)}; ${given(by)}`,
      next: "Release from a clone for which that filter is not set up, where files are as they were committed, or take the filter from these in `.gitattributes`: `*.py -filter`.",
    })),
    remarks: grouped(filtered.filter((each) => !decides(each))).map(
      ([by, paths]) =>
        `Nothing tells whether these are as they were committed: ${few(paths)}; ${given(by)}.`,
    ),
  }
}

function given(filter: string): string {
  return `\`.gitattributes\` or \`.git/info/attributes\` gives them to the filter ${code(filter)}, which is not run here`
}

export const shallowRule: PreflightRule = ({ repository }) =>
  repository?.shallow
    ? {
        remarks: [
          "The repository is a shallow clone; a version that is counted from its history would be wrong, the tag's is not.",
        ],
      }
    : {}

function short(commit: string): string {
  return `\`${commit.slice(0, 12)}\``
}
