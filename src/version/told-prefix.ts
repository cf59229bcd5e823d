import type { Pyproject } from "../reading/pyproject.js"
import type { Sources } from "../reading/sources.js"
import { iniText } from "../text/ini-text.js"

/** What stands before a version in tags, as another tool of the project is told. */
export interface ToldPrefix {
  readonly prefix: string
  /** Where it is told, in words. */
  readonly from: string
}

/** Where tools keep the form of a tag; the place of the version begins with one of `$`, `{`, `*`, `[` and `(`. */
const FORMS = [
  "commitizen.tag_format",
  "semantic_release.tag_format",
  "bumpversion.tag_name",
  "tbump.git.tag_template",
  "setuptools_scm.tag_regex",
  "hatch.version.tag-pattern",
  "hatch.version.raw-options.tag_regex",
  "pdm.version.tag_filter",
  "pdm.version.tag_regex",
  "versioneer.tag_prefix",
  "poetry-dynamic-versioning.pattern-prefix",
  "uv-dynamic-versioning.pattern-prefix",
]

/** The same in `setup.cfg`, which older projects have. */
const CFG_FORMS = [
  ["bumpversion", "tag_name"],
  ["versioneer", "tag_prefix"],
] as const

/** Where they keep the command that asks git, which names the tags that it may find. */
const COMMANDS = [
  "setuptools_scm.git_describe_command",
  "setuptools_scm.scm.git.describe_command",
  "hatch.version.raw-options.git_describe_command",
  "hatch.version.raw-options.scm.git.describe_command",
]

/** The prefix that a project's own tools give to its tags, if one of them is told any. */
export function toldPrefix(
  { tool }: Pick<Pyproject, "tool">,
  sources: Sources,
): ToldPrefix | undefined {
  const cfg = sources.text("setup.cfg") ?? ""
  const told = [
    ...FORMS.map((key) => ({ key, form: text(settingAt(tool, key)) })),
    ...COMMANDS.map((key) => ({ key, form: matchOf(settingAt(tool, key)) })),
  ].map(({ form, key }) => ({ form, from: `\`tool.${key}\`` }))
  const older = CFG_FORMS.map(([section, option]) => ({
    form: iniText(cfg, section, option) ?? "",
    from: `\`${option}\` in \`[${section}]\` of \`setup.cfg\``,
  }))
  return [...told, ...older]
    .map(({ form, from }) => ({ prefix: literalPrefix(form), from }))
    .find(({ prefix }) => prefix !== "")
}

/** A `v` belongs to the version, whoever writes it. */
export function withoutV(prefix: string): string {
  return prefix.replace(/(?<=^|[-_/@=.])v$/, "")
}

/** What is certain to stand before the version in a form, a pattern or a regular expression. */
function literalPrefix(form: string): string {
  const [head = ""] = form
    .replace(/^\^/, "")
    .replace(/\\([-./@=_])/g, "$1")
    .replace(/v\?(?=\(|\[|\\d|$)/, "")
    .split(/[${*[(\\]/)
  return /^[A-Za-z@][\w.@/=+-]*[-_/@=]v?$/.test(head) ? withoutV(head) : ""
}

function settingAt(tool: Pyproject["tool"], key: string): unknown {
  return key
    .split(".")
    .reduce<unknown>(
      (each, part) =>
        typeof each === "object" && each !== null
          ? (each as Record<string, unknown>)[part]
          : undefined,
      tool,
    )
}

function text(value: unknown): string {
  return typeof value === "string" ? value : ""
}

/** The pattern behind `--match`, in a list of arguments or in one text. */
function matchOf(command: unknown): string {
  const words = Array.isArray(command)
    ? command.map(text)
    : text(command).split(/\s+/)
  const at = words.findIndex((each) => /^--match(=|$)/.test(each))
  const pattern = words[at]?.split("=")[1] ?? words[at + 1] ?? ""
  return at < 0 ? "" : pattern.replace(/["']/g, "")
}
