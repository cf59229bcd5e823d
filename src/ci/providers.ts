import { posix } from "node:path"

import { problem } from "../errors.js"
import type { CiAbilities, CiFacts } from "./ci-facts.js"
import {
  dollarsTwice,
  groovy,
  slashed,
  slashedList,
  tagRefs,
  yamlList,
} from "./tag-patterns.js"
import { fillWrapper } from "./wrapper-template.js"
import { memberOf, wrapperValues } from "./wrapper-values.js"

const WITHOUT_IDENTITY = {
  ...{ trusted: false, identityUrl: false, ownGithubToken: false },
}
const none = () => ""

const PROVIDERS = {
  github: {
    files: {
      ".github/workflows/ci.yml": "github-ci",
      ".github/workflows/release.yml": "github-release",
    },
    branches: yamlList,
    tags: yamlList,
    trusted: true,
    identityUrl: true,
    ownGithubToken: true,
    keepsFiles: false,
    secrets: (approval) =>
      `the secrets of the repository, or for the promotion of its environment \`${approval}\``,
    approval: (approval) =>
      `the reviewers of the environment \`${approval}\` let a promotion start`,
  },
  gitlab: {
    files: { ".gitlab-ci.yml": "gitlab" },
    branches: slashed,
    tags: slashed,
    trusted: true,
    identityUrl: false,
    ownGithubToken: false,
    keepsFiles: true,
    secrets: () => "masked and protected variables of the project",
    approval: (approval) =>
      `the job \`promote\` is started by hand, by those whom the protected environment \`${approval}\` names`,
  },
  jenkins: {
    files: { Jenkinsfile: "jenkins" },
    branches: none,
    tags: groovy,
    ...WITHOUT_IDENTITY,
    keepsFiles: true,
    secrets: () => "secret texts among the credentials",
    approval: () => "somebody answers the question of the stage `promote`",
  },
  circleci: {
    files: { ".circleci/config.yml": "circleci" },
    branches: none,
    tags: slashedList,
    ...WITHOUT_IDENTITY,
    keepsFiles: true,
    secrets: (approval) =>
      `variables of the project, or for the promotion of the context \`${approval}\``,
    approval: (approval) =>
      `somebody approves the job \`approve\`, and is in the security group of the context \`${approval}\``,
  },
  buildkite: {
    files: { ".buildkite/pipeline.yml": "buildkite" },
    branches: none,
    tags: dollarsTwice,
    ...WITHOUT_IDENTITY,
    keepsFiles: true,
    secrets: () => "secrets of the cluster",
    approval: () => "somebody unblocks the step `approve`",
  },
  woodpecker: {
    files: {
      ".woodpecker/gates.yaml": "woodpecker-gates",
      ".woodpecker/release.yaml": "woodpecker-release",
      ".woodpecker/promote.yaml": "woodpecker-promote",
    },
    branches: yamlList,
    tags: tagRefs,
    ...WITHOUT_IDENTITY,
    keepsFiles: false,
    secrets: () => "secrets of the repository, in lower case",
    approval: (approval) =>
      `somebody deploys the tag's pipeline to \`${approval}\``,
  },
  shell: {
    files: { "ci/shipwheel.sh": "shell" },
    branches: none,
    tags: none,
    ...WITHOUT_IDENTITY,
    keepsFiles: false,
    secrets: () => "the environment",
    approval: () => "somebody calls `promote`",
  },
} as const satisfies Record<string, CiAbilities>

export type Provider = keyof typeof PROVIDERS
export const CI_PROVIDERS: Readonly<Record<Provider, CiAbilities>> = PROVIDERS

/** A file of a wrapper. */
export interface CiFile {
  readonly path: string
  readonly text: string
}

/** The files that make a provider call the module, and do nothing else. */
export function ciFiles(provider: Provider, facts: CiFacts): CiFile[] {
  const row = CI_PROVIDERS[provider]
  if (facts.trusted && !row.trusted) throw untrusted(provider)
  const values = wrapperValues(provider, row, facts)
  return Object.entries(row.files).map(([path, template]) => ({
    path: ofMember(path, facts),
    text: fillWrapper(template, values),
  }))
}

/** Where a CI reads every file of a folder, each member has files of its own. */
function ofMember(file: string, facts: CiFacts): string {
  if (!SEVERAL.test(file)) return file
  const { base, dir } = posix.parse(file)
  return posix.join(dir, `${memberOf(facts)}${base}`)
}
const SEVERAL = /^(\.github\/workflows|\.woodpecker|ci)\//

function untrusted(provider: Provider): Error {
  const trusted = Object.entries(CI_PROVIDERS).filter(([, row]) => row.trusted)
  return problem(
    "configuration",
    `PyPI trusts no identity of \`${provider}\``,
    `Leave out \`--trusted-publishing\` and use API tokens; it is for ${trusted.map(([name]) => name).join(" and ")}.`,
  )
}
