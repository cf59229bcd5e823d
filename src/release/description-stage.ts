import { locate } from "../git/locate-stage.js"
import { describeProject } from "../project/describe.js"
import {
  jsonDescription,
  markdownDescription,
} from "../project/describe-report.js"
import { surveyProject } from "../project/stage.js"
import type { Caller } from "./caller-stage.js"
import { inForm } from "./report-format.js"

/** Shows the project as it is seen, also where something is wrong with it. */
export async function description(caller: Caller): Promise<string> {
  const seen = await surveyProject(await locate(caller), describeProject)
  return inForm(caller.format, {
    markdown: () => markdownDescription(seen),
    json: () => jsonDescription(seen),
  })
}
