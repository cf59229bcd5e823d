import { posix } from "node:path"

const BLANK = /\s*/y
const TEXT = /r?(?:"([^"\\\n]*)"|'([^'\\\n]*)')/y
const FILE = /__file__\b/y
/** Where a build runs; a hook of hatchling has it as well. */
const HERE = /self\.root\b|(?:pathlib\.)?Path\.cwd\(\)|os\.getcwd\(\)/y
const CALL =
  /(?:(?:os\.)?path\.|os\.|pathlib\.)?(Path|PurePath|str|fspath|abspath|realpath|normpath|join|dirname)\(/y
const NAME = /[A-Za-z_]\w*\b(?!\s*\()/y
const SAME = /\.(?:resolve|absolute|as_posix)\(\)/y
const PARENT = /\.parent\b/y
const PARENTS = /\.parents\[(\d)\]/y
const JOINED = /\.joinpath\(/y
const START = /(?<![\w.])[A-Za-z_]/g
const ASSIGNED = /^[ \t]*([A-Za-z_]\w*)[ \t]*(?::[^=\n]+)?=(?!=)/gm

/**
 * The paths that a script computes in the usual forms from where it lies, such as `Path(__file__).parent.parent / "web"`,
 * relative to the folder that it is run in.
 */
export function computedPaths(script: string, source: string): string[] {
  const text = source.replace(/#.*$/gm, "")
  const reader = new PathReader(script, text)
  for (const { 0: all, 1: name = "", index } of text.matchAll(ASSIGNED))
    reader.name(name, index + all.length)
  const found = [...text.matchAll(START)].flatMap(
    ({ index }) => reader.read(index) ?? [],
  )
  return [...new Set(found)]
}

class PathReader {
  private readonly names = new Map<string, string>()
  private at = 0

  constructor(
    private readonly script: string,
    private readonly text: string,
  ) {}

  /** Notes what a name stands for, where that can be read. */
  name(name: string, at: number): void {
    const path = this.read(at)
    if (path !== undefined) this.names.set(name, path)
  }

  read(at: number): string | undefined {
    this.at = at
    return this.whole()
  }

  /** Parts between strokes. */
  private whole(): string | undefined {
    let path = this.part()
    while (path !== undefined && this.takes(/\//y)) {
      const next = this.part()
      path = next === undefined ? undefined : posix.join(path, next)
    }
    return path
  }

  private part(): string | undefined {
    let path = this.first()
    while (path !== undefined) {
      const parents = this.takes(PARENTS)
      if (parents) path = above(path, Number(parents[1]) + 1)
      else if (this.takes(PARENT)) path = above(path, 1)
      else if (this.takes(JOINED)) path = this.joined([path])
      else if (!this.takes(SAME)) break
    }
    return path
  }

  private first(): string | undefined {
    const text = this.takes(TEXT)
    if (text) return text[1] ?? text[2]
    if (this.takes(FILE)) return this.script
    if (this.takes(HERE)) return "."
    const call = this.takes(CALL)
    if (call) {
      const path = this.joined([])
      return path !== undefined && call[1] === "dirname" ? above(path, 1) : path
    }
    if (this.takes(/\(/y)) return this.joined([])
    return this.names.get(this.takes(NAME)?.[0] ?? "")
  }

  /** What stands between commas, up to the end of a call. */
  private joined(before: readonly string[]): string | undefined {
    const parts = [...before]
    while (!this.takes(/\)/y)) {
      const next = this.whole()
      if (next === undefined) return undefined
      parts.push(next)
      if (!this.takes(/,/y) && !this.takes(/(?=\))/y)) return undefined
    }
    return posix.join(...parts)
  }

  private takes(pattern: RegExp): RegExpExecArray | undefined {
    BLANK.lastIndex = this.at
    BLANK.exec(this.text)
    pattern.lastIndex = BLANK.lastIndex
    const found = pattern.exec(this.text)
    if (found) this.at = pattern.lastIndex
    return found ?? undefined
  }
}

function above(path: string, steps: number): string {
  return posix.join(path, ..."../".repeat(steps).split("/"))
}
