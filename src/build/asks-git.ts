import { backendOf } from "../backends/backends.js"
import {
  type BuildClues,
  buildScripts,
  requiredByBuild,
} from "../reading/build-scripts.js"

/** Of setuptools: what git tracks goes into the sdist and, as data, into the wheel. */
const FILE_FINDERS = ["setuptools-scm", "setuptools-git", "pbr"]
/** A call of git in a build script, as arguments or as one text. */
const CALL =
  /["']git["'],\s*["'][a-z-]+["']|["'`\s]git (describe|rev-parse|rev-list|log|ls-files|show|archive|status)\b/

/** Why a build needs a repository, for more than the version that it is told; undefined where it doesn't. */
export function whyAskGit(clues: BuildClues): string | undefined {
  const { pyproject, sources } = clues
  const required = requiredByBuild(clues)
  // A backend of the project's own wraps it, nearly always.
  const finder =
    backendOf(pyproject).name === "setuptools"
      ? FILE_FINDERS.find((each) => required.includes(each))
      : undefined
  if (finder !== undefined) return `\`${finder}\` asks git for the files`
  const script = buildScripts(clues).find((path) =>
    CALL.test(sources.text(path) ?? ""),
  )
  return script === undefined ? undefined : `\`${script}\` calls git`
}
