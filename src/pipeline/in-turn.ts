/** The program that runs several commands in one container, as its room mounts it. */
export const IN_TURN = ["sh", "/in_turn.sh"] as const

/** What stands on both streams before the words of each command; of one that says nothing the engine leaves out the last line end. */
const SEPARATOR = /\u001E(\d+)(?:\n|$)/

/** What Dagger says of a command that failed: the fields of its `ExecError`. */
export interface FailedCommand {
  readonly cmd: readonly string[]
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Commands as the program takes them: each after the number of its words. */
export function inTurn(commands: readonly (readonly string[])[]): string[] {
  return [
    ...IN_TURN,
    ...commands.flatMap((each) => [String(each.length), ...each]),
  ]
}

/** The commands that the program was given; none, where it was another. */
export function commandsInTurn(words: readonly string[]): string[][] {
  if (!IN_TURN.every((word, at) => words[at] === word)) return []
  const commands: string[][] = []
  const left = words.slice(IN_TURN.length)
  while (left.length > 0) {
    const count = Number(left.shift())
    commands.push(left.splice(0, Number.isInteger(count) ? count : Infinity))
  }
  return commands
}

/** What the last of the commands said that came to run. */
export function lastWords(stream: string): string {
  return stream.split(SEPARATOR).at(-1) ?? ""
}

/** The one command that failed, with its own words; any other program is that itself. */
export function failedInTurn(failed: FailedCommand): FailedCommand {
  const commands = commandsInTurn(failed.cmd)
  const { exitCode, stderr, stdout } = failed
  const [at] = [...stderr.matchAll(new RegExp(SEPARATOR, "g"))]
    .map(([, number]) => Number(number))
    .slice(-1)
  const cmd = at === undefined ? undefined : commands[at]
  return cmd
    ? { cmd, exitCode, stdout: lastWords(stdout), stderr: lastWords(stderr) }
    : failed
}
