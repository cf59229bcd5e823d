import { satisfies } from "@renovatebot/pep440"

import { isWheel, misnamedFiles, shownSize } from "./distribution.js"
import { type Archive, type Facts, innerPath, paths } from "./facts.js"
import { forbidden } from "./forbidden.js"
import type { Gates, Skippable } from "./gate-config.js"
import { normalizeName } from "./requirements.js"

/** What the files of a release have to agree with. */
export interface Expected {
  readonly name: string
  /** Absent where the project's own version is built. */
  readonly version: string | undefined
  readonly pythons: readonly string[]
  readonly packageDir: string
  /** Where each frontend's output goes in the project. */
  readonly destinations: readonly string[]
  /** The licence files at the top of the source. */
  readonly licences: readonly string[]
  readonly gates: Gates
}

/** A condition that the files must meet; it says what breaks it. */
export interface Gate {
  readonly name:
    Skippable | "names" | "metadata" | "record" | "frontend" | "size"
  readonly refuses: (facts: Facts, expected: Expected) => string[]
}

export const GATES: readonly Gate[] = [
  { name: "names", refuses: misnamed },
  { name: "metadata", refuses: wrongMetadata },
  { name: "record", refuses: (facts) => facts.files.flatMap(misrecorded) },
  { name: "classifiers", refuses: contradictions },
  { name: "licence", refuses: unlicensed },
  { name: "frontend", refuses: wrongFrontend },
  { name: "forbidden", refuses: (facts) => facts.files.flatMap(forbidden) },
  { name: "duplicates", refuses: (facts) => facts.files.flatMap(duplicates) },
  { name: "size", refuses: tooLarge },
]

const SHOWN = 10

function misnamed({ files }: Facts, { name, version }: Expected): string[] {
  return misnamedFiles(
    files.map((each) => each.name),
    name,
    version,
  )
}

function wrongMetadata({ files }: Facts, { name, version }: Expected) {
  return files.flatMap((file) => {
    const { Name = "none", Version = "none" } = file.metadata
    return [
      ...(normalizeName(Name) === normalizeName(name)
        ? []
        : [`the metadata of \`${file.name}\` has the name \`${Name}\``]),
      ...(version === undefined || Version === version
        ? []
        : [
            `the metadata of \`${file.name}\` says version ${Version}, the tag says ${version}`,
          ]),
    ]
  })
}

/** What installers know of a wheel they know from its RECORD; its signatures are not in it. */
function misrecorded(file: Archive): string[] {
  if (!isWheel(file.name)) return []
  const { record } = file
  if (!record) return [`\`${file.name}\` has no RECORD`]
  const own = /^[^/]+\.dist-info\/RECORD(\.jws|\.p7s)?$/
  const entries = file.entries.filter(({ name }) => !own.test(name))
  const inside = new Set(entries.map(({ name }) => name))
  const told = (what: string, names: readonly string[]) =>
    names.length === 0
      ? []
      : [`\`${file.name}\` ${what}: ${few(names.map((each) => `\`${each}\``))}`]
  return [
    ...told(
      "holds what its RECORD does not list",
      entries.filter(({ name }) => !(name in record)).map(({ name }) => name),
    ),
    ...told(
      "holds other bytes than its RECORD says",
      entries
        .filter(({ name, sha256 }) => record[name] && record[name] !== sha256)
        .map(({ name }) => name),
    ),
    ...told(
      "lacks what its RECORD lists",
      Object.keys(record).filter(
        (name) => !own.test(name) && !inside.has(name),
      ),
    ),
  ]
}

/** Versions that the classifiers name, such as `3.12`. */
export function claimedPythons({ metadata }: Archive): string[] {
  return metadata.Classifier.flatMap(
    (each) =>
      /^Programming Language :: Python :: (\d+\.\d+)$/.exec(each)?.[1] ?? [],
  )
}

function contradictions({ files }: Facts, { pythons }: Expected): string[] {
  return files
    .filter(({ name }) => isWheel(name))
    .flatMap((file) => {
      const range = file.metadata["Requires-Python"]
      if (range === undefined) return []
      const excluded = (python: string) => !satisfies(`${python}.99`, range)
      const claimed = claimedPythons(file).filter(excluded)
      const tested = pythons.filter(excluded)
      return [
        ...(claimed.length > 0
          ? [
              `classifiers name Python ${claimed.join(", ")}, which \`Requires-Python: ${range}\` excludes`,
            ]
          : []),
        ...(tested.length > 0
          ? [
              `Python ${tested.join(", ")} is in the matrix, and \`Requires-Python: ${range}\` excludes it`,
            ]
          : []),
      ]
    })
}

function unlicensed({ files }: Facts, { licences }: Expected): string[] {
  if (licences.length === 0) return []
  const wanted = licences.map((each) => `\`${each}\``).join(", ")
  return files
    .filter((file) => !licensed(file, licences))
    .map(({ name }) => `none of ${wanted} is in \`${name}\``)
}

function licensed(file: Archive, licences: readonly string[]): boolean {
  return paths(file).some((path) => {
    const [base = ""] = path.split("/").slice(-1)
    const place = isWheel(file.name) ? /^[^/]+\.dist-info\//.test(path) : true
    return place && licences.includes(base)
  })
}

function wrongFrontend({ files, outputs }: Facts, expected: Expected) {
  return files.flatMap((file) =>
    outputs.flatMap((output, at) => {
      const place = expected.destinations[at] ?? ""
      const prefix = isWheel(file.name)
        ? installedPath(place, expected.packageDir)
        : place
      return differences(file, prefix, output)
    }),
  )
}

/** Where a path of the project is after an install: below the folder that the package is in. */
export function installedPath(path: string, packageDir: string): string {
  const parent = packageDir.replace(/[^/]*$/, "")
  return path.startsWith(parent) ? path.slice(parent.length) : path
}

function differences(
  file: Archive,
  prefix: string,
  output: Readonly<Record<string, string>>,
): string[] {
  const found = new Map(
    file.entries.map(({ name, sha256 }) => [innerPath(file, name), sha256]),
  )
  const wanted = Object.entries(output)
  const names = (kept: readonly string[]) => kept.map((each) => `\`${each}\``)
  const missing = wanted.filter(([path]) => !found.has(`${prefix}/${path}`))
  const changed = wanted.filter(([path, sha256]) => {
    const hash = found.get(`${prefix}/${path}`)
    return hash !== undefined && hash !== sha256
  })
  const extra = [...found.keys()]
    .filter((path) => path.startsWith(`${prefix}/`))
    .filter((path) => !(path.slice(prefix.length + 1) in output))
  const told = (what: string, kept: readonly string[]) =>
    kept.length === 0
      ? []
      : [
          `\`${file.name}\` ${what} in \`${prefix}\`: ${few(names(kept))} (${String(kept.length)} of ${String(wanted.length)} files)`,
        ]
  return [
    ...told(
      "lacks the frontend's files",
      missing.map(([path]) => path),
    ),
    ...told(
      "has other bytes than the frontend's",
      changed.map(([path]) => path),
    ),
    ...told("has files that the frontend did not write", extra),
  ]
}

function duplicates(file: Archive): string[] {
  const seen = new Set<string>()
  const twice = file.entries
    .map(({ name }) => name)
    .filter((name) => seen.has(name) || !seen.add(name))
  if (twice.length === 0) return []
  const shown = [...new Set(twice)].map((each) => `\`${each}\``)
  return [`\`${file.name}\` holds more than once: ${few(shown)}`]
}

function tooLarge({ files }: Facts, { gates }: Expected): string[] {
  return files.flatMap((file) => {
    const limit = isWheel(file.name) ? gates.size.wheel : gates.size.sdist
    if (file.size <= limit) return []
    const largest = [...file.entries]
      .sort((one, other) => other.size - one.size)
      .slice(0, SHOWN)
      .map(({ name, size }) => `\`${name}\` (${shownSize(size)})`)
    return [
      `\`${file.name}\` has ${shownSize(file.size)}, the limit is ${shownSize(limit)}; its largest files: ${largest.join(", ")}`,
    ]
  })
}

function few(items: readonly string[]): string {
  const more = items.length - SHOWN
  const shown = items.slice(0, SHOWN).join(", ")
  return more > 0 ? `${shown} and ${String(more)} more` : shown
}

/** What every gate says of the files. */
export interface Judgement {
  readonly passed: readonly string[]
  readonly refused: readonly string[]
  readonly remarks: readonly string[]
}

export function judgeFiles(facts: Facts, expected: Expected): Judgement {
  const { skip } = expected.gates
  const asked = GATES.filter(({ name }) => !skip.has(name))
  const verdicts = asked.map((gate) => ({
    name: gate.name,
    found: gate.refuses(facts, expected),
  }))
  return {
    passed: verdicts
      .filter(({ found }) => found.length === 0)
      .map(({ name }) => name),
    refused: verdicts.flatMap(({ found, name }) =>
      found.map((each) => `${name}: ${each}`),
    ),
    remarks: [
      ...[...skip]
        .filter(([name]) => GATES.some((gate) => gate.name === name))
        .map(([name, reason]) => `Gate \`${name}\` switched off: ${reason}.`),
      ...notable(facts, expected),
    ],
  }
}

/** True, and no reason to stop. */
function notable({ files }: Facts, { licences, pythons }: Expected): string[] {
  const claimed = new Set(files.flatMap(claimedPythons))
  const untested = [...claimed].filter((each) => !pythons.includes(each))
  const unclaimed = pythons.filter((each) => !claimed.has(each))
  return [
    ...(untested.length > 0
      ? [
          `The classifiers name Python ${untested.join(", ")}, on which nothing was tested.`,
        ]
      : []),
    ...(claimed.size > 0 && unclaimed.length > 0
      ? [`No classifier names Python ${unclaimed.join(", ")}, which passed.`]
      : []),
    ...(licences.length === 0
      ? ["The project has no licence file at its top."]
      : []),
  ]
}
