import type { EnvironmentsConfig } from "../config/environment-config.js"
import { TEST_PYPI } from "../config/index-names.js"
import type { Problems } from "../errors.js"
import type { Frontend } from "../frontend/frontend.js"

export type EnvironmentName = keyof typeof TITLES

export const TITLES = {
  check: "Check",
  development: "Development",
  staging: "Staging",
  production: "Production",
}

/** What happens to a git ref. */
export interface Environment {
  readonly name: EnvironmentName
  /** The refs that lead here, as patterns: `*` stops at a slash, `**` does not. */
  readonly refs: readonly string[]
  /** Where a release uploads to; without it nothing is published. */
  readonly index: string | undefined
  /** Whether a release is announced on GitHub. */
  readonly github: boolean
  /** The CI's protected environment that lets the step to PyPI pass; without it there is no such step. */
  readonly approval: string | undefined
  /** Stages that are left out, each with its reason. */
  readonly skip: ReadonlyMap<string, string>
  readonly frontend: FrontendMode
}

/** What sets the build of the frontend apart. */
export interface FrontendMode {
  /** npm scripts, the first of them that there is. */
  readonly scripts: readonly string[]
  readonly variables: Readonly<Record<string, string>>
}

export type Environments = Readonly<Record<EnvironmentName, Environment>>

const NOTHING = { index: undefined, github: false, approval: undefined }

/** The indexes of one's own that releases go to. */
export function ownIndexes({ production, staging }: Environments): string[] {
  const named = [production, staging].flatMap(({ index }) => index ?? [])
  return [...new Set(named)].filter((each) => each !== TEST_PYPI)
}

/** Which refs lead where, and what happens there; `<prefix>` is what the project's tags have before their version. */
const TABLE = {
  check: { ...NOTHING, refs: ["refs/heads/main"], scripts: [] },
  development: {
    ...NOTHING,
    refs: ["refs/heads/develop"],
    scripts: ["build:development", "build:dev"],
  },
  staging: {
    ...NOTHING,
    refs: ["refs/tags/staging/<prefix>v*", "refs/tags/staging/<prefix>[0-9]*"],
    index: TEST_PYPI,
    scripts: ["build:staging"],
  },
  production: {
    refs: ["refs/tags/<prefix>v*", "refs/tags/<prefix>[0-9]*"],
    index: TEST_PYPI,
    github: true,
    approval: "pypi",
    scripts: [],
  },
}

/** Fills in what `[tool.shipwheel.environments]` leaves open. */
export function resolveEnvironments(
  config: EnvironmentsConfig | undefined,
  frontends: readonly Frontend[],
  problems: Problems,
  tagPrefix = "",
): Environments {
  const { check, development, production, staging } = config ?? {}
  const all = {
    staging: environment("staging", staging, tagPrefix),
    production: environment("production", production, tagPrefix),
    development: environment("development", development),
    // The gates see what a release would build.
    check: environment("check", {
      ...check,
      frontend: check?.frontend ?? production?.frontend,
    }),
  }
  for (const { frontend: mode, name } of Object.values(all))
    for (const script of config?.[name]?.frontend?.script ? mode.scripts : [])
      if (
        frontends.length > 0 &&
        !frontends.some(({ scripts }) => scripts.includes(script))
      )
        problems.add(
          "frontend",
          `${frontends.map(({ path }) => `\`${path}/package.json\``).join(" and ")} ${frontends.length > 1 ? "have" : "has"} no script \`${script}\``,
          `Add it, or name another in \`tool.shipwheel.environments.${name}.frontend.script\`.`,
        )
  return all
}

type EnvironmentConfig = NonNullable<
  EnvironmentsConfig["staging" | "production"]
>

export function environment(
  name: EnvironmentName,
  config: EnvironmentConfig & { approval?: string | undefined } = {},
  tagPrefix = "",
): Environment {
  const usual = TABLE[name]
  const { script, variables } = config.frontend ?? {}
  return {
    name,
    refs:
      config.refs ??
      usual.refs.map((each) => each.replace("<prefix>", tagPrefix)),
    index: config.index ?? usual.index,
    github: config.github ?? usual.github,
    approval: config.approval ?? usual.approval,
    skip: new Map(
      Object.entries(config.skip ?? {}).flatMap(([stage, why]) =>
        why === undefined ? [] : [[stage, why] as const],
      ),
    ),
    frontend: {
      scripts: script === undefined ? usual.scripts : [script],
      variables: variables ?? {},
    },
  }
}

/** The frontend as an environment builds it. */
export function builtIn(
  { frontend: { scripts, variables } }: Environment,
  frontend: Frontend,
): Frontend {
  const script = scripts.find((each) => frontend.scripts.includes(each))
  return { ...frontend, script: script ?? frontend.script, variables }
}
