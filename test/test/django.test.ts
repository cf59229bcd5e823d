import { describe, expect, it } from "vitest"

import { withDjango } from "../../src/test/django.js"

const told = (details: string) =>
  withDjango({ summary: "`python -m pytest` exited with 2", details })

describe("tests that Django was not set up for", () => {
  it.each([
    "django.core.exceptions.ImproperlyConfigured: Requested setting INSTALLED_APPS, but settings are not configured. You must either define the environment variable DJANGO_SETTINGS_MODULE or call settings.configure()",
    "django.core.exceptions.AppRegistryNotReady: Apps aren't loaded yet.",
  ])("are told what runs them: %s", (said) => {
    const { details, summary } = told(said)
    expect(summary).toBe(
      "`python -m pytest` exited with 2: nothing set Django up",
    )
    expect(details).toContain(
      '`unit = ["python", "-m", "django", "test", "--settings=tests.settings"]`',
    )
    expect(details.endsWith(`\n\n${said}`)).toBe(true)
  })

  it("are none of those that fail for another reason", () => {
    const said = "ImproperlyConfigured: SECRET_KEY must not be empty"
    expect(told(said).details).toBe(said)
  })
})
