import type { Changeset, Directory } from "@dagger.io/dagger"

import { configured } from "./configure.js"
import { surveyProject } from "./stage.js"

/** Offers the lines that leave nothing to be guessed, as an edit of pyproject.toml. */
export async function proposeConfiguration(
  source: Directory,
): Promise<Changeset> {
  const { before, text } = await surveyProject(source, (survey) => ({
    before: survey.outline?.sources.text("pyproject.toml") ?? "",
    text: configured(survey),
  }))
  const after =
    text === before ? source : source.withNewFile("pyproject.toml", text)
  return after.changes(source)
}
