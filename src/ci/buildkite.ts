import {
  type CiFacts,
  type CiFile,
  commands,
  githubSecrets,
  install,
  item,
  list,
  origin,
  promotionSecrets,
  releaseSecrets,
  slashed,
} from "./ci-facts.js"

/** What `pipeline upload` would put into the text of a command is left to its shell, where it is one word. */
const variable = (name: string) => `"$$${name}"`
/** The same for the dollar of an expression. */
const pattern = (tags: readonly string[]) =>
  slashed(tags).replaceAll("$", "$$$$")
/** Outside of the tree: with a file more it is no longer the tag's. */
const REPORT = '> "$$work/report.md" 2>&1'

export function buildkite(facts: CiFacts): CiFile[] {
  const dagger = '"$$work/dagger"'
  const { directory, gates, promote, release } = commands(facts, dagger)
  const tag = variable("BUILDKITE_TAG")
  const github = githubSecrets(facts)
  const prepare = (context: string) =>
    [
      "work=$$(mktemp -d)",
      `trap 'cat "$$work/report.md"; buildkite-agent annotate --context ${context} < "$$work/report.md"; rm -rf "$$work"' EXIT`,
      install(facts.dagger, '"$$work"'),
    ]
      .map((line) => `      - ${item(line)}`)
      .join("\n")
  const text = `# ${origin("BUILDKITE")}
# The agents need Docker, and clones with all of their history and tags, as they are by default.
steps:
  - label: gates
    key: gates
    if: build.tag == null
    timeout_in_minutes: 60
    commands:
${prepare("gates")}
      - ${item(`${gates('"refs/heads/$$BUILDKITE_BRANCH"')} ${REPORT}`)}

  - label: release
    key: release
    if: build.tag =~ ${pattern(facts.tags)}
    timeout_in_minutes: 120
    secrets: ${list([...releaseSecrets(facts), ...github])}
    commands:
${prepare("release")}
      - ${item(`${release(tag, github)} ${REPORT}`)}
      - ${item(directory(tag, "release"))}
    artifact_paths: "release/*"

  - block: Promote to PyPI
    key: approve
    depends_on: release
    if: build.tag =~ ${pattern(facts.production)}

  - label: promote
    key: promote
    depends_on: approve
    if: build.tag =~ ${pattern(facts.production)}
    timeout_in_minutes: 60
    secrets: ${list(promotionSecrets(facts))}
    commands:
${prepare("promote")}
      - buildkite-agent artifact download --step release "release/*" .
      - ${item(`${promote(tag, "--release release")} ${REPORT}`)}
`
  return [{ path: ".buildkite/pipeline.yml", text }]
}
