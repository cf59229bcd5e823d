import type { Directory } from "@dagger.io/dagger"

import type { IndexRule } from "../config/index-rule-names.js"
import { type Mirrors, toolsContainer } from "../containers/images.js"
import { program } from "../containers/programs.js"
import { type IndexRefusal, parseRefusals } from "./index-refusals.js"

/** What the index would refuse of these files. */
export function refusedFiles(
  dist: Directory,
  taken: readonly IndexRule[],
  mirrors: Mirrors,
): Promise<IndexRefusal[]> {
  return ask(dist, ["/subject"], taken, mirrors)
}

/** The same of what is written down before anything is built. */
export function refusedProject(
  source: Directory,
  taken: readonly IndexRule[],
  mirrors: Mirrors,
): Promise<IndexRefusal[]> {
  const include = ["pyproject.toml", "setup.py"]
  const project = source.filter({ include })
  return ask(project, ["--project", "/subject"], taken, mirrors)
}

async function ask(
  subject: Directory,
  args: readonly string[],
  taken: readonly IndexRule[],
  mirrors: Mirrors,
): Promise<IndexRefusal[]> {
  const found = await toolsContainer(mirrors)
    .withMountedFile("/index_rules.py", program("files/index_rules.py"))
    .withMountedDirectory("/subject", subject)
    .withExec(["python", "/index_rules.py", ...args])
    .stdout()
  return parseRefusals(found, taken)
}
