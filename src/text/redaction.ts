import { formsOf } from "./secret-forms.js"

/** Shorter parts of a secret stand in many words. */
const SHORTEST = 4

/** Takes a secret out of what others say, in every form in which one travels: who was shown it may say it again. */
export class Redaction {
  readonly #forms: RegExp | undefined

  constructor(secret = "") {
    const parts = [secret, ...secret.split(/\s+/)]
    const forms = new Map(
      parts.filter((each) => each.length >= SHORTEST).flatMap(formsOf),
    )
    const longestFirst = [...forms].sort(([, one], [, other]) => other - one)
    // In one go: what is written in the place of one form is never taken for another.
    if (forms.size > 0)
      this.#forms = new RegExp(
        longestFirst.map(([form]) => form).join("|"),
        "g",
      )
  }

  text(text: string): string {
    return this.#forms ? text.replace(this.#forms, "***") : text
  }

  /** All texts of an answer, names and values; what is no JSON, such as the bytes of a file, stays. */
  answer<T>(answer: T): T {
    return this.#each(answer) as T
  }

  #each(value: unknown): unknown {
    if (typeof value === "string") return this.text(value)
    if (Array.isArray(value)) return value.map((each) => this.#each(each))
    if (!isPlain(value)) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [
        this.text(key),
        this.#each(each),
      ]),
    )
  }
}

function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false
  return Object.getPrototypeOf(value) === Object.prototype
}
