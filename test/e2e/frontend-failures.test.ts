import { expect, test } from "vitest"

import { call, needed } from "./helpers/dagger.js"
import { edit, exampleProject } from "./helpers/project.js"
import { tinyProject } from "./helpers/tiny.js"
import { webFolder } from "./helpers/web.js"

/** Something new each run, because the engine remembers what failed before. */
const SALT = `// ${String(process.hrtime.bigint())}\n`

test("a lockfile that is out of step stops a frontend, with what to run", async () => {
  const dependencies = { "is-number": "7.0.0", "client-only": "0.0.1" }
  const files = webFolder({
    path: "web",
    title: "",
    tool: "pnpm",
    manifest: { dependencies },
  })
  const { code, log } = await call(tinyProject("", files), ["frontend"])
  expect(code).not.toBe(0)
  expect(log).toContain(
    "`web`: `pnpm install --frozen-lockfile` exited with 1: the lockfile is out of step with `package.json`",
  )
  expect(log).toContain("Run `pnpm install` in the frontend's folder")
  expect(log).toContain("1 dependencies were added: client-only@0.0.1")
})

test("a package manager that is not what its hash says is not installed", async () => {
  const packageManager = `yarn@1.22.22+sha1.${"0".repeat(40)}`
  const manifest = { packageManager }
  const files = webFolder({ path: "web", title: "", tool: "yarn", manifest })
  const result = await call(tinyProject("", files), ["frontend"])
  expect(result.code).not.toBe(0)
  expect(result.log).toContain(
    "exited with 1: `yarn@1.22.22` is not what the hash in `packageManager` of `package.json` says",
  )
  expect(result.log).toContain("`corepack use yarn@1.22.22`")
})

test("a font that Next.js would fetch while it builds stops a frontend, and is named", async () => {
  const project = exampleProject()
  edit(project, "frontend/app/layout.tsx", (text) =>
    [
      SALT,
      'import { Inter } from "next/font/google";\n',
      'const inter = Inter({ subsets: ["latin"] });\n',
      text.replace("<body>", "<body className={inter.className}>"),
    ].join(""),
  )
  const { code, log } = await call(project, ["frontend"])
  expect(code).not.toBe(0)
  expect(log).toContain(
    "`npm run build` exited with 1: the build needs the network: it fetches the font `Inter` from Google Fonts, which was not reached",
  )
  expect(log).toContain("`next/font/local`")
})

test("a frontend that needs the network while it builds stops a release, before anything is built from it", async () => {
  const files = webFolder({ path: "frontend", title: "" })
  const fetching = `${SALT}fetch("https://cms.invalid/posts").then(console.log)\n`
  const project = tinyProject("", { ...files, "frontend/build.cjs": fetching })
  const result = await call(project, ["release", "--tag", "v1.2.0"])
  expect(result.code).not.toBe(0)
  expect(result.log).toMatch(
    /\| frontend \| ✗ failed .*the build needs the network: `cms\.invalid` was not reached/,
  )
  expect(result.log).toMatch(/\| build \| – not run/)
  expect(needed(result, "/build.py")).toEqual([])
})
