import type { Gates } from "../config/gate-config.js"
import type { Problem } from "../errors.js"
import type { Placeholder } from "../git/placeholders.js"
import { covers } from "../reading/path-patterns.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"
import { isForAuthors } from "./unseen-frontends.js"

type PlaceholderKind = Placeholder["kind"]

/** How each kind is told of, and what fetches what it stands for. */
const WORDS: Readonly<
  Record<
    PlaceholderKind,
    { readonly what: (many: boolean) => string; readonly next: string }
  >
> = {
  pointer: {
    what: (many) =>
      many
        ? "are pointers of git LFS in the place of their content"
        : "is a pointer of git LFS in the place of its content",
    next: "Fetch it: `git lfs install --local && git lfs pull`; in a CI the checkout has to fetch LFS (`dagger call ci` writes that).",
  },
  annex: {
    what: (many) =>
      many
        ? "are pointers of git-annex in the place of their content"
        : "is a pointer of git-annex in the place of its content",
    next: "Fetch it: `git annex get .`.",
  },
  submodule: {
    what: (many) =>
      many
        ? "are submodules, and their folders are empty"
        : "is a submodule, and its folder is empty",
    next: "Fetch it: `git submodule update --init --recursive`; in a CI the checkout has to fetch submodules (`dagger call ci` writes that).",
  },
}

/** What may go out in the place of something else stops; what nobody installs is only told of. */
export function judgePlaceholders(
  placeholders: readonly Placeholder[],
  { allow, notShipped }: Pick<Gates, "allow" | "notShipped">,
): { problems: Problem[]; remarks: string[] } {
  const excused = [...allow.keys(), ...notShipped.keys()]
  const left = placeholders.filter(
    ({ path }) =>
      !excused.some((each) => covers(each, path) || covers(each, `${path}/`)),
  )
  const kinds = Object.keys(WORDS) as PlaceholderKind[]
  const told = (kind: PlaceholderKind, forAuthors: boolean) =>
    left
      .filter((each) => each.kind === kind)
      .map(({ path }) => path)
      .filter((path) => isForAuthors(`${path}/`) === forAuthors)
  return {
    problems: kinds.flatMap((kind) => {
      const paths = told(kind, false)
      const next = `${WORDS[kind].next} What is not needed in the files is named with the reason in \`[tool.shipwheel.not-shipped]\`.`
      return paths.length === 0
        ? []
        : [{ owner: "project" as const, what: sentence(kind, paths), next }]
    }),
    remarks: kinds.flatMap((kind) => {
      const paths = told(kind, true)
      return paths.length === 0 ? [] : [`${sentence(kind, paths)}.`]
    }),
  }
}

function sentence(kind: PlaceholderKind, paths: readonly string[]): string {
  const shown = few(paths.map(code))
  return `${shown} ${WORDS[kind].what(paths.length > 1)}`
}
