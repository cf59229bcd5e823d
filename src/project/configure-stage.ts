import type { Changeset, Directory } from "@dagger.io/dagger"

import { configured } from "./configure.js"
import { surveyProject } from "./stage.js"

/** Offers the lines that leave nothing to be guessed, as an edit of pyproject.toml. */
export async function proposeConfiguration(
  source: Directory,
): Promise<Changeset> {
  const survey = await surveyProject(source)
  const { outline } = survey
  const text = configured(survey)
  const before = outline?.sources.text("pyproject.toml") ?? ""
  const after =
    text === before ? source : source.withNewFile("pyproject.toml", text)
  return after.changes(source)
}
