import { forgotten } from "../build/forgotten-frontends.js"
import type { BuildNode } from "../frontend/asks-node.js"
import { runCommand } from "../frontend/package-manager.js"
import { withoutFiles } from "../lint/hook-files.js"
import { versionInWords } from "../lint/linters.js"
import { CHANGELOG_NAMES } from "../notes/changelog-file.js"
import { ciFiles } from "../reading/ci-files.js"
import { inFolder } from "../reading/package-json.js"
import type { Tests } from "../test/tests.js"
import { code } from "../text/code.js"
import versions from "../versions.json" with { type: "json" }
import { codes, command, origin } from "./describe-source.js"
import {
  forgettable,
  type FrontendBeside,
  frontendsBeside,
  leadingFrom,
} from "./frontends-beside.js"
import { frontendsInside } from "./frontends-inside.js"
import type { Outline } from "./outline.js"
import type { Project } from "./project.js"
import type { Fact } from "./survey.js"
import { unseenFrontends } from "./unseen-frontends.js"

export function gateFacts(outline: Outline, project: Project): Fact[] {
  const { changelog, config } = outline
  return [
    ...testFacts(outline, project),
    ...project.linting.linters.map((each) => ({
      subject: "linter",
      value: each.commands
        .map((words) => command(withoutFiles(words)))
        .join(", "),
      from: [
        ...(each.configured === "" ? [] : [each.configured]),
        ...(each.reported === undefined ? [] : [each.reported]),
        `version: ${versionInWords(each)}`,
      ].join("; "),
      key: "",
    })),
    ...project.linting.left.map(({ name, why }) => ({
      subject: "linter",
      value: `${code(name)} left out`,
      from: why,
      key: "",
    })),
    {
      subject: "changelog",
      value: changelog === undefined ? "none" : code(changelog),
      ...origin(
        config.changelog,
        "tool.shipwheel.changelog",
        changelog === undefined
          ? `no file at the top or in \`docs\` has one of its usual names: ${codes(CHANGELOG_NAMES)}`
          : "its name",
      ),
    },
    ...Object.values(project.environments).map(({ index, name, refs }) => ({
      subject: `environment ${name}`,
      value: `${codes(refs)}${index === undefined ? ": gates only" : `: to ${index}`}`,
      ...origin(
        config.environments?.[name],
        `tool.shipwheel.environments.${name}`,
        "the usual refs",
      ),
    })),
    wrapperFact(outline),
  ]
}

function testFacts({ config }: Outline, { locked, tests }: Project): Fact[] {
  const kinds = ["unit", "integration"] as const
  return [
    ...kinds.map((kind) => ({
      subject: `${kind} tests`,
      value: tests[kind] ? command(tests[kind]) : "none",
      ...origin(
        config.test?.[kind],
        `tool.shipwheel.test.${kind}`,
        testEvidence(tests, kind),
      ),
    })),
    {
      subject: "requirements of tests",
      value: codes(tests.requirements) || "none",
      ...origin(
        config.test?.extras ?? config.test?.requires,
        "tool.shipwheel.test.extras",
        tests.remark ?? "the usual extra or group",
      ),
    },
    {
      subject: "versions of those",
      value: codes(locked.from) || "the newest that the requirements allow",
      ...origin(config.test?.lock, "tool.shipwheel.test.lock", locked.because),
    },
  ]
}

function testEvidence(tests: Tests, kind: "unit" | "integration"): string {
  if (kind === "unit" && tests.unrun) return tests.unrun.what
  if (kind === "unit" && tests.apart) return tests.apart
  return tests[kind] ? "the test files" : "no file looks like one"
}

function wrapperFact({ paths, sources }: Outline): Fact {
  const files = ciFiles(paths)
  const calling = files.filter((path) =>
    /\bdagger\b[^\n]*\bcall\b/.test(sources.text(path) ?? ""),
  )
  const others = files.filter((path) => !calling.includes(path))
  return {
    subject: "wrappers",
    value: codes(calling) || "none",
    from:
      others.length > 0
        ? `${codes(others)} call no \`dagger\``
        : "the CI's files",
    key: "",
  }
}

function buildNodeFact({
  brought,
  folders,
  manager,
  node,
  path,
  told = {},
  why,
}: BuildNode): Fact {
  const { tool, version = "of its Node" } = manager
  const range = node?.range ?? versions.node
  const variables = codes(Object.keys(told))
  return {
    subject: "Node of the build",
    value: `${brought === undefined ? range : `the one that ${code(brought)} brings`}, ${tool} ${version}`,
    from: [
      why,
      ...(node ? [`${code(node.from)} asks for this Node`] : []),
      ...(variables ? [`${variables} of the build say to take it`] : []),
      ...(path.startsWith("..") && !folders.includes(path)
        ? [
            `${code(path)} is not in the build, since nothing shows for certain that it works there`,
          ]
        : []),
    ].join("; "),
    key: "",
  }
}

function noneInWords(others: readonly FrontendBeside[]): string {
  return others.length === 0
    ? "no `package.json` builds anything"
    : `nothing in ${codes(others.map(({ path }) => path))} leads into the package`
}

function leadsTo(
  path: string,
  leading: readonly FrontendBeside[],
  outline: Outline,
): string | undefined {
  const found = leading.find((each) => each.path === path)?.leads
  const leads = found ?? leadingFrom(path, outline)
  return leads === undefined
    ? undefined
    : `${code(leads)} leads into the package`
}

export function frontendFacts(
  outline: Outline,
  { building, frontends }: Project,
): Fact[] {
  const { config, sources } = outline
  const isForgotten = forgotten(forgettable(outline)) !== undefined
  const isUnseen = unseenFrontends(outline).length > 0
  const key = "tool.shipwheel.frontend"
  const beside = frontendsBeside(outline)
  const leading = [...frontendsInside(outline), ...beside.leading]
  const byBackend = building.node ? [buildNodeFact(building.node)] : []
  if (frontends.length === 0)
    return [
      ...byBackend,
      {
        subject: "frontend",
        value: "none",
        ...origin(
          config.frontend,
          key,
          isForgotten
            ? "none is named, and a folder of the package is to be filled: see below"
            : isUnseen
              ? "none is named, and a `package.json` builds something: see below"
              : building.node && beside.others.length === 0
                ? "what there is, the build of the package makes itself"
                : noneInWords(beside.others),
        ),
      },
    ]
  const facts = frontends.flatMap((each) => {
    const { manager, node, path, root, script } = each
    const own = config.frontend?.find(
      (one) => one.path.replace(/^\.$/, "") === path,
    )
    const subject = `frontend \`${path || "."}\``
    const file = inFolder(path, "package.json")
    const lockfile = inFolder(root, "")
    // What leads into the package stays there; the build alone knows where exactly.
    const leads = each.guessed ? leadsTo(path, leading, outline) : undefined
    const inside = leads && "a folder of the package, which the build shows"
    return [
      {
        subject,
        value: "is built",
        ...origin(
          own,
          `${key}.path`,
          leadsTo(path, leading, outline) ?? code(file),
        ),
      },
      {
        subject: `${subject} build`,
        value: command(runCommand(manager, script)),
        ...origin(own?.script, `${key}.script`, `the scripts of ${code(file)}`),
      },
      {
        subject: `${subject} package manager`,
        value: `${manager.tool} ${manager.version ?? "of its Node"}`,
        from: `\`packageManager\`, or the lockfile in \`${lockfile || "."}\``,
        key: "",
      },
      {
        subject: `${subject} Node`,
        value: node?.range ?? versions.node,
        ...origin(
          own?.node,
          `${key}.node`,
          node ? code(node.from) : "the usual one, which nothing is against",
        ),
      },
      {
        subject: `${subject} writes`,
        value: inside ?? each.outputs.map(({ from }) => code(from)).join(", "),
        ...origin(
          own?.output,
          `${key}.output`,
          leads ??
            (sources.has(file)
              ? `the build tool in ${code(file)}; what the build writes is seen then`
              : ""),
        ),
      },
      {
        subject: `${subject} goes to`,
        value:
          inside !== undefined
            ? "where the build writes it"
            : each.outputs
                .map(({ destination }) => code(destination))
                .join(", "),
        ...origin(
          own?.destination,
          `${key}.destination`,
          leads ?? "the package",
        ),
      },
    ]
  })
  return [...byBackend, ...facts]
}
