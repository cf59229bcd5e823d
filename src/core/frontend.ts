import { z } from "zod"

import type { Problems } from "../errors.js"
import type { Outline } from "./outline.js"

/** How the frontend is built, and where its output goes. */
export interface Frontend {
  readonly path: string
  /** Relative to `path`. */
  readonly output: string
  /** Relative to the project. */
  readonly destination: string
  readonly script: string
  /** All the scripts that there are. */
  readonly scripts: readonly string[]
  /** What the environment sets for the build. */
  readonly variables: Readonly<Record<string, string>>
  /** npm scripts that look for mistakes. */
  readonly checks: readonly string[]
}

const packageJson = z.object({
  scripts: z.record(z.string(), z.string()).default({}),
  dependencies: z.record(z.string(), z.unknown()).default({}),
  devDependencies: z.record(z.string(), z.unknown()).default({}),
})
type PackageJson = z.infer<typeof packageJson>

const CHECKS = ["lint", "type-check", "typecheck"]
/** Where each build tool writes unless told otherwise. */
const OUTPUTS = { next: "out", vite: "dist", "react-scripts": "build" }

/** Fills in the frontend's settings from its package.json, or adds what is missing. */
export function resolveFrontend(
  outline: Outline,
  problems: Problems,
): Frontend | undefined {
  const { config, frontendPath: path, packageDir, paths, sources } = outline
  const text = path && sources.text(`${path}/package.json`)
  if (!path || text === undefined) return undefined
  const manifest = parseManifest(path, text, problems)
  if (!manifest) return undefined
  const script = config.frontend?.script ?? "build"
  if (!(script in manifest.scripts))
    problems.add(
      "frontend",
      `\`${path}/package.json\` has no script \`${script}\``,
      "Add it, or name the one that builds in `tool.shipwheel.frontend.script`.",
    )
  if (!paths.has(`${path}/package-lock.json`))
    problems.add(
      "frontend",
      `\`${path}/package-lock.json\` is not there`,
      "Run `npm install` in that folder and commit the lockfile: a release installs what it names.",
    )
  return {
    path,
    output: config.frontend?.output ?? usualOutput(manifest),
    destination: config.frontend?.destination ?? `${packageDir ?? ""}/frontend`,
    script,
    scripts: Object.keys(manifest.scripts),
    variables: {},
    checks: CHECKS.filter((each) => each in manifest.scripts),
  }
}

function parseManifest(
  path: string,
  text: string,
  problems: Problems,
): PackageJson | undefined {
  try {
    return packageJson.parse(JSON.parse(text))
  } catch (error) {
    const [reason] = error instanceof SyntaxError ? [error.message] : []
    problems.add(
      "frontend",
      `\`${path}/package.json\` can't be read: ${reason ?? "it has another shape than npm's"}`,
      "Mend the file; `npm pkg fix` helps.",
    )
    return undefined
  }
}

function usualOutput(manifest: PackageJson): string {
  const names = { ...manifest.devDependencies, ...manifest.dependencies }
  const tool = Object.entries(OUTPUTS).find(([name]) => name in names)
  return tool?.[1] ?? "dist"
}
