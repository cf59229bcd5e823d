import { execFileSync } from "node:child_process"
import { join } from "node:path"

import { describe, expect, test } from "vitest"

import { call } from "./dagger.js"
import { emptyProject } from "./project.js"
import { tinyProject } from "./tiny.js"
import { webFolder } from "./web.js"

const TAG = ["--tag", "v1.2.0"]
const DATA = '[tool.setuptools.package-data]\ntiny = ["*/*.html"]\n'
const GRAFT = { "MANIFEST.in": "graft tiny\n" }

describe("two frontends in one package", () => {
  const files = { ...webFolder("frontend", "site"), ...webFolder("ui", "desk") }

  test("are both built into their own folder of wheel and sdist", async () => {
    const project = tinyProject(DATA, { ...files, ...GRAFT })
    const all = await call(project, ["frontend", "glob", "--pattern", "**/*"])
    expect(all.stdout).toContain("tiny/frontend/index.html")
    expect(all.stdout).toContain("tiny/ui/index.html")
    const one = await call(project, ["frontend", "--path", "ui", "entries"])
    expect(one.stdout.trim()).toBe("index.html")

    const checked = await call(project, ["check", ...TAG])
    expect(checked.stdout).toContain("frontend, forbidden, duplicates")
    const dist = emptyProject()
    await call(project, ["build", ...TAG, "export", "--path", dist])
    expect(unzipped(dist, "tiny/frontend/index.html")).toBe("site")
    expect(unzipped(dist, "tiny/ui/index.html")).toBe("desk")
  })

  test("are refused when the wheel has only one of them", async () => {
    const data = `include-package-data = false\n${DATA.replace("*/", "frontend/")}`
    const project = tinyProject(data, { ...files, ...GRAFT })
    const { code, log } = await call(project, ["check", ...TAG])
    expect(code).not.toBe(0)
    expect(log).toContain(
      "frontend: `tiny-1.2.0-py3-none-any.whl` lacks the frontend's files in `tiny/ui`: `index.html` (1 of 1 files)",
    )
    expect(log).not.toContain("files in `tiny/frontend`")
  })
})

function unzipped(dist: string, path: string): string {
  const wheel = join(dist, "tiny-1.2.0-py3-none-any.whl")
  const code =
    "import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]).decode())"
  const args = ["-c", code, wheel, path]
  return execFileSync("python3", args, { encoding: "utf8" }).trim()
}
