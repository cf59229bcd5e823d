// Prints the notes of one of Shipwheel's own releases: what CHANGELOG.md has for the version of the tag.
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

import { runnerImport } from "vite"

const [tag = ""] = process.argv.slice(2)
const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const load = async (path) => (await runnerImport(at(path))).module
const { version } = JSON.parse(readFileSync(at("package.json"), "utf8"))
const { parseTag } = await load("src/version/version.ts")
const { releaseNotes } = await load("src/notes/changelog.ts")

if (tag !== `v${version}`)
  throw new Error(
    `the tag is \`${tag}\`, and package.json has version ${version}`,
  )
const path = "CHANGELOG.md"
const changelog = {
  path,
  text: readFileSync(at(path), "utf8"),
  project: "shipwheel",
}
const { heading = "", text } = releaseNotes(changelog, parseTag(tag))
if (!heading.includes(version) || text === "")
  throw new Error(`CHANGELOG.md says nothing of ${version}`)
console.log(text)
