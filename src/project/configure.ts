import { posix } from "node:path"
import { isDeepStrictEqual } from "node:util"

import { packageLayout } from "../backends/backend-answers.js"
import { parseConfig } from "../config/config.js"
import type { FrontendConfig } from "../config/config-schema.js"
import { problem } from "../errors.js"
import type { Frontend } from "../frontend/frontend.js"
import { parsePyproject } from "../reading/pyproject.js"
import type { Tests } from "../test/tests.js"
import {
  countHeaders,
  type TableLines,
  withLines,
} from "../text/toml-insert.js"
import { configuredShape } from "./import-shape.js"
import type { Outline } from "./outline.js"
import type { Survey } from "./survey.js"
import { unseenFrontends } from "./unseen-frontends.js"

const ROOT = "tool.shipwheel"

type Keys = Readonly<Record<string, string | readonly string[] | undefined>>

/** pyproject.toml with the lines that leave nothing to be guessed; the same text where there are none to add. */
export function configured({ outline, project }: Survey): string {
  if (!outline) return ""
  const written = outline.sources.text("pyproject.toml") ?? ""
  const before = withSeveral(written, outline)
  const all = [
    keyLines(`[${ROOT}]`, {
      package: packageToWrite(outline),
      pythons: outline.config.pythons ? undefined : project?.pythons,
      changelog: outline.config.changelog ? undefined : outline.changelog,
      frontend: hasNone(outline, project?.frontends ?? []) ? [] : undefined,
    }),
    keyLines(`[${ROOT}.test]`, project ? testKeys(outline, project.tests) : {}),
    ...frontendTables(outline, project?.frontends ?? [], before),
  ]
  const added = all.filter(({ lines }) => lines.length > 0)
  const after = added.reduce(withLines, before)
  requireReadable(before, after, added)
  return added.length > 0 ? after : written
}

/** The package's folder, where naming it would mean the same package. */
function packageToWrite(outline: Outline): string | undefined {
  const { config, found, name, sources } = outline
  if (config.package !== undefined || !found) return undefined
  const { imports = [] } = config
  const layout = packageLayout(outline)
  const again = configuredShape(sources, layout, name, found.path, imports)
  return isDeepStrictEqual(again, found) ? found.path : undefined
}

/** What runs the tests, unless that would hide others which nothing runs; pytest has to be named where it came by itself. */
function testKeys({ config }: Outline, tests: Tests): Keys {
  const own = config.test ?? {}
  if (tests.unrun || (tests.remark && own.requires)) return {}
  const unit = own.unit ? undefined : tests.unit
  const integration = own.integration ? undefined : tests.integration
  return {
    unit,
    integration,
    requires: tests.remark === undefined ? undefined : ["pytest"],
  }
}

/** Whether nothing says that there is no frontend where there is none. */
function hasNone(outline: Outline, frontends: readonly Frontend[]): boolean {
  const all = [...frontends, ...unseenFrontends(outline)]
  return outline.config.frontend === undefined && all.length === 0
}

/** What is missing in the table of each frontend, and a table for each that has none. */
function frontendTables(
  outline: Outline,
  frontends: readonly Frontend[],
  source: string,
): TableLines[] {
  const { config } = outline
  const unseen = unseenFrontends(outline)
  const guessed = config.frontend === undefined ? frontends : []
  return [
    ...(config.frontend ?? []).flatMap((own, at) =>
      missingKeys(own, at, frontends, source),
    ),
    // What it writes its build shows, and says more than a line would.
    ...[...guessed, ...unseen].map(({ path, script }) => ({
      ...keyLines(`[[${ROOT}.frontend]]`, { path: path || ".", script }),
      at: Infinity,
    })),
  ]
}

/** With the one table of a frontend as the first of several, where more are to follow. */
function withSeveral(source: string, outline: Outline): string {
  if (unseenFrontends(outline).length === 0) return source
  return source.replace(
    /^([ \t]*)\[(\s*tool\s*\.\s*shipwheel\s*\.\s*frontend\s*)\]/m,
    "$1[[$2]]",
  )
}

/** What a frontend's own table leaves to be guessed, where it is one that lines can be added to. */
function missingKeys(
  own: FrontendConfig,
  at: number,
  frontends: readonly Frontend[],
  source: string,
): TableLines[] {
  const path = own.path.replace(/^\.$/, "")
  const found = frontends.find((each) => each.path === path)
  const headers = [`[[${ROOT}.frontend]]`, `[${ROOT}.frontend]`]
  const header = headers.find((each) => countHeaders(source, each) > at)
  if (!found || header === undefined) return []
  const { outputs, script } = found
  const [output, ...more] = found.guessed ? [] : outputs
  const keys = {
    output:
      own.output === undefined && output
        ? posix.relative(path, output.from)
        : undefined,
    destination:
      own.destination === undefined && more.length === 0
        ? output?.destination
        : undefined,
    script: own.script === undefined ? script : undefined,
  }
  return [{ ...keyLines(header, keys), at }]
}

function keyLines(header: string, keys: Keys): TableLines {
  const lines = Object.entries(keys).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key} = ${shown(value)}`],
  )
  return { header, lines }
}

function shown(value: string | readonly string[]): string {
  return typeof value === "string"
    ? JSON.stringify(value)
    : `[${value.map((each) => JSON.stringify(each)).join(", ")}]`
}

/** The edit of a text is proved by reading it: nothing but these keys may be new. */
function requireReadable(
  before: string,
  after: string,
  added: readonly TableLines[],
): void {
  if (added.length === 0 || isSound(before, after)) return
  // What its owner has to put right first is no matter of its form.
  parseConfig(parsePyproject(before).tool["shipwheel"])
  throw problem(
    "configuration",
    "`[tool.shipwheel]` is written in a form that lines can't be added to",
    `Write it as tables, one below the other, and add these lines by hand, each below its own header:\n\n${added.map(({ header, lines }) => [header, ...lines].join("\n")).join("\n\n")}`,
  )
}

function isSound(before: string, after: string): boolean {
  try {
    const [old, now] = [before, after].map(parsePyproject)
    const own = { ...(old?.tool["shipwheel"] as object | undefined) }
    const config = parseConfig(now?.tool["shipwheel"]) as object
    const kept = Object.entries(own).every(([key, value]) => {
      const written = (now?.tool["shipwheel"] as Record<string, unknown>)[key]
      return (
        key === "test" ||
        key === "frontend" ||
        isDeepStrictEqual(written, value)
      )
    })
    const rest = [old, now].map((each) => ({
      ...each,
      tool: { ...each?.tool, shipwheel: undefined },
    }))
    return Boolean(config) && kept && isDeepStrictEqual(rest[0], rest[1])
  } catch {
    return false
  }
}
