import type { Mirrors } from "../containers/images.js"
import { parseToml } from "./toml.js"

/** What each mirror is; all else is refused where the settings are read as a whole. */
const FORMS = {
  index: /^https?:\/\/[^\s@]+$/,
  npm: /^https?:\/\/[^\s@]+$/,
  osv: /^https?:\/\/[^\s@]+$/,
  images: /^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)*$/,
}

/** The mirrors that a pyproject.toml names, as far as they can be used: who needs them before the rest is read refuses nothing. */
export function mirrorsIn(pyproject: string): Mirrors {
  const table = tableIn(pyproject, ["tool", "shipwheel", "mirrors"])
  const sound = Object.entries(FORMS).filter(([name, form]) => {
    const value = table[name]
    return typeof value === "string" && form.test(value)
  })
  return Object.fromEntries(sound.map(([name]) => [name, table[name]]))
}

function tableIn(
  text: string,
  keys: readonly string[],
): Record<string, unknown> {
  try {
    return keys.reduce<Record<string, unknown>>(
      (table, key) => (table[key] ?? {}) as Record<string, unknown>,
      parseToml(text),
    )
  } catch {
    return {}
  }
}
