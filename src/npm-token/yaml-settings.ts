import {
  isMap,
  isScalar,
  type Pair,
  parseDocument,
  visit,
  type YAMLMap,
} from "#yaml"

import { code } from "../text/code.js"
import harmless from "./harmless.json" with { type: "json" }
import { linesOf } from "./line-settings.js"
import {
  addressIn,
  credentialIn,
  type RegistryAddress,
  type SaidSetting,
  takesNoVariable,
} from "./said.js"

const YARN = new Set(harmless.yarn)
const PNPM = new Set([...harmless.npm, ...harmless.pnpmWorkspace])
const SERVER = "npmRegistryServer"
const SERVERS = [SERVER, "npmAuditRegistry", "npmPublishRegistry"]
const CREDENTIALS = ["npmAuthToken", "npmAuthIdent"]
/** Yarn reads the whole file in another form where a comment says so. */
const OLD_FORM = /yarn\s+lockfile\s+v1/i

/** What the settings of Yarn 2 and later say, each of them by its key. */
export function saidByYarn(path: string, text: string): SaidSetting[] {
  return saidByMap(path, text, (map) =>
    map.items.flatMap((pair) => {
      const place = placeOf(path, pair)
      switch (keyOf(pair)) {
        case "npmScopes":
          return entriesOf(place, pair, (_, each) => saidByServer(place, each))
        case "npmRegistries":
          return entriesOf(place, pair, (key, each) =>
            saidByServer(place, each, key),
          )
        default:
          return saidBySetting(place, map, pair, { isTop: true })
      }
    }),
  )
}

/** The same of pnpm's, which names no credential. */
export function saidByPnpm(path: string, text: string): SaidSetting[] {
  return saidByMap(path, text, (map) =>
    map.items.flatMap((pair) => {
      const place = placeOf(path, pair)
      const key = keyOf(pair).replace(
        /[A-Z]/g,
        (each) => `-${each.toLowerCase()}`,
      )
      if (key === "registry") return saidOfAddress(place, pair.value, false)
      if (key === "registries")
        return isMap(pair.value)
          ? pair.value.items.flatMap(({ value }) =>
              saidOfAddress(place, value, false),
            )
          : [{ place, stray: true }]
      return PNPM.has(key) && isPlain(pair.value)
        ? []
        : [{ place, stray: true }]
    }),
  )
}

/** Only what every reader of YAML reads alike: one mapping, and nothing in it that stands for something else. */
function saidByMap(
  path: string,
  text: string,
  say: (map: YAMLMap) => SaidSetting[],
): SaidSetting[] {
  const document = parseDocument(linesOf(text).join("\n"), {
    schema: "failsafe",
  })
  const { contents, errors, warnings } = document
  const isBare = errors.length === 0 && warnings.length === 0
  if (!isBare || OLD_FORM.test(text) || /^%/m.test(text))
    return [{ place: code(path), stray: true }]
  if (contents === null) return []
  if (!isMap(contents) || standsForMore(contents))
    return [{ place: code(path), stray: true }]
  return say(contents)
}

function standsForMore(map: YAMLMap): boolean {
  let found = false
  visit(map, {
    Alias: () => {
      found = true
    },
    Node: (_, node) => {
      if (node.tag !== undefined || ("anchor" in node && node.anchor))
        found = true
    },
    Pair: (_, { key }) => {
      if (!isScalar(key) || key.value === "<<") found = true
    },
  })
  return found
}

function entriesOf(
  place: string,
  { value }: Pair,
  say: (key: string, map: YAMLMap) => SaidSetting[],
): SaidSetting[] {
  return isMap(value)
    ? value.items.flatMap((pair) =>
        isMap(pair.value)
          ? say(keyOf(pair), pair.value)
          : [{ place, stray: true }],
      )
    : [{ place, stray: true }]
}

/** A scope or a registry: the latter is called by its address. */
function saidByServer(
  place: string,
  map: YAMLMap,
  key?: string,
): SaidSetting[] {
  const own = key === undefined ? undefined : addressIn(key, true)
  if (key !== undefined && !own) return [{ place, stray: true }]
  return [
    ...(own ? [{ place, address: own }] : []),
    ...map.items.flatMap((pair) => saidBySetting(place, map, pair, { own })),
  ]
}

function saidBySetting(
  place: string,
  map: YAMLMap,
  pair: Pair,
  {
    isTop = false,
    own,
  }: { isTop?: boolean; own?: RegistryAddress | undefined },
): SaidSetting[] {
  const key = keyOf(pair)
  if (SERVERS.includes(key)) return saidOfAddress(place, pair.value, true)
  if (CREDENTIALS.includes(key)) {
    // What it is for stands beside it: else that is said elsewhere.
    const isFor = own !== undefined || map.has(SERVER)
    return isFor && isScalar(pair.value)
      ? [{ ...credentialIn(place, textOf(pair.value)), usual: isTop }]
      : [{ place, stray: true }]
  }
  return YARN.has(key) && isPlain(pair.value) ? [] : [{ place, stray: true }]
}

function saidOfAddress(
  place: string,
  value: unknown,
  shown: boolean,
): SaidSetting[] {
  const text = isScalar(value) ? textOf(value) : ""
  const address = /^https?:/.test(text) ? addressIn(text, shown) : undefined
  return [address ? { place, address } : { place, stray: true }]
}

/** Takes no variable, and runs no program that makes a package. */
function isPlain(value: unknown): boolean {
  let plain = true
  visit(value as YAMLMap, {
    Scalar: (_, scalar) => {
      const text = textOf(scalar)
      if (!takesNoVariable(text) || text.startsWith("exec:")) plain = false
    },
  })
  return plain
}

function placeOf(path: string, pair: Pair): string {
  return `${code(keyOf(pair))} of ${code(path)}`
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? textOf(key) : ""
}

function textOf({ value }: { readonly value: unknown }): string {
  return typeof value === "string" ? value : ""
}
