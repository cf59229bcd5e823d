import { readFileSync } from "node:fs"

import Mustache from "mustache"

import type { WrapperValues } from "./wrapper-values.js"

/** Braces are GitHub's own. */
const TAGS: [string, string] = ["<%", "%>"]
const FOLDER = new URL("templates/", import.meta.url)

/** Fills in the template of a provider's file; one template may include others. */
export function fillWrapper(name: string, values: WrapperValues): string {
  return Mustache.render(templateText(name), values, templateText, {
    tags: TAGS,
    escape: (value: unknown) => String(value),
  })
}

function templateText(name: string): string {
  return readFileSync(new URL(`${name}.mustache`, FOLDER), "utf8")
}
