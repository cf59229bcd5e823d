import type { Secret, Service } from "@dagger.io/dagger"

import { REHEARSAL, TEST_PYPI } from "../config/index-names.js"
import type { Environment } from "../environments/environments.js"
import { isPublic } from "./indexes.js"

/** The arguments by which a caller chooses an index and shows who he is. */
export interface IndexArguments {
  readonly index?: string | undefined
  readonly testPypiToken?: Secret | undefined
  readonly pypiToken?: Secret | undefined
  readonly indexUser?: string | undefined
  readonly indexPassword?: Secret | undefined
  /** For the index that trials go to, where other releases go to another one of one's own. */
  readonly stagingPassword?: Secret | undefined
  readonly identityToken?: Secret | undefined
  readonly identityUrl?: string | undefined
  readonly indexService?: Service | undefined
}

/** Who may read the index that files were tried on. */
export interface TriedArguments extends Pick<IndexArguments, "indexService"> {
  readonly testIndexUser?: string | undefined
  readonly testIndexPassword?: Secret | undefined
}

/** With neither a choice nor a credential, nothing leaves the engine. */
export function isRehearsal(args: IndexArguments): boolean {
  if (args.index !== undefined) return args.index === REHEARSAL
  const { identityToken, indexPassword, stagingPassword, testPypiToken } = args
  return ![testPypiToken, identityToken, indexPassword, stagingPassword].some(
    (each) => each,
  )
}

/** The arguments with the index that is meant where none was chosen, and without what a CI shows to the others. */
export function withIndex<T extends IndexArguments>(
  args: T,
  {
    index = TEST_PYPI,
    name,
  }: Partial<Pick<Environment, "index" | "name">> = {},
): T {
  if (isRehearsal(args) || args.index !== undefined) return args
  const { indexPassword, stagingPassword } = args
  const own = name === "staging" ? stagingPassword : undefined
  const others = isPublic(index)
    ? { indexUser: undefined, indexPassword: undefined }
    : { testPypiToken: undefined, indexPassword: own ?? indexPassword }
  return { ...args, ...others, stagingPassword: undefined, index }
}

/** The credentials among the arguments, by the names of their options. */
export function givenOptions(args: IndexArguments): string[] {
  const options: Readonly<Record<string, unknown>> = {
    "--test-pypi-token": args.testPypiToken,
    "--pypi-token": args.pypiToken,
    "--index-user": args.indexUser,
    "--index-password": args.indexPassword,
    "--staging-password": args.stagingPassword,
    "--identity-token": args.identityToken,
  }
  return Object.keys(options).filter((each) => options[each] !== undefined)
}

/** Without what shows who asks. */
export function forAnybody({ indexService }: IndexArguments): IndexArguments {
  return { indexService }
}
