import {
  type CiFacts,
  type CiFile,
  commands,
  githubSecrets,
  install,
  list,
  origin,
  promotionSecrets,
  releaseSecrets,
  slashed,
} from "./ci-facts.js"

export function circleci(facts: CiFacts): CiFile[] {
  const { directory, gates, promote, release } = commands(facts)
  const github = githubSecrets(facts)
  const text = `# ${origin("CIRCLECI")}
# The project's variables hold ${[...releaseSecrets(facts), ...github].join(", ")}; the
# context \`${facts.approval}\`, which a security group protects, holds ${promotionSecrets(facts).join(", ")}.
version: 2.1

commands:
  prepare:
    steps:
      - checkout:
          method: full # all of its history and tags
      - run: ${install(facts.dagger, '"$HOME/.local/bin"')}

jobs:
  gates:
    machine:
      image: ubuntu-2404:current
    steps:
      - prepare
      - run:
          command: ${gates('"refs/heads/$CIRCLE_BRANCH"')} 2>&1 | tee /tmp/report.md
          no_output_timeout: 1h
      - store_artifacts:
          path: /tmp/report.md
  release:
    machine:
      image: ubuntu-2404:current
    steps:
      - prepare
      - run:
          command: ${release('"$CIRCLE_TAG"', github)} 2>&1 | tee /tmp/report.md
          no_output_timeout: 2h
      - store_artifacts:
          path: /tmp/report.md
      - run: ${directory('"$CIRCLE_TAG"', "release")}
      - persist_to_workspace:
          root: .
          paths: [release]
  promote:
    machine:
      image: ubuntu-2404:current
    steps:
      - prepare
      - attach_workspace:
          at: .
      - run:
          command: ${promote('"$CIRCLE_TAG"', "--release release")} 2>&1 | tee /tmp/report.md
          no_output_timeout: 1h
      - store_artifacts:
          path: /tmp/report.md

workflows:
  push:
    jobs:
      - gates
  tag:
    jobs:
      - release:
          filters:
${tagFilter(facts.tags)}
      - approve:
          type: approval
          requires: [release]
          filters:
${tagFilter(facts.production)}
      - promote:
          requires: [approve]
          context: ${facts.approval}
          filters:
${tagFilter(facts.production)}
`
  return [{ path: ".circleci/config.yml", text }]
}

function tagFilter(patterns: readonly string[]): string {
  return `            tags:
              only: ${list([slashed(patterns)])}
            branches:
              ignore: ["/.*/"]`
}
