import { code } from "../text/code.js"
import { commandLine } from "../text/command-line.js"
import type { Outline } from "./outline.js"
import type { Project } from "./project.js"
import { pythonRange } from "./python-range.js"
import type { Fact } from "./survey.js"

/** Where a configured value is, else where it was found. */
export function origin(
  configured: unknown,
  key: string,
  found: string,
): Pick<Fact, "from" | "key"> {
  return { from: configured === undefined ? found : `\`${key}\``, key }
}

export const codes = (texts: readonly string[]) => texts.map(code).join(", ")
export const command = (words: readonly string[]) => code(commandLine(words))

export function packageFacts(
  outline: Outline,
  {
    asksGit,
    backend,
    building,
    compiled,
    imports,
    leftOut,
    packageDir,
    pythons,
  }: Project,
): Fact[] {
  const { config, paths, pyproject } = outline
  const range = pythonRange(outline)
  const licences = [...paths].filter((path) =>
    /^(licen[cs]e|copying)[^/]*$/i.test(path),
  )
  const left = leftOut.map(({ python, reason }) => `${python} by ${reason}`)
  return [
    {
      subject: "package",
      value: packageDir ? code(packageDir) : "not found",
      ...origin(config.package, "tool.shipwheel.package", "the source's files"),
    },
    {
      subject: "imports",
      value: codes(imports) || "nothing",
      ...origin(config.imports, "tool.shipwheel.imports", "the package"),
    },
    {
      subject: "backend",
      value: code(backend),
      from: pyproject["build-system"]?.["build-backend"]
        ? "`build-system.build-backend`"
        : "the default where none is named (PEP 517)",
      key: "build-system.build-backend",
    },
    ...(asksGit === undefined
      ? []
      : [{ subject: "git", value: "in the build", from: asksGit, key: "" }]),
    ...Object.entries(building.variables).map(([name, value]) => ({
      subject: `variable \`${name}\` of the build`,
      value: code(value),
      ...origin(value, "tool.shipwheel.build-env", ""),
    })),
    ...(compiled && "remark" in compiled
      ? [
          {
            subject: "compiled code",
            value: building.pure
              ? "left out by setuptools"
              : "as the build is told",
            from: compiled.remark,
            key: "tool.shipwheel.pure",
          },
        ]
      : []),
    {
      subject: "Pythons",
      value: [
        pythons.join(", "),
        ...left.map((each) => `without ${each}`),
      ].join("; "),
      ...origin(
        config.pythons,
        "tool.shipwheel.pythons",
        range
          ? `\`${range.key} = "${range.written}"\` and the classifiers`
          : "the usual ones; no `requires-python`",
      ),
    },
    {
      subject: "licence",
      value: codes(licences) || "no file",
      from: "the top of the source",
      key: "",
    },
  ]
}

export function versionFacts({ tagging, versioning }: Project): Fact[] {
  const { refusal, summary } = versioning
  return [
    {
      subject: "version",
      value: refusal === undefined ? "from the tag" : "not known",
      from: refusal ?? `kept in ${summary}`,
      key: "",
    },
    {
      subject: "prefix of tags",
      value: tagging.prefix === "" ? "none" : code(tagging.prefix),
      from: tagging.from,
      key: "tool.shipwheel.tag-prefix",
    },
  ]
}
