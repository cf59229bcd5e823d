import type { Files } from "./tiny.js"

/** A frontend that builds in no time: one page, made from a dependency that the lockfile names. */
export function webFolder(path: string, title: string): Files {
  const manifest = {
    name: "page",
    version: "0.0.0",
    scripts: { build: "node build.mjs" },
  }
  const under = (files: Files) =>
    Object.fromEntries(
      Object.entries(files).map(([name, text]) => [`${path}/${name}`, text]),
    )
  return under({
    "package.json": JSON.stringify(manifest),
    "package-lock.json": JSON.stringify({
      name: manifest.name,
      version: manifest.version,
      lockfileVersion: 3,
      packages: { "": { name: manifest.name, version: manifest.version } },
    }),
    "build.mjs": BUILD.replace("TITLE", title),
  })
}

const BUILD = `
import { mkdirSync, writeFileSync } from "node:fs"
mkdirSync("dist")
writeFileSync("dist/index.html", "TITLE")
`
