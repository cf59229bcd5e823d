// Edits a module's package.json as the official runtime does, before anything is installed.
import { readFileSync, writeFileSync } from "node:fs"

/** The compiler that reads the types, for a module that names none. */
const COMPILER = "5.9.3"

const settings = JSON.parse(readFileSync("package.json", "utf8"))
settings.type = "module"
settings.dependencies = { typescript: COMPILER, ...settings.dependencies }
// The client comes beside it, made for the engine.
for (const group of ["dependencies", "devDependencies"])
  delete settings[group]?.["@dagger.io/dagger"]
writeFileSync("package.json", JSON.stringify(settings, null, 2))
