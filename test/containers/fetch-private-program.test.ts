import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import type { ServerResponse } from "node:http"
import { join } from "node:path"

import { afterEach, beforeAll, describe, expect, it } from "vitest"

import { Answering } from "../helpers/answering.js"
import { newFolder, runBeside, wheelOf } from "../helpers/programs.js"
import { installLinters } from "../linters/install.mjs"

const [USER, PASSWORD] = ["harbour", "s3cret/@:%"]
const VARIABLE = "${UV_INDEX_PRIVATE_PASSWORD}"
const WHEEL = "quayside-1.2.0-py3-none-any.whl"
const INFO = "quayside-1.2.0.dist-info"
const SHOWN = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString("base64")}`

const servers: Answering[] = []

beforeAll(installLinters, 300_000)

afterEach(() => {
  for (const each of servers.splice(0)) each.stop()
})

async function serve(handler: (path: string, to: ServerResponse) => void) {
  const server = await Answering.start(({ url = "" }, response) => {
    handler(url, response)
  })
  servers.push(server)
  return server
}

/** Fetches from an index that wants the password and has one wheel; whatever a stranger is asked is remembered. */
async function fetched(
  question: (stranger: string) => {
    readonly requirements?: readonly string[]
    readonly constraints?: readonly string[]
    readonly named?: readonly string[]
    readonly requires?: string
  },
) {
  const stranger = await serve((_, to) => to.writeHead(404).end())
  const { requires, ...more } = question(stranger.url("/"))
  const metadata = [
    "Metadata-Version: 2.1\nName: quayside\nVersion: 1.2.0\n",
    ...(requires === undefined ? [] : [`Requires-Dist: ${requires}\n`]),
  ].join("")
  const { wheel } = wheelOf({
    "quayside.py": "",
    [`${INFO}/METADATA`]: metadata,
    [`${INFO}/WHEEL`]:
      "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    [`${INFO}/RECORD`]: "",
  })
  const index = await serve((path, to) => {
    if (path.endsWith(WHEEL)) to.end(readFileSync(wheel))
    else if (path.startsWith("/simple/quayside/"))
      to.setHeader("content-type", "text/html").end(
        `<a href="/files/${WHEEL}">${WHEEL}</a>`,
      )
    else to.writeHead(404).end()
  })
  const folder = newFolder()
  const place = join(folder, "question.json")
  writeFileSync(
    place,
    JSON.stringify({
      index: { url: index.url("/simple/"), explicit: true, default: false },
      ...{ user: USER, named: ["quayside"], python: "3.12" },
      ...{ requirements: ["quayside"], constraints: [], ...more },
    }),
  )
  const out = join(folder, "wheels")
  const told = await runBeside("containers/fetch_private.py", [place, out], {
    SHIPWHEEL_PYTHON_TOKEN: PASSWORD,
    UV_NO_CACHE: "1",
    UV_DEFAULT_INDEX: stranger.url("/simple/"),
    PIP_INDEX_URL: stranger.url("/simple/"),
  }).then(
    () => "",
    (error: unknown) => (error as { readonly stderr: string }).stderr,
  )
  return { index, out, stranger, told }
}

describe("the wheels of a private index", () => {
  it("are fetched with the password, which is shown to nobody else", async () => {
    const { index, out, stranger, told } = await fetched(() => ({
      requirements: ["Quayside [x,y] (>=1.0, !=1.1.*) ; python_version >= '3'"],
      constraints: ["quayside==1.2.0"],
    }))
    expect(told).toBe("")
    expect(readdirSync(out)).toStrictEqual([WHEEL])
    expect(new Set(index.shown)).toStrictEqual(new Set([SHOWN]))
    expect(stranger.asked).toStrictEqual([])
  })

  it.each([
    (to: string) => `xx @ ${to}${VARIABLE}/xx-1.0-py3-none-any.whl`,
    (to: string) => `xx@${to}xx-1.0-py3-none-any.whl`,
    () => "xx @ file:///proc/self/environ",
    (to: string) => `--extra-index-url=${to}`,
    () => "-r /proc/self/environ",
    (to: string) => `six\n--index-url ${to}`,
    () => `six==${VARIABLE}`,
    () => "./quayside",
    () => "six; python_version > '3' and '${HOME}' != ''",
  ])("are not fetched beside what is no plain requirement: %s", async (of) => {
    const { index, stranger, told } = await fetched((to) => ({
      requirements: ["quayside", of(to)],
    }))
    expect(told).toContain("names with versions alone")
    expect([...index.asked, ...stranger.asked]).toStrictEqual([])
  })

  it.each(["constraints", "named"])(
    "are not fetched where there is something else among the %s",
    async (key) => {
      const { index, told } = await fetched(() => ({
        [key]: ['quayside = {}\n[[tool.uv.index]]\nname = "private"'],
      }))
      expect(told).toContain("names with versions alone")
      expect(index.asked).toStrictEqual([])
    },
  )

  it("lead nowhere with the password, whatever their own metadata names", async () => {
    const { stranger, told } = await fetched((to) => ({
      requires: `xx @ ${to}${VARIABLE}/xx-1.0-py3-none-any.whl`,
    }))
    expect(told).not.toBe("")
    expect(told).not.toContain(PASSWORD)
    expect(stranger.asked.join(" ")).not.toContain(encodeURIComponent(PASSWORD))
    expect(stranger.shown.filter((each) => each !== "")).toStrictEqual([])
  })
})
