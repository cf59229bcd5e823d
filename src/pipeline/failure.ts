import { fault } from "../errors.js"
import { commandLine } from "../text/command-line.js"
import { foreign } from "../text/foreign.js"
import { tame } from "../text/tame.js"
import { type BuildWords, buildWords } from "./build-causes.js"
import { frontendCause } from "./causes.js"
import { failuresLast, withFewCalls } from "./failures-last.js"
import { type FailedCommand, failedInTurn } from "./in-turn.js"

/** Why something failed: a line for the table, and the rest below it. */
export interface Reason {
  readonly summary: string
  readonly details: string
  /** All that was said, of which the details have the last lines. */
  readonly said?: string
  /** A package was not built, so that nothing of it has run yet. */
  readonly unbuilt?: true
}

/** A failure that already knows how it wants to be told. */
export class StageFailure extends Error implements Reason {
  constructor(
    readonly summary: string,
    readonly details: string,
  ) {
    super(details ? `${summary}\n\n${details}` : summary)
    this.name = "StageFailure"
  }
}

const TAIL_LINES = 40
/** Letters that are shown of each end of a line which is longer than both. */
const LINE_END = 1000
/** Mounted at the top of a container; what runs the code of a project shows what that says. */
const OWN_PROGRAM =
  /^\/(?!build|elsewhere|imports|installed|prints|serve)\w+\.py$/

/** What stands before the seconds and the command in a command that has a limit; before it comes a variable that says which. */
export const LIMITED = ["timeout", "-v", "-k", "10"] as const
/** The same for tools that are not GNU's: they do not say what they did. */
export const LIMITED_ANYWHERE = ["timeout", "-k", "10"] as const
/** What stands before a test command, whose exit code alone is not believed. */
export const WATCHED = ["python", "/ran.py"] as const
/** What stands before a command of the project's that may say anything, and passes on a bounded part; no code of the project runs in it. */
export const BOUNDED = ["python", "-IS", "/bounded.py"] as const
export const LIMIT_KEY = "SHIPWHEEL_LIMIT="
const ENDED = 124
/** Of what was killed, as shells tell it and as Python does. */
const KILLED = [137, -9]
/** What stands before the command says so when it ends it. */
const SENT = /^timeout: sending signal (\w+) to command .*\n?/gm

/** Tells a failure in words that stand alone: the command, its exit code, the end of its output. */
export function reasonOf(error: unknown): Reason {
  if (error instanceof StageFailure) return error
  if (isFailedCommand(error)) return commandFailure(error)
  const text = tame(error instanceof Error ? error.message : String(error))
  const [summary = ""] = text.split("\n")
  return { summary, details: text }
}

/** A command that fails outside of a stage is told as it is in one. */
export async function inWords<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    if (!isFailedCommand(error)) throw error
    const { details, summary } = commandFailure(error)
    throw new StageFailure(summary, details)
  }
}

export function commandFailure(command: FailedCommand): Reason {
  const { failed, limit } = withoutLimit(command)
  if (limit !== undefined && failed.exitCode === ENDED)
    return endedAt(limit, failed)
  if (KILLED.includes(failed.exitCode)) return killed(failed, limit)
  const summary = `\`${shownCommand(failed.cmd)}\` exited with ${failed.exitCode}`
  const broken = brokenProgram(failed)
  if (broken) return broken
  const build = buildWords(failed)
  if (build)
    return {
      summary: `${summary}: ${build.what}`,
      details: shownBuild(build),
      unbuilt: true,
    }
  const said = `${failed.stdout}\n${failed.stderr}`
  const output = fenced(tail(failuresLast(said)))
  const cause = frontendCause(failed)
  return cause
    ? {
        summary: `${summary}: ${cause.what}`,
        details: `${cause.next}\n\n${output}`,
        said,
      }
    : { summary, details: output, said }
}

/** A program of ours that broke where it says nothing of what it was given: what Python tells of that is for nobody but us. */
function brokenProgram({ cmd, stderr }: FailedCommand): Reason | undefined {
  const [python, path = ""] = cmd
  const ours = python === "python" && OWN_PROGRAM.test(path)
  const traced = stderr.lastIndexOf("Traceback (most recent call last):")
  if (!ours || traced < 0) return undefined
  const raised = stderr.slice(traced).trim().split("\n").slice(-1)
  const cause = tame(raised.join("")).slice(0, 300)
  const summary = `\`${path.slice(1)}\` can't read what it was given: ${cause}`
  return {
    summary,
    details: fault(`${summary}, asked as \`${shownCommand(cmd)}\``).message,
  }
}

/** A build that failed, if this is one. */
export function failedBuild(error: unknown): BuildWords | undefined {
  return isFailedCommand(error)
    ? buildWords(withoutLimit(error).failed)
    : undefined
}

/** A limit by its key, with the seconds that it gives. */
interface Limit {
  readonly key: string
  readonly seconds: string
  /** Nothing says whether it was reached. */
  readonly unsaid: boolean
}

/** The command itself, and its limit. */
function withoutLimit(failed: FailedCommand) {
  const command = failedInTurn(failed)
  const [env, variable = "", ...cmd] = command.cmd
  const before = [LIMITED, LIMITED_ANYWHERE].find((each) =>
    startsWith(cmd, each),
  )
  if (env !== "env" || !variable.startsWith(LIMIT_KEY) || !before)
    return { failed: command, limit: undefined }
  const [seconds = "", ...rest] = cmd.slice(before.length)
  const own = [BOUNDED, WATCHED].reduce<readonly string[]>(
    (each, words) =>
      startsWith(each, words) ? each.slice(words.length) : each,
    rest,
  )
  const key = variable.slice(LIMIT_KEY.length)
  const limit = { key, seconds, unsaid: before === LIMITED_ANYWHERE }
  const sent = [...command.stderr.matchAll(SENT)].map(([, signal]) => signal)
  // Who does not end when he is told to is killed, and says nothing more.
  const isEnded = KILLED.includes(command.exitCode) && sent.includes("KILL")
  const exitCode = isEnded ? ENDED : command.exitCode
  const stderr = command.stderr.replace(SENT, "")
  return {
    failed: { cmd: own, exitCode, stdout: command.stdout, stderr },
    limit,
  }
}

function startsWith(cmd: readonly string[], words: readonly string[]) {
  return words.every((word, at) => cmd[at] === word)
}

function endedAt(
  { key, seconds }: Limit,
  { cmd, stderr, stdout }: FailedCommand,
) {
  const output = `${stdout}\n${stderr}`.trim()
  const said = output === "" ? "It said nothing." : fenced(tail(output))
  return {
    summary: `\`${shownCommand(cmd)}\` still ran after ${seconds} s, its limit, and was ended`,
    details: `Find what it waits for, or give it more time: \`${key}\` in \`[tool.shipwheel.limits]\`. What it said last:\n\n${said}`,
  }
}

/** By nobody of ours: a kernel without memory, or the command itself. */
function killed(
  { cmd, stderr, stdout }: FailedCommand,
  limit: Limit | undefined,
): Reason {
  const output = `${stdout}\n${stderr}`.trim()
  const when = limit ? ` before its limit of ${limit.seconds} s` : ""
  const orLimit = limit?.unsaid
    ? ` Or it did not end at its limit, \`${limit.key}\` in \`[tool.shipwheel.limits]\`.`
    : ""
  return {
    summary: `\`${shownCommand(cmd)}\` was killed (SIGKILL)${limit?.unsaid ? "" : when}`,
    details: `Mostly the kernel does that when memory runs out: give the machine of the engine more, or let the command take less, such as by fewer processes at once.${orLimit} What it said last:\n\n${output === "" ? "It said nothing." : fenced(tail(output))}`,
  }
}

/** The last lines of the backend come first, what is advised last. */
export function shownBuild(
  { backend, next, uv }: BuildWords,
  ...advice: readonly string[]
): string {
  const words = [backend, uv].filter((each) => each !== "")
  return [
    ...words.map((each) => fenced(tail(each))),
    ...(next === undefined ? [] : [next]),
    ...advice,
  ].join("\n\n")
}

/** The last lines of some output, where the reason usually stands. */
export function tail(output: string, lines = TAIL_LINES): string {
  const all = withFewCalls(output.trim()).split("\n")
  const left = all.length - lines
  const shown = all.slice(-lines).map(shortened)
  return [...(left > 0 ? [`… ${left} lines before`] : []), ...shown].join("\n")
}

function shortened(line: string): string {
  const left = line.length - 2 * LINE_END
  return left > 0
    ? `${line.slice(0, LINE_END)} [… ${left} letters …] ${line.slice(-LINE_END)}`
    : line
}

/** The line that a tool closes with, such as pytest's count. */
export function lastLine(output: string): string {
  const [last = ""] = output.trim().split("\n").slice(-1)
  return foreign(last).replace(/^=+ ?| ?=+$/g, "")
}

export function fenced(text: string): string {
  return "```\n" + tame(text).replaceAll("```", "'''") + "\n```"
}

function shownCommand(cmd: readonly string[]): string {
  const text = tame(commandLine(cmd)).replaceAll("\n", " ")
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}

function isFailedCommand(error: unknown): error is FailedCommand {
  return error instanceof Error && "cmd" in error && "exitCode" in error
}
