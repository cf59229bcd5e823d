import { describe, expect, it } from "vitest"

import { pythonContainer } from "../../src/containers/images.js"
import { install, serve } from "../../src/install/stage.js"
import type { Project } from "../../src/project/project.js"
import { project, version } from "../helpers/builders.js"
import { beyond, shownCalls } from "../helpers/call-chain.js"
import { chainOf, folder, recordCalls } from "../helpers/recorded-engine.js"

const FILES = ["quayside-1.2.0-py3-none-any.whl", "quayside-1.2.0.tar.gz"]
const WHEEL =
  "uv pip install --quiet --no-deps --no-build --no-cache --no-index --find-links /dist --reinstall-package quayside --prerelease allow -- quayside==1.2.0"
const SDIST =
  "uv pip install --quiet --no-deps --no-sources --no-cache --reinstall-package quayside -- /dist/quayside-1.2.0.tar.gz"

const needy = () => project({ toml: ['dependencies = ["fastapi>=0.110"]'] })

async function installed(given: Project = needy()) {
  const { calls, result } = await recordCalls(
    () => install(folder("dist"), given, version("v1.2.0")),
    {
      entries: FILES,
      python: "",
      quayside: "",
    },
  )
  return { asked: calls.allOf("python /installed.py"), calls, result }
}

/** What is done to a Python that holds the dependencies. */
async function afterDependencies(python: string, given = needy()) {
  const { asked } = await installed(given)
  const all = given.pythons.indexOf(python)
  const base = await chainOf(() =>
    pythonContainer(python, {}, given.dependencies),
  )
  return beyond(base, asked[all] ?? [])
}

describe("an installation", () => {
  it("mounts the files on top of the dependencies, and installs from them alone", async () => {
    expect(await afterDependencies("3.9")).toEqual([
      "withMountedDirectory /dist <directory dist>",
      "withMountedFile /to_the_end.py <file src/containers/to_the_end.py>",
      "withMountedFile /bounded.py <file src/containers/bounded.py>",
      "withMountedFile /installed.py <file src/install/installed.py>",
      "withMountedFile /prints.py <file src/install/prints.py>",
      "withMountedFile /in_turn.sh <file src/containers/in_turn.sh>",
      `in turn ${WHEEL}`,
      "in turn timeout -k 10 600 uv pip check",
      "in turn timeout -k 10 600 python /installed.py --whole quayside 1.2.0 quayside",
      "stdout",
    ])
  })

  it("is made once for what asks it and what serves it", async () => {
    const plain = needy()
    const server = { command: ["quayside", "serve"], port: 8000, path: "/" }
    const served = { ...plain, gates: { ...plain.gates, serve: server } }
    const after = await afterDependencies("3.12", served)
    expect(after.slice(0, 2)).toEqual([
      "withMountedDirectory /dist <directory dist>",
      `withExec ${WHEEL}`,
    ])
    expect(after).not.toContain(`in turn ${WHEEL}`)
    expect(await afterDependencies("3.11", served)).toContain(
      `in turn ${WHEEL}`,
    )
  })

  it("is tried on every Python of the project, and of the sdist on the one that builds", async () => {
    const { asked, result } = await installed()
    const images = asked.map((each) => shownCalls(each)[1])
    expect(images).toEqual([
      "from python:3.9-slim",
      "from python:3.10-slim",
      "from python:3.11-slim",
      "from python:3.12-slim",
      "from python:3.12-slim",
    ])
    expect(shownCalls(asked[4] ?? [])).toContain(`in turn ${SDIST}`)
    expect(result.summary).toBe(
      "wheel on Python 3.9, wheel on Python 3.10, wheel on Python 3.11, wheel on Python 3.12, sdist on Python 3.12: installed and imported",
    )
  })

  it("without a module is not said to be imported", async () => {
    const { result } = await installed({ ...needy(), imports: [] })
    expect(result.summary).toMatch(/: installed, with no module to import$/)
  })

  it("is asked for its version and runs the smoke commands, each once", async () => {
    const smoke = [
      ["quayside", "--version"],
      ["quayside", "--help"],
    ]
    const plain = needy()
    const gates = { ...plain.gates, versionCommands: smoke.slice(0, 1) }
    const { calls } = await installed({ ...plain, smoke, gates })
    for (const each of calls.allOf("quayside --help"))
      expect(shownCalls(each).slice(-4)).toEqual([
        "in turn timeout -k 10 600 python /installed.py --whole quayside 1.2.0 quayside",
        "in turn timeout -k 10 600 python /prints.py 1.2.0 quayside,quayside quayside --version",
        "in turn timeout -k 10 600 python -IS /bounded.py quayside --help",
        "stdout",
      ])
    expect(calls.allOf("quayside --help")).toHaveLength(5)
  })
})

describe("an installed server", () => {
  it("is started from the wheel and asked for its page", async () => {
    const server = { command: ["quayside", "serve"], port: 8000, path: "/" }
    const { calls, result } = await recordCalls(
      () => serve(folder("dist"), needy(), version("v1.2.0"), server),
      { "python /serve.py": "/ and the 3 assets it names answered 200\n" },
    )
    expect(shownCalls(calls.of("python /serve.py")).slice(-6)).toEqual([
      `withExec ${WHEEL}`,
      "withMountedFile /serve.py <file src/install/serve.py>",
      "withMountedFile /serve_page.py <file src/install/serve_page.py>",
      "withMountedFile /serve_styles.py <file src/install/serve_styles.py>",
      "withExec timeout -k 10 660 python /serve.py 60 8000 / quayside serve",
      "stdout",
    ])
    expect(result.summary).toBe(
      "`quayside serve`: / and the 3 assets it names answered 200",
    )
  })
})
