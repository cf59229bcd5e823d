import { isDeepStrictEqual } from "node:util"

import { packageLayout } from "../backends/backend-answers.js"
import { parseConfig } from "../config/config.js"
import { problem } from "../errors.js"
import type { Frontend } from "../frontend/frontend.js"
import { parsePyproject } from "../reading/pyproject.js"
import type { Tests } from "../test/tests.js"
import { type TableLines, withLines } from "../text/toml-insert.js"
import { configuredShape } from "./import-shape.js"
import type { Outline } from "./outline.js"
import type { Survey } from "./survey.js"
import { unseenFrontends } from "./unseen-frontends.js"

const ROOT = "tool.shipwheel"

type Keys = Readonly<Record<string, string | readonly string[] | undefined>>

/** pyproject.toml with the lines that leave nothing to be guessed; the same text where there are none to add. */
export function configured({ outline, project }: Survey): string {
  if (!outline) return ""
  const before = outline.sources.text("pyproject.toml") ?? ""
  const all = [
    keyLines(`[${ROOT}]`, {
      package: packageToWrite(outline),
      pythons: outline.config.pythons ? undefined : project?.pythons,
      changelog: outline.config.changelog ? undefined : outline.changelog,
    }),
    keyLines(`[${ROOT}.test]`, project ? testKeys(outline, project.tests) : {}),
    ...frontendTables(outline, project?.frontends ?? []),
  ]
  const added = all.filter(({ lines }) => lines.length > 0)
  const after = added.reduce(withLines, before)
  requireReadable(before, after, added)
  return after
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

/** A table for each frontend that is not configured; else that there is none. */
function frontendTables(
  outline: Outline,
  frontends: readonly Frontend[],
): TableLines[] {
  const { config } = outline
  const unseen = unseenFrontends(outline)
  if (config.frontend === undefined && frontends.length + unseen.length === 0)
    return [{ header: `[${ROOT}]`, lines: ["frontend = []"] }]
  const header = `[[${ROOT}.frontend]]`
  const guessed = config.frontend === undefined ? frontends : []
  return [
    ...guessed.map(({ destination, output, path, script }) => ({
      ...keyLines(header, { path: path || ".", output, destination, script }),
      at: Infinity,
    })),
    ...unseen.map(({ path, script }) => ({
      ...keyLines(header, { path: path || ".", script }),
      at: Infinity,
    })),
  ]
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
  throw problem(
    "configuration",
    "`[tool.shipwheel]` is written in a form that lines can't be added to",
    `Add them by hand:\n\n${added.map(({ header, lines }) => [header, ...lines].join("\n")).join("\n\n")}`,
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
