// Where a call of a module that is not compiled begins: it lies among the sources, and hands all of them to the client.
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { entrypoint } from "@dagger.io/dagger"

// In the order of the official runtime: modules are loaded in it.
const sources = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .reverse()
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return sources(path)
      return /\.m?ts$/.test(entry.name) ? [path] : []
    })

const here = import.meta.dirname
entrypoint([...sources(here), join(here, "../sdk/client.gen.ts")])
