// Writes report.json anew: the report of a release of the example whose release before had less in it.
import { execFileSync } from "node:child_process"
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const ROOT = fileURLToPath(new URL("../..", import.meta.url))
const EXAMPLE = join(ROOT, "dagger/examples/quayside")
const OURS = join(ROOT, "test/page/report.json")
/** What came with 1.2.0, in the words of its changelog. */
const NEW = [
  ["backend/quayside/berths.py", /^LEAVING_WITHIN = .*\n/m],
  ["backend/quayside/berths.py", /^ {4}elif stay.departs.*\n.*"leaving"\n/m],
  ["backend/quayside/cli.py", /^ {4}berths\.add_argument\([^]*?^ {4}\)\n/m],
  ["backend/quayside/cli.py", /^def moment[^]*?\n\n\n/m],
]

const project = mkdtempSync(join(tmpdir(), "quayside-"))
const run = (cwd, command, ...args) =>
  execFileSync(command, args, {
    cwd,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", "inherit"],
  })
const WHO = ["-c", "user.name=Quay", "-c", "user.email=quay@example.org"]
const git = (...args) => run(project, "git", ...WHO, ...args)

function commit(tag, date) {
  process.env.GIT_COMMITTER_DATE = process.env.GIT_AUTHOR_DATE = date
  git("add", "--all")
  git("commit", "--quiet", "--message", tag)
  git("tag", tag)
}

function copyExample() {
  const files = run(EXAMPLE, "git", "ls-files", "-z").split("\0")
  for (const path of files.filter(Boolean))
    cpSync(join(EXAMPLE, path), join(project, path), { recursive: true })
}

git("init", "--quiet", "--initial-branch", "main")
copyExample()
for (const [path, what] of NEW) {
  const file = join(project, path)
  const text = readFileSync(file, "utf8")
  if (!what.test(text)) throw new Error(`${path} has no ${what}`)
  writeFileSync(file, text.replace(what, ""))
}
commit("v1.1.0", "2026-04-13T09:00:00Z")
copyExample()
commit("v1.2.0", "2026-06-15T09:00:00Z")

const report = run(
  ROOT,
  ...[join(ROOT, "dagger/engine/dagger"), "--progress", "plain", "call"],
  ...["--source", project, "--format", "JSON"],
  ...["release", "--tag", "v1.2.0"],
)
// What could not be done is of the machine that this ran on, and not of the example.
const isOfMachine = (text) => / was not (?:done|tried on \w+): /.test(text)
const kept = (key, value) =>
  key === "remarks" ? value.filter((each) => !isOfMachine(each)) : value
writeFileSync(OURS, `${JSON.stringify(JSON.parse(report, kept), null, 2)}\n`)
