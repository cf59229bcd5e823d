import { expect, onTestFinished, test } from "vitest"

import { Answering } from "../helpers/answering.js"
import { call } from "./helpers/dagger.js"
import { address } from "./helpers/mirror.js"
import { edit } from "./helpers/project.js"
import { addFiles, commitAll, git, tinyProject } from "./helpers/tiny.js"

/** What answers as OSV does, of one version of six. */
function advisories(): Promise<Answering> {
  const ranges = [{ type: "ECOSYSTEM", events: [{ fixed: "1.16.0" }] }]
  const of = { name: "six", ecosystem: "PyPI" }
  const known = { id: "PYSEC-1", affected: [{ package: of, ranges }] }
  return Answering.start((_, response, body) => {
    const { package: asked, version } = JSON.parse(body) as {
      package: { name: string }
      version: string
    }
    const bad = asked.name === "six" && version === "1.15.0"
    response.end(JSON.stringify(bad ? { vulns: [known] } : {}))
  }, address())
}

const INIT = "tiny/__init__.py"
const CLI = "tiny/cli.py"
const cli = (...options: string[]) =>
  [
    "import argparse",
    "def main():",
    "    parser = argparse.ArgumentParser()",
    ...options.map((each) => `    parser.add_argument("${each}")`),
    "    parser.parse_args()",
    "",
  ].join("\n")

test("`compare` holds a tag against the one before it, and stops for a version that is too low for a break", async () => {
  const osv = await advisories()
  onTestFinished(() => {
    osv.stop()
  })
  // An index may have a project of this name, which is another's: it has other addresses.
  const project = tinyProject(
    `[tool.shipwheel.mirrors]\nosv = "${osv.url("/v1/query")}"\n` +
      '[project.urls]\nHome = "https://tiny.example.org"\n' +
      '[project.scripts]\ntiny = "tiny.cli:main"\n' +
      '[tool.shipwheel.compare]\nversion-check = "fail"\n',
    {
      [INIT]: '__version__ = "0.1.0"\n\n\ndef read(at): ...\n',
      [CLI]: cli("--at", "--day"),
      "tiny/trap.py": 'raise SystemExit("nobody imports this")\n',
    },
  )
  commitAll(project, "v1.0.0")
  addFiles(project, {
    [INIT]: '__version__ = "0.1.0"\n\n\ndef free(): ...\n',
    [CLI]: cli("--day"),
  })
  edit(project, "pyproject.toml", (text) =>
    text.replace("[tool.setuptools]", 'dependencies = ["six==1.15.0"]\n$&'),
  )
  git(project, "commit", "--quiet", "--all", "--message", "Free")
  git(project, "tag", "v1.0.1")

  const low = await call(project, ["compare", "--tag", "v1.0.1"])
  expect(low.code).not.toBe(0)
  expect(low.log).toContain(
    "1.0.1 is too low for a break since 1.0.0, 2.0.0 would fit",
  )
  expect(low.log).toContain("- `tiny.read` is gone")
  expect(low.log).toContain("- `tiny --at` is gone")
  expect(low.log).toContain(
    "an install brings a known vulnerability: six 1.15.0: PYSEC-1, fixed in 1.16.0",
  )
  // Of what both bring, nothing is new, and nothing is asked.
  expect(osv.asked).toEqual(["POST /v1/query"])

  git(project, "tag", "--delete", "v1.0.1")
  git(project, "tag", "v2.0.0")
  const format = ["--format", "JSON", "compare", "--tag", "v2.0.0"]
  const high = await call(project, format)
  expect(high.log).not.toContain("\nError: ")
  const { data } = JSON.parse(high.stdout) as {
    data: { comparisons: unknown[]; verdict: unknown }
  }
  expect(data).toMatchObject({
    comparisons: [
      {
        before: "1.0.0",
        after: "2.0.0",
        origin: "the tag `v1.0.0`, built anew",
        counted: { packages: ["tiny"], modules: 3, objects: 5, options: 4 },
        level: "breaking",
      },
    ],
    verdict: { level: "breaking", least: "2.0.0", problems: [] },
  })
})
