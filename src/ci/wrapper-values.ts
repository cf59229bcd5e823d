import { posix } from "node:path"

import { TEST_PYPI } from "../config/index-names.js"
import { problem } from "../errors.js"
import type { CiAbilities, CiFacts } from "./ci-facts.js"
import { yamlList } from "./tag-patterns.js"

/** Actions of GitHub's workflows, by the commits that their tags had. */
const ACTIONS = {
  checkout:
    "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0",
  installer:
    "dagger/dagger-for-github@27b130bf0f79a7f6fbbbe0fbca6760dc9bb40a77 # v8.4.1",
  attest:
    "actions/attest-build-provenance@977bb373ede98d70efdf65b84cb5f73e068dcc2a # v3.0.0",
}

const OPTIONS: Readonly<Record<string, string>> = {
  TEST_PYPI_API_TOKEN: "--test-pypi-token",
  PYPI_API_TOKEN: "--pypi-token",
  INDEX_PASSWORD: "--index-password",
  GITHUB_TOKEN: "--github-token",
}

/** All that the templates of a provider can name. */
export function wrapperValues(
  provider: string,
  row: CiAbilities,
  facts: CiFacts,
) {
  const { approval, branches, dagger, github, production, tags } = facts
  const secrets = secretsOf(row, facts)
  return {
    ...ACTIONS,
    version: dagger,
    where: whereOf(facts),
    member: memberOf(facts),
    promotes: promotesOn(facts),
    origin: `Written by \`dagger call ci --provider ${provider.toUpperCase()}\`, for what \`[tool.shipwheel]\` says: change it there.`,
    daggerLine: `Dagger: the CLI ${dagger}, with Shipwheel as the blueprint in dagger.json; where it is a toolchain, write \`call shipwheel\` in place of \`call\`.`,
    secretsLine:
      secrets.all.length > 0
        ? `Secrets: ${secrets.all.join(", ")}, in ${row.secrets(approval)}.`
        : "Secrets: none.",
    approvalLine: `Approval: ${row.approval(approval)}.`,
    branches: row.branches(branches),
    tags: row.tags(tags),
    production: row.tags(production),
    approval,
    github,
    trusted: facts.trusted,
    attested: facts.attested,
    identified: facts.trusted || facts.attested,
    lfs: facts.lfs,
    submodules: facts.submodules,
    gates: { job: "gates", ...namesOf([]) },
    release: {
      job: "release",
      ...namesOf(secrets.release),
      options: optionsOf(secrets.released),
    },
    promote: {
      job: "promote",
      ...namesOf(secrets.promote),
      options: triedOn(facts) + optionsOf(secrets.promoted),
    },
    /** The tag whose files a workflow of GitHub promotes. */
    promotedTag: {
      ref: "${{ github.event.release.tag_name || inputs.tag }}",
    },
  }
}

/** What the name of a member's file and of its workflow begins with: two of one name would cancel each other. */
export function memberOf({ path }: CiFacts): string {
  return path === "" ? "" : `${posix.basename(path)}-`
}

/** When a workflow of GitHub promotes: other members of the repository have releases, too. */
function promotesOn({ tagPrefix }: CiFacts): string {
  return tagPrefix === ""
    ? "github.event_name != 'push'"
    : `github.event_name == 'workflow_dispatch' || github.event_name == 'release' && (${LEADS.map((lead) => `startsWith(github.event.release.tag_name, '${tagPrefix}${lead}')`).join(" || ")})`
}

/** What a version begins with: what follows on a prefix otherwise belongs to a longer one, such as `wren-extra-`. */
const LEADS = ["v", ...Array.from({ length: 10 }, (_, digit) => String(digit))]

/**
 * The folders, whatever a file of defaults says that a pull request brings: what is passed comes before it. A member's
 * are seen from the repository, in which the CI stands.
 */
function whereOf({ path }: CiFacts): string {
  if (path === "") return " --source ."
  // It stands in commands of a shell.
  if (!/^\w[\w./-]*$/.test(path))
    throw problem(
      "project",
      `the folder \`${path.replaceAll("`", "'")}\` can't be named in the files of a CI`,
      "Give it a name of letters, digits, `.`, `_` and `-`.",
    )
  return ` --source ${path.replace(/\/$/, "")} --repository .`
}

export type WrapperValues = ReturnType<typeof wrapperValues>

/** The variables that hold the credentials of a release, and of a promotion. */
function secretsOf(row: CiAbilities, facts: CiFacts) {
  const { github, indexes, trusted } = facts
  const token = ["GITHUB_TOKEN"]
  const asked = github && !row.ownGithubToken ? token : []
  const released = [
    ...(indexes.includes(TEST_PYPI) && !trusted ? ["TEST_PYPI_API_TOKEN"] : []),
    ...(indexes.some((each) => each !== TEST_PYPI) ? ["INDEX_PASSWORD"] : []),
  ]
  const promoted = trusted ? [] : ["PYPI_API_TOKEN"]
  return {
    release: [...released, ...asked],
    promote: [...promoted, ...(row.keepsFiles ? [] : asked)],
    all: [...released, ...promoted, ...asked],
    released: [...released, ...(row.ownGithubToken ? token : asked)],
    promoted,
  }
}

function namesOf(secrets: readonly string[]) {
  return {
    any: secrets.length > 0,
    secrets: secrets.map((name) => ({ name, lower: name.toLowerCase() })),
    named: secrets.join(", "),
    list: yamlList(secrets),
  }
}

/** Each secret by the name of the variable that it is in: its value is in no command. */
function optionsOf(secrets: readonly string[]): string {
  return secrets.map((name) => ` ${OPTIONS[name] ?? ""} env://${name}`).join("")
}

function triedOn({ tried }: CiFacts): string {
  return tried === TEST_PYPI ? "" : ` --test-index ${tried}`
}
