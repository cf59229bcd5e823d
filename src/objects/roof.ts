import { object as daggerObject } from "@dagger.io/dagger"

import { tame, tamed } from "../text/tame.js"

type Method = (...args: unknown[]) => unknown

/** Puts a class into Dagger's API as Dagger's own decorator does, and tames every text that its functions return or raise: none can be forgotten. */
export function object() {
  return <T extends new (...args: never[]) => object>(type: T): T => {
    const methods = Object.getOwnPropertyDescriptors(
      type.prototype as Record<string, unknown>,
    )
    for (const [name, { value }] of Object.entries(methods))
      if (typeof value === "function" && name !== "constructor")
        Object.defineProperty(type.prototype, name, {
          ...methods[name],
          value: shown(value as Method),
        })
    return daggerObject()(type)
  }
}

function shown(method: Method): Method {
  return function (this: unknown, ...args) {
    try {
      const result = method.apply(this, args)
      return result instanceof Promise
        ? result.then(text, raised)
        : text(result)
    } catch (error) {
      return raised(error)
    }
  }
}

function text(result: unknown): unknown {
  return typeof result === "string" ? tame(result) : result
}

/** What the SDK hands on of an error: its message, and of a command that failed what it said. */
function raised(error: unknown): never {
  if (!(error instanceof Error)) throw tamed(error)
  error.message = tame(error.message)
  if ("extensions" in error) error.extensions = tamed(error.extensions)
  throw error
}
