import { problem } from "../errors.js"
import { code } from "../text/code.js"
import { parseTag, type Version } from "../version/version.js"
import { type TrialKind, TRIALS } from "./next-version.js"

/** What somebody asks for in place of what would follow. */
export interface AskedVersion {
  readonly prerelease: TrialKind | undefined
  readonly version: Version | undefined
}

/** Reads what is asked for, or refuses it with what is accepted. */
export function readAsked(
  prerelease: string | undefined,
  as: string | undefined,
): AskedVersion {
  const kind = TRIALS.find((each) => each === prerelease)
  if (prerelease !== undefined && kind === undefined)
    throw problem(
      "tag",
      `\`${prerelease}\` is no kind of prerelease`,
      `Accepted are ${TRIALS.map(code).join(", ")}.`,
    )
  const version = as === undefined ? undefined : parseTag(as)
  if (version?.environment === "staging")
    throw problem(
      "tag",
      `\`${as ?? ""}\` is a trial, and no release`,
      "Leave `staging/` out.",
    )
  return { prerelease: kind, version }
}
