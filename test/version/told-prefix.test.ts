import { describe, expect, it } from "vitest"

import { toldPrefix } from "../../src/version/told-prefix.js"
import { pyproject, sources } from "../helpers/builders.js"

const told = (...toml: string[]) => toldPrefix(pyproject(...toml), sources({}))

describe("the prefix that another tool is told", () => {
  it.each([
    ["commitizen.tag_format", "wren-v$version"],
    ["commitizen.tag_format", "wren-${version}"],
    ["semantic_release.tag_format", "wren-v{version}"],
    ["bumpversion.tag_name", "wren-{new_version}"],
    ["tbump.git.tag_template", "wren-v{new_version}"],
    ["setuptools_scm.tag_regex", "^wren-v(?P<version>.+)$"],
    ["setuptools_scm.tag_regex", "wren\\-v?(?P<version>\\d+.*)"],
    ["hatch.version.tag-pattern", "wren-(?P<version>.+)"],
    ["hatch.version.raw-options.tag_regex", "^wren-(.*)$"],
    ["pdm.version.tag_filter", "wren-*"],
    ["poetry-dynamic-versioning.pattern-prefix", "wren-"],
    ["versioneer.tag_prefix", "wren-v"],
    [
      "setuptools_scm.git_describe_command",
      "git describe --dirty --tags --long --match 'wren-v*'",
    ],
    [
      "hatch.version.raw-options.git_describe_command",
      ["git", "describe", "--tags", "--match", "wren-v[0-9]*"],
    ],
    [
      "setuptools_scm.scm.git.describe_command",
      ["git", "describe", "--match=wren-*"],
    ],
  ])("in %s is found in %j", (key, value) => {
    const at = key.split(".").at(-1) ?? ""
    const table = key.slice(0, -at.length - 1)
    const found = told(`[tool.${table}]`, `${at} = ${JSON.stringify(value)}`)
    expect(found).toStrictEqual({ prefix: "wren-", from: `\`tool.${key}\`` })
  })

  it.each([
    ["versioneer", "tag_prefix", "wren-v"],
    ["bumpversion", "tag_name", "wren-v{new_version}"],
  ])("is read in setup.cfg: [%s] %s", (section, option, value) => {
    const cfg = `[${section}]\n${option} = ${value}\n`
    const found = toldPrefix(pyproject(), sources({ "setup.cfg": cfg }))
    expect(found).toStrictEqual({
      prefix: "wren-",
      from: `\`${option}\` in \`[${section}]\` of \`setup.cfg\``,
    })
  })

  it.each([
    '[tool.commitizen]\ntag_format = "v$version"',
    '[tool.semantic_release]\ntag_format = "{version}"',
    '[tool.setuptools_scm]\ntag_regex = "^(?:wren-)?v?(?P<version>.+)$"',
    '[tool.setuptools_scm]\ngit_describe_command = "git describe --tags"',
    '[tool.setuptools_scm]\ngit_describe_command = ["git", "describe", "--match", "*[0-9]*"]',
    "[tool.pdm.version]\ntag_filter = 5",
  ])("is none in %j", (toml) => {
    expect(told(toml)).toBeUndefined()
  })
})
