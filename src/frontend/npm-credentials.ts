import { parseDocument, visit } from "#yaml"

import { problem } from "../errors.js"
import { foldersAbove, inFolder } from "../reading/package-json.js"
import type { Sources } from "../reading/sources.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"

/** What the settings of package managers take from variables, as `//npm.example.org/:_authToken=${NPM_TOKEN}`. */
export interface NpmCredentials {
  /** All variables that stand for a credential; a package manager may refuse its settings where one is not set. */
  readonly variables: readonly string[]
  /** Those that a registry is shown. */
  readonly shown: readonly string[]
  /** The hosts of these registries. */
  readonly hosts: readonly string[]
  /** The lines that would show it to anybody else. */
  readonly stray: readonly string[]
}

const NPMRC = ".npmrc"
const YARNRC = ".yarnrc.yml"
/** All that package managers take variables in; Yarn 1 and pnpm have more than the others. */
const SETTINGS = [NPMRC, YARNRC, ".yarnrc", "pnpm-workspace.yaml"]
const VARIABLE = /\$\{(\w+)[^}]*\}/g
/** The lines of `.npmrc` that are for one host. */
const FOR_HOST = /^\s*\/\/([^/\s=]+)[^=]*:(?:_authToken|_auth|_password)\s*=/
/** Whatever it is for: without a host, it is shown to none. */
const CREDENTIAL =
  /(?:_authToken|_auth|_password)\s*=|npmAuth(?:Token|Ident)["']?\s*:/
/** The credential alone, which nothing else in the file can be made to repeat. */
const SHOWN_BY_YARN =
  /^\s*npmAuth(?:Token|Ident)\s*:\s*(["']?)\$\{\w+(?::?-[^}]*)?\}\1\s*$/
/** Where a proxy leads to is shown what passes it, once the settings weaken TLS as well. */
const PROXY =
  /^\s*(?:https?[-_]?)?proxy\s|(?:^|[\s{,"'])(?:https?[-_]?)?proxy["']?\s*[=:]/i

/** Reads the settings of a frontend's own folder and of those above. */
export function npmCredentials(path: string, sources: Sources): NpmCredentials {
  const texts = [path, ...foldersAbove(path)].flatMap((folder) =>
    SETTINGS.map((name) => ({
      name,
      path: inFolder(folder, name),
      text: sources.text(inFolder(folder, name)) ?? "",
    })),
  )
  const lines = (name: string) =>
    texts
      .filter((each) => each.name === name)
      .flatMap(({ text }) => text.split(/\r?\n/))
  const npm = lines(NPMRC)
  const yarn = lines(YARNRC)
  const forHost = npm.filter((line) => FOR_HOST.test(line))
  const byYarn = yarn.filter((line) => SHOWN_BY_YARN.test(line))
  const shown = distinct([...variablesOf(forHost), ...variablesOf(byYarn)])
  return {
    variables: variablesOf(
      [...npm, ...yarn].filter((line) => CREDENTIAL.test(line)),
    ),
    shown,
    hosts: distinct([
      ...forHost.filter(takesVariable).flatMap(hostOf),
      ...(byYarn.length > 0
        ? texts.flatMap(({ name, text }) =>
            name === YARNRC ? registriesOf(text) : [],
          )
        : []),
    ]),
    stray: shown.length === 0 ? [] : distinct(texts.flatMap(strayIn(shown))),
  }
}

/** What else takes a variable that a registry is shown, or leads it elsewhere: never what the line says. */
function strayIn(shown: readonly string[]) {
  return ({ name, path, text }: Record<"name" | "path" | "text", string>) =>
    text.split(/\r?\n/).flatMap((line, at) => {
      const isCredential =
        (name === NPMRC && FOR_HOST.test(line)) ||
        (name === YARNRC && SHOWN_BY_YARN.test(line))
      const takes = variablesOf([line]).some((each) => shown.includes(each))
      return (takes && !isCredential) || PROXY.test(line)
        ? [`line ${String(at + 1)} of \`${path}\``]
        : []
    })
}

/** Every host that Yarn's settings name, by whatever YAML they do, but those that plugins came from. */
function registriesOf(text: string): string[] {
  const document = parseDocument(text)
  const found: string[] = []
  visit(document, {
    Pair: (_, { key }) => (String(key) === "spec" ? visit.SKIP : undefined),
    Scalar: (_, { value }) => {
      const [, host] =
        /^(?:https?:)?\/\/([^/\s]+)/.exec(String(value).trim()) ?? []
      if (host !== undefined) found.push(host)
    },
  })
  return found
}

/** Refuses a token that the settings would show to another host than it is for. */
export function refuseStrayToken(
  { hosts, stray }: NpmCredentials,
  registry: string | undefined,
): void {
  if (stray.length > 0)
    throw problem(
      "credential",
      `${few(stray)} would show \`--npm-token\` to others, by a variable that stands for it or by a proxy`,
      "A token is for one host: let one line for that take the variable, and no other. A proxy is told to the engine.",
    )
  const [first, ...more] = hosts
  const own = registry === undefined ? first : new URL(registry).host
  const strangers =
    registry === undefined ? more : hosts.filter((each) => each !== own)
  if (strangers.length === 0) return
  throw problem(
    "credential",
    registry === undefined
      ? `\`.npmrc\` or \`.yarnrc.yml\` would show \`--npm-token\` to ${inWords(hosts)}`
      : `\`.npmrc\` or \`.yarnrc.yml\` would show \`--npm-token\` to ${inWords(strangers)}, and it is for \`${own ?? ""}\``,
    "A token is for one host: name its registry as `--npm-registry`, and let no other line take a variable.",
  )
}

function takesVariable(line: string): boolean {
  return variablesOf([line]).length > 0
}

function variablesOf(lines: readonly string[]): string[] {
  return distinct(
    lines
      .filter((line) => !/^\s*[#;]/.test(line))
      .flatMap((line) =>
        [...line.matchAll(VARIABLE)].flatMap(([, name]) => name ?? []),
      ),
  )
}

function hostOf(line: string): string[] {
  const [, host] = FOR_HOST.exec(line) ?? []
  return host === undefined ? [] : [host]
}

function distinct(words: readonly string[]): string[] {
  return [...new Set(words)].sort()
}

function inWords(hosts: readonly string[]): string {
  return hosts.map(code).join(", ")
}
