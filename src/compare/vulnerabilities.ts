import type { Audit } from "../audit/audit.js"
import { code } from "../text/code.js"
import type { About } from "./about.js"
import type { Change } from "./change.js"

/** What is known of what two releases bring; or why nobody was asked. */
export type AuditedBoth =
  { readonly before: Audit; readonly after: Audit } | { readonly why: string }

/** What a file asks an installer for, without what only extras ask for. */
export function requiredBy({ requirements }: About): string[] {
  return requirements
    .filter(({ what }) => !/\bextra\s*==/.test(what))
    .map(({ bounds, what }) => {
      const [, name = "", marker = ""] = /^([^;]+?)\s*(;.*)?$/.exec(what) ?? []
      const from = /^[a-z][a-z0-9+.-]*:/i.test(bounds)
        ? ` @ ${bounds} `
        : bounds
      return `${name}${from}${marker}`
    })
    .sort()
}

/** The versions that one release brings and the other does not: of what both bring, nothing known is new. */
export function pinsApart(
  before: readonly string[],
  after: readonly string[],
): { readonly before: readonly string[]; readonly after: readonly string[] } {
  const [old, now] = [new Set(before), new Set(after)]
  return {
    before: before.filter((pin) => !now.has(pin)),
    after: after.filter((pin) => !old.has(pin)),
  }
}

/** Compares what is known of what an install of either brings today. */
export function vulnerabilityChanges(audited: AuditedBoth | undefined): {
  readonly changes: readonly Change[]
  readonly left: readonly string[]
} {
  if (!audited) return { changes: [], left: [] }
  const silent = "why" in audited ? audited.why : whyNot(audited)
  if ("why" in audited || silent !== undefined)
    return { changes: [], left: [`the known vulnerabilities: ${silent ?? ""}`] }
  const { after, before } = audited
  return {
    changes: [
      ...news(before, after).map((each) => told(each, "brings")),
      ...news(after, before).map((each) => told(each, "no longer brings")),
    ],
    left: [],
  }
}

/** Of what was not looked up on either side nobody knows whether it is new. */
function whyNot(audited: { before: Audit; after: Audit }): string | undefined {
  const { after, before } = audited
  const why = after.notDone ?? before.notDone
  return why === undefined ? undefined : `${code(after.label)}: ${why}`
}

function news(before: Audit, after: Audit) {
  const known = new Set(before.found.map(({ key }) => key))
  return after.found.filter(({ key }) => !known.has(key))
}

/** It is the makers of what is brought who have to mend it: no version of this package says so. */
function told(
  { key = "", what }: Audit["found"][number],
  verb: string,
): Change {
  return {
    of: "metadata",
    what: `an install ${verb} a known vulnerability: ${what}`,
    level: "fix",
    names: key.split(" ").reverse(),
  }
}
