import { cpSync } from "node:fs"
import { join } from "node:path"

import { expect, test } from "vitest"

import { call, type Result, startedBy } from "./helpers/dagger.js"
import { edit, emptyProject } from "./helpers/project.js"
import { addFiles, commitAll, git, tinyProject } from "./helpers/tiny.js"

const TAG = ["--tag", "v1.2.0"]

/** What the user is told; nothing of the project may have run for it. */
function refusal(result: Result): string {
  expect(result.code).not.toBe(0)
  expect(startedBy(result)).toEqual([])
  return result.log.slice(result.log.lastIndexOf("\nError: ") + 1)
}

test("a preflight of a tagged, clean tree passes and starts nothing", async () => {
  const project = tinyProject()
  commitAll(project, "v1.2.0")
  const result = await call(project, ["preflight", ...TAG])
  expect(result.stdout).toContain("v1.2.0 is ready to be released.")
  expect(startedBy(result)).toEqual([])
})

test("tag, tree, changelog and configuration are refused at once", async () => {
  const project = tinyProject("", {
    "CHANGELOG.md": "# Changes\n\n## [0.1.0]\n\n- All of it.\n",
  })
  commitAll(project, "v0.1.0")
  edit(project, "README.md", (text) => `${text}More.\n`)
  addFiles(project, { "new.txt": "" })
  // git itself looks away from this one.
  git(project, "update-index", "--skip-worktree", "tiny/__init__.py")
  edit(project, "tiny/__init__.py", (text) => `${text}LOCAL = True\n`)
  const error = refusal(await call(project, ["preflight", ...TAG]))
  expect(error).toContain("3 problems, nothing was started")
  expect(error).toContain("`v1.2.0` is not a tag of this repository")
  expect(error).toContain("`README.md`, `new.txt`, `tiny/__init__.py`")
  expect(error).toContain("`CHANGELOG.md` has no section for 1.2.0")

  // Nor does it miss what it was told to leave out of the tree.
  addFiles(project, { "data/large/a.txt": "a\n" })
  commitAll(project, "v0.2.0")
  git(project, "sparse-checkout", "set", "--cone", "tests", "tiny")
  const sparse = refusal(await call(project, ["preflight", "--tag", "v0.2.0"]))
  expect(sparse).toContain("committed: `data/`")
  expect(sparse).toContain("`git sparse-checkout disable`")

  edit(project, "pyproject.toml", (text) =>
    text.replace('["3.12"]', '["3.99"]\nserv = 1'),
  )
  const more = refusal(await call(project, ["preflight", ...TAG]))
  expect(more).toContain("`tool.shipwheel.serv` is not a known key")
  expect(more).toContain("`v1.2.0` is not a tag of this repository")
})

test("a release is refused with what is wrong with its credential and its tag at once", async () => {
  const project = tinyProject()
  commitAll(project, "v0.1.0")
  const to = (...more: string[]) =>
    call(project, ["release", ...TAG, ...more], { TOKEN: "parsley and sage" })
  const index = ["--index", "https://index.invalid/"]

  const error = refusal(await to(...index, "--index-password", "env://TOKEN"))
  expect(error).toContain("2 problems, nothing was started")
  expect(error).toContain("`v1.2.0` is not a tag of this repository")
  expect(error).toContain(
    "the value of `--index-password` (`--password` of `index`) has a blank in it",
  )
  expect(error).not.toContain("parsley")

  edit(project, "pyproject.toml", (text) => `${text}serv = 1\n`)
  const without = refusal(await to(...index))
  expect(without).toContain("`tool.shipwheel.serv` is not a known key")
  expect(without).toContain("there is no credential for https://index.invalid/")

  // A name may be one that the broken configuration holds.
  const named = refusal(await to("--index", "company"))
  expect(named).toContain("`tool.shipwheel.serv` is not a known key")
  expect(named).not.toContain("is no index that is known")
})

test("a Python without an image is refused by its name", async () => {
  const project = tinyProject()
  edit(project, "pyproject.toml", (text) => text.replace("3.12", "3.99"))
  const error = refusal(await call(project, ["preflight", ...TAG]))
  expect(error).toContain("the image `python:3.99-slim` can't be had")
})

test("a shallow clone without the tag is named, with its remedy", async () => {
  const origin = tinyProject()
  commitAll(origin, "v1.2.0")
  git(origin, "commit", "--quiet", "--allow-empty", "--message", "Next")
  const clone = emptyProject()
  git(clone, "clone", "--quiet", "--depth=1", `file://${origin}`, ".")
  const error = refusal(await call(clone, ["preflight", ...TAG]))
  expect(error).toContain("which is a shallow clone")
  expect(error).toContain("`git fetch --unshallow --tags`")
})

test("a project in a folder of a repository is compared with it where that is named", async () => {
  const repository = emptyProject()
  const project = join(repository, "packages/tiny")
  cpSync(tinyProject(), project, { recursive: true })
  commitAll(repository, "v1.2.0")
  const args = ["--repository", repository, "preflight", ...TAG]
  expect((await call(project, args)).stdout).toBe(
    "v1.2.0 is ready to be released.\n- The notes are all commits, because there is no release before.",
  )
})

test("a worktree, whose repository is elsewhere, is built without it, and not released", async () => {
  const origin = tinyProject()
  commitAll(origin, "v1.2.0")
  const worktree = join(emptyProject(), "tree")
  git(origin, "worktree", "add", "--quiet", worktree, "v1.2.0")
  const result = await call(worktree, ["preflight", ...TAG])
  expect(refusal(result)).toContain(
    "project: git can't read the repository: `.git` is only a file here, which names a repository elsewhere",
  )
  expect((await call(worktree, ["build", ...TAG])).code).toBe(0)
})

test("a repository without a commit stops a release, and not a rehearsal", async () => {
  const project = tinyProject()
  git(project, "init", "--quiet")
  const error = refusal(await call(project, ["preflight", ...TAG]))
  expect(error).toContain("git can't read the repository")
  const plan = await call(project, ["plan", ...TAG])
  expect(plan.stdout).toContain("A release would stop here: git can't read")
})

test("a plan names every stage, what is skipped and why, and starts nothing", async () => {
  const result = await call(tinyProject(), ["plan", ...TAG])
  expect(result.code).toBe(0)
  expect(startedBy(result)).toEqual([])
  expect(result.stdout).toContain("# Plan: tiny 1.2.0 (`v1.2.0`)")
  for (const line of [
    /^\| frontend \| – skipped \|.*the package has no frontend/m,
    /^\| serve \| – skipped \|.*no server is named/m,
    /^\| reproduce \| run \| build \|/m,
    /^\| publish \| run \| every gate \|.*`twine upload`/m,
  ])
    expect(result.stdout).toMatch(line)
})

test("a plan for an index of the world names the credential and the release on GitHub, and starts nothing", async () => {
  const project = tinyProject(
    '[tool.shipwheel.github]\nrepository = "octo-org/tiny"\n',
  )
  const url = "https://packages.example.org/upload/"
  const args = ["index", "--name", url, "plan", ...TAG]
  const { stdout } = await call(project, args)
  expect(stdout).toMatch(/^\| publish \| run \|.*packages\.example\.org/m)
  expect(stdout).toMatch(/^\| github \| run \| verify \|/m)
  expect(stdout).toContain("- publish: `--index-password ")
  expect(stdout).toContain(
    `Next: \`dagger call release --tag v1.2.0 --index ${url} --index-`,
  )
})
