import type { Directory } from "@dagger.io/dagger"

import type { Problems } from "../errors.js"
import { DEFAULTS_FILE, defaultsIn } from "../reading/defaults-file.js"
import { code } from "../text/code.js"

/** A pull request may bring such a file: what it says of our arguments is nobody's who called. */
export async function refuseDefaults(
  folders: readonly Directory[],
  problems: Problems,
): Promise<void> {
  const names = new Set<string>()
  for (const folder of folders) {
    if (!(await folder.entries()).includes(DEFAULTS_FILE)) continue
    const text = await folder.file(DEFAULTS_FILE).contents()
    for (const name of defaultsIn(text)) names.add(name)
  }
  if (names.size === 0) return
  problems.add(
    "configuration",
    `\`${DEFAULTS_FILE}\` sets ${[...names].map(code).join(", ")}, which Dagger takes for arguments of this module`,
    "Take them out, and pass each as an option of the command: whoever changes the file would decide where a credential goes.",
  )
}
