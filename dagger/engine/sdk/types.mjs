// Writes what the SDK finds in the types of a module, for run.mjs to give back: node types.mjs NAME
import { readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { scan } from "./node_modules/@dagger.io/dagger/dist/src/module/introspector/index.js"

const [name] = process.argv.slice(2)
const sources = readdirSync("src", { recursive: true })
  .filter((file) => /\.m?ts$/.test(file))
  .map((file) => join("/src/src", file))

// Without the compiler's own objects; run.mjs gives the classes back.
function plain(value) {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== "object" || value === null) return value
  const kind = value.constructor.name
  if (kind !== "Object" && !kind.startsWith("Dagger")) return undefined
  const fields = Object.entries(value).map(([key, field]) => [
    key,
    plain(field),
  ])
  return Object.fromEntries([
    ...fields,
    ...(kind === "Object" ? [] : [["$class", kind]]),
    ...(value.getLocation ? [["$location", value.getLocation()]] : []),
  ])
}

const found = await scan([...sources, "/src/sdk/client.gen.ts"], name, false)
writeFileSync("types.json", JSON.stringify(plain(found)))
