import {
  type CiFacts,
  type CiFile,
  commands,
  githubSecrets,
  install,
  origin,
  promotionSecrets,
  releaseSecrets,
  slashed,
} from "./ci-facts.js"

/** The variables that GitLab puts its identity tokens into, each for the audience of one index. */
const TEST_ID = "TEST_PYPI_ID_TOKEN"
const ID = "PYPI_ID_TOKEN"

export function gitlab(facts: CiFacts): CiFile[] {
  const { branches, production, tags } = facts
  const tag = '"$CI_COMMIT_TAG"'
  const run = (identity: string) =>
    commands(
      facts,
      "dagger",
      facts.trusted ? [`--identity-token env://${identity}`] : [],
    )
  const { directory, gates, release } = run(TEST_ID)
  const github = githubSecrets(facts)
  const text = `# ${origin("GITLAB")}
# The runner has to allow privileged containers. Masked and protected variables of the
# project hold ${[...releaseSecrets(facts), ...promotionSecrets(facts), ...github].join(", ") || "no secret"}.
stages: [gates, release, promote]

.dagger:
  image: docker:28-cli
  services:
    - docker:28-dind
  timeout: 2 hours
  variables:
    DOCKER_HOST: tcp://docker:2376
    DOCKER_TLS_VERIFY: "1"
    DOCKER_TLS_CERTDIR: /certs
    DOCKER_CERT_PATH: /certs/client
    GIT_DEPTH: "0" # all of its history and tags
  before_script:
    - apk add --no-cache curl git
    - ${install(facts.dagger, "/usr/local/bin")}
  after_script: # not before: a file more, and the tree is no longer the tag's
    - mv /tmp/report.md .
    - cat report.md
  artifacts:
    when: always
    expose_as: report
    paths: [report.md]

gates:
  extends: .dagger
  stage: gates
  rules:
    - if: $CI_COMMIT_BRANCH =~ ${slashed(branches)}
  script:
    - ${gates('"refs/heads/$CI_COMMIT_BRANCH"')} > /tmp/report.md 2>&1

gates of a merge request:
  extends: .dagger
  stage: gates
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  script:
    - ${gates('"$CI_MERGE_REQUEST_REF_PATH"')} > /tmp/report.md 2>&1

release:
  extends: .dagger
  stage: release
  rules:
    - if: $CI_COMMIT_TAG =~ ${slashed(tags)}
${idToken(facts, TEST_ID, "testpypi")}  script:
    - ${release(tag, github)} > /tmp/report.md 2>&1
    - ${directory(tag, "release")}
  artifacts:
    when: always
    paths: [report.md, release]

promote:
  extends: .dagger
  stage: promote
  needs: [release]
  rules:
    - if: $CI_COMMIT_TAG =~ ${slashed(production)}
      when: manual
      allow_failure: true
  environment: ${facts.approval}
${idToken(facts, ID, "pypi")}  script:
    - ${run(ID).promote(tag, "--release release")} > /tmp/report.md 2>&1
`
  return [{ path: ".gitlab-ci.yml", text }]
}

function idToken({ trusted }: CiFacts, name: string, audience: string): string {
  return trusted ? `  id_tokens:\n    ${name}:\n      aud: ${audience}\n` : ""
}
