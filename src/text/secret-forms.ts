/** Shorter pieces of a form are in words that tell nobody anything. */
const SHORTEST = 8

/** A pattern for each form in which a secret travels, and how long that is. */
export function formsOf(text: string): [string, number][] {
  const json = JSON.stringify(text).slice(1, -1)
  const bytes = [Buffer.from(text), Buffer.from(text, "latin1")]
  return [
    [byLetters(text), text.length],
    ...[text, json, json.replaceAll("/", "\\/")].map(
      (each): [string, number] => [escaped(each), each.length],
    ),
    ...bytes
      .flatMap(encoded)
      .filter((each) => each.length >= SHORTEST)
      .map((each): [string, number] => [inLines(each), each.length]),
  ]
}

/** Whatever each letter is written as: an address in an address is encoded twice, and who is careful encodes what need not be. */
function byLetters(text: string): string {
  return Array.from(text, (each) => `(?:${ways(each).join("|")})`).join("")
}

const PAGE: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
}

function ways(letter: string): string[] {
  const code = letter.codePointAt(0) ?? 0
  const bytes = [...Buffer.from(letter)].map((each) => hex(each, 2))
  const units = letter.split("").map((each) => hex(each.charCodeAt(0), 4))
  return [
    escaped(letter),
    ...(letter in PAGE ? [PAGE[letter] ?? ""] : []),
    // Two backslashes for one could be read in ever more ways, the more there are.
    ...(letter === '"' || letter === "/" ? [`\\\\${letter}`] : []),
    ...(letter === " " ? ["\\+"] : []),
    bytes.map((each) => `%(?:25){0,3}${each}`).join(""),
    units.map((each) => `\\\\{1,4}u${each}`).join(""),
    ...(code < 256 ? [`\\\\{1,4}x${hex(code, 2)}`] : []),
    `&(?:amp;){0,2}#(?:0{0,6}${code}|[xX]0{0,6}${hex(code)});`,
  ]
}

/** In large and in small letters. */
function hex(code: number, digits = 0): string {
  return code
    .toString(16)
    .padStart(digits, "0")
    .replace(/[a-f]/g, (each) => `[${each}${each.toUpperCase()}]`)
}

/** In base64 and in hexadecimal digits; in base64 also behind up to two bytes of something else. */
function encoded(content: Buffer): string[] {
  const plain = content.toString("hex")
  const inBase64 = (["base64", "base64url"] as const).flatMap((way) => {
    const whole = content.toString(way)
    return [whole, encodeURIComponent(whole), ...behind(content, way)]
  })
  return [...inBase64, plain, plain.toUpperCase()]
}

function behind(content: Buffer, way: "base64" | "base64url"): string[] {
  return [0, 1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before), content])
      .toString(way)
      // The letters at either end are made of its neighbours as well.
      .slice(
        Math.ceil((before * 8) / 6),
        Math.floor(((before + content.length) * 8) / 6),
      ),
  )
}

/** Wherever mail, or whoever writes as it does, breaks the line. */
function inLines(text: string): string {
  return Array.from(text, escaped).join("(?:\\s|\\\\[rn]){0,4}")
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")
}
