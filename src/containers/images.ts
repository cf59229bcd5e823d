import { type Container, dag } from "@dagger.io/dagger"

import type { Mirrors } from "../config/config.js"
import versions from "../versions.json" with { type: "json" }

/** Where Debian, and so every image used here, keeps the authorities it trusts. */
const AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"

/** Python for what has to run on one: tools and builds. */
export const TOOLS_PYTHON = versions.toolsPython

/** The Python versions that a project is tested on unless it says otherwise. */
export const PYTHONS: readonly string[] = versions.pythons

/** A call of a function is a process of its own, for one project: what that says holds for every container. */
let mirrors: Mirrors = {}

/** Takes packages and images from these places instead of the public ones. */
export function useMirrors(given: Mirrors | undefined): void {
  mirrors = given ?? {}
}

/** The pinned tools (uv, twine, ruff, pypiserver), apart from any project's own packages. */
export function toolsContainer(): Container {
  const lock = dag
    .currentModule()
    .source()
    .file("src/containers/tools/requirements.txt")
  return python(TOOLS_PYTHON)
    .withMountedCache("/root/.cache/pip", dag.cacheVolume("shipwheel-pip"))
    .withMountedFile("/tools.txt", lock)
    .withExec(
      ["pip", "install", "--quiet", "--disable-pip-version-check"].concat(
        ["--root-user-action=ignore", "--no-deps", "--require-hashes"],
        ["--requirement", "/tools.txt"],
      ),
    )
    .withoutMount("/tools.txt")
}

/** A bare Python with uv, which never looks at the project's own uv settings. */
export function pythonContainer(version: string): Container {
  return python(version)
    .with(withVariable("UV_DEFAULT_INDEX", mirrors.index))
    .withFile("/usr/local/bin/uv", toolsContainer().file("/usr/local/bin/uv"))
    .withMountedCache("/root/.cache/uv", dag.cacheVolume("shipwheel-uv"))
    .withEnvVariable("UV_LINK_MODE", "copy")
    .withEnvVariable("UV_NO_CONFIG", "1")
    .withEnvVariable("UV_NO_PROGRESS", "1")
    .withEnvVariable("UV_PYTHON_DOWNLOADS", "never")
    .withEnvVariable("UV_SYSTEM_PYTHON", "1")
}

/** Installs requirements in a layer that only their list invalidates. */
export function withRequirements(
  container: Container,
  requirements: readonly string[],
): Container {
  if (requirements.length === 0) return container
  return container.withExec([
    ...["uv", "pip", "install", "--quiet", "--"],
    ...requirements,
  ])
}

/** The npm registry that is used instead of the public one. */
export function npmMirror(): string | undefined {
  return mirrors.npm
}

/** A Linux distribution as it is, for what people run on it. */
export function linuxContainer(name: string, authorities = AUTHORITIES) {
  return withMirror(
    trusting(dag.container().from(image(name)), authorities),
  ).with(withVariable("UV_DEFAULT_INDEX", mirrors.index))
}

/** Node with npm, for the frontend. */
export function nodeContainer(): Container {
  const [major] = versions.node.split(".")
  return trusting(dag.container().from(image(`node:${major ?? ""}-slim`)))
    .with(withNpmRegistry)
    .withMountedCache("/root/.npm", dag.cacheVolume("shipwheel-npm"))
    .withEnvVariable("CI", "true")
    .withEnvVariable("NEXT_TELEMETRY_DISABLED", "1")
}

/** Tells npm of the registry to use, where it is not the public one. */
export function withNpmRegistry(container: Container): Container {
  return container.with(withVariable("npm_config_registry", mirrors.npm))
}

function python(version: string): Container {
  return withMirror(trusting(dag.container().from(pythonImage(version))))
}

function withMirror(container: Container): Container {
  const { index } = mirrors
  // Of a server without TLS, pip takes nothing unless it is told to.
  const plain = index?.startsWith("http:") ? new URL(index).host : undefined
  return container
    .with(withVariable("PIP_INDEX_URL", index))
    .with(withVariable("PIP_TRUSTED_HOST", plain))
}

export function pythonImage(version: string): string {
  return image(`python:${version}-slim`)
}

function image(name: string): string {
  return mirrors.images === undefined ? name : `${mirrors.images}/${name}`
}

export function withVariable(name: string, value: string | undefined) {
  return (container: Container) =>
    value === undefined ? container : container.withEnvVariable(name, value)
}

/** The engine adds a site's own authorities to the system's bundle; each of these tools has to be told to read it. */
function trusting(container: Container, authorities = AUTHORITIES): Container {
  const readers = [
    "NODE_EXTRA_CA_CERTS",
    "PIP_CERT",
    "REQUESTS_CA_BUNDLE",
    "SSL_CERT_FILE",
  ]
  return readers.reduce(
    (each, name) => each.withEnvVariable(name, authorities),
    container,
  )
}
