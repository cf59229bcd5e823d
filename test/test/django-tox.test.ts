import { describe, expect, it } from "vitest"

import { settingsByTox } from "../../src/test/django.js"
import { project, sources } from "../helpers/builders.js"

const TOX = [
  "[testenv]",
  "setenv =",
  "  DJANGO_SETTINGS_MODULE = tests.settings",
  "deps = pytest-django",
  "commands = pytest",
].join("\n")

describe("the settings of Django that tox sets beside pytest", () => {
  it("are told to pytest-django", () => {
    const paths = ["src/quayside/__init__.py", "tests/test_a.py"]
    const { tests } = project({ paths, texts: { "tox.ini": TOX } })
    expect(tests.unit).toContain("--ds=tests.settings")
    const plain = TOX.replace("pytest-django", "pytest")
    const without = project({ paths, texts: { "tox.ini": plain } })
    expect(without.tests.unit).not.toContain("--ds=tests.settings")
  })

  it.each([
    [
      "pytest is told of some",
      { "pytest.ini": "[pytest]\nDJANGO_SETTINGS_MODULE = a\n" },
      TOX,
    ],
    [
      "tox.ini tells it so",
      {},
      `${TOX}\n[pytest]\nDJANGO_SETTINGS_MODULE = a\n`,
    ],
    [
      "tox runs no pytest",
      {},
      TOX.replace("commands = pytest", "commands = a"),
    ],
    ["tox fills them in", {}, TOX.replace("tests.settings", "{env:A}")],
  ])("are not where %s", (_, texts, tox) => {
    expect(settingsByTox(sources({ ...texts, "tox.ini": tox }))).toEqual([])
  })
})
