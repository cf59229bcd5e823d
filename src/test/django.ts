import type { Reason } from "../pipeline/failure.js"
import type { Sources } from "../reading/sources.js"

const MANAGE = /^\w*manage\.py$/
/** As Django's own guide for reusable apps has it. */
const RUNNER = /^(?:tests\/)?run_?tests\.py$/
const RUNS = /\b(?:get_runner|DiscoverRunner|execute_from_command_line)\b/
const WITHOUT_SETTINGS =
  /ImproperlyConfigured: .*DJANGO_SETTINGS_MODULE|AppRegistryNotReady: /

/** What runs the tests of a Django app, where nobody wants pytest: that has no settings of Django. */
export function djangoTests(sources: Sources): string[] | undefined {
  const manage = fileThat(sources, MANAGE, /\bexecute_from_command_line\b/)
  if (manage !== undefined) return ["python", manage, "test"]
  const runner = fileThat(sources, RUNNER, RUNS)
  return runner === undefined ? undefined : ["python", runner]
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
        details: `Say in \`[tool.shipwheel.test]\` what runs the tests, such as \`unit = ["python", "runtests.py"]\`. pytest runs them with pytest-django, named in the same list as Django or in \`requires\`, and \`DJANGO_SETTINGS_MODULE\` in pytest's settings.\n\n${details}`,
      }
    : { summary, details }
}
