import { askedFor, type Call, type Chain, parseChain } from "./call-chain.js"

/**
 * What the engine answers, by the start of what was asked: the command whose
 * output is read, else the last call. A function answers anew each time, of
 * the calls that ask, and may take its time; an error is what the engine says
 * of a command that failed.
 */
export type Answers = Readonly<Record<string, unknown>>

/** The calls of a run, in the order of their asking. */
export class RecordedCalls {
  /** What was asked for a value; what only makes an object for another call is in there. */
  readonly asked: Chain[] = []
  private readonly objects: Chain[] = []

  constructor(private readonly answers: Answers) {}

  /** Answers as the engine's GraphQL does. */
  async answer(query: string): Promise<unknown> {
    const written = parseChain(query)
    const chain = this.whole(written)
    const value = await this.valueOf(chain)
    return value instanceof Error
      ? failed(value, chain)
      : { data: nested(written, value) }
  }

  /** The one chain that asks for this. */
  of(start: string): Chain {
    const [found, ...more] = this.allOf(start)
    if (found && more.length === 0) return found
    const all = this.asked.map(askedFor).join("\n")
    throw new Error(`not one call asks for \`${start}\`, of:\n${all}`)
  }

  /** What was made last, and is no value. */
  get made(): Chain {
    return this.objects[this.objects.length - 1] ?? []
  }

  allOf(start: string): Chain[] {
    return this.asked.filter((chain) => askedFor(chain).startsWith(start))
  }

  private valueOf(chain: Chain): unknown {
    const last = chain[chain.length - 1]?.operation ?? ""
    if (last === "id") return this.remember(chain.slice(0, -1))
    this.asked.push(chain)
    const asked = askedFor(chain)
    const [known] = Object.keys(this.answers)
      .filter((each) => asked.startsWith(each))
      .sort((one, other) => other.length - one.length)
    if (known !== undefined) return answered(this.answers[known], chain)
    // Both give back what they were asked on, once it has run.
    if (last === "sync" || last === "start")
      return this.remember(chain.slice(0, -1))
    return new Error(`the test does not say what \`${asked}\` answers`)
  }

  private remember(chain: Chain): string {
    this.objects.push(chain)
    return `object:${this.objects.length - 1}`
  }

  /** The chain with the objects that it was given, and from its very start. */
  private whole(written: readonly Call[]): Chain {
    const calls = written.map(({ args, operation }) => ({
      operation,
      args: Object.fromEntries(
        Object.entries(args).map(([name, value]) => [name, this.seen(value)]),
      ),
    }))
    const [first, ...rest] = calls
    return first?.operation === "node"
      ? [...(first.args["id"] as Chain), ...rest]
      : calls
  }

  private seen(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((each) => this.seen(each))
    const [, at] = /^object:(\d+)$/.exec(String(value)) ?? []
    return at === undefined ? value : this.objects[Number(at)]
  }
}

function answered(answer: unknown, chain: Chain): unknown {
  return typeof answer === "function"
    ? (answer as (chain: Chain) => unknown)(chain)
    : answer
}

/** The value where the query asks for it. */
function nested(calls: readonly Call[], value: unknown): unknown {
  return calls.reduceRight<unknown>(
    (inner, { operation }) => ({ [operation]: inner }),
    value,
  )
}

/** In the form that the engine gives to a command that failed. */
function failed({ message }: Error, chain: Chain): unknown {
  const command = chain.filter(({ operation }) => operation === "withExec")
  const cmd = command.pop()?.args["args"] ?? []
  const extensions = { _type: "EXEC_ERROR", cmd, exitCode: 1, stderr: message }
  return { data: null, errors: [{ message, extensions }] }
}
