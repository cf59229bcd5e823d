import { readFileSync } from "node:fs"
import { join } from "node:path"

import { ROOT } from "./dagger.js"
import type { Session } from "./session.js"

/** What a script left behind. */
export interface Visit {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

const USER = "1000:1000"
const BUNDLE = "/etc/ssl/certs/ca-certificates.crt"

/** What every system has; the rest a test names. */
const COMMON = [
  ...[
    "[",
    "echo",
    "printf",
    "sh",
    "cat",
    "cp",
    "cut",
    "dirname",
    "env",
    "find",
    "grep",
    "head",
    "ln",
    "ls",
  ],
  ...["mkdir", "mktemp", "mv", "readlink", "rm", "rmdir", "sed", "sleep", "tr"],
  ...["uname", "wc"],
]

/** A machine with many shells and tools, where somebody without root runs a script. */
export class Guest {
  private constructor(
    readonly session: Session,
    private readonly container: string,
  ) {}

  /** With the given directories of the engine, by the paths where they are seen. */
  static async open(
    session: Session,
    directories: Readonly<Record<string, string>>,
  ): Promise<Guest> {
    const [pinned = ""] =
      /^uv==.*$/m.exec(
        readFileSync(join(ROOT, "src/containers/tools/uv.in"), "utf8"),
      ) ?? []
    const setup = [
      "apt-get -qq update",
      "apt-get -qq install --no-install-recommends busybox curl ksh mksh shellcheck wget yash",
      "mkdir /busybox /wheels && busybox --install -s /busybox",
      `pip install --quiet --root-user-action ignore pipx ${pinned}`,
      "pip download --quiet --no-deps --dest /wheels six",
    ].join(" && ")
    let chain = `id`
    const steps = [
      `from(address: "python:3.12-slim")`,
      ...["PIP_CERT", "SSL_CERT_FILE"].map(
        (name) => `withEnvVariable(name: "${name}", value: "${BUNDLE}")`,
      ),
      `withExec(args: ["sh", "-c", ${text(setup)}])`,
      ...Object.entries(directories).map(
        ([path, id]) =>
          `withDirectory(path: ${text(path)}, source: ${text(id)}, owner: "${USER}")`,
      ),
      `withNewFile(path: "/home/guest/.keep", contents: "", owner: "${USER}")`,
      `withExec(args: ["chown", "${USER}", "/home/guest"])`,
      `withEnvVariable(name: "HOME", value: "/home/guest")`,
      // This Python was moved after it was built: a link to it would not find its library.
      `withNewFile(path: "/python/python3", permissions: 493, contents: ${text('#!/bin/sh\nexec /usr/local/bin/python3 "$@"\n')})`,
      `withWorkdir(path: "/home/guest")`,
      `withUser(name: "${USER}")`,
    ]
    for (const step of steps.reverse()) chain = `${step} { ${chain} }`
    const [id] = await session.ask<string>(`{ container { ${chain} } }`)
    return new Guest(session, id)
  }

  /** Runs shell commands; PATH holds the common tools and the given ones, and nothing else. */
  async run(tools: readonly string[], script: string): Promise<Visit> {
    const all = [...COMMON, ...tools].map((each) =>
      each === "python3"
        ? `ln -s /python/python3 /tmp/tools/`
        : `ln -s "$(which ${each})" /tmp/tools/`,
    )
    const text_ = [
      "set -e",
      "mkdir /tmp/tools",
      ...all,
      "PATH=/tmp/tools",
      "rm .keep",
      script,
    ].join("\n")
    return this.raw(["dash", "-c", text_])
  }

  async raw(args: readonly string[]): Promise<Visit> {
    const [code, stderr, stdout] = (await this.session.ask<unknown>(
      `{ loadContainerFromID(id: ${text(this.container)}) { withExec(args: ${JSON.stringify(args)}, expect: ANY) { exitCode stderr stdout } } }`,
    )) as unknown as [number, string, string]
    return { code, stdout, stderr }
  }
}

function text(value: string): string {
  return JSON.stringify(value)
}
