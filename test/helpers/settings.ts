import { z } from "zod"

import { schema } from "../../src/config/config-schema.js"

interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>
  readonly items?: Shape
}

/** Every key of the schema by its place; the four environments are one place. */
function keysOf(shape: Shape, place: string): string[] {
  return Object.entries(shape.properties ?? {}).flatMap(([key, inner]) => {
    const at = `${place}.${key}`.replace(
      /^(tool\.shipwheel\.environments)\.\w+/,
      "$1.<name>",
    )
    const below = keysOf(inner.items ?? inner, at)
    return below.length > 0 ? below : [at]
  })
}

/** All that `[tool.shipwheel]` may say. */
export const settings: ReadonlySet<string> = new Set(
  keysOf(z.toJSONSchema(schema, { io: "output" }) as Shape, "tool.shipwheel"),
)
