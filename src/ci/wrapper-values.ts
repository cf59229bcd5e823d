import { posix } from "node:path"

import { passwordVariable, TEST_PYPI } from "../config/index-names.js"
import { problem } from "../errors.js"
import { code } from "../text/code.js"
import type { CiAbilities, CiFacts } from "./ci-facts.js"
import { fetchingOptions, fetchingSecrets, written } from "./passed-options.js"
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

/** The option that takes a secret, by the variable that holds it. */
export const OPTIONS: Readonly<Record<string, string>> = {
  TEST_PYPI_API_TOKEN: "--test-pypi-token",
  PYPI_API_TOKEN: "--pypi-token",
  GITHUB_TOKEN: "--github-token",
  SIGNING_KEY: "--signing-key",
  NPM_TOKEN: "--npm-token",
  PYTHON_TOKEN: "--python-token",
}

/** How long a job usually may take, in minutes. */
const MINUTES = { gates: 60, release: 120, promote: 60 }

/** All that the templates of a provider can name. */
export function wrapperValues(
  provider: string,
  row: CiAbilities,
  facts: CiFacts,
) {
  const { approval, branches, dagger, longer, production, tags } = facts
  const secrets = secretsOf(row, facts)
  const isFromGithub = promotesFromGithub(row, facts)
  const job = (name: keyof typeof MINUTES, named: readonly string[]) => ({
    job: name,
    minutes: String(MINUTES[name] + longer),
    ...namesOf(named),
  })
  const fetching = fetchingOptions(facts.passed) + optionsOf(secrets.fetched)
  const building = fetching + optionsOf(secrets.signed)
  const places = placesOn(row, facts)
  return {
    ...ACTIONS,
    version: dagger,
    where: whereOf(facts),
    member: memberOf(facts),
    promotes: promotesOn(facts),
    origin: `Written by \`dagger call${askedWith(facts)} ci --provider ${provider.toUpperCase()}${facts.trusted ? " --trusted-publishing" : ""}\`, for what \`[tool.shipwheel]\` says: change it there.`,
    daggerLine: `Dagger: the CLI ${dagger}, with Shipwheel as the blueprint in dagger.json; where it is a toolchain, write \`call shipwheel\` in place of \`call\`.`,
    secretsLine:
      secrets.all.length > 0
        ? `Secrets: ${secrets.all.join(", ")}, in ${row.secrets(approval)}.${aboutReading(facts, secrets.all)}`
        : "Secrets: none.",
    approvalLine: `Approval: ${row.approval(approval)}.`,
    branches: row.branches(branches),
    tags: row.tags(tags),
    production: row.tags(production),
    approval,
    fromGithub: isFromGithub,
    announced: facts.announced,
    trusted: facts.trusted,
    attested: facts.attested,
    identified: facts.trusted || facts.attested,
    lfs: facts.lfs,
    submodules: facts.submodules,
    gates: { ...job("gates", secrets.fetched), before: fetching },
    release: {
      ...job("release", secrets.release),
      before: userOf(facts) + places + building,
      building: places + building,
      options: optionsOf(secrets.released, facts),
      env: facts.announced || secrets.release.length > 0,
    },
    promote: {
      ...job("promote", secrets.promote),
      before: places,
      building: places + building,
      made: namesOf(secrets.made).secrets,
      shown: namesOf(secrets.shown).secrets,
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
  const { announced, indexes, signed: isSigned, trusted } = facts
  const token = ["GITHUB_TOKEN"]
  const told = announced && isOnGithub(row, facts) ? token : []
  const asked = row.ownGithubToken ? [] : token
  const indexed = [
    ...(indexes.includes(TEST_PYPI) && !trusted ? ["TEST_PYPI_API_TOKEN"] : []),
    ...(areIdentified(row, facts)
      ? []
      : passwords(facts).map(({ variable }) => variable)),
  ]
  const promoted = trusted ? [] : ["PYPI_API_TOKEN"]
  const fetched = fetchingSecrets(facts.passed)
  const signed = isSigned ? ["SIGNING_KEY"] : []
  const release = [...indexed, ...both(told, asked), ...signed, ...fetched]
  const isFromGithub = promotesFromGithub(row, facts)
  const shown = [
    ...promoted,
    ...(readsPrivately(facts) ? [readingPassword(facts)] : []),
    ...(isFromGithub ? asked : []),
  ]
  const made = isFromGithub || row.keepsFiles ? [] : [...signed, ...fetched]
  const promote = [...shown, ...made]
  return {
    ...{ release, promote, shown, made, fetched, signed, promoted },
    released: [...indexed, ...told],
    all: [...new Set([...indexed, ...promoted, ...release, ...promote])],
  }
}

function both(some: readonly string[], others: readonly string[]): string[] {
  return some.filter((each) => others.includes(each))
}

/** A workflow of GitHub knows its own repository. */
function isOnGithub(row: CiAbilities, { github }: CiFacts): boolean {
  return github || row.ownGithubToken
}

/** Otherwise its files are kept from the release before, or made anew. */
function promotesFromGithub(row: CiAbilities, facts: CiFacts): boolean {
  return !row.keepsFiles && facts.productionAnnounced && isOnGithub(row, facts)
}

/** The indexes of one's own that releases go to. */
function ownIndexes({ indexes }: CiFacts): string[] {
  return indexes.filter((each) => each !== TEST_PYPI)
}

/** What shows who uploads there, and how a release takes it. */
function passwords(facts: CiFacts) {
  const own = ownIndexes(facts)
  return own.map((index, at) => ({
    index,
    option: at === 0 ? "--index-password" : "--staging-password",
    variable: passwordVariable(index, own),
  }))
}

/** What comes with a password is never attested, so indexes that attest get the identity alone; a reader has no other way. */
function areIdentified(row: CiAbilities, facts: CiFacts): boolean {
  return (
    facts.trusted &&
    row.identityUrl &&
    facts.passed.indexUser === undefined &&
    ownIndexes(facts).every((each) => facts.attesting.includes(each))
  )
}

function readingPassword(facts: CiFacts): string {
  return passwordVariable(facts.tried, ownIndexes(facts))
}

/** The index that a promotion looks at lets not everybody read. */
function readsPrivately({ passed, tried }: CiFacts): boolean {
  return tried !== TEST_PYPI && passed.indexUser !== undefined
}

function userOf(facts: CiFacts): string {
  const { indexUser } = facts.passed
  return ownIndexes(facts).length > 0
    ? written({ "--index-user": indexUser })
    : ""
}

/** What GitHub is called where it is not told by its own CI. */
function placesOn(row: CiAbilities, { passed }: CiFacts): string {
  const { githubApi, githubRepository } = passed
  return row.ownGithubToken
    ? ""
    : written({
        "--github-repository": githubRepository,
        "--github-api": githubApi,
      })
}

/** With what it has to be asked again. */
function askedWith({ passed }: CiFacts): string {
  const { githubApi, githubRepository, indexUser } = passed
  const places = {
    "--index-user": indexUser,
    "--github-repository": githubRepository,
    "--github-api": githubApi,
  }
  const secrets = fetchingSecrets(passed)
  return written(places) + fetchingOptions(passed) + optionsOf(secrets)
}

/** A file can't say for whom an index of one's own is. */
function aboutReading(facts: CiFacts, held: readonly string[]): string {
  const own = passwords(facts).filter(({ variable }) => held.includes(variable))
  if (own.length === 0) return ""
  const one = own
    .map(({ index, variable }) => `${variable} is that of ${code(index)}.`)
    .join(" ")
  return facts.passed.indexUser === undefined
    ? ` ${one} If not everybody may read there, write these files by \`dagger call --index-user NAME ci\`.`
    : ` ${one}`
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
function optionsOf(secrets: readonly string[], facts?: CiFacts): string {
  const own = facts ? passwords(facts) : []
  const optionOf = (name: string) =>
    OPTIONS[name] ?? own.find(({ variable }) => variable === name)?.option
  return secrets
    .map((name) => ` ${optionOf(name) ?? ""} env://${name}`)
    .join("")
}

function triedOn(facts: CiFacts): string {
  const { passed, tried } = facts
  if (tried === TEST_PYPI) return ""
  const reader = readsPrivately(facts)
    ? `${written({ "--test-index-user": passed.indexUser })} --test-index-password env://${readingPassword(facts)}`
    : ""
  return ` --test-index ${tried}${reader}`
}
