// Compiles a module once, when its sources change, so that a call only runs it.
//
// The official runtime starts tsx and the TypeScript compiler at each call, to load the sources and to read
// their types. Here the sources and their dependencies become one file, and what types.mjs read from the types
// lies beside it. The rest is the SDK's own code, the same for each call.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { build } from "esbuild"

const module = "/src"
const sdk = "/runtime/node_modules/@dagger.io/dagger/dist/src"

const sources = readdirSync(join(module, "src"), { recursive: true })
  .filter((file) => /\.m?ts$/.test(file))
  .map((file) => join(module, "src", file))

const main = `
import { entrypoint } from "${sdk}/module/entrypoint/entrypoint.js"
import { run } from "/runtime/run.mjs"
${sources.map((file, i) => `import * as module${i} from "${file}"`).join("\n")}
await run(entrypoint, [${sources.map((_, i) => `module${i}`)}])
`

const replace = (text, what, by) => {
  if (!text.includes(what))
    throw new Error(
      `this SDK has no \`${what}\`: see dagger/engine/sdk/compile.mjs`,
    )
  return text.replaceAll(what, by)
}
const read = (file) => readFileSync(file, "utf8")

const plugin = {
  name: "dagger",
  setup({ onResolve, onLoad }) {
    // Types are read already: the SDK gets what was found, and doesn't load the compiler.
    onResolve({ filter: /^\.\.\/introspector\/index\.js$/ }, () => ({
      path: "/runtime/run.mjs",
    }))
    onResolve({ filter: /^typescript$/ }, ({ importer }) =>
      importer.startsWith(sdk)
        ? { path: "typescript", namespace: "none" }
        : undefined,
    )
    // The names that a module may import, as in the library, of the client that the SDK itself is made of.
    const library = { core: "index.js", "client.gen": "api/client.gen.js" }
    onResolve(
      { filter: /^\.\/(core|client\.gen)\.js$/ },
      ({ path, importer }) =>
        importer.startsWith(join(module, "sdk/"))
          ? { path: join(sdk, library[path.slice(2, -3)]) }
          : undefined,
    )
    // Exporters that the engine never asks for: a third of the time that a start takes.
    const unused =
      /^@opentelemetry\/(configuration|exporter-(prometheus|zipkin|.*-grpc))$/
    onResolve({ filter: unused }, ({ path }) => ({ path, namespace: "none" }))
    onLoad({ filter: /./, namespace: "none" }, () => ({
      contents: "export default { SyntaxKind: {} }",
    }))
    // It is handed modules in the place of files.
    onLoad({ filter: /module\/entrypoint\/load\.js$/ }, ({ path }) => ({
      contents: replace(read(path), "import(f)", "f"),
      loader: "js",
    }))
    // A source file goes on knowing where it is: files beside it are read by its place.
    onLoad({ filter: /^\/src\/src\/.*\.m?ts$/ }, ({ path }) => ({
      contents: read(path)
        .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path)))
        .replaceAll("import.meta.filename", JSON.stringify(path))
        .replaceAll("import.meta.dirname", JSON.stringify(join(path, ".."))),
      loader: "ts",
    }))
  },
}

await build({
  stdin: { contents: main, resolveDir: module },
  outfile: join(module, "dist/main.mjs"),
  tsconfig: join(module, "tsconfig.json"),
  bundle: true,
  format: "esm",
  platform: "node",
  keepNames: true,
  // Less to read at each call; short lines, because an uncaught error prints the line that it is from.
  minifyWhitespace: true,
  lineLimit: 200,
  logLevel: "warning",
  plugins: [plugin],
  banner: {
    js: `import { createRequire } from "node:module"; const require = createRequire("${module}/package.json")`,
  },
})
