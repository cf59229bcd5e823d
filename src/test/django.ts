import type { Reason } from "../pipeline/failure.js"
import type { Sources } from "../reading/sources.js"
import { toxOption } from "../reading/tox.js"
import { withDefaults } from "../text/command-line.js"
import { iniSections } from "../text/ini-text.js"
import { type OwnCommands, ownCommands, pythonCalls } from "./own-commands.js"
import { FOREIGN } from "./test-files.js"

const MANAGE = /^\w*manage\.py$/
const MANAGE_INSIDE = /^tests?\/\w*manage\.py$/
/** As Django's own guide for reusable apps has it. */
const RUNNER = /^(?:tests\/)?run_?tests\.py$/
const MANAGES = /\bexecute_from_command_line\b/
const RUNS =
  /\b(?:get_runner|DiscoverRunner|execute_from_command_line|app_helper|djangocms_helper)\b/
const WITHOUT_SETTINGS =
  /ImproperlyConfigured: .*DJANGO_SETTINGS_MODULE|AppRegistryNotReady: /

/** What runs the tests of a Django app, where nobody wants pytest: that has no settings of Django. */
export function djangoTests(
  sources: Sources,
  tool: Readonly<Record<string, unknown>>,
): readonly string[] | undefined {
  const manage = fileThat(sources, MANAGE, MANAGES)
  if (manage !== undefined) return ["python", manage, "test"]
  const runner = fileThat(sources, RUNNER, RUNS)
  if (runner !== undefined) return ["python", runner]
  const [written] = ownCommands(sources, tool).flatMap((own) =>
    pythonCalls({ ...own, text: asModule(withDefaults(own.text)) }).flatMap(
      (call) => {
        const found = ofDjango(call, own, sources)
        return found ? [found] : []
      },
    ),
  )
  if (written) return written
  const inside = fileThat(sources, MANAGE_INSIDE, MANAGES)
  // Django looks for tests in the folder where it is called, but not in what is no package there.
  return inside === undefined
    ? undefined
    : ["python", inside, "test", inside.replace(/\/.*$/, "")]
}

/** Django's program and its module are one. */
function asModule(text: string): string {
  return text
    .replace(
      /(\bcoverage\s+run\b[^\n;&|#]{0,200}?\s)[\w./{}$()-]*\bdjango-admin(?:\.py)?(?=\s)/g,
      "$1-m django",
    )
    .replace(
      /(?<![\w./{}$()-])[\w./{}$()-]{0,200}\bdjango-admin(?:\.py)?(?=\s)/g,
      "python -m django",
    )
}

/** A call as the author of a project has it, if it runs Django's tests. */
function ofDjango(
  call: readonly string[],
  { text }: OwnCommands,
  sources: Sources,
): readonly string[] | undefined {
  const [, first = "", second, third] = call
  if (first === "-m")
    return second === "django" && third === "test"
      ? withSettings(call, text)
      : undefined
  const runs = (path: string) => {
    const script = FOREIGN.test(path) ? "" : (sources.text(path) ?? "")
    return MANAGES.test(script) ? second === "test" : RUNS.test(script)
  }
  if (runs(first)) return call
  const folder = entered(text).find((each) => runs(`${each}/${first}`))
  return folder === undefined ? undefined : inFolder(call, folder)
}

const ENTERS =
  /(?:^[ \t]*(?:changedir|change_dir|working-directory)[ \t]*[=:][ \t]*["']?|\bcd[ \t]+)(?:\{(?:toxinidir|tox_root)\}\/)?(?:\.\/)?([\w-][\w./-]*?)\/?["']?(?=[ \t]*(?:$|&&|;))/gm

/** The folders that commands are called in, as far as a text says so. */
function entered(text: string): string[] {
  return [...text.matchAll(ENTERS)].flatMap(([, folder]) => folder ?? [])
}

/** Options of `manage.py test` whose value is the next word. */
const VALUED =
  /^(-[vptk]|--(verbosity|settings|pythonpath|pattern|top-level-directory|testrunner|tag|exclude-tag|parallel))$/

/** Django looks for tests where it is called, if no other place is named. */
function inFolder(
  [python = "", script = "", ...words]: readonly string[],
  folder: string,
): string[] {
  const isNamed = words
    .slice(1)
    .some((each, at) => !each.startsWith("-") && !VALUED.test(words[at] ?? ""))
  const place = script.endsWith("manage.py") && !isNamed ? [folder] : []
  return [python, `${folder}/${script}`, ...words, ...place]
}

/** Django's own program knows its settings by an option, or by a variable that is set beside the call. */
function withSettings(
  call: readonly string[],
  text: string,
): readonly string[] | undefined {
  if (call.some((each) => each.startsWith("--settings"))) return call
  const named =
    /\bDJANGO_SETTINGS_MODULE["']?\s*(?:[?:]?=|:)\s*["']?([\w.]+)/.exec(text)
  return named?.[1] === undefined
    ? undefined
    : [...call, `--settings=${named[1]}`]
}

const PYTEST_FILES = ["pytest.ini", "setup.cfg", "pyproject.toml"]

/** What tells pytest-django the settings that tox sets as a variable beside pytest, where pytest is told of none. */
export function settingsByTox(sources: Sources): readonly string[] {
  const text = sources.text("tox.ini") ?? ""
  const option = (section: string, ...names: string[]) =>
    toxOption(text, section, names) ?? ""
  const [, own = ""] = /^\[pytest\]([^]*?)(?=^\[|$(?![^]))/m.exec(text) ?? []
  const told = [own, ...PYTEST_FILES.map((path) => sources.text(path) ?? "")]
  if (told.some((each) => /\bDJANGO_SETTINGS_MODULE\b|--ds\b/.test(each)))
    return []
  const [named] = iniSections(text)
    .filter((each) => /^testenv(:|$)/.test(each))
    .filter((each) => /\bpytest\b/.test(option(each, "commands")))
    .flatMap(
      (each) =>
        /^[ \t]*DJANGO_SETTINGS_MODULE[ \t]*=[ \t]*([\w.]+)[ \t]*$/m.exec(
          option(each, "setenv", "set_env"),
        )?.[1] ?? [],
    )
  return named === undefined ? [] : [`--ds=${named}`]
}

function fileThat(
  sources: Sources,
  name: RegExp,
  says: RegExp,
): string | undefined {
  return [...sources.paths]
    .filter((path) => name.test(path))
    .sort()
    .find((path) => says.test(sources.text(path) ?? ""))
}

/** Says what tests of Django need, which pytest alone does not give them. */
export function withDjango({ details, summary }: Reason): Reason {
  return WITHOUT_SETTINGS.test(details)
    ? {
        summary: `${summary}: nothing set Django up`,
        details: `Say in \`[tool.shipwheel.test]\` what runs the tests, such as \`unit = ["python", "-m", "django", "test", "--settings=tests.settings"]\`. pytest runs them with pytest-django, named in the same list as Django or in \`requires\`, and \`DJANGO_SETTINGS_MODULE\` in pytest's settings.\n\n${details}`,
      }
    : { summary, details }
}
