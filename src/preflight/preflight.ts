import type { Problem } from "../errors.js"
import type { Preflight, PreflightRule, Verdict } from "./preflight-rule.js"
import {
  changelogRule,
  fragmentsRule,
  frontendsRule,
  longNotesRule,
  matrixRule,
  placeholdersRule,
  projectRule,
} from "./project-rules.js"
import {
  borrowedRule,
  filterRule,
  readableRule,
  replacedRule,
  repositoryRule,
  settingsRule,
  shallowRule,
  tagRule,
  treeRule,
} from "./repository-rules.js"

/** What a rehearsal may still lack, because it is the work before the tag that is rehearsed. */
const COMMITTED: readonly PreflightRule[] = [
  readableRule,
  tagRule,
  treeRule,
  replacedRule,
  filterRule,
  changelogRule,
]

const ALWAYS: readonly PreflightRule[] = [
  repositoryRule,
  borrowedRule,
  settingsRule,
  shallowRule,
  longNotesRule,
  fragmentsRule,
  placeholdersRule,
  projectRule,
  frontendsRule,
  matrixRule,
]

/** Asks every rule, so that one run shows all that is wrong. */
export function judge(facts: Preflight, rehearsal: boolean): Verdict {
  const always = ask(ALWAYS, facts)
  const committed = ask(COMMITTED, facts)
  if (!rehearsal)
    return {
      problems: [...committed.problems, ...always.problems],
      remarks: [...always.remarks, ...committed.remarks],
    }
  return {
    problems: always.problems,
    remarks: [
      ...committed.problems.map(asRemark),
      ...always.remarks,
      ...committed.remarks,
    ],
  }
}

function ask(rules: readonly PreflightRule[], facts: Preflight): Verdict {
  const verdicts = rules.map((rule) => rule(facts))
  return {
    problems: verdicts.flatMap(({ problems = [] }) => problems),
    remarks: verdicts.flatMap(({ remarks = [] }) => remarks),
  }
}

const STOP = "A release would stop here: "

function asRemark({ next, what }: Problem): string {
  return `${STOP}${what}. ${next}`
}

/** Whether a remark of a rehearsal is what stops a release. */
export function stopsRelease(remark: string): boolean {
  return remark.startsWith(STOP)
}
