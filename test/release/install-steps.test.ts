import { describe, expect, it } from "vitest"

import { installSteps } from "../../src/release/install-steps.js"
import { sdist, version, wheel } from "../helpers/builders.js"

const TEST_INDEX = {
  name: "Test PyPI",
  option: "testpypi",
  simpleUrl: "https://test.example.org/simple/",
  rehearsal: false,
}
const REHEARSAL = {
  name: "the rehearsal index",
  option: "rehearsal",
  simpleUrl: "http://index:8080/simple/",
  rehearsal: true,
}
const RELEASED = {
  project: "quayside",
  version: version("v1.2.0"),
  files: [sdist(), wheel()],
  index: TEST_INDEX,
  assets: "",
  script: undefined,
}
const ASSETS = "https://forge.example.org/o/r/releases/download/v1.2.0/"

describe("what was released is installed", () => {
  it("from PyPI by its name", () => {
    const index = { ...TEST_INDEX, name: "PyPI", option: "pypi" }
    expect(installSteps({ ...RELEASED, index })).toStrictEqual([
      {
        what: "From PyPI:",
        commands: ["python -m pip install quayside==1.2.0"],
      },
    ])
  })

  it("from another index without what else that has, so that nobody else's package is taken from there", () => {
    expect(installSteps(RELEASED)).toStrictEqual([
      {
        what: "From Test PyPI, and what it requires from the usual index:",
        commands: [
          "python -m pip download --no-deps --only-binary :all: --index-url https://test.example.org/simple/ quayside==1.2.0",
          "python -m pip install ./quayside-1.2.0-py3-none-any.whl",
        ],
      },
    ])
  })

  it("from GitHub by its script, or without one by its wheel", () => {
    const assets = { ...RELEASED, index: REHEARSAL, assets: ASSETS }
    expect(installSteps({ ...assets, script: "install.sh" })).toStrictEqual([
      {
        what: "From the release on GitHub:",
        commands: [`curl -fsSLO ${ASSETS}install.sh`, "sh install.sh"],
      },
    ])
    expect(installSteps(assets)[0]?.commands).toStrictEqual([
      `python -m pip install ${ASSETS}quayside-1.2.0-py3-none-any.whl`,
    ])
  })

  it("after a rehearsal from the files, which are nowhere else", () => {
    const [step, ...more] = installSteps({ ...RELEASED, index: REHEARSAL })
    expect(more).toStrictEqual([])
    expect(step?.commands).toStrictEqual([
      "dagger call release-directory --tag v1.2.0 export --wipe --path release",
      "python -m pip install ./release/quayside-1.2.0-py3-none-any.whl",
    ])
  })

  it("from everywhere that has it", () => {
    const steps = installSteps({ ...RELEASED, assets: ASSETS })
    expect(steps.map(({ what }) => what)).toStrictEqual([
      "From Test PyPI, and what it requires from the usual index:",
      "From the release on GitHub:",
    ])
  })

  it("in no way where there is no wheel", () => {
    expect(installSteps({ ...RELEASED, files: [] })).toStrictEqual([])
  })
})
