import { execFileSync } from "node:child_process"
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"

import { parseFacts } from "../../src/files/facts.js"
import { newFolder, runProgram } from "./programs.js"

interface Beside {
  /** The files of what the project lies in. */
  readonly around?: Readonly<Record<string, string>>
  /** Where a link beside each file leads to. */
  readonly link?: string
}

/** What is said of an sdist that was made of other files than these. */
export function sdistFrom(
  here: Readonly<Record<string, string>>,
  there: Readonly<Record<string, string>>,
  { around = {}, link }: Beside = {},
) {
  const [folder, source, above] = [newFolder(), newFolder(), newFolder()]
  for (const [root, files] of [
    [source, here],
    [above, around],
    [join(folder, "boat-1.0"), there],
  ] as const)
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
      if (link !== undefined) symlinkSync(link, join(root, `${path}.link`))
    }
  execFileSync("tar", ["-czf", "boat-1.0.tar.gz", "boat-1.0"], { cwd: folder })
  const printed = runProgram(
    "files/facts.py",
    "--source",
    source,
    "--around",
    above,
    folder,
  )
  const { files, stated } = parseFacts(printed)
  const unlike = files[0]?.entries.flatMap(({ name, unlike: how }) =>
    how ? [[name, how]] : [],
  )
  const acts = files[0]?.entries.flatMap((each) =>
    each.acts ? [each.name] : [],
  )
  const stamped = files[0]?.entries.flatMap((each) =>
    each.stamped ? [each.name] : [],
  )
  return { file: files[0], unlike: unlike?.sort(), stated, acts, stamped }
}
