import { execFileSync } from "node:child_process"

import { expect, test } from "vitest"

import { call } from "./helpers/dagger.js"
import { edit, emptyProject } from "./helpers/project.js"
import { tinyProject } from "./helpers/tiny.js"

const TOML = `
[project.optional-dependencies]
maps = ["tomli-w @ https://example.org/tomli_w-1.2.0-py3-none-any.whl"]
`

test("what PyPI always refuses is told before anything is built, all of it, with what to write", async () => {
  const project = tinyProject(TOML, {
    "setup.py":
      "from setuptools import Extension, setup\nsetup(ext_modules=[Extension('fast', ['fast.c'])])\n",
  })
  edit(project, "pyproject.toml", (text) =>
    text.replace(
      /description = .*/,
      `description = "${"a".repeat(513)}"\nclassifiers = ["Framework :: Flaskk", "Private :: Do Not Upload"]`,
    ),
  )
  const { code, log } = await call(project, ["preflight", "--tag", "v1.2.0"])
  expect(code).not.toBe(0)
  for (const said of [
    "`Framework :: Flaskk` is no classifier; PyPI refuses that (rule `classifiers`)",
    "Did you mean `Framework :: Flask`?",
    "`Private :: Do Not Upload` forbids every upload",
    "it requires `tomli-w` from an address of its own",
    "its summary has 513 characters, 512 are taken",
    "`ext_modules` in `setup.py` is compiled: such a package needs a wheel for each platform",
  ])
    expect(log).toContain(said)
  expect(log).not.toContain("build.py")
})

/** Files that nothing here builds. */
const FILES = `
import io, sys, tarfile, zipfile
head = "Metadata-Version: 2.1\\nName: Tiny.Boat\\nVersion: 1.2.0\\n"
odd = head + "License-File: LICENSE\\nRequires-Dist: six @ https://example.org/six.whl\\nDescription-Content-Type: text/x-rst\\n\\n====\\nBroken\\n==\\n"
with zipfile.ZipFile("tiny_boat-1.2.0-cp312-cp312-linux_x86_64.whl", "w") as out:
    out.writestr("tiny_boat-1.2.0.dist-info/METADATA", odd)
for name in ("Tiny.Boat-1.2.0", "tiny_boat-1.2.0"):
    with tarfile.open(name + ".tar.gz", "w:gz") as out:
        info = tarfile.TarInfo(name + "/PKG-INFO")
        info.size = len(head)
        out.addfile(info, io.BytesIO(head.encode()))
`

test("the rehearsal index refuses what PyPI would, by the same rules", async () => {
  const dist = emptyProject()
  execFileSync("python3", ["-c", FILES], { cwd: dist })
  const sums = "sha256sum -- *.whl *.tar.gz > SHA256SUMS"
  execFileSync("sh", ["-c", sums], { cwd: dist })
  const project = tinyProject()
  edit(project, "pyproject.toml", (text) =>
    text.replace('name = "tiny"', 'name = "tiny-boat"'),
  )
  const named = ["index", "--name", "rehearsal", "--release", dist]
  const publish = [...named, "publish", "--tag", "v1.2.0"]
  const refused = await call(project, publish)
  expect(refused.code).not.toBe(0)
  for (const rule of [
    "metadata",
    "direct-urls",
    "description",
    "file-names",
    "platform-tags",
    "one-sdist",
  ])
    expect(refused.log).toContain(`index (${rule}): `)
  expect(refused.log).not.toContain("upload.py")
})
