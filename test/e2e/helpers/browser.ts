import { readFileSync } from "node:fs"
import { join } from "node:path"

import { ROOT } from "./dagger.js"
import type { Session } from "./session.js"

/** What went on beside the page: messages of the browser, dialogs, requests. */
interface Visited {
  readonly noise: readonly string[]
}

/** What a browser saw of the pages that it was given; browse.mjs writes it. */
export interface Seen {
  readonly version: string
  readonly looks: readonly (Visited & {
    readonly colorScheme: "light" | "dark"
    readonly width: number
    readonly ground: string
    /** What axe finds, before and after all is unfolded. */
    readonly first: readonly string[]
    readonly faults: readonly string[]
    readonly sideways: readonly string[]
    readonly folded: number
    readonly open: number
    readonly led: readonly { to: string; title: string; seen: boolean }[]
  })[]
  readonly keyboard: Visited & {
    readonly stops: readonly {
      readonly tagName: string
      readonly text: string
      readonly outline: string
      readonly opened?: boolean
    }[]
  }
  readonly print: Visited & { readonly sheets: number }
  readonly hostile: Visited & {
    readonly faults: readonly string[]
    readonly sideways: readonly string[]
    readonly foreign: number
    readonly links: readonly string[]
  }
  readonly text: Visited & {
    readonly faults: readonly string[]
    readonly sideways: readonly string[]
  }
  readonly drawn: {
    readonly diagramType: string
    readonly bars: number
    readonly marked: number
  }
}

const SETUP = [
  "apt-get -qq update",
  "apt-get -qq install --no-install-recommends chromium fonts-dejavu-core",
  "mkdir /seen",
].join(" && ")
const PACKAGES = ["axe-core", "playwright-core", "@mermaid-js/tiny"]

/** Opens pages in Debian's Chromium, and tells what was seen; its pictures go to a folder where one is given. */
export async function seenInBrowser(
  session: Session,
  pages: Readonly<Record<string, string>>,
  pictures?: string,
): Promise<Seen> {
  const packages = await Promise.all(
    PACKAGES.map(async (name) => {
      const path = join("node_modules", name)
      const [id] = await session.ask<string>(
        `{ host { directory(path: ${text(join(ROOT, path))}) { id } } }`,
      )
      return `withMountedDirectory(path: ${text(`/${path}`)}, source: ${text(id)})`
    }),
  )
  const browse = readFileSync(join(ROOT, "test/e2e/helpers/browse.mjs"), "utf8")
  const steps = [
    `from(address: "node:24-slim")`,
    `withExec(args: ["sh", "-c", ${text(SETUP)}])`,
    ...packages,
    ...Object.entries(pages).map(
      ([name, page]) =>
        `withNewFile(path: ${text(`/pages/${name}`)}, contents: ${text(page)})`,
    ),
    `withNewFile(path: "/browse.mjs", contents: ${text(browse)})`,
    `withExec(args: ["node", "/browse.mjs"], expect: ANY)`,
  ]
  const chain = (leaves: string) =>
    `{ container { ${steps.reduceRight((inner, step) => `${step} { ${inner} }`, leaves)} } }`
  const [stdout] = await session.ask<string>(chain("stdout"))
  if (!stdout.startsWith("{")) {
    const [stderr] = await session.ask<string>(chain("stderr"))
    throw new Error(`the browser came to no end: ${stderr}`)
  }
  if (pictures !== undefined)
    await session.ask(
      chain(`directory(path: "/seen") { export(path: ${text(pictures)}) }`),
    )
  return JSON.parse(stdout) as Seen
}

function text(value: string): string {
  return JSON.stringify(value)
}
