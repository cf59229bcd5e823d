import type { Directory } from "@dagger.io/dagger"

import type { IndexRule } from "../config/index-rule-names.js"
import { type Mirrors, toolsContainer } from "../containers/images.js"
import { withPrograms } from "../containers/programs.js"
import { type IndexRefusal, parseRefusals } from "./refusals.js"

/** The one that is run, and what it imports. */
const PROGRAMS = [
  "index-rules/index_rules.py",
  "index-rules/metadata_rules.py",
  "index-rules/archive_rules.py",
  "index-rules/index_subject.py",
  "index-rules/index_archive.py",
]

/** Where a project says what goes into its metadata. */
const WRITTEN = [
  ...["pyproject.toml", "setup.cfg"],
  ...["*.md", "*.rst", "*.txt"],
]

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
  const project = source.filter({ include: WRITTEN })
  return ask(project, ["--project", "/subject"], taken, mirrors)
}

async function ask(
  subject: Directory,
  args: readonly string[],
  taken: readonly IndexRule[],
  mirrors: Mirrors,
): Promise<IndexRefusal[]> {
  const found = await withPrograms(toolsContainer(mirrors), PROGRAMS)
    .withMountedDirectory("/subject", subject)
    .withExec(["python", "/index_rules.py", ...args])
    .stdout()
  return parseRefusals(found, taken)
}
