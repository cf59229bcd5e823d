import {
  type FieldNode,
  Kind,
  parse,
  type SelectionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from "graphql"

import { commandsInTurn } from "../../src/pipeline/in-turn.js"

/** One call of the engine's API; an object that it is given is the chain that makes it. */
export interface Call {
  readonly operation: string
  readonly args: Readonly<Record<string, unknown>>
}

/** Calls, each on the result of the one before: `container`, `from`, `withExec`. */
export type Chain = readonly Call[]

/** The one path through a query of the SDK. */
export function parseChain(query: string): Call[] {
  const [definition] = parse(query).definitions
  return definition?.kind === Kind.OPERATION_DEFINITION
    ? callsOf(definition.selectionSet)
    : []
}

function callsOf(selected: SelectionSetNode | undefined): Call[] {
  const [node] = selected?.selections ?? []
  return node ? [...own(node), ...callsOf(innerOf(node))] : []
}

function own(node: SelectionNode): Call[] {
  return node.kind === Kind.FIELD ? [callOf(node)] : []
}

function innerOf(node: SelectionNode): SelectionSetNode | undefined {
  return node.kind === Kind.FRAGMENT_SPREAD ? undefined : node.selectionSet
}

function callOf({ arguments: given = [], name }: FieldNode): Call {
  const args = given.map(
    (each) => [each.name.value, valueFromASTUntyped(each.value)] as const,
  )
  return { operation: name.value, args: Object.fromEntries(args) }
}

/** The calls as lines of text, such as `withExec twine check`; an object is shown by the last call that makes it, commands of one container each by itself. */
export function shownCalls(chain: Chain): string[] {
  return chain.flatMap((call) => {
    const inTurn = commandsInTurn(wordsOf(call))
    return inTurn.length > 0
      ? inTurn.map((each) => `in turn ${shownCommand(each.join(" "))}`)
      : [line(call)]
  })
}

function wordsOf(call: Call | undefined): string[] {
  const words = call?.args["args"]
  return Array.isArray(words) ? words.map(String) : []
}

function line({ args, operation }: Call): string {
  const words = Object.entries(args).map(([name, value]) => shown(name, value))
  return [operation, ...words].join(" ")
}

function shown(name: string, value: unknown): string {
  if (!Array.isArray(value))
    return typeof value === "string" ? value : `${name}=${String(value)}`
  const [last] = value.slice(-1) as unknown[]
  return isCall(last) ? `<${line(last)}>` : shownCommand(value.join(" "))
}

/** The limit of an install is everywhere the same, and shown nowhere; each of the others is. */
function shownCommand(words: string): string {
  return words.replace(
    /^env SHIPWHEEL_LIMIT=(\w+) timeout (?:-v )?(-k 10 \d+ )/,
    (_, key, limit: string) => (key === "install" ? "" : `timeout ${limit}`),
  )
}

function isCall(value: unknown): value is Call {
  return typeof value === "object" && value !== null && "operation" in value
}

/** What is asked for: the output of the last command, also of those of one container, or what the last call reads. */
export function askedFor(chain: Chain): string {
  const last = chain[chain.length - 1]
  const reads = ["stdout", "stderr", "sync", "exitCode"]
  if (!last || !reads.includes(last.operation))
    return shownCalls(chain.slice(-1)).join("")
  const command = chain
    .filter(({ operation }) => operation === "withExec")
    .pop()
  if (!command) return last.operation
  const words = wordsOf(command)
  const [own = words] = commandsInTurn(words).slice(-1)
  // A command is known by itself, whatever limit stands before it.
  return shownCommand(own.join(" ")).replace(
    /^timeout -k 10 \d+ (python -IS \/bounded\.py )?/,
    "",
  )
}

/** What comes after the calls that make a base, which have to come first. */
export function beyond(base: Chain, chain: Chain): string[] {
  const all = shownCalls(chain)
  const start = shownCalls(base)
  const same = start.every((each, at) => each === all[at])
  if (!same)
    throw new Error(`${all.join("\n")}\ndoes not start as\n${start.join("\n")}`)
  return all.slice(start.length)
}

/** Every text that is anywhere in the calls, in those that make their objects too. */
export function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value]
  if (typeof value !== "object" || value === null) return []
  return Object.values(value).flatMap(textsIn)
}
