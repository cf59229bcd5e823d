import { ExecError } from "@dagger.io/dagger"
import { describe, expect, it } from "vitest"

import {
  attachedFiles,
  chosenFiles,
  isPrerelease,
  olderTags,
  olderVersions,
  trialOf,
  whyUnread,
} from "../../src/compare/predecessor.js"
import { version } from "../helpers/builders.js"
import { listed } from "../helpers/listings.js"

describe("what a release follows on", () => {
  const known = ["1.10.0", "1.9.0", "2.0.0", "2.0.0rc1", "1.11.0b2", "what"]

  it("is the newest older final, by PEP 440 and not by the alphabet", () => {
    expect(olderVersions("1.10.1", known)).toEqual([["1.10.0", "1.9.0"]])
    expect(olderVersions("2.1.0", known)).toEqual([
      ["2.0.0", "1.10.0", "1.9.0"],
    ])
  })

  it("is for a prerelease also the last prerelease since then", () => {
    expect(olderVersions("2.0.0rc2", known)).toEqual([
      ["1.10.0", "1.9.0"],
      ["2.0.0rc1", "1.11.0b2"],
    ])
    expect(olderVersions("2.0.1.dev1", known)).toEqual([
      ["2.0.0", "1.10.0", "1.9.0"],
    ])
  })

  it("is any release where the files have no version of a tag", () => {
    expect(olderVersions(undefined, known)[0]?.[0]).toBe("2.0.0")
  })

  it("is nothing where there is nothing older", () => {
    expect(olderVersions("1.0.0", known)).toEqual([])
  })

  it("counts development builds among the prereleases", () => {
    expect(["1.0.dev1", "1.0a1", "1.0", "1.0.post1"].map(isPrerelease)).toEqual(
      [true, true, false, false],
    )
  })
})

it("the trial of a final version is its newest prerelease", () => {
  const tags = ["v2.0.0-rc.1", "v2.0.0-rc.2", "v2.1.0-rc.1", "v2.0.0", "other"]
  expect(trialOf(version("v2.0.0"), tags)).toBe("v2.0.0-rc.2")
  expect(trialOf(version("v1.0.0"), tags)).toBeUndefined()
  expect(trialOf(version("v2.0.0-rc.2"), tags)).toBeUndefined()
})

describe("the files that are compared", () => {
  const OURS = ["quayside-1.2.0-py3-none-any.whl", "quayside-1.2.0.tar.gz"]
  const names = (...files: ReturnType<typeof listed>[]) =>
    chosenFiles(files, OURS).map(({ name }) => name)

  it("are one wheel and one sdist, the wheel with the tags of ours", () => {
    expect(
      names(
        listed("q-1.1-cp312-cp312-manylinux_2_17_x86_64.whl", "a"),
        listed("q-1.1-py3-none-any.whl", "b"),
        listed("q-1.1.tar.gz", "c"),
        listed("q-1.1.win32.exe", "d"),
      ),
    ).toEqual(["q-1.1-py3-none-any.whl", "q-1.1.tar.gz"])
  })

  it("are a wheel for Linux where none has our tags, else any", () => {
    const [mac, linux] = ["macosx_11_0_arm64", "manylinux_2_17_x86_64"].map(
      (tag) => listed(`q-1.1-cp312-cp312-${tag}.whl`, "a"),
    )
    if (!mac || !linux) throw new Error("two were made")
    expect(names(mac, linux)).toEqual([linux.name])
    expect(names(mac)).toEqual([mac.name])
  })

  it("are none that was yanked, and none without a hash", () => {
    expect(
      names(listed("q-1.1-py3-none-any.whl", "a", "broken"), {
        ...listed("q-1.1.tar.gz", "b"),
        sha256: null,
      }),
    ).toEqual([])
  })
})

describe("the files of a release on GitHub that are compared", () => {
  const OWN = ["quayside-1.1-py3-none-any.whl", "quayside-1.1.tar.gz"]
  const of = (...names: string[]) => attachedFiles(names, "quayside")

  it("are those with the project's name, whatever else is attached", () => {
    expect(of("site.tar.gz", ...OWN, "quayside-docs.tar.gz", "a.pdf")).toEqual(
      OWN,
    )
  })

  it("are all archives where the project had another name then", () => {
    expect(of("berth-1.0.tar.gz", "install.sh")).toEqual(["berth-1.0.tar.gz"])
  })
})

describe("the tags that a member of a repository follows on", () => {
  const tags = ["wren-v1.0.0", "wren-v1.1.0", "heron-v1.1.5", "v1.1.8"]
  const older = (tag: string, all = tags) =>
    olderTags(version(tag).prefix, version(tag), all).map((each) => each.tag)

  it("are its own, whatever its neighbours and the repository have", () => {
    expect(older("wren-v1.2.0")).toEqual(["wren-v1.1.0"])
    expect(older("v1.2.0")).toEqual(["v1.1.8"])
  })

  it("are those without a prefix where none of its own is older", () => {
    expect(older("gull-v1.2.0")).toEqual(["v1.1.8"])
    expect(older("gull-v1.2.0", ["heron-v1.0.0"])).toEqual([])
  })

  it("are no prereleases of a neighbour", () => {
    const trials = ["wren-v1.2.0-rc.1", "heron-v1.2.0-rc.2", "v1.2.0-rc.3"]
    expect(trialOf(version("wren-v1.2.0"), trials)).toBe("wren-v1.2.0-rc.1")
  })
})

describe("why a release that is out can't be looked at", () => {
  it("is what the program said last, and not how it was called", () => {
    const said = "asked twice\nboat.whl unpacks to more than 64 MiB\n"
    const cmd = ["python", "/facts.py"]
    const error = new ExecError("exit code: 1", {
      ...{ cmd, exitCode: 1, extensions: {}, stderr: said, stdout: "" },
    })
    expect(whyUnread(error)).toContain("boat.whl unpacks to more than 64 MiB")
    expect(whyUnread(error)).not.toContain("asked twice")
  })

  it("is the failure itself where nothing was said", () => {
    expect(whyUnread(new Error("no route"))).toBe("no route")
  })
})
