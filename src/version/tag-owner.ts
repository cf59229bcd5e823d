import { problem } from "../errors.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"
import { isNamed, type Tagging, wordOf } from "./tagging.js"
import { ACCEPTED_TAGS, leadOf, type Version, versionOf } from "./version.js"

/** Refuses a tag of somebody else, and says whose it is. */
export function requireOwn(version: Version, tagging: Tagging): void {
  const { accepted, from, members, project } = tagging
  const { prefix, tag } = version
  if (accepted.includes(prefix)) return
  const own = accepted[0] ?? ""
  const meant = respelled(version, own)
  if (prefix === "")
    throw problem(
      "tag",
      `\`${tag}\` has no prefix, and the tags of \`${project}\` have \`${own}\`, as ${from} shows`,
      `Its tag would be \`${meant}\`; \`tag-prefix = ""\` in \`[tool.shipwheel]\` says that it has none any more.`,
    )
  const word = wordOf(prefix)
  const folders = members.filter((each) =>
    isNamed(prefix, { path: each, project: "" }),
  )
  if (folders.length > 0)
    throw problem(
      "tag",
      `\`${tag}\` is a tag of ${few(folders.map(code))}, and this is \`${project}\``,
      `To release that one, point \`--source\` at its folder; a tag of \`${project}\` would be \`${meant}\`.`,
    )
  if (/^(v|release|releases|ver|version|tag|tags)$/i.test(word))
    throw problem(
      "tag",
      `\`${tag}\` is no release tag`,
      `Did you mean \`${meant}\`? Accepted are ${ACCEPTED_TAGS}; another prefix is named by \`tag-prefix\` in \`[tool.shipwheel]\`: \`tag-prefix = "${prefix}"\`.`,
    )
  throw problem(
    "tag",
    `\`${tag}\` is a tag of \`${word}\`, by its prefix, and this is \`${project}\``,
    `A tag of \`${project}\` would be \`${meant}\`. If the prefix is its own, say so in \`[tool.shipwheel]\`: \`tag-prefix = "${prefix}"\`.`,
  )
}

/** The tag of the same version with another prefix. */
export function respelled(version: Version, prefix: string): string {
  const lead = leadOf(version)
  const staging = lead.startsWith("staging/") ? "staging/" : ""
  const rest = version.tag.slice(staging.length + version.prefix.length)
  return staging + prefix + rest
}

/** The versions of a repository's tags that have a prefix, and those that have none, from before a project had one: the first list that answers a question decides. */
export function ownVersions(
  prefix: string,
  tags: readonly string[],
): readonly [own: Version[], bare: Version[]] {
  const all = tags.flatMap(versionOf)
  const having = (each: string) => all.filter((one) => one.prefix === each)
  return [having(prefix), having("")]
}
