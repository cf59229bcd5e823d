import { spawn, spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"

import { ENV } from "../linters/install.mjs"
import { wheel } from "./builders.js"
import { scriptWith, writeWheel } from "./install-script.js"

export interface Visit {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

interface Release {
  readonly version?: string
  /** What the module of the program does when it is imported. */
  readonly code?: string
  readonly commands?: readonly string[]
  readonly check?: readonly string[]
  /** The key by which the release is signed. */
  readonly publicKey?: string
  /** Where its files can be downloaded. */
  readonly assets?: string
  readonly requirements?: readonly string[]
  /** A file that its wheel has beside its module. */
  readonly beside?: string
}

/** Where the tools of the tests are, among them uv, which makes an environment in a tenth of a second. */
export const PATH = ENV.PATH ?? ""
const UV = {
  UV_CACHE_DIR: mkdtempSync(join(tmpdir(), "uv-")),
  UV_PYTHON_DOWNLOADS: "never",
}

/** Somebody with a home folder of their own, to whom install scripts are given with their wheels. */
export class ScriptGuest {
  readonly home: string
  readonly bin: string
  readonly app: string

  constructor(name = "home") {
    const around = realpathSync(mkdtempSync(join(tmpdir(), "guest-")))
    this.home = join(around, name)
    this.bin = join(this.home, ".local/bin")
    this.app = join(this.home, ".local/share/quayside/install")
    mkdirSync(this.home)
  }

  /** A folder with a release's wheel and script; the script's path. */
  release({
    assets = "",
    beside = "",
    check,
    code,
    commands,
    publicKey = "",
    requirements = [],
    version = "1.2.0",
  }: Release = {}): string {
    const folder = mkdtempSync(join(this.home, "../release-"))
    const path = writeWheel(folder, {
      version,
      requirements,
      beside,
      ...(code && { code }),
    })
    const content = readFileSync(path)
    const sha256 = createHash("sha256").update(content).digest("hex")
    const text = scriptWith("install.sh", {
      name: "quayside",
      version,
      size: content.length,
      requiresPython: ">=3.9",
      commands: [...(commands ?? ["quayside"])],
      requirements: [...requirements],
      wheel: { ...wheel(), name: basename(path), sha256 },
      check: check ?? ["quayside", "--version"],
      assets,
      publicKey,
    })
    const script = join(folder, "install.sh")
    writeFileSync(script, text)
    return script
  }

  /** The environment of that script's release. */
  environment(script: string): string {
    const text = readFileSync(script, "utf8")
    const [version, sha256] = ["VERSION", "SHA256"].map(
      (name) => new RegExp(`^${name}='(.*)'$`, "m").exec(text)?.[1] ?? "",
    )
    return join(this.app, `${version}-${sha256?.slice(0, 8)}`)
  }

  /** What a shell does with a text; `$1` and so on are the arguments. */
  run(text: string, ...args: readonly string[]): Visit {
    return this.runWith({}, text, ...args)
  }

  runWith(
    changes: Readonly<Record<string, string | undefined>>,
    text: string,
    ...args: readonly string[]
  ): Visit {
    const { status, stderr, stdout } = spawnSync(
      "sh",
      ["-c", text, "sh", ...args],
      {
        cwd: this.home,
        env: { ...this.env(), ...changes },
        encoding: "utf8",
      },
    )
    return { code: status, stdout, stderr }
  }

  install(script: string, ...args: readonly string[]): Visit {
    return this.run('sh "$@"', script, ...args)
  }

  /** The same, while others run. */
  installBeside(script: string): Promise<Visit> {
    const run = spawn("sh", [script], { cwd: this.home, env: this.env() })
    const said = { stdout: "", stderr: "" }
    run.stdout.on("data", (data: Buffer) => (said.stdout += data.toString()))
    run.stderr.on("data", (data: Buffer) => (said.stderr += data.toString()))
    return new Promise((resolve) => {
      run.on("close", (code) => {
        resolve({ code, ...said })
      })
    })
  }

  /** Writes a file with its folders. */
  write(path: string, text = "theirs"): string {
    const at = join(this.home, path)
    mkdirSync(join(at, ".."), { recursive: true })
    writeFileSync(at, text)
    return at
  }

  /** What lies below a folder, but for the folders themselves and what is inside an environment. */
  left(folder = this.home): string[] {
    if (!existsSync(folder)) return []
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((each) => !each.isDirectory())
      .map((each) => join(each.parentPath, each.name).slice(folder.length + 1))
      .filter((path) => !path.includes("/install/1."))
      .sort()
  }

  private env(): Record<string, string> {
    return { PATH, HOME: this.home, TMPDIR: tmpdir(), ...UV }
  }
}
