import { parse } from "#yaml"

import { ciFiles } from "../reading/ci-files.js"
import type { Sources } from "../reading/sources.js"

type CiTable = Readonly<Record<string, unknown>>

const TESTS = /\b(?:pytest|tox|nox|unittest|tests?)\b/i

/** What the CI starts beside the jobs that run tests, as GitHub and GitLab have it. */
export function testServices(sources: Sources): string[] {
  const found = ciFiles(sources.paths)
    .filter((path) => /\.ya?ml$/.test(path))
    .flatMap((path) => servicesIn(sources.text(path) ?? ""))
  return [...new Set(found)].sort()
}

function servicesIn(text: string): string[] {
  if (!/^\s*services:/m.test(text)) return []
  try {
    const file = tableOf(parse(text))
    return [...Object.values(tableOf(file["jobs"])), ...Object.values(file)]
      .map(tableOf)
      .filter(({ script, steps }) =>
        TESTS.test(JSON.stringify([script, steps])),
      )
      .flatMap(({ services }) => namesOf(services))
  } catch {
    return []
  }
}

/** GitHub gives each a name, GitLab lists their images. */
function namesOf(services: unknown): string[] {
  return Array.isArray(services)
    ? services
        .map((each: unknown) => tableOf(each)["name"] ?? each)
        .filter((each) => typeof each === "string")
        .map((each) => each.replace(/(?<=[^/]):[^:/]*$/, ""))
    : Object.keys(tableOf(services))
}

function tableOf(value: unknown): CiTable {
  return typeof value === "object" && value !== null ? (value as CiTable) : {}
}
