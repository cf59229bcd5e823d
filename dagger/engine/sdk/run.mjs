// Part of each compiled module: gives the SDK what types.mjs found, as if it had just been read.
import { readFileSync, writeFileSync } from "node:fs"
import { connection } from "/runtime/node_modules/@dagger.io/dagger/dist/src/connect.js"
import { Register } from "/runtime/node_modules/@dagger.io/dagger/dist/src/module/entrypoint/register.js"
import * as classes from "/runtime/node_modules/@dagger.io/dagger/dist/src/module/introspector/dagger_module/index.js"
import { DaggerInterfaceFunction } from "/runtime/node_modules/@dagger.io/dagger/dist/src/module/introspector/dagger_module/interfaceFunction.js"
import { DaggerProperty } from "/runtime/node_modules/@dagger.io/dagger/dist/src/module/introspector/dagger_module/property.js"
import { DaggerObjectTypeProperty } from "/runtime/node_modules/@dagger.io/dagger/dist/src/module/introspector/dagger_module/typeObjectProperty.js"

const prototypes = {
  ...classes,
  DaggerInterfaceFunction,
  DaggerObjectTypeProperty,
  DaggerProperty,
}

function revive(_key, value) {
  if (value?.$class === undefined) return value
  const { $class, $location, ...fields } = value
  const object = Object.assign(
    Object.create(prototypes[$class].prototype),
    fields,
  )
  return $location === undefined
    ? object
    : Object.defineProperty(object, "getLocation", { value: () => $location })
}

export const scan = () =>
  JSON.parse(readFileSync("/src/dist/types.json", "utf8"), revive)

// The engine asks for the module's types, or for a call. Compiling asks for neither.
export async function run(entrypoint, modules) {
  const [types] = process.argv.slice(2)
  if (types === "nothing") return
  if (types === undefined) return entrypoint(modules)
  await connection(async () => {
    writeFileSync(types, JSON.stringify(await new Register(scan()).run()))
  })
}
