import { expect, it } from "vitest"

import { locate } from "../../src/git/locate-stage.js"
import { shownCalls } from "../helpers/call-chain.js"
import { folder, recordCalls } from "../helpers/recorded-engine.js"

type Asked = Parameters<typeof shownCalls>[0]

const OWN = ["pyproject.toml", "tests/test_a.py"]
const BESIDE = [...OWN, "more.py"]
const ALL = [
  ...BESIDE.map((each) => `packages/robin/${each}`),
  ...OWN.map((each) => `packages/wren/${each}`),
]

/** A repository with two packages, one of which has all names of the other, and what the engine says of their contents. */
function located(
  source: string,
  digests: Readonly<Record<string, string>>,
  ignored?: string,
) {
  const of = (chain: Asked) => shownCalls(chain).join(" ")
  return recordCalls(
    () => locate({ source: folder(source), folder: folder("whole") }),
    {
      "glob **/*": (chain: Asked) => (of(chain).includes(source) ? OWN : ALL),
      digest: (chain: Asked) =>
        Object.entries(digests).find(([path]) => of(chain).includes(path))?.[1],
      "exists .git": false,
      "exists packages/robin/pyproject.toml": "packages/robin" !== ignored,
      "exists packages/wren/pyproject.toml": "packages/wren" !== ignored,
      "exists .env": false,
      "exists pyproject.toml": false,
      "python /around.py": '{"links":[],"files":[],"folders":[]}',
    },
  )
}

const DIGESTS = { robin: "sha256:aa", "packages/wren": "sha256:bb" }

it("a project is where its files are with what is in them, whatever else is called like them", async () => {
  const { result } = await located("mine", { ...DIGESTS, mine: "sha256:bb" })
  expect(result.path).toBe("packages/wren/")
})

it("a project of which nobody can tell where it is is refused, with the folders that it may be", async () => {
  const found = located("mine", { ...DIGESTS, mine: "sha256:cc" })
  await expect(found).rejects.toThrow(
    /`packages\/robin\/`, `packages\/wren\/` of `--repository` have files of the same names[^]*--source packages\/wren --repository \./,
  )
})

const TWINS = { robin: "sha256:bb", "packages/wren": "sha256:bb" }

it("a project of which there is a copy is refused, with both, as a stranger may have brought it", async () => {
  const found = located("mine", { ...TWINS, mine: "sha256:bb" })
  await expect(found).rejects.toThrow(
    /`packages\/robin\/`, `packages\/wren\/` of `--repository` have the same files[^]*Take the copy away, or change a file in it/,
  )
})

it.each(["robin", "wren"])(
  "a project of which there is a copy that git ignores is the other one: packages/%s",
  async (copy) => {
    const digests = { ...TWINS, mine: "sha256:bb" }
    const { result } = await located("mine", digests, `packages/${copy}`)
    const own = copy === "wren" ? "packages/robin/" : "packages/wren/"
    expect(result.path).toBe(own)
  },
)
