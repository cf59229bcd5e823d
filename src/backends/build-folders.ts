import { posix } from "node:path"

import { inFolder } from "../reading/package-json.js"
import type { Sources } from "../reading/sources.js"

/** Where a command is told which folder to work in: by an argument, an option, or a step before it; and the line after that. */
const TOLD =
  /(?:\b(?:cwd|path|work_dir|working_dir(?:ectory)?)["']?\s*[=:]|--(?:prefix|cwd|dir)\b|(?<=["'\s])-C\b|\bchdir\(|\bcd\s)(?=([^\n]{0,300}(?:(?<=\()\n[^\n]{0,300})?))/g
const TEXT = /["']([^"'\n]*)["']/g
/** `str(HERE)` has two. */
const NAMES = 3
const PART = /^[\w@./-]+$/

/** The folders with a package.json that build scripts, or the settings of a hook, tell their commands to work in. */
export function foldersTold(
  texts: readonly string[],
  sources: Sources,
): string[] {
  const told = texts.flatMap((text) => {
    const plain = text.replace(/^[ \t]*#.*$/gm, "")
    return [...plain.matchAll(TOLD)].flatMap(
      ([, value = ""]) => existing(meant(value, plain), sources) ?? [],
    )
  })
  return [...new Set(told)]
}

/** What a value may mean: a bare word, the folder that a name stands for, or texts that are joined. */
function meant(value: string, text: string): string[] {
  const [, word = ""] = /^[\s"',=]*([\w@./-]+)/.exec(value) ?? []
  const names = [...value.matchAll(/\b[A-Za-z_]\w*\b/g)].slice(0, NAMES)
  const assigned = names.flatMap(([name]) => {
    const set = new RegExp(`^[ \\t]*${name}[ \\t]*=(.*)$`, "m")
    return joined(set.exec(text)?.[1] ?? "")
  })
  return [word, ...joined(value), ...assigned].filter(Boolean)
}

/** `HERE / "web" / "app"` and `join(HERE, "web", "app")` are `web/app`; how much of it belongs together is open. */
function joined(value: string): string[] {
  const parts = [...value.matchAll(TEXT)].map(([, part = ""]) => part)
  const end = parts.findIndex((each) => !PART.test(each))
  const plain = end < 0 ? parts : parts.slice(0, end)
  return plain.map((_, at) => posix.join(...plain.slice(0, at + 1))).reverse()
}

/** In the project, else above it, where a script starts from a folder there. */
function existing(
  paths: readonly string[],
  sources: Sources,
): string | undefined {
  return paths
    .flatMap((path) => ["", ...sources.above].map((above) => above + path))
    .map((path) => posix.join(path, ".").replace(/\/$|^\.$/, ""))
    .find((path) => sources.has(inFolder(path, "package.json")))
}
