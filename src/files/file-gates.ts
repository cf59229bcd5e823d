import { satisfies } from "@renovatebot/pep440"

import type { Gates, Skippable } from "../config/gate-config.js"
import { isBelow } from "../frontend/output.js"
import { isCode } from "../frontend/written.js"
import { normalizeName } from "../reading/requirements.js"
import { code } from "../text/code.js"
import { foundAlone, refuseAlone } from "./built-alone.js"
import { redescribed, unstated } from "./described.js"
import { isWheel, misnamedFiles, shownSize } from "./distribution.js"
import {
  duplicates,
  mislabelled,
  misrecorded,
  remarkNames,
  renaming,
  shutOut,
} from "./entries.js"
import { type Archive, type Facts, paths, pointPath } from "./facts.js"
import { allowances, forbidden, foreignTops, howToAllow } from "./forbidden.js"
import { missingFrontend, wrongFrontend } from "./frontend-manifest.js"
import { howToComplete, howToLeaveOut } from "./include-data.js"
import type { Inclusion } from "./include-frontend.js"
import { refuseMade, remarkMade, strangersIn } from "./made.js"
import {
  type Possessions,
  refuseIncomplete,
  remarkIncomplete,
} from "./missing-files.js"
import { refusePointers } from "./pointers.js"
import { stayedBehind } from "./stayed-behind.js"
import {
  howToTrack,
  type Present,
  refuseUntracked,
  untrackedBehind,
  untrackedFiles,
} from "./untracked.js"

/** What the files of a release have to agree with. */
export interface Expected extends Inclusion, Possessions, Present {
  readonly name: string
  /** Absent where the project's own version is built. */
  readonly version: string | undefined
  readonly pythons: readonly string[]
  /** What the project said before the tag's was written, where it says one. */
  readonly before: string | undefined
  /** The licence files at the top of the source. */
  readonly licences: readonly string[]
  readonly gates: Gates
}

/** A condition that the files must meet; it says what breaks it. */
export interface Gate {
  readonly name:
    | Skippable
    | "names"
    | "metadata"
    | "record"
    | "frontend"
    | "completeness"
    | "pointers"
    | "tracked"
    | "size"
  readonly refuses: (facts: Facts, expected: Expected) => string[]
  /** What to do about whatever breaks it. */
  readonly next?: string
  /** The same where it takes more than a line. */
  readonly advises?: (facts: Facts, expected: Expected) => string | undefined
}

export const GATES: readonly Gate[] = [
  {
    name: "names",
    refuses: misnamed,
    advises: renamed,
  },
  {
    name: "metadata",
    refuses: wrongMetadata,
    next: "The backend writes the metadata: let it take name, version and requirements from where the project has them; `version-in` in `[tool.shipwheel]` says where the version is, and `dynamic` in `[project]` what only the build knows.",
  },
  {
    name: "record",
    refuses: (facts) => facts.files.flatMap(misrecorded),
    next: "The backend writes RECORD: build with its newest release, and let no step change the wheel after it.",
  },
  {
    name: "classifiers",
    refuses: contradictions,
    next: 'Let the classifiers, `requires-python` and the Pythons that are tested (`pythons` in `[tool.shipwheel]`) say the same; `skip = { classifiers = "the reason" }` leaves it so.',
  },
  {
    name: "licence",
    refuses: unlicensed,
    next: 'Name it as `license-files` in `[project]`, and let the backend take it; `skip = { licence = "the reason" }` in `[tool.shipwheel]` goes without.',
  },
  { name: "frontend", refuses: wrongFrontend, advises: rebuilding },
  { name: "completeness", refuses: refuseIncomplete, advises: completing },
  { name: "pointers", refuses: standingIn },
  { name: "tracked", refuses: ignored, advises: tracking },
  { name: "forbidden", refuses: unwanted, advises: allowing },
  {
    name: "duplicates",
    refuses: (facts) => facts.files.flatMap(duplicates),
    advises: renaming,
  },
  {
    name: "size",
    refuses: tooLarge,
    next: "Leave out what nobody needs, or raise the limit in MiB in `[tool.shipwheel.size]`, such as `wheel = 200`, where the index takes that.",
  },
]

const LARGEST = 10

function misnamed(
  { files }: Facts,
  { name, pythons, version }: Expected,
): string[] {
  return [
    ...misnamedFiles(
      files.map((each) => each.name),
      name,
      version,
    ),
    ...files.flatMap(mislabelled),
    ...files.flatMap((file) => shutOut(file, pythons)),
  ]
}

/** What else than the version and the project's name may be in the names of its files, by the settings that ask for it. */
const RENAMING: readonly (readonly [RegExp, string])[] = [
  [
    /^[^\S\n]*tag[-_]build[^\S\n]*=[^\S\n]*\S/m,
    "Take `tag_build` and `tag_date` out of `[egg_info]` in `setup.cfg`: setuptools adds them to the version.",
  ],
  [
    /^[^\S\n]*python[-_]tag[^\S\n]*=[^\S\n]*\S/m,
    "Take `python_tag` out of `[bdist_wheel]` in `setup.cfg`, or raise `requires-python` to what it says: it decides for which Pythons the wheel is.",
  ],
]

function renamed(facts: Facts, expected: Expected): string | undefined {
  if (misnamed(facts, expected).length === 0) return undefined
  const settings = facts.files.map((each) => each.settings ?? "").join("\n")
  const asked = RENAMING.filter(([pattern]) => pattern.test(settings))
  return asked.length > 0
    ? asked.map(([, advice]) => advice).join("\n")
    : nameAdvice(facts, expected)
}

/** By what is wrong, where no settings ask for it. */
function nameAdvice({ files }: Facts, expected: Expected): string {
  const { name, pythons, version } = expected
  const names = files.map((each) => each.name)
  const advice: readonly (readonly [boolean, string])[] = [
    [misnamedFiles(names, name, version).length > 0, OTHER_NAME],
    [files.some((file) => mislabelled(file).length > 0), OTHER_LABELS],
    [files.some((file) => shutOut(file, pythons).length > 0), OTHER_PYTHONS],
  ]
  return advice.flatMap(([wrong, next]) => (wrong ? [next] : [])).join("\n")
}

const OTHER_NAME =
  "The backend gives files their names: let it take name and version from where the project has them (`version-in` in `[tool.shipwheel]` says where that is), and build with its newest release."
const OTHER_LABELS =
  "The backend writes WHEEL: build with its newest release, and let no step change the wheel after it."
const OTHER_PYTHONS =
  "The `python_tag` of `bdist_wheel` says that, in `setup.py` or in what the backend is given: take it out; or name in `pythons` in `[tool.shipwheel]` the Pythons that the wheel is for, and let the project's own CI make those of the others."

function wrongMetadata(facts: Facts, { name, version }: Expected) {
  const wrong = facts.files.flatMap((file) => {
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
  return [...wrong, ...redescribed(facts), ...unstated(facts)]
}

/** Versions that the classifiers name, such as `3.12`. */
export function claimedPythons({ metadata }: Archive): string[] {
  return metadata.Classifier.flatMap(
    (each) =>
      /^Programming Language :: Python :: (\d+\.\d+)$/.exec(each)?.[1] ?? [],
  )
}

/** What is missing is told how to include; what is another one was made by somebody else. */
function rebuilding(facts: Facts, expected: Expected): string | undefined {
  const missing = missingFrontend(facts, expected)
  return missing !== undefined || wrongFrontend(facts, expected).length === 0
    ? missing
    : "The frontend is built once, and these files are not of that build: let nothing else write into its folder in the package, such as a hook of the backend or what an earlier build left there."
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
  const wanted = licences.map(code).join(", ")
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

function unwanted(facts: Facts, expected: Expected): string[] {
  const { gates, module } = expected
  return [
    ...facts.files.flatMap((file) => forbidden(file, gates.allow, module)),
    ...refuseMade(facts, expected, gates.allow),
    ...refuseAlone(facts, expected, gates.allow),
  ]
}

function standingIn({ files }: Facts, { gates }: Expected): string[] {
  return files.flatMap((file) => refusePointers(file, gates.allow))
}

function allowing(
  { files }: Facts,
  { backend, gates, module, packageDir }: Expected,
): string | undefined {
  const allowing = howToAllow(files, gates.allow, module)
  const tops = foreignTops(files, gates.allow, module)
  if (allowing === undefined || tops.length === 0) return allowing
  const settings = files.map((each) => each.settings ?? "").join("\n")
  const leaving = howToLeaveOut(tops, settings, { backend, packageDir })
  return [leaving, allowing].join("\n\n")
}

function ignored(facts: Facts, expected: Expected) {
  return refuseUntracked(facts, expected, expected.gates.allow)
}

function tracking(facts: Facts, expected: Expected) {
  return howToTrack(facts, expected, expected.gates.allow)
}

function completing(facts: Facts, expected: Expected): string | undefined {
  return howToComplete(facts, expected, expected)
}

function tooLarge({ files }: Facts, { gates }: Expected): string[] {
  return files.flatMap((file) => {
    const limit = isWheel(file.name) ? gates.size.wheel : gates.size.sdist
    if (file.size <= limit) return []
    const largest = [...file.entries]
      .sort((one, other) => other.size - one.size)
      .slice(0, LARGEST)
      .map(({ name, size }) => `\`${name}\` (${shownSize(size)})`)
    return [
      `\`${file.name}\` has ${shownSize(file.size)}, the limit is ${shownSize(limit)}; its largest files: ${largest.join(", ")}`,
    ]
  })
}

/** What every gate says of the files. */
export interface Judgement {
  readonly passed: readonly string[]
  readonly refused: readonly string[]
  /** What to do about what was refused. */
  readonly advice: readonly string[]
  readonly remarks: readonly string[]
}

export function judgeFiles(facts: Facts, expected: Expected): Judgement {
  const { skip } = expected.gates
  const asked = GATES.filter(({ name }) => !skip.has(name))
  const verdicts = asked.map((gate) => ({
    name: gate.name,
    found: gate.refuses(facts, expected),
  }))
  const broken = new Set(
    verdicts.filter(({ found }) => found.length > 0).map(({ name }) => name),
  )
  return {
    passed: verdicts
      .filter(({ found }) => found.length === 0)
      .map(({ name }) => name),
    refused: verdicts.flatMap(({ found, name }) =>
      found.map((each) => `${name}: ${each}`),
    ),
    advice: asked.flatMap(({ advises = () => undefined, name, next }) => [
      ...(next !== undefined && broken.has(name) ? [next] : []),
      ...[advises(facts, expected)].filter((each) => each !== undefined),
    ]),
    remarks: [
      ...[...skip]
        .filter(([name]) => GATES.some((gate) => gate.name === name))
        .map(([name, reason]) => `Gate \`${name}\` switched off: ${reason}.`),
      ...(skip.has("forbidden")
        ? []
        : allowances(
            facts.files,
            expected.gates.allow,
            expected.module,
            refusedBeside(facts, expected),
            onlyHere(expected),
          )),
      ...remarkIncomplete(facts, expected),
      ...stayedBehind(facts, expected),
      ...remarkMade(facts, expected),
      ...facts.files.flatMap(remarkNames),
      ...notable(facts, expected),
    ],
  }
}

/** What needs leave by other rules than that of its name. */
function refusedBeside(facts: Facts, expected: Expected): string[] {
  return [
    ...untrackedFiles(facts.files, expected),
    ...untrackedBehind(facts.files, expected).flatMap(({ path, to }) => [
      path,
      to,
    ]),
    ...strangersIn(facts, expected),
    ...foundAlone(facts, expected),
    ...commandsOf(facts),
    ...writtenCode(facts, expected),
  ]
}

/** What is attached to a release, or read by its build, needs leave as well. */
function onlyHere({ present, tracked }: Expected): string[] {
  const known = new Set(tracked)
  return present.filter((path) => !known.has(path))
}

/** Each has to start where it is installed, unless it is allowed not to. */
function commandsOf({ files }: Facts): string[] {
  return files.flatMap(({ entryPoints = [] }) => entryPoints.map(pointPath))
}

/** What a frontend's build would have been refused, were it not allowed. */
function writtenCode({ files }: Facts, { destinations }: Expected): string[] {
  const isWritten = (path: string) =>
    isCode(path) && destinations.some((each) => isBelow(path, each))
  return files.flatMap(paths).filter(isWritten)
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
