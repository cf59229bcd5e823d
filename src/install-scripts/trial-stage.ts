import {
  type Container,
  dag,
  type Directory,
  type Service,
} from "@dagger.io/dagger"

import {
  type LabelledCommand,
  limited,
  runInTurn,
} from "../containers/commands.js"
import {
  linuxContainer,
  type Mirrors,
  TOOLS_PYTHON,
  toolsContainer,
} from "../containers/images.js"
import { chooseDistributions, type Linux } from "../containers/linux.js"
import { program } from "../containers/programs.js"
import { INDEX } from "../package-index/rehearsal-stage.js"
import { LIMITED_ANYWHERE } from "../pipeline/failure.js"
import { spellings, type Version } from "../version/version.js"
import {
  type Installers,
  type Scripted,
  versionCommandsOf,
} from "./scripts-stage.js"

interface Trial {
  readonly dist: Directory
  readonly project: Scripted
  readonly version: Version
  readonly index: Service
  readonly written: Installers
}

interface TrialPlace {
  readonly linux: Linux
  readonly container: Container
}

/** What the configuration names must be there; of the others those are taken that are. */
export async function available(
  project: Scripted,
): Promise<{ there: TrialPlace[]; remarks: string[] }> {
  const named = project.gates.installers
  const [python = TOOLS_PYTHON] = project.pythons.slice(-1)
  const remarks: string[] = []
  const places = chooseDistributions(named).map(async (linux) => {
    const container = prepared(linux, python, project.mirrors)
    try {
      await container.sync()
      return [{ linux, container }]
    } catch (error) {
      if (named) throw error
      const [reason = ""] =
        error instanceof Error ? error.message.split("\n") : []
      remarks.push(`install.sh was not tried on ${linux.name}: ${reason}`)
      return []
    }
  })
  return { there: (await Promise.all(places)).flat(), remarks }
}

function prepared(linux: Linux, python: string, mirrors: Mirrors): Container {
  const { authorities, image, prepare, uv } = linux
  const bare = prepare(python).reduce(
    (each, command) => each.withExec([...command]),
    linuxContainer(image(python), mirrors, authorities),
  )
  const tool = toolsContainer(mirrors).file("/usr/local/bin/uv")
  return uv ? bare.withFile("/usr/local/bin/uv", tool) : bare
}

const GUEST = "1000:1000"

const HOME = "/home/guest"

/** As somebody who is not root, and whom the system does not know. */
export function trialOf(
  { container, linux }: TrialPlace,
  trial: Trial,
): LabelledCommand {
  const { dist, index, project, version, written } = trial
  const ready = container
    .withServiceBinding(INDEX.hostname, index)
    .with(trusted)
    // What a backend writes may be for its owner alone.
    .withMountedDirectory("/dist", dist, { owner: GUEST })
    .withMountedDirectory("/scripts", written.scripts)
    .withMountedFile("/says.sh", program("install-scripts/says.sh"))
    .withMountedFile("/try.sh", program("install-scripts/try.sh"))
    .withDirectory(HOME, dag.directory(), { owner: GUEST })
    .withEnvVariable("HOME", HOME)
    .withEnvVariable("PATH", `${HOME}/.local/bin:\${PATH}`, { expand: true })
    .withWorkdir(HOME)
    .withUser(GUEST)
  return runInTurn(linux.name, ready, [
    ["sh", "/scripts/install.sh", "--index", INDEX.href],
    ...trialQuestions(project, version, written.commands),
    [
      ...["sh", "/try.sh", "/scripts/install.sh"],
      ...[`/dist/${written.wheel}`, INDEX.href],
    ],
  ])
}

/** The smoke commands, as far as they are commands of the wheel: the system's Python knows nothing of it. */
function trialQuestions(
  project: Scripted,
  version: Version,
  commands: readonly string[],
): string[][] {
  const asked = versionCommandsOf(project, commands)
  const others = project.smoke
    .filter(([name = ""]) => commands.includes(name))
    .filter((each) => !asked.includes(each))
  const spelt = spellings(version).join(",")
  return [
    ...asked.map((each) => ["sh", "/says.sh", spelt, ...each]),
    ...others,
  ].map((each) => limited(each, project.limits, "command", LIMITED_ANYWHERE))
}

/** Of a server without TLS, pip takes nothing unless it is told to. */
function trusted(container: Container): Container {
  return container.withEnvVariable(
    "PIP_TRUSTED_HOST",
    `${INDEX.host} \${PIP_TRUSTED_HOST}`,
    { expand: true },
  )
}
