import {
  type CiFacts,
  type CiFile,
  commands,
  GITHUB_TOKEN,
  githubSecrets,
  install,
  list,
  origin,
  promotionSecrets,
  releaseSecrets,
} from "./ci-facts.js"

/** A variable without braces is the shell's, and so is one behind two dollars; others would be put into its text. */
const TAG = '"$CI_COMMIT_TAG"'
/** A deployment has the ref of its tag alone. */
const DEPLOYED = '"$TAG"'

export function woodpecker(facts: CiFacts): CiFile[] {
  const { directory, gates, promote, release } = commands(facts)
  const github = githubSecrets(facts)
  const promotion = facts.github
    ? [promote(DEPLOYED, GITHUB_TOKEN)]
    : [
        directory(DEPLOYED, "/tmp/release"),
        promote(DEPLOYED, "--release /tmp/release"),
      ]
  return [
    workflow(
      facts,
      "gates",
      `  - event: push
    branch: ${list(facts.branches)}
  - event: pull_request`,
      [],
      [gates('"$CI_COMMIT_REF"')],
    ),
    workflow(
      facts,
      "release",
      `  - event: tag
    ref: ${list(refs(facts.tags))}`,
      [...releaseSecrets(facts), ...github],
      [release(TAG, github)],
    ),
    workflow(
      facts,
      "promote",
      `  # Started by hand: deploy the tag's pipeline to \`${facts.approval}\`.
  - event: deployment
    ref: ${list(refs(facts.production))}
    evaluate: CI_PIPELINE_DEPLOY_TARGET == "${facts.approval}"`,
      [...promotionSecrets(facts), ...github],
      ["TAG=$${CI_COMMIT_REF#refs/tags/}", ...promotion],
    ),
  ]
}

function workflow(
  facts: CiFacts,
  name: string,
  when: string,
  secrets: readonly string[],
  lines: readonly string[],
): CiFile {
  const last = lines.length - 1
  const run = lines.map((line, at) =>
    at === last ? `${line} > /tmp/report.md 2>&1` : line,
  )
  const text = `# ${origin("WOODPECKER")}
# The repository has to be trusted with volumes: Dagger starts its engine in the agent's Docker.
when:
${when}

clone:
  git:
    image: woodpeckerci/plugin-git:2.7.1
    settings:
      depth: 0 # all of its history
      partial: false
      tags: true

steps:
  - name: ${name}
    image: docker:28-cli
    volumes:
      - /var/run/docker.sock:/var/run/docker.sock
${environment(secrets)}    commands:
      - trap 'cat /tmp/report.md' EXIT
      - apk add --no-cache curl git
      - ${install(facts.dagger, "/usr/local/bin")}
${run.map((line) => `      - ${line}`).join("\n")}
`
  return { path: `.woodpecker/${name}.yaml`, text }
}

function environment(secrets: readonly string[]): string {
  if (secrets.length === 0) return ""
  const lines = secrets.map(
    (name) => `      ${name}:\n        from_secret: ${name.toLowerCase()}\n`,
  )
  return `    environment:\n${lines.join("")}`
}

function refs(tags: readonly string[]): string[] {
  return tags.map((tag) => `refs/tags/${tag}`)
}
