import { readFileSync } from "node:fs"

interface Argument {
  readonly flag: string
  readonly boolean: boolean
  readonly required: boolean
}

/** A function that callers type, as the contract has it. */
interface Callable {
  /** The object that it is called on, and its name as the CLI spells it. */
  readonly on: string
  readonly name: string
  readonly arguments: readonly Argument[]
  readonly returns: string
}

const MAIN = "Shipwheel"

const contract = readFileSync(
  new URL("../contract/api.txt", import.meta.url),
  "utf8",
).split("\n")

const callables: readonly Callable[] = contract.flatMap((line) => {
  const [, on = "", name = "", args = "", returns = ""] =
    /^(\w+)\.(\w+)\((.*)\): (\w+)/.exec(line) ?? []
  return name
    ? [{ on, name: kebab(name), arguments: argumentsOf(args), returns }]
    : []
})

/** What stands before the first function. */
const options = contract.flatMap((line) =>
  argumentsOf(/^\w+\((.*)\)$/.exec(line)?.[1] ?? ""),
)

export const flags: ReadonlySet<string> = new Set(
  [{ arguments: options }, ...callables].flatMap((each) =>
    each.arguments.map(({ flag }) => flag),
  ),
)

function argumentsOf(args: string): Argument[] {
  return [...args.matchAll(/(\w+)(\?)?: (\w+)(?:\[\])?( = )?/g)].map(
    ([, name = "", optional, type, value]) => ({
      flag: `--${kebab(name)}`,
      boolean: type === "boolean",
      required: !optional && !value && type !== "boolean",
    }),
  )
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** What is wrong with the words behind `dagger call`; a toolchain's functions stand behind its name. */
export function complaints(words: readonly string[]): string[] {
  const { given, rest, unknown } = takeFlags(words, options)
  if (unknown) return [`there is no ${unknown} before a function`]
  const start = rest[0] === "shipwheel" && given.size === 0 ? 1 : 0
  return chain(MAIN, rest.slice(start))
}

function chain(on: string, [name = "", ...words]: readonly string[]): string[] {
  const called = callables.find((each) => each.on === on && each.name === name)
  if (!called) return [`${on} has no function ${name}`]
  const { given, rest, unknown } = takeFlags(words, called.arguments)
  if (unknown) return [`${name} has no ${unknown}`]
  const missing = called.arguments
    .filter(({ flag, required }) => required && !given.has(flag))
    .map(({ flag }) => `${name} needs ${flag}`)
  // What Dagger's own types can do is Dagger's.
  const ours = callables.some((each) => each.on === called.returns)
  return ours ? [...missing, ...chain(called.returns, rest)] : missing
}

function takeFlags(words: readonly string[], known: readonly Argument[]) {
  const given = new Set<string>()
  const rest = [...words]
  while (rest[0]?.startsWith("--")) {
    const found = known.find(({ flag }) => flag === rest[0])
    if (!found) return { given, rest, unknown: rest[0] }
    given.add(found.flag)
    rest.splice(0, found.boolean ? 1 : 2)
  }
  return { given, rest, unknown: undefined }
}
