import { readFileSync } from "node:fs"

/** A function that callers type, as the contract has it. */
interface Function {
  readonly name: string
  readonly arguments: readonly {
    readonly flag: string
    readonly boolean: boolean
    readonly required: boolean
  }[]
}

/** Flags that stand before the function. */
const CONSTRUCTOR = ["--source", "--repository"]

export const functions: ReadonlyMap<string, Function> = new Map(
  readFileSync(new URL("../contract/api.txt", import.meta.url), "utf8")
    .split("\n")
    .flatMap((line) => {
      const [, name = "", args = ""] = /^\w+\.(\w+)\((.*)\): /.exec(line) ?? []
      return name ? [{ name: kebab(name), arguments: argumentsOf(args) }] : []
    })
    .map((each) => [each.name, each]),
)

export const flags: ReadonlySet<string> = new Set([
  ...CONSTRUCTOR,
  ...[...functions.values()].flatMap((each) =>
    each.arguments.map(({ flag }) => flag),
  ),
])

function argumentsOf(args: string) {
  return [...args.matchAll(/(\w+)(\?)?: (\w+)(?:\[\])?( = )?/g)].map(
    ([, name = "", optional, type, value]) => ({
      flag: `--${kebab(name)}`,
      boolean: type === "boolean",
      required: !optional && !value && type !== "boolean",
    }),
  )
}

/** As the CLI spells the names of functions and arguments. */
function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** What is wrong with the words behind `dagger call`. */
export function complaints(words: readonly string[]): string[] {
  const rest = [...words]
  while (CONSTRUCTOR.includes(rest[0] ?? "")) rest.splice(0, 2)
  const [name = "", ...after] = rest[0] === "shipwheel" ? rest.slice(1) : rest
  const called = functions.get(name)
  if (!called) return [`there is no function ${name}`]
  const given = new Set<string>()
  while (after[0]?.startsWith("--")) {
    const [flag = ""] = after
    const known = called.arguments.find((each) => each.flag === flag)
    if (!known) return [`${name} has no ${flag}`]
    given.add(flag)
    after.splice(0, known.boolean ? 1 : 2)
  }
  return called.arguments
    .filter(({ flag, required }) => required && !given.has(flag))
    .map(({ flag }) => `${name} needs ${flag}`)
}
