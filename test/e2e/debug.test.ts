import { execFileSync, spawn } from "node:child_process"
import { mkdtempSync, readdirSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"

import { expect, test, vi } from "vitest"

import { call, DAGGER, dagger, ran } from "./helpers/dagger.js"
import { blueprintProject, edit } from "./helpers/project.js"
import { tinyProject } from "./helpers/tiny.js"

const TAG = ["--tag", "v1.2.0"]
const EXTRA = '[project.optional-dependencies]\ntest = ["pytest"]\n'
const tiny = tinyProject(EXTRA, {
  "tests/test_tiny.py": "import tiny\n\ndef test_tiny():\n    assert tiny\n",
})
edit(tiny, "pyproject.toml", (text) =>
  text.replace('["3.12"]', '["3.10", "3.11"]'),
)

test("one leg of the matrix runs alone", async () => {
  const leg = ["python", "--version", "3.11", "test"]
  const result = await call(tiny, leg)
  expect(result.stdout).toContain("1 passed on Python 3.11")
  expect(result.log).not.toContain("python:3.10")
})

test("the container of a failed test is there to look around in", async () => {
  const broken = tinyProject(EXTRA, {
    "tests/test_tiny.py": "def test_tiny():\n    assert 6 * 7 == 41\n",
  })
  const failed = await call(broken, ["test"])
  expect(failed.code).not.toBe(0)
  expect(failed.log).toContain("assert (6 * 7) == 41")
  // What `terminal` opens, asked for a command in place of a shell.
  const container = ["python", "--version", "3.12", "container"]
  const again = ["with-exec", "--args", "python,-m,pytest,-q", "--expect"]
  const result = await call(broken, [...container, ...again, "ANY", "stdout"])
  expect(result.stdout).toContain("1 failed")
})

test("what failed runs again when it is asked for again, and what passed does not", async () => {
  const salt = `# ${Date.now()}\n`
  const flaky = tinyProject(EXTRA, {
    "tests/test_tiny.py": `${salt}import time\n\ndef test_tiny():\n    assert time.time() < 0\n`,
  })
  const first = await call(flaky, ["test"])
  expect(ran(first, "-m pytest")).toHaveLength(1)
  const again = await call(flaky, ["test"])
  expect(ran(again, "-m pytest")).toHaveLength(1)
  expect(ran(again, "pip install")).toEqual([])
})

test("the files are unpacked to be read", async () => {
  const folder = join(mkdtempSync(join(tmpdir(), "shipwheel-")), "unpacked")
  await call(tiny, ["files", ...TAG, "unpacked", "export", "--path", folder])
  expect(readdirSync(join(folder, "wheel")).sort()).toEqual([
    "tiny",
    "tiny-1.2.0.dist-info",
  ])
  expect(readdirSync(join(folder, "sdist", "tiny-1.2.0"))).toContain("PKG-INFO")
})

test("the frontend's output is exported as it goes into the package", async () => {
  const folder = join(mkdtempSync(join(tmpdir(), "shipwheel-")), "out")
  const args = ["call", "frontend", "export", "--path", folder]
  await dagger(args, { cwd: blueprintProject() })
  expect(readdirSync(folder)).toContain("index.html")
})

test("an index with the files stays up to install from by hand", async () => {
  const port = await freePort()
  const up = ["up", "--ports", `${port}:8080`]
  const child = spawn(
    DAGGER,
    ["call", "--source", tiny, "files", ...TAG, "package-index", ...up],
    { stdio: "ignore" },
  )
  try {
    const index = `http://127.0.0.1:${port}/simple/`
    expect(await pageOf(`${index}tiny/`)).toContain("tiny-1.2.0.tar.gz")
    const folder = mkdtempSync(join(tmpdir(), "shipwheel-"))
    const pip = ["-m", "pip", "download", "--quiet", "--no-deps"]
    const from = ["--index-url", index, "--dest", folder, "tiny==1.2.0"]
    execFileSync("python3", [...pip, ...from])
    expect(readdirSync(folder)).toEqual(["tiny-1.2.0-py3-none-any.whl"])
  } finally {
    child.kill("SIGINT")
  }
})

test("the trace goes to whatever reads OpenTelemetry", async () => {
  const spans: Buffer[] = []
  const collector = createServer((request, response) => {
    request.on("data", (part: Buffer) => spans.push(part))
    request.on("end", () => response.end())
  })
  await new Promise<void>((done) => collector.listen(0, "127.0.0.1", done))
  const { port } = collector.address() as AddressInfo
  await call(tiny, ["python", "--version", "3.11", "test"], {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
  })
  collector.close()
  expect(Buffer.concat(spans).toString("latin1")).toContain("PythonLeg.test")
})

test.for(["release", "promote", "python"])(
  "`dagger call %s --help` says what it does, with an example and every argument",
  async (name) => {
    const { stdout } = await call(tiny, [name, "--help"])
    expect(stdout).toContain("Example: `dagger call ")
    const [, args = ""] = stdout.split(/ARGUMENTS/)
    const described = args.split(/^ +(?=--[a-z])/m).slice(1)
    expect(described.length).toBeGreaterThan(0)
    for (const each of described) expect(each).toMatch(/^--\S+[^.]* \S+\./)
  },
)

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

/** The page, once something answers; what does not in ten minutes never will. */
async function pageOf(url: string): Promise<string> {
  return vi.waitFor(
    async () => {
      const page = await fetch(url, { signal: AbortSignal.timeout(30_000) })
      if (!page.ok) throw new Error(`${url} answers ${String(page.status)}`)
      return page.text()
    },
    { timeout: 600_000, interval: 200 },
  )
}
