// Edits a module's tsconfig.json as the official runtime does: the client is found beside the sources.
import { readFileSync, writeFileSync } from "node:fs"
import typescript from "typescript"

const file = "tsconfig.json"
const text = readFileSync(file, "utf8")
const { config } = typescript.parseConfigFileTextToJson(file, text)
const options = (config.compilerOptions ??= {})
options.paths = {
  ...options.paths,
  "@dagger.io/dagger": ["./sdk/index.ts"],
  "@dagger.io/dagger/telemetry": ["./sdk/telemetry.ts"],
}
options.experimentalDecorators = true
writeFileSync(file, JSON.stringify(config, null, 2))
