import { dag } from "@dagger.io/dagger"
import { describe, expect, it } from "vitest"

import { OPTIONAL_STAGES } from "../../src/config/environment-config.js"
import { decideTag } from "../../src/environments/decision.js"
import { alone } from "../../src/git/locate-stage.js"
import { rehearsalIndex } from "../../src/package-index/rehearsal-stage.js"
import { planOf } from "../../src/release/plan.js"
import {
  EFFECTS,
  GATES,
  gateStages,
  releaseStages,
} from "../../src/release/stages.js"
import { subjectOf, taggedSubject } from "../../src/release/subject-stage.js"
import { PACKAGE, project, type Source, version } from "../helpers/builders.js"

const PLACE = alone(dag.directory())

const FULL: Source = {
  paths: [PACKAGE],
  texts: {
    "frontend/package.json": JSON.stringify({
      scripts: { build: "next build" },
    }),
    "frontend/package-lock.json": "{}",
  },
  toml: [
    "[tool.shipwheel]",
    'test = { unit = ["pytest", "tests/unit"], integration = ["pytest", "tests/whole"] }',
    'smoke = [["quayside", "--version"]]',
    'serve = { command = ["quayside", "serve"], port = 8000 }',
  ],
}

/** What a release of this source would go through; nothing of it is asked of an engine. */
function planned(source: Source) {
  const own = project(source)
  const decision = decideTag(version("v1.2.0"), own)
  return releaseStages({
    ...taggedSubject(PLACE, own, decision),
    index: rehearsalIndex({}),
    announcement: { skip: "nobody asked for it" },
  }).map(planOf)
}

function skipped(source: Source) {
  return planned(source).flatMap(({ name, skip }) =>
    skip === undefined ? [] : [`${name}: ${skip}`],
  )
}

describe("the stages of a release", () => {
  it("are these, in this order, each after what it needs", () => {
    const rows = [...GATES, ...EFFECTS].map(
      ({ name, needs }) => `${name} < ${needs.join(" ")}`,
    )
    expect(rows).toEqual([
      "test < ",
      "lint < ",
      "frontend < ",
      "integration < frontend",
      "audit < ",
      "build < frontend",
      "check < build",
      "reproduce < build",
      "sbom < build",
      "install < build",
      "serve < build",
      "installers < build",
      "compare < build",
      "publish < test lint frontend integration audit build check reproduce sbom install serve installers compare",
      "verify < publish",
      "github < verify",
    ])
  })

  it("say what they would do, in words and in commands", () => {
    const words = planned(FULL).map(({ commands = [], does, name }) =>
      [name, does, ...commands.map((each) => each.join(" "))].join("\n  "),
    )
    expect(`${words.join("\n")}\n`).toMatchInlineSnapshot(`
      "test
        imports and unit tests on Python 3.9, 3.10, 3.11, 3.12
        pytest tests/unit
      lint
        lint, format and types: ruff (Shipwheel's own), by its defaults and reported only
        ruff check --no-cache --output-format=concise .
        ruff format --no-cache --check .
      frontend
        the production build of the frontend
        npm ci --no-audit --no-fund
        npm run build
      integration
        integration tests on Python 3.9, 3.10, 3.11, 3.12, with the frontend in the package
        pytest tests/whole
      audit
        known vulnerabilities of the requirements
        pip-audit
        npm audit --omit=dev --json
      build
        the sdist of 1.2.0, and the wheel from the sdist
        uv build --sdist
        uv build --wheel <sdist>
      check
        names, metadata, licence, contents and size of the files
        twine check --strict
        check-wheel-contents
      reproduce
        a second build elsewhere, compared bit by bit
      sbom
        an SBOM of what is shipped: the wheel's files, the packages of the frontend, the dependencies
        cyclonedx-py environment
        npm sbom --sbom-format=cyclonedx --package-lock-only
      install
        the wheel on Python 3.9, 3.10, 3.11, 3.12, and the sdist, in containers without the source
        quayside --version
      serve
        the installed package as a server: its page and each asset that it names
        quayside serve
      installers
        install.sh on debian, debian-uv, alpine, fedora, from an index with the files, where the wheel has a console script; a corrupted wheel refused; uninstalled
        sh install.sh --index <index>
      compare
        the files, the metadata, the Python API, the commands and their options, held against the last release
      publish
        upload to the rehearsal index
        twine upload
      verify
        install from the rehearsal index with the built hash on Python 3.9, 3.10, 3.11, 3.12
        quayside --version
        quayside serve
      github
        a draft release on GitHub, its files uploaded and compared by SHA-256, then published
      "
    `)
  })

  it("all have something to do where a project has all of it", () => {
    expect(skipped(FULL)).toEqual(["github: nobody asked for it"])
  })

  it("say that the build of the package makes its frontend, where that calls npm", () => {
    const toml = ["[tool.hatch.build.hooks.jupyter-builder]", 'path = "."']
    expect(skipped({ toml })).toContain(
      "frontend: the build of the package makes it by itself: the hook `jupyter-builder` of hatchling calls it",
    )
  })

  it("say why they have nothing to do", () => {
    const toml = [
      "[tool.shipwheel]",
      'skip = { reproduce = "it is signed", installers = "there are others" }',
      'audit = { python = "off" }',
    ]
    expect(skipped({ toml })).toEqual([
      "frontend: the package has no frontend",
      "integration: there are none",
      "audit: switched off in `tool.shipwheel.audit`",
      "reproduce: switched off: it is signed",
      "serve: no server is named in `tool.shipwheel.serve`",
      "installers: switched off: there are others",
      "github: nobody asked for it",
    ])
  })
})

describe("a gate", () => {
  it("is left out where the environment says so, with its reason", () => {
    const own = project({
      toml: [
        "[tool.shipwheel.environments.production]",
        'skip = { test = "it ran before" }',
      ],
    })
    const decision = decideTag(version("v1.2.0"), own)
    const [test, lint] = gateStages(subjectOf(PLACE, own, decision))
    expect(test?.skip).toBe("left out of Production: it ran before")
    expect(lint?.skip).toBeUndefined()
  })

  it("may be left out by the environment unless it makes the files or proves them", () => {
    const always = ["frontend", "build", "check", "sbom"]
    const others = GATES.map(({ name }) => name).filter(
      (name) => !always.includes(name),
    )
    expect(others).toEqual(OPTIONAL_STAGES)
  })
})
