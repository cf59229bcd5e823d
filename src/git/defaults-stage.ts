import type { Directory } from "@dagger.io/dagger"

import { problem } from "../errors.js"
import { DEFAULTS_FILE, defaultsIn } from "../reading/defaults-file.js"
import { code } from "../text/code.js"

/** A pull request may bring such a file: what it says of our arguments is nobody's who called. Before anything is asked with a credential. */
export async function refuseDefaults(
  folder: Directory,
  paths: readonly string[],
): Promise<void> {
  const found = paths.filter((path) => /(^|\/)\.env$/.test(path))
  for (const path of found) {
    const text = await textOf(folder, path)
    const names = defaultsIn(text, path === DEFAULTS_FILE)
    if (names.length > 0) throw notTheCallers(path, names)
  }
}

async function textOf(folder: Directory, path: string): Promise<string> {
  try {
    return await folder.file(path).contents()
  } catch {
    throw problem(
      "configuration",
      `\`${path}\` can't be read here, and Dagger may take arguments of this module from it`,
      "Remove it, or put a file of text in its place; it may be a link that leads out of the source.",
    )
  }
}

function notTheCallers(path: string, names: readonly string[]): Error {
  return problem(
    "configuration",
    `\`${path}\` sets ${[...new Set(names)].map(code).join(", ")}, which Dagger takes for arguments of this module`,
    "Take them out, and pass each as an option of the command: whoever changes the file would decide where a credential goes.",
  )
}
