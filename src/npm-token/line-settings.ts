import { code } from "../text/code.js"
import harmless from "./harmless.json" with { type: "json" }
import {
  addressIn,
  credentialIn,
  type SaidSetting,
  takesNoVariable,
} from "./said.js"

/** Some readers end a line at each of these, others not at the one alone. */
const LINE_END = /\r\n|\r|\n/
const NPM = new Set(harmless.npm)
const YARN_CLASSIC = new Set([...harmless.npm, ...harmless.yarnClassic])
/** A line of `.yarnrc` may stand for an option of the command, and some of these hold it to what it does. */
const HOLDING = /^--(?:\w+\.)?(?:no-)?(?:ignore-scripts|frozen-lockfile)$/
const PLACE_OF_HOST =
  /^(\/\/.+):(_authToken|_auth|_password|username|email|always-auth)$/
const REGISTRY = /^(?:@[\w.~-]+:)?registry$/

export function linesOf(text: string): string[] {
  return text.split(LINE_END)
}

/** What each line of an `.npmrc` says, as npm, pnpm and Yarn 1 read it. */
export function saidByNpmrc(path: string, text: string): SaidSetting[] {
  return linesOf(text).map((line, at) => {
    if (/^\s*(?:[#;]|$)/.test(line)) return { place: "" }
    const [, key = "", value = ""] =
      /^\s*([\w@/.~:%+-]+)(?:\[\])?\s*(?:=\s*(.*?))?\s*$/.exec(line) ?? []
    const place = placeOf(path, at, key)
    const [, home, field = ""] = PLACE_OF_HOST.exec(key) ?? []
    if (home !== undefined)
      return saidOfHost(place, home, field, unquoted(value))
    if (REGISTRY.test(key)) return saidOfRegistry(place, unquoted(value))
    return NPM.has(key) && takesNoVariable(value)
      ? { place }
      : { place, stray: true }
  })
}

/** The same of the `.yarnrc` of Yarn 1, of which each line is one setting with its value. */
export function saidByYarnrc(path: string, text: string): SaidSetting[] {
  return linesOf(text).map((line, at) => {
    if (/^\s*(?:#|$)/.test(line)) return { place: "" }
    const [, quoted, bare, text, word] =
      /^(?:"([\w@/.:-]+)"|([\w@/.-]+)):? +(?:"([^"\\]*)"|([\w@/.^~-]+))\s*$/.exec(
        line,
      ) ?? []
    const key = quoted ?? bare ?? ""
    const value = text ?? word ?? ""
    const place = placeOf(path, at, key)
    if (REGISTRY.test(key)) return saidOfRegistry(place, value)
    const name = key.replace(/^--(?:\w+\.)?/, "")
    return YARN_CLASSIC.has(name) &&
      !HOLDING.test(key) &&
      takesNoVariable(value)
      ? { place }
      : { place, stray: true }
  })
}

function saidOfHost(
  place: string,
  home: string,
  field: string,
  value: string,
): SaidSetting {
  const address = addressIn(home, field.startsWith("_"))
  if (!address) return { place, stray: true }
  if (!address.shown)
    return takesNoVariable(value) ? { place } : { place, stray: true }
  return { ...credentialIn(place, value), address }
}

function saidOfRegistry(place: string, value: string): SaidSetting {
  const address = /^https?:/.test(value) ? addressIn(value, false) : undefined
  return address ? { place, address } : { place, stray: true }
}

function unquoted(value: string): string {
  return /^(["'])(.*)\1$/.exec(value)?.[2] ?? value
}

function placeOf(path: string, at: number, key: string): string {
  const named = key === "" ? "" : ` (${code(key)})`
  return `line ${String(at + 1)} of ${code(path)}${named}`
}
