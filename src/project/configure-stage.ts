import type { Changeset } from "@dagger.io/dagger"

import { locate } from "../git/locate-stage.js"
import type { Checkout } from "../git/stage.js"
import { configured } from "./configure.js"
import { surveyProject } from "./stage.js"

/** Offers the lines that leave nothing to be guessed, as an edit of pyproject.toml. */
export async function proposeConfiguration(
  checkout: Checkout,
): Promise<Changeset> {
  const place = await locate(checkout)
  const { source } = checkout
  const { before, text } = await surveyProject(place, (survey) => ({
    before: survey.outline?.sources.text("pyproject.toml") ?? "",
    text: configured(survey),
  }))
  const after =
    text === before ? source : source.withNewFile("pyproject.toml", text)
  return after.changes(source)
}
