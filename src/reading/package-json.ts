import { z } from "#zod"

import type { Problems } from "../errors.js"
import { readJson } from "../text/json-text.js"
import { acceptedInJson, wrongValue } from "../text/schema-words.js"
import type { Sources } from "./sources.js"

const named = z.record(z.string(), z.unknown()).default({})

/** The part of a package.json that a release reads. */
const schema = z.object({
  name: z.string().optional(),
  scripts: z.record(z.string(), z.string()).default({}),
  dependencies: named,
  devDependencies: named,
  optionalDependencies: named,
  /** The package manager, such as `pnpm@10.1.0`, in the words of corepack. */
  packageManager: z.string().optional(),
  engines: z.object({ node: z.string().optional() }).optional(),
  workspaces: z.unknown().optional(),
})
export type PackageJson = z.infer<typeof schema>

/** Scripts are often named in parts, such as `tailwind:build`. */
const BUILD_NAME =
  /(^|[:_-])(build|bundle|compile|dist|prod|production)([:_-]|$)/
const BUILD_COMMAND =
  /(^|[\s;&|])(((next|vite|ng|nuxt|nuxi|astro|bun|parcel|gatsby|remix|rsbuild|rspack|react-scripts|react-router|snowpack|quasar|ember|vue-cli-service) (build|generate))|webpack(-cli)?|rollup|esbuild|tsup|gulp|grunt|lessc|postcss|sass|(@tailwindcss\/|tailwind)(cli|css)?)(?=$|\s)/
/** Those build nothing that is shipped, whatever else their names say. */
const OTHER_NAME =
  /(^|[:_-])(analy[sz]e|check|clean|deploy|dev|development|docs?|lint|preview|release|serve|start|storybook|test|watch)([:_-]|$)/

/** Reads a folder's package.json; one that can't be read is added to the problems. */
export function readPackageJson(
  folder: string,
  sources: Sources,
  problems: Problems,
): PackageJson | undefined {
  const path = inFolder(folder, "package.json")
  const text = sources.text(path)
  if (text === undefined) return undefined
  const json = parseJson(path, text, problems)
  if (json === undefined) return undefined
  const result = schema.safeParse(json, { error: acceptedInJson })
  if (result.success) return result.data
  for (const issue of result.error.issues) {
    const { accepted, path: key } = wrongValue(issue, json)
    problems.add(
      "frontend",
      key.length > 0
        ? `\`${key.join(".")}\` in \`${path}\` is not what npm takes`
        : `\`${path}\` is not what npm takes`,
      `Write ${accepted}.`,
    )
  }
  return undefined
}

function parseJson(path: string, text: string, problems: Problems): unknown {
  const read = readJson(text)
  if ("value" in read) return read.value
  problems.add(
    "frontend",
    `\`${path}\` is not JSON: ${read.reason}`,
    "Mend it at that place.",
  )
  return undefined
}

/** The script that builds, by its name or by what it runs. */
export function buildScript({
  scripts,
}: PackageJson): [string, string] | undefined {
  const all = Object.entries(scripts)
  const meant = all.filter(
    ([name]) => !OTHER_NAME.test(name.replace(/build[:_-]release/, "build")),
  )
  return (
    all.find(([name]) => name === "build") ??
    meant.find(([name]) => BUILD_NAME.test(name)) ??
    meant.find(([, command]) => BUILD_COMMAND.test(command))
  )
}

/** A file's path, where the folder may be the project itself. */
export function inFolder(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`
}

/** The folders that a folder is in, nearest first; the project itself is the last. */
export function foldersAbove(folder: string): string[] {
  if (folder === "") return []
  const above = folder.includes("/") ? folder.replace(/\/[^/]*$/, "") : ""
  return [above, ...foldersAbove(above)]
}
