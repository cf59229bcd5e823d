import { problem } from "../errors.js"
import { code } from "../text/code.js"

/** Arguments of the module itself that a CI has to pass as whoever called `ci` did: the project says nothing of them. */
export interface Passed {
  readonly indexUser?: string | undefined
  readonly githubRepository?: string | undefined
  readonly githubApi?: string | undefined
  readonly npmRegistry?: string | undefined
  readonly pythonIndex?: string | undefined
  readonly pythonUser?: string | undefined
  /** Whether there is one; a secret itself stands in no file. */
  readonly npmToken?: boolean
  readonly pythonToken?: boolean
}

/** The secrets that fetch what is built from private registries, by what asks for them. */
export function fetchingSecrets({ npmToken, pythonToken }: Passed): string[] {
  return [
    ...(npmToken ? ["NPM_TOKEN"] : []),
    ...(pythonToken ? ["PYTHON_TOKEN"] : []),
  ]
}

/** Where those are for, and whose. */
export function fetchingOptions(passed: Passed): string {
  const { npmRegistry, pythonIndex, pythonUser } = passed
  return written({
    "--npm-registry": npmRegistry,
    "--python-index": pythonIndex,
    "--python-user": pythonUser,
  })
}

/** Options with their values, as they stand in a command of any CI. */
export function written(
  options: Readonly<Record<string, string | undefined>>,
): string {
  return Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(([option, value = ""]) => ` ${option} ${plain(option, value)}`)
    .join("")
}

/** It stands in commands of shells, some within a text of another language. */
function plain(option: string, value: string): string {
  if (/^[\w@][\w@+=:,./-]*$/.test(value)) return value
  throw problem(
    "configuration",
    `the value of \`${option}\`, ${code(value)}, can't stand in the files of a CI`,
    "Give one of letters, digits and `@+=:,./_-`, or leave the option out and write it into the files that `ci` makes.",
  )
}
