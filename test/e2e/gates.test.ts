import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

import { describe, expect, test } from "vitest"

import { call, needed, type Result } from "./helpers/dagger.js"
import { edit, emptyProject } from "./helpers/project.js"
import { addFiles, commitAll, git, tinyProject, WHEN } from "./helpers/tiny.js"

const TAG = ["--tag", "v1.2.0"]

function errorOf(result: Result): string {
  expect(result.code).not.toBe(0)
  return result.log.slice(result.log.lastIndexOf("\nError: ") + 1)
}

/** The time that the first file of a wheel carries, as zip files write it. */
function wheelTime(wheel: Buffer): string {
  const [time, day] = [wheel.readUInt16LE(10), wheel.readUInt16LE(12)]
  const date = [1980 + (day >> 9), (day >> 5) & 15, day & 31]
  const clock = [time >> 11, (time >> 5) & 63, (time & 31) * 2]
  const two = (parts: number[]) =>
    parts.map((part) => String(part).padStart(2, "0"))
  return `${two(date).join("-")}T${two(clock).join(":")}Z`
}

describe("a build", () => {
  test("is the same in another clone at another time, and says the time of the tag's commit", async () => {
    const first = tinyProject()
    commitAll(first, "v1.2.0")
    const second = emptyProject()
    git(second, "clone", "--quiet", first, ".")
    const built = await Promise.all(
      [first, second].map(async (project) => {
        const dist = emptyProject()
        const args = ["build", ...TAG, "export", "--path", dist]
        expect((await call(project, args)).code).toBe(0)
        return readdirSync(dist).map((name) => readFileSync(join(dist, name)))
      }),
    )
    expect(built[0]).toHaveLength(2)
    expect(built[1]).toStrictEqual(built[0])
    expect(built[0]?.map(wheelTime)).toContain(WHEN)
  })

  test("that differs the second time is refused with the file, the member and the bytes", async () => {
    const project = tinyProject("", {
      "setup.py": [
        "import secrets, setuptools",
        'open("tiny/built.py", "w").write("# built by\\nNONCE = " + repr(secrets.token_hex(8)))',
        "setuptools.setup()",
      ].join("\n"),
    })
    const error = errorOf(await call(project, ["reproduce", ...TAG]))
    expect(error).toContain("a second build gave other bytes for")
    expect(error).toMatch(
      /`tiny-1\.2\.0-py3-none-any\.whl`: `tiny\/built\.py`: its content differs, bytes \d+ to \d+/,
    )
    expect(error).toMatch(
      /`tiny-1\.2\.0\.tar\.gz`: `tiny-1\.2\.0\/tiny\/built\.py`: its content differs/,
    )
    expect(error).toContain("skip = { reproduce")
  })

  test("takes nothing from what earlier builds left, tracked by git or not", async () => {
    const project = tinyProject("", {
      "build/lib/tiny/old.py": "OLD = True\n",
      "tiny.egg-info/SOURCES.txt": "old.txt\ntiny/old.py\n",
      "tiny.egg-info/PKG-INFO": "Metadata-Version: 2.1\nName: tiny\n",
      "old.txt": "old",
      "dist/tiny-0.0.1.tar.gz": "",
    })
    commitAll(project, "v1.2.0")
    const dist = emptyProject()
    const args = ["build", ...TAG, "export", "--path", dist]
    expect((await call(project, args)).code).toBe(0)
    expect(readdirSync(dist)).toHaveLength(2)
    const wheel = readFileSync(join(dist, "tiny-1.2.0-py3-none-any.whl"))
    expect(wheel.includes("tiny/__init__.py")).toBe(true)
    expect(wheel.includes("old.py")).toBe(false)
  })
})

describe("the gates on the files", () => {
  test("say all that is wrong with them at once", async () => {
    const project = tinyProject(
      '[tool.setuptools.package-data]\ntiny = ["**/*", "**/.*"]\n',
      {
        "backend.py": DUPLICATING,
        "MANIFEST.in": "include backend.py\ngraft tiny\n",
        "tiny/.env": "SECRET=1\n",
        "tiny/compiled.pyc": "",
        "tiny/deploy.pem":
          "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
      },
    )
    editBackend(project)
    edit(project, "README.md", () => ".. nonsense::\n\n   *open\n")
    const error = errorOf(await call(project, ["check", ...TAG]))
    for (const said of [
      "forbidden: `tiny-1.2.0-py3-none-any.whl` holds settings that are often secret: `tiny/.env`",
      "forbidden: `tiny-1.2.0-py3-none-any.whl` holds a private key: `tiny/deploy.pem`",
      "forbidden: `tiny-1.2.0-py3-none-any.whl` holds packages of the frontend's tools: `tiny/web/node_modules/a.js`",
      "forbidden: `tiny-1.2.0.tar.gz` holds a private key: `tiny/deploy.pem`",
      "duplicates: `tiny-1.2.0-py3-none-any.whl` holds more than once: `tiny/__init__.py`",
      "record: `tiny-1.2.0-py3-none-any.whl` holds what its RECORD does not list: `tiny/web/node_modules/a.js`",
      "`long_description` has syntax errors",
      "W001: Wheel contains .pyc/.pyo files",
    ])
      expect(error).toContain(said)
  })

  test("miss a frontend that only the sdist has, and take one that both have", async () => {
    const without = tinyProject("include-package-data = false", {
      ...FRONTEND,
      "MANIFEST.in": GRAFT,
    })
    const error = errorOf(await call(without, ["check", ...TAG]))
    expect(error).toContain(
      "frontend: `tiny-1.2.0-py3-none-any.whl` lacks the frontend's files in `tiny/frontend`: `app/main.js`, `index.html` (2 of 2 files)",
    )
    expect(error).not.toContain("tar.gz` lacks")

    const data = '[tool.setuptools.package-data]\ntiny = ["frontend/**/*"]\n'
    const project = tinyProject(data, { ...FRONTEND, "MANIFEST.in": GRAFT })
    // The last export is still there, and must be in nothing.
    addFiles(project, { "tiny/frontend/old.html": "old" })
    const good = await call(project, ["check", ...TAG])
    expect(good.stdout).toContain(
      "frontend, completeness, pointers, tracked, forbidden, duplicates",
    )
  })

  test("stop a release before the upload: a wrong version, a broken page, an sdist of no use", async () => {
    const project = tinyProject(
      [
        "[project.scripts]",
        'tiny = "tiny.cli:main"',
        "[tool.shipwheel.skip]",
        'reproduce = "tiny is not worth it"',
        ...["lint", "sbom", "installers"].map(
          (each) => `${each} = "of others"`,
        ),
        "[tool.shipwheel.serve]",
        'command = ["python", "-m", "tiny.server"]',
        "port = 8000",
      ].join("\n"),
      {
        "tiny/cli.py": "def main():\n    print('tiny 0.1.0')\n",
        "tiny/server.py": SERVER,
      },
    )
    edit(project, "pyproject.toml", (text) =>
      text.replace("pythons =", 'smoke = [["tiny", "--version"]]\npythons ='),
    )
    const result = await call(project, ["release", ...TAG])
    const error = errorOf(result)
    expect(error).toContain("`tiny --version` printed no 1.2.0")
    expect(error).toContain("/missing.js answered 404")
    expect(error).toMatch(/reproduce \| – skipped .* tiny is not worth it/)
    expect(error).toMatch(/audit \| (– skipped|✓ passed)/)
    expect(error).toMatch(/publish \| – not run/)
    expect(needed(result, "upload.py")).toEqual([])
  })

  test("run alone, too: install, serve, audit", async () => {
    const project = tinyProject(
      [
        "[project.scripts]",
        'tiny = "tiny.server:main"',
        "[tool.shipwheel.serve]",
        'command = ["python", "-m", "tiny.server"]',
        "port = 8000",
        'path = "/index"',
      ].join("\n"),
      {
        "tiny/server.py": SERVER.replace(
          '"/":',
          '"/missing.js": b"", "/index":',
        ),
      },
    )
    expect((await call(project, ["install", ...TAG])).stdout).toBe(
      "wheel on Python 3.12, sdist on Python 3.12: installed and imported",
    )
    expect((await call(project, ["serve", ...TAG])).stdout).toBe(
      "`python -m tiny.server`: /index and the 2 assets it names answered 200",
    )
    expect((await call(project, ["audit"])).stdout).toBe(
      "pip-audit: nothing known",
    )
  })

  test("never see an sdist that can't be built: the wheel is made from it", async () => {
    const project = tinyProject("", {
      "requirements.txt": "",
      "setup.py":
        'import setuptools\nopen("requirements.txt").read()\nsetuptools.setup()\n',
    })
    const error = errorOf(await call(project, ["check", ...TAG]))
    expect(error).toMatch(
      /^Error: the build failed: FileNotFoundError: .*'requirements\.txt'/m,
    )
    expect(error).toContain("the sdist lacks `requirements.txt`")
  })
})

const GRAFT = "graft tiny/frontend\n"

const FRONTEND = {
  "frontend/package.json": JSON.stringify({
    name: "page",
    version: "0.0.0",
    scripts: { build: "node build.mjs" },
  }),
  "frontend/package-lock.json": JSON.stringify({
    name: "page",
    version: "0.0.0",
    lockfileVersion: 3,
    packages: { "": { name: "page", version: "0.0.0" } },
  }),
  "frontend/build.mjs": [
    'import { mkdirSync, writeFileSync } from "node:fs"',
    'mkdirSync("dist/app", { recursive: true })',
    'writeFileSync("dist/index.html", "<script src=app/main.js></script>")',
    'writeFileSync("dist/app/main.js", "1")',
  ].join("\n"),
}

/** A backend that does what force-include does by accident, and a hard link in its sdist; no test's own tree keeps a folder of that name. */
const DUPLICATING = `
import pathlib, tarfile, warnings, zipfile
from setuptools.build_meta import *
from setuptools.build_meta import build_sdist as setuptools_sdist
from setuptools.build_meta import build_wheel as setuptools_wheel

# A hard link that sorts before the file that it names: unpacking it in that order fails.
def build_sdist(directory, *args, **kwargs):
    name = setuptools_sdist(directory, *args, **kwargs)
    path = pathlib.Path(directory) / name
    with tarfile.open(path) as old:
        found = [(each, old.extractfile(each)) for each in old]
        with tarfile.open(path.with_suffix(".new"), "w:gz") as new:
            for member, content in found:
                new.addfile(member, content)
            link = tarfile.TarInfo("tiny-1.2.0/A.md")
            link.type, link.linkname = tarfile.LNKTYPE, "tiny-1.2.0/README.md"
            new.addfile(link)
    path.with_suffix(".new").rename(path)
    return name

def build_wheel(directory, *args, **kwargs):
    name = setuptools_wheel(directory, *args, **kwargs)
    warnings.simplefilter("ignore")
    with zipfile.ZipFile(pathlib.Path(directory) / name, "a") as wheel:
        for path in ("tiny/__init__.py", "tiny/web/node_modules/a.js"):
            wheel.writestr(zipfile.ZipInfo(path), "")
    return name
`

const SERVER = `
import http.server, mimetypes

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        pages = {"/": b"<link rel=stylesheet href=a.css><script src=missing.js></script>", "/a.css": b""}
        self.send_response(200 if self.path in pages else 404)
        self.send_header("Content-Type", mimetypes.guess_type(self.path)[0] or "text/html")
        self.end_headers()
        self.wfile.write(pages.get(self.path, b""))

http.server.HTTPServer(("127.0.0.1", 8000), Handler).serve_forever()
`

/** The package with a backend of its own, and a readme of the stricter kind. */
function editBackend(project: string): void {
  edit(project, "pyproject.toml", (text) =>
    text
      .replace(
        'build-backend = "setuptools.build_meta"',
        'build-backend = "backend"\nbackend-path = ["."]',
      )
      .replace(
        'readme = "README.md"',
        'readme = { file = "README.md", content-type = "text/x-rst" }',
      ),
  )
}
