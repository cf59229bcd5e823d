import type { Pyproject } from "../reading/pyproject.js"
import { requirementName } from "../reading/requirements.js"
import type { Sources } from "../reading/sources.js"
import { iniText } from "../text/ini-text.js"
import { listKeywordOf } from "../text/python-text.js"

/** What a build that asks git is found by. */
export interface GitClues {
  readonly sources: Sources
  readonly pyproject: Pyproject
}

/** Of setuptools: what git tracks goes into the sdist and, as data, into the wheel. */
const FILE_FINDERS = ["setuptools-scm", "setuptools-git", "pbr"]
/** A call of git in a build script, as arguments or as one text. */
const CALL =
  /["']git["'],\s*["'][a-z-]+["']|["'`\s]git (describe|rev-parse|rev-list|log|ls-files|show|archive|status)\b/

/** Why a build needs a repository, for more than the version that it is told; undefined where it doesn't. */
export function whyAskGit({
  pyproject,
  sources,
}: GitClues): string | undefined {
  const { "build-backend": backend = "", requires = [] } =
    pyproject["build-system"] ?? {}
  const setuptools = backend === "" || backend.startsWith("setuptools")
  const required = [...requires, ...setupRequires(sources)].map(requirementName)
  const finder =
    setuptools || backend.startsWith("pbr")
      ? FILE_FINDERS.find((each) => required.includes(each))
      : undefined
  if (finder !== undefined) return `\`${finder}\` asks git for the files`
  const script = buildScripts(pyproject).find((path) =>
    CALL.test(sources.text(path) ?? ""),
  )
  return script === undefined ? undefined : `\`${script}\` calls git`
}

function setupRequires(sources: Sources): string[] {
  const cfg = sources.text("setup.cfg") ?? ""
  return [
    ...(iniText(cfg, "options", "setup_requires") ?? "").split("\n"),
    ...listKeywordOf(sources.text("setup.py") ?? "", "setup", "setup_requires"),
  ].filter(Boolean)
}

/** Files that backends run while they build. */
function buildScripts({ tool }: Pyproject): string[] {
  const text = JSON.stringify([tool["hatch"], tool["pdm"], tool["poetry"]])
  const named = [...text.matchAll(/"([\w./-]+\.py)"/g)]
  return [
    "setup.py",
    ...["hatch_build.py", "pdm_build.py", "build.py"],
    ...named.flatMap(([, path]) => path ?? []),
  ]
}
