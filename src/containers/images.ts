import { type Container, dag } from "@dagger.io/dagger"

import { IN_TURN, inTurn } from "../pipeline/in-turn.js"
import versions from "../versions.json" with { type: "json" }
import { limited } from "./commands.js"
import {
  type Needed,
  type PrivateIndex,
  privateWheels,
} from "./private-stage.js"
import { program } from "./programs.js"

/** Where Debian, and so every image used here, keeps the authorities it trusts. */
const AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"

/** Where the versions are that a project has decided on. */
const CONSTRAINTS = "/constraints.txt"

const [, IN_TURN_PATH] = IN_TURN
const COMPILE_FEW = "/compile_few.py"

/** Python for what has to run on one: tools and builds. */
export const TOOLS_PYTHON = versions.toolsPython

/** The Python versions that a project is tested on unless it says otherwise. */
export const PYTHONS: readonly string[] = versions.pythons

/** The Python that builds: the newest that the project supports. */
export function buildPython(pythons: readonly string[]): string {
  const minor = (python: string) => Number(python.split(".")[1])
  const [newest = TOOLS_PYTHON] = [...pythons].sort(
    (one, other) => minor(other) - minor(one),
  )
  return newest
}

/** Where packages and images come from instead of the public registries. */
export interface Mirrors {
  readonly index?: string | undefined
  readonly npm?: string | undefined
  /** What tells of known vulnerabilities, as OSV does. */
  readonly osv?: string | undefined
  /** What stands before the names of images. */
  readonly images?: string | undefined
  /** Where some dependencies come from, which may be shown a password. */
  readonly private?: PrivateIndex | undefined
  /** How many seconds one install may take. */
  readonly limit?: number | undefined
}

/** The same where nobody says so. */
export const INSTALL_LIMIT = 1800

/** A command that fetches packages: whatever answers, it comes to an end. */
export function installing(
  command: readonly string[],
  { limit = INSTALL_LIMIT }: Mirrors,
): string[] {
  return limited(command, { install: limit }, "install")
}

/** The pinned tools (uv, twine, ruff, pypiserver), apart from any project's own packages: uv by pip, and the others by uv. */
export function toolsContainer(mirrors: Mirrors): Container {
  return python(TOOLS_PYTHON, mirrors)
    .with(withVariable("UV_DEFAULT_INDEX", mirrors.index))
    .withMountedFile(IN_TURN_PATH, program("containers/in_turn.sh"))
    .withMountedFile("/uv.txt", program("containers/tools/uv.txt"))
    .withMountedFile("/tools.txt", program("containers/tools/requirements.txt"))
    .withMountedFile(
      "/compile_tools.py",
      program("containers/compile_tools.py"),
    )
    .withExec(
      inTurn([
        installing(UV_BY_PIP, mirrors),
        installing(TOOLS_BY_UV, mirrors),
        ["python", "/compile_tools.py"],
      ]),
    )
    .withoutMount("/compile_tools.py")
    .withoutMount("/tools.txt")
    .withoutMount("/uv.txt")
    .withoutMount(IN_TURN_PATH)
}

const UV_BY_PIP = [
  ...["pip", "install", "--quiet", "--disable-pip-version-check"],
  ...["--root-user-action=ignore", "--no-cache-dir", "--no-deps"],
  ...["--require-hashes", "--only-binary", ":all:", "--requirement", "/uv.txt"],
]

const TOOLS_BY_UV = [
  ...["uv", "pip", "install", "--quiet", "--system", "--no-config"],
  ...["--no-cache", "--no-python-downloads", "--no-deps", "--require-hashes"],
  ...["--no-build", "--requirement", "/tools.txt"],
]

/** These and what makes and verifies attestations, in a layer of their own: few commands need it, and all wait for the other. */
export function attestationTools(mirrors: Mirrors): Container {
  return toolsContainer(mirrors)
    .withMountedFile("/tools.txt", program("containers/tools/attest.txt"))
    .withExec(installing(TOOLS_BY_UV, mirrors))
    .withoutMount("/tools.txt")
}

/**
 * A Python with uv, which never looks at the project's own uv settings, and with requirements in a layer that only
 * their list invalidates. Layers are all that is remembered: a cache that several could write would carry what the
 * code of one leaves there into what another builds and uploads.
 */
export function pythonContainer(
  version: string,
  mirrors: Mirrors,
  requirements: readonly string[] = [],
  constraints: readonly string[] = [],
): Container {
  return python(version, mirrors)
    .with(withVariable("UV_DEFAULT_INDEX", mirrors.index))
    .withFile(
      "/usr/local/bin/uv",
      toolsContainer(mirrors).file("/usr/local/bin/uv"),
    )
    .withEnvVariable("UV_NO_CACHE", "1")
    .withEnvVariable("UV_NO_CONFIG", "1")
    .withEnvVariable("UV_NO_PROGRESS", "1")
    .withEnvVariable("UV_PYTHON_DOWNLOADS", "never")
    .withEnvVariable("UV_SYSTEM_PYTHON", "1")
    .with(withRequirements(version, requirements, constraints, mirrors))
}

/**
 * The same with what a project depends on in a layer before the rest, where an index alone decides on the versions:
 * then whoever installs the project finds that layer, and it is fetched once.
 */
export function pythonWithMore(
  version: string,
  mirrors: Mirrors,
  dependencies: readonly string[],
  requirements: readonly string[],
  constraints: readonly string[],
  system: readonly string[] = [],
): Container {
  // Some of it is compiled with what Debian brings.
  const isShared =
    system.length === 0 &&
    constraints.length === 0 &&
    !mirrors.private &&
    dependencies.every((each) => requirements.includes(each))
  const first = isShared ? dependencies : []
  const rest = requirements.length > first.length ? requirements : []
  return pythonContainer(version, mirrors, first)
    .with(withSystem(system, mirrors))
    .with(withRequirements(version, rest, constraints, mirrors))
}

/** Packages of Debian; their names are arguments, and no text of the shell. */
export function withSystem(names: readonly string[], mirrors: Mirrors) {
  const install =
    'apt-get update --quiet && apt-get install --yes --quiet --no-install-recommends -- "$@"'
  return (container: Container) =>
    names.length === 0
      ? container
      : container.withExec(
          installing(["sh", "-c", install, "sh", ...names], mirrors),
        )
}

function withRequirements(
  python: string,
  requirements: readonly string[],
  constraints: readonly string[],
  mirrors: Mirrors,
) {
  const from = constraints.length === 0 ? [] : ["--constraint", CONSTRAINTS]
  const uv = ["uv", "pip", "install", "--quiet", ...from, "--", ...requirements]
  const install = mirrors.private ? ["python", WITH_WHEELS, WHEELS, ...uv] : uv
  const needed = { python, requirements, constraints }
  return (container: Container) =>
    requirements.length === 0
      ? container
      : container
          .with(withConstraints(constraints))
          .with(withWheels(container, mirrors, needed))
          .withMountedFile(IN_TURN_PATH, program("containers/in_turn.sh"))
          .withMountedFile(COMPILE_FEW, program("containers/compile_few.py"))
          .withExec(
            inTurn([installing(install, mirrors), ["python", COMPILE_FEW]]),
          )
          .withoutMount(COMPILE_FEW)
          .withoutMount(IN_TURN_PATH)
          .with(withoutWheels(mirrors))
}

const WHEELS = "/wheels"
const WITH_WHEELS = "/with_wheels.py"

/** What a private index has of the requirements; a wheel that is there goes before whatever another index has by its name. */
function withWheels(python: Container, mirrors: Mirrors, needed: Needed) {
  const { private: index } = mirrors
  const fetching = (command: readonly string[]) => installing(command, mirrors)
  return (container: Container) =>
    index
      ? container
          .withMountedDirectory(
            WHEELS,
            privateWheels(python, index, needed, fetching),
          )
          .withMountedFile(WITH_WHEELS, program("containers/with_wheels.py"))
      : container
}

function withoutWheels({ private: index }: Mirrors) {
  return (container: Container) =>
    index ? container.withoutMount(WITH_WHEELS).withoutMount(WHEELS) : container
}

function withConstraints(constraints: readonly string[]) {
  return (container: Container) =>
    constraints.length === 0
      ? container
      : container.withNewFile(CONSTRAINTS, `${constraints.join("\n")}\n`)
}

/** A Linux distribution as it is, for what people run on it. */
export function linuxContainer(
  name: string,
  mirrors: Mirrors,
  authorities = AUTHORITIES,
): Container {
  return trusting(dag.container().from(image(name, mirrors)), authorities)
    .with(withPipIndex(mirrors))
    .with(withVariable("UV_DEFAULT_INDEX", mirrors.index))
}

/** Node with npm, for the frontend. */
export function nodeContainer(mirrors: Mirrors): Container {
  const [major] = versions.node.split(".")
  const name = image(`node:${major ?? ""}-slim`, mirrors)
  return trusting(dag.container().from(name))
    .with(withNpmRegistry(mirrors))
    .withEnvVariable("CI", "true")
    .withEnvVariable("NEXT_TELEMETRY_DISABLED", "1")
}

/** Tells npm of the registry to use, where it is not the public one. */
export function withNpmRegistry({ npm }: Mirrors) {
  return withVariable("npm_config_registry", npm)
}

function python(version: string, mirrors: Mirrors): Container {
  const image = pythonImage(version, mirrors)
  return trusting(dag.container().from(image)).with(withPipIndex(mirrors))
}

function withPipIndex({ index }: Mirrors) {
  // Of a server without TLS, pip takes nothing unless it is told to.
  const plain = index?.startsWith("http:") ? new URL(index).host : undefined
  return (container: Container) =>
    container
      .with(withVariable("PIP_INDEX_URL", index))
      .with(withVariable("PIP_TRUSTED_HOST", plain))
}

export function pythonImage(version: string, mirrors: Mirrors): string {
  return image(`python:${version}-slim`, mirrors)
}

function image(name: string, mirrors: Mirrors): string {
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
