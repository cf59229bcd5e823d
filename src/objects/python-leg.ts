import type { Directory } from "@dagger.io/dagger"
import { type Container, func } from "@dagger.io/dagger"

import { problem } from "../errors.js"
import { locate } from "../git/locate-stage.js"
import type { Checkout } from "../git/stage.js"
import { readProject } from "../project/stage.js"
import { runTests, testContainer } from "../test/stage.js"
import { object } from "./roof.js"

/** One Python version of the test matrix. */
@object()
export class PythonLeg {
  /** The project's folder. */
  @func()
  source: Directory

  /** The Python version, such as `3.12`. */
  @func()
  version: string

  /** The folder that holds the repository. */
  folder: Directory

  constructor(source: Directory, version: string, folder: Directory) {
    this.source = source
    this.version = version
    this.folder = folder
  }

  /**
   * Run the imports and unit tests on this Python alone.
   * Example: `dagger call python --version 3.9 test`
   */
  @func()
  async test(): Promise<string> {
    const project = await readProject(await locate(this))
    const finding = await runTests(this, {
      ...project,
      pythons: [this.version],
    })
    return finding.summary
  }

  /**
   * Return the container that the tests run in, with the project installed.
   * Example: `dagger call python --version 3.9 container terminal`
   */
  @func()
  async container(): Promise<Container> {
    const project = await readProject(await locate(this))
    return testContainer(this, project, this.version)
  }
}

/** One Python of those that the project supports. */
export async function legOf(
  checkout: Checkout,
  version: string,
): Promise<PythonLeg> {
  const { pythons } = await readProject(await locate(checkout))
  if (!pythons.includes(version))
    throw problem(
      "project",
      `Python \`${version}\` is not among ${pythons.join(", ")}`,
      "Choose one of those, or add it to `tool.shipwheel.pythons`.",
    )
  return new PythonLeg(checkout.source, version, checkout.folder)
}
