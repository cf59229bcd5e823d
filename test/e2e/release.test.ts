import { expect, test } from "vitest"

import type { Report } from "../../src/release/report.js"
import { call, needed, ran } from "./helpers/dagger.js"
import { edit, exampleProject, leaveOut } from "./helpers/project.js"

const STAGES = [
  ...["test", "lint", "frontend", "integration", "build", "check"],
  ...["reproduce", "install", "serve", "installers", "publish", "verify"],
]
const LEGS = ["3.9", "3.10", "3.11", "3.12"]

test("a release without a token is a rehearsal, and its report tells all of it", async () => {
  const project = exampleProject()
  const release = await call(project, ["release", "--tag", "v1.2.0"])

  expect(release.log).not.toContain("Error:")
  expect(release.code).toBe(0)
  const [first] = release.stdout.trim().split("\n")
  expect(first).toBe(
    "# Rehearsal: quayside 1.2.0 (`v1.2.0`), nothing left the engine",
  )
  expect(release.stdout).not.toMatch(/✗ failed|– not run/)
  for (const stage of STAGES)
    expect(release.stdout).toContain(`| ${stage} | ✓ passed |`)
  expect(release.stdout).toContain(`30 passed on Python ${LEGS.join(", ")} |`)
  expect(release.stdout).toMatch(
    /`quayside-1\.2\.0-py3-none-any\.whl` \| [\d.]+ KiB \| `[0-9a-f]{64}`/,
  )
  expect(release.stdout).toMatch(
    /`quayside-1\.2\.0\.tar\.gz` \| [\d.]+ KiB \| `[0-9a-f]{64}`/,
  )
  expect(release.stdout).toContain("`quayside --version`, `quayside berths`")
  // The page is served by what was built, and by what the index gave.
  expect(release.stdout).toMatch(
    /\| serve \| .*quayside serve .*: \/ and the \d+ assets it names answered 200/,
  )
  expect(release.stdout).toMatch(
    /\| verify \| .*with the built hash on .*quayside serve .*: \/ and the [1-9]\d* assets it names answered 200/,
  )
  expect(release.stdout).toMatch(
    /\| installers \| .*install\.sh on debian, debian-uv.* installed without root, `quayside`, .* a corrupted wheel refused/,
  )
  expect(release.stdout).toContain("section `[1.2.0] - 2026-06-15`")

  const again = await call(project, [
    ...["--format", "JSON", "release", "--tag", "v1.2.0"],
  ])
  const report = JSON.parse(again.stdout) as Report
  expect(report.rehearsal).toBe(true)
  // What the page and the time line are made of.
  expect(report.install.flatMap(({ commands }) => commands)).toContain(
    "python -m pip install ./release/quayside-1.2.0-py3-none-any.whl",
  )
  const [frontend, build] = ["frontend", "build"].map((wanted) =>
    report.stages.find(({ name }) => name === wanted),
  )
  expect(build?.needs).toEqual(["frontend"])
  expect(build?.start).toBeGreaterThanOrEqual(frontend?.end ?? Infinity)
  // A second call uploads to a fresh index and looks whether it holds the files …
  expect(ran(again, "upload.py")).toHaveLength(1)
  expect(ran(again, "/index_files.py http://index:8080")).not.toEqual([])
  // … which are those that were installed, and asked for the page, before …
  const verified = "--requirement /pinned.txt"
  expect(needed(again, verified)).toHaveLength([...LEGS, "the sdist"].length)
  expect(ran(again, verified)).toEqual([])
  expect(needed(again, "/serve.py")).toHaveLength(2)
  expect(ran(again, "/serve.py")).toEqual([])
  // … and repeats nothing of what is still true.
  expect(needed(again, "pytest").length).toBeGreaterThanOrEqual(LEGS.length)
  expect(ran(again, "pytest")).toEqual([])
  expect([...ran(again, "npm ci"), ...ran(again, "npm run")]).toEqual([])
  expect(ran(again, "build.py")).toEqual([])
})

test("a failed release exits non-zero with the whole report, and publishes nothing", async () => {
  const project = exampleProject()
  edit(project, "tests/unit/test_cli.py", (text) =>
    text.replace(/^def test_\w+\([^)]*\).*:$/m, "$&\n    assert 1 == 2"),
  )
  edit(project, "backend/quayside/cli.py", (text) => `import os\n${text}`)
  leaveOut(project, "reproduce", "install", "serve", "installers", "compare")

  const release = await call(project, ["release", "--tag", "v1.2.0"])

  expect(release.code).not.toBe(0)
  const report = release.log.slice(release.log.lastIndexOf("\nError: "))
  expect(report).toContain("# Rehearsal failed: quayside 1.2.0")
  for (const python of LEGS) expect(report).toContain(`### Python ${python}`)
  expect(report).toContain("assert 1 == 2")
  expect(report).toMatch(/\| test \| ✗ failed/)
  expect(report).toMatch(/\| lint \| ✗ failed/)
  expect(report).toMatch(/\| frontend \| ✓ passed/)
  expect(report).toMatch(/\| build \| ✓ passed/)
  expect(report).toMatch(/\| publish \| – not run .*needs test, lint/)
  expect(report).toMatch(/\| verify \| – not run /)
  expect(needed(release, "upload.py")).toEqual([])
})
