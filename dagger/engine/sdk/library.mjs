// Makes the client's library: node library.mjs FOLDER. One file of code without the compiler, its types, and the names
// that a module may import, which are not all of them. The client for the engine's API is generated for each module.
import { cpSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { build } from "esbuild"

const [out] = process.argv.slice(2)
const sdk = "node_modules/@dagger.io/dagger/dist/src"
const names =
  "Context argument check connect connection entrypoint enumType field func generate object"

mkdirSync(out, { recursive: true })
const write = (name, text) => writeFileSync(join(out, name), `${text}\n`)

await build({
  entryPoints: [join(sdk, "index.js")],
  outfile: join(out, "core.js"),
  bundle: true,
  format: "esm",
  platform: "node",
  external: ["typescript"],
  keepNames: true,
  logLevel: "warning",
  banner: {
    js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url)',
  },
})
cpSync(sdk, join(out, "types"), {
  recursive: true,
  filter: (path) => !/\.(js|map)$/.test(path),
})
write("core.d.ts", 'export * from "./types/index.js"')
write("telemetry.ts", 'export { getTracer } from "./core.js"')
write(
  "index.ts",
  `export { ${names.replaceAll(" ", ", ")} } from "./core.js"\nexport * from "./client.gen.js"`,
)
