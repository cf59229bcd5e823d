import { randomUUID } from "node:crypto"

import type { Container } from "@dagger.io/dagger"

import {
  LIMIT_KEY,
  LIMITED,
  type Reason,
  reasonOf,
  StageFailure,
} from "../pipeline/failure.js"
import { IN_TURN, inTurn, lastWords } from "../pipeline/in-turn.js"
import { program } from "./programs.js"

/** One of several commands that run side by side, all of them to their end. */
export interface LabelledCommand {
  readonly label: string
  readonly container: Container
  readonly command: readonly string[]
}

export interface CommandOutcome {
  readonly label: string
  readonly output: string
}

/** The outcome of an attempt that may have failed. */
export interface SettledCommand extends CommandOutcome {
  readonly reason: Reason | undefined
}

/** Runs every attempt to its end, then fails with all that failed, not only the first. */
export async function runAll(
  attempts: readonly LabelledCommand[],
): Promise<CommandOutcome[]> {
  const results = await settleAll(attempts)
  throwFailed(results)
  return results
}

/** Runs every attempt to its end. */
export function settleAll(
  attempts: readonly LabelledCommand[],
): Promise<SettledCommand[]> {
  return Promise.all(attempts.map(settle))
}

/** Fails with all that failed, if anything did; what else there is to say closes the summary. */
export function throwFailed(
  results: readonly SettledCommand[],
  ...more: readonly string[]
): void {
  const failed = results.filter(({ reason }) => reason !== undefined)
  if (failed.length === 0) return
  const told = failed.map(
    ({ label, reason }) => `${label}: ${reason?.summary ?? ""}`,
  )
  throw new StageFailure(
    [...told, ...more].join("; "),
    failed
      .map(({ label, reason }) => `### ${label}\n\n${reason?.details ?? ""}`)
      .join("\n\n"),
  )
}

/** Waits for all of them, then fails with all that failed. */
export async function allOf<T extends readonly unknown[] | []>(
  running: T,
): Promise<{ -readonly [P in keyof T]: Awaited<T[P]> }> {
  const settled = await Promise.allSettled(running)
  const reasons = settled.flatMap((each) =>
    each.status === "rejected" ? [reasonOf(each.reason)] : [],
  )
  if (reasons.length > 0)
    throw new StageFailure(
      reasons.map(({ summary }) => summary).join("; "),
      reasons.map(({ details }) => details).join("\n\n"),
    )
  return Promise.all(running)
}

/** A failed command is an error of the engine, so that it runs again when it is asked for again, and `-i` opens a shell in it. */
async function settle({
  command,
  container,
  label,
}: LabelledCommand): Promise<SettledCommand> {
  try {
    const output = await container.withExec([...command]).stdout()
    return { label, output: lastWords(output), reason: undefined }
  } catch (error) {
    return { label, output: "", reason: reasonOf(error) }
  }
}

/**
 * Commands that one container runs one after the other, because each container costs time of its own. What fails is
 * told as if it had run alone, and a shell that `-i` opens is in the container as that command left it. The output is
 * that of the last.
 */
export function runInTurn(
  label: string,
  container: Container,
  commands: readonly (readonly string[])[],
): LabelledCommand {
  const [, path] = IN_TURN
  return {
    label,
    container: container.withMountedFile(
      path,
      program("containers/in_turn.sh"),
    ),
    command: inTurn(commands),
  }
}

/** A command that is ended at one of the limits; with force, if it does not listen. */
export function limited<Key extends string>(
  command: readonly string[],
  limits: Readonly<Record<Key, number>>,
  key: Key,
  before: readonly string[] = LIMITED,
): string[] {
  const limit = [...before, String(limits[key])]
  return ["env", `${LIMIT_KEY}${key}`, ...limit, ...command]
}

/** Makes what follows run: an engine keeps the result of a command that it has seen before, and the world may have changed. */
export function afresh(container: Container): Container {
  return container.withEnvVariable("SHIPWHEEL_RUN", randomUUID())
}
