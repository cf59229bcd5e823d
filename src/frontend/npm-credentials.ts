import { problem } from "../errors.js"
import { foldersAbove, inFolder } from "../reading/package-json.js"
import type { Sources } from "../reading/sources.js"

/** What the settings of package managers take from variables, as `//npm.example.org/:_authToken=${NPM_TOKEN}`. */
export interface NpmCredentials {
  /** All variables that stand for a credential; a package manager may refuse its settings where one is not set. */
  readonly variables: readonly string[]
  /** Those that a registry is shown. */
  readonly shown: readonly string[]
  /** The hosts of these registries. */
  readonly hosts: readonly string[]
}

const NPMRC = ".npmrc"
const YARNRC = ".yarnrc.yml"
const VARIABLE = /\$\{(\w+)[^}]*\}/g
/** The lines of `.npmrc` that are for one host. */
const FOR_HOST = /^\s*\/\/([^/\s=]+)[^=]*:(?:_authToken|_auth|_password)\s*=/
/** Whatever it is for: without a host, it is shown to none. */
const CREDENTIAL =
  /(?:_authToken|_auth|_password)\s*=|npmAuth(?:Token|Ident)\s*:/
const SHOWN_BY_YARN = /^\s*npmAuth(?:Token|Ident)\s*:/
const HOSTS_OF_YARN =
  /^\s*(?:npmRegistryServer\s*:\s*)?["']?(?:https?:)?\/\/([^/\s"':]+(?::\d+)?)/

/** Reads the settings of a frontend's own folder and of those above. */
export function npmCredentials(path: string, sources: Sources): NpmCredentials {
  const lines = (name: string) =>
    [path, ...foldersAbove(path)].flatMap((folder) =>
      (sources.text(inFolder(folder, name)) ?? "").split(/\r?\n/),
    )
  const npm = lines(NPMRC)
  const yarn = lines(YARNRC)
  const forHost = npm.filter((line) => FOR_HOST.test(line))
  const byYarn = yarn.filter((line) => SHOWN_BY_YARN.test(line))
  const npmShown = variablesOf(forHost)
  const yarnShown = variablesOf(byYarn)
  return {
    variables: variablesOf(
      [...npm, ...yarn].filter((line) => CREDENTIAL.test(line)),
    ),
    shown: distinct([...npmShown, ...yarnShown]),
    hosts: distinct([
      ...hostsOf(forHost.filter(takesVariable), FOR_HOST),
      ...(yarnShown.length > 0 ? hostsOf(yarn, HOSTS_OF_YARN) : []),
    ]),
  }
}

/** Refuses a token that the settings would show to another host than it is for. */
export function refuseStrayToken(
  { hosts }: NpmCredentials,
  registry: string | undefined,
): void {
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

function hostsOf(lines: readonly string[], pattern: RegExp): string[] {
  return lines.flatMap((line) => pattern.exec(line)?.[1] ?? [])
}

function distinct(words: readonly string[]): string[] {
  return [...new Set(words)].sort()
}

function inWords(hosts: readonly string[]): string {
  return hosts.map((each) => `\`${each}\``).join(", ")
}
