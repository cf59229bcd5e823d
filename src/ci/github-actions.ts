import {
  type CiFacts,
  type CiFile,
  commands,
  GITHUB_TOKEN,
  list,
  origin,
  promotionSecrets,
  releaseSecrets,
} from "./ci-facts.js"

const CHECKOUT =
  "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0"
const DAGGER =
  "dagger/dagger-for-github@27b130bf0f79a7f6fbbbe0fbca6760dc9bb40a77 # v8.4.1"
/** Where the action that called this has its API, and which repository is meant. */
const WHERE = [
  '--github-repository "$GITHUB_REPOSITORY"',
  '--github-api "$GITHUB_API_URL"',
]
const IDENTITY = [
  '--identity-url "$ACTIONS_ID_TOKEN_REQUEST_URL"',
  "--identity-token env://ACTIONS_ID_TOKEN_REQUEST_TOKEN",
]
const SUMMARY = '2>&1 | tee -a "$GITHUB_STEP_SUMMARY"'
const TAG = "${{ github.event.release.tag_name || inputs.tag }}"

export function githubActions(facts: CiFacts): CiFile[] {
  return [
    { path: ".github/workflows/ci.yml", text: ci(facts) },
    { path: ".github/workflows/release.yml", text: release(facts) },
  ]
}

function ci(facts: CiFacts): string {
  return `# ${origin("GITHUB")}
name: ci
on:
  push:
    branches: ${list(facts.branches)}
  pull_request:

permissions: {}

concurrency:
  group: \${{ github.workflow }}-\${{ github.ref }}
  cancel-in-progress: true

defaults:
  run:
    shell: bash # with pipefail

jobs:
  gates:
    name: gates
    runs-on: ubuntu-24.04
    timeout-minutes: 60
    permissions:
      contents: read
    steps:
${checkout(facts)}
      - run: ${commands(facts).gates('"$GITHUB_REF"')} ${SUMMARY}
`
}

function release(facts: CiFacts): string {
  const { promote, release } = commands(
    facts,
    "dagger",
    facts.trusted ? IDENTITY : [],
  )
  return `# ${origin("GITHUB")}
name: release
on:
  push:
    tags: ${list(facts.tags)}
  # A release that was published with a workflow's own token starts nothing:
  # then the promotion is started by hand, with its tag.
  release:
    types: [published]
  workflow_dispatch:
    inputs:
      tag:
        description: The released tag whose files go to PyPI
        required: true
        type: string

permissions: {}

concurrency:
  group: release-\${{ github.event.release.tag_name || inputs.tag || github.ref_name }}
  cancel-in-progress: false

defaults:
  run:
    shell: bash # with pipefail

jobs:
  release:
    name: release
    if: github.event_name == 'push'
    runs-on: ubuntu-24.04
    timeout-minutes: 120
    permissions:
      contents: write # the release on GitHub
${identity(facts, "Test PyPI")}    steps:
${checkout(facts)}
      - run: ${release('"$GITHUB_REF_NAME"', ["GITHUB_TOKEN", ...WHERE])} ${SUMMARY}
        env:
          GITHUB_TOKEN: \${{ github.token }}
${secrets(releaseSecrets(facts))}
  promote:
    name: promote
    if: github.event_name != 'push'
    runs-on: ubuntu-24.04
    timeout-minutes: 60
    environment: ${facts.approval}
    permissions:
      contents: read
${identity(facts, "PyPI")}    steps:
${checkout(facts, TAG)}
      - run: ${promote('"$TAG"', GITHUB_TOKEN, ...WHERE)} ${SUMMARY}
        env:
          TAG: ${TAG}
          GITHUB_TOKEN: \${{ github.token }}
${secrets(promotionSecrets(facts))}`
}

function checkout({ dagger }: CiFacts, ref?: string): string {
  const at = ref === undefined ? "" : `\n          ref: refs/tags/${ref}`
  return `      - uses: ${CHECKOUT}
        with:
          fetch-depth: 0 # all of its history and tags
          persist-credentials: false${at}
      - uses: ${DAGGER}
        with:
          version: ${JSON.stringify(dagger)}`
}

function identity({ trusted }: CiFacts, index: string): string {
  return trusted
    ? `      id-token: write # Trusted Publishing to ${index}\n`
    : ""
}

function secrets(names: readonly string[]): string {
  return names
    .map((name) => `          ${name}: \${{ secrets.${name} }}\n`)
    .join("")
}
