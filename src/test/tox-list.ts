import type { Pyproject } from "../reading/pyproject.js"
import { requirementName, requirementsBeside } from "../reading/requirements.js"
import type { Sources } from "../reading/sources.js"
import {
  type Called,
  calledBy,
  toxCommands,
  toxListsOf,
} from "../reading/tox-commands.js"

/** What tox installs where it runs the tests. */
export interface ToxList {
  /** None where it brings nothing more. */
  readonly lists: readonly string[]
  readonly requirements: readonly string[]
}

/** What is known by more than one name. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  pytest: ["py.test"],
  django: ["django-admin", "django-admin.py"],
}

/** What reads code and runs none, by itself or from within pytest: `lint` asks that. */
const ONLY_READS =
  /^types-|-stubs$|^pytest-(black|checkdocs|flake8|isort|mypy|pep8|pycodestyle|pydocstyle|pylint|ruff)$/

/** What the environment of tox brings by name that runs the same command, of what neither the lists nor the package name. */
export function besideInTox(
  pyproject: Pyproject,
  sources: Sources,
  command: readonly string[],
  listed: readonly string[],
): ToxList {
  const { dependencies = [] } = pyproject.project ?? {}
  const list = listOf(calledBy(command), pyproject, sources)
  const lists = list === undefined ? [] : [list]
  const others = [...dependencies, ...listed]
  const installs = (program: string) =>
    toxCommands(program, pyproject, sources).some(([, what]) =>
      what?.endsWith("install"),
    )
  const requirements = requirementsBeside(pyproject, lists, others).filter(
    (each) => {
      const name = requirementName(each)
      return !ONLY_READS.test(name) && !installs(name)
    },
  )
  return { lists: requirements.length > 0 ? lists : [], requirements }
}

/** That of `[testenv]` where it runs them, else of the only one that does: several differ in what they are for. */
function listOf(
  { name, subcommand }: Called,
  pyproject: Pyproject,
  sources: Sources,
): string | undefined {
  const names = [name, ...(ALIASES[name] ?? [])]
  const found = names.flatMap((each) =>
    toxListsOf({ name: each, subcommand }, pyproject, sources),
  )
  const lists = [...new Set(found)]
  return lists.includes("tox") || lists.length > 1
    ? lists.find((each) => each === "tox")
    : lists[0]
}
