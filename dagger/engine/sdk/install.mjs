// Installs a module's dependencies as the official runtime does: by the npm that `packageManager` names.
import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"

/** npm ends with "Exit handler never called" now and then when its cache is empty; then it works the next time. */
const TRIES = 3

const { packageManager = "npm" } = JSON.parse(
  readFileSync("package.json", "utf8"),
)
const [manager, version] = packageManager.split("@")
if (manager !== "npm")
  throw new Error(
    `packageManager is \`${packageManager}\`: this SDK knows npm alone`,
  )

const npm = (...args) => spawnSync("npm", args, { stdio: "inherit" }).status
const installed = spawnSync("npm", ["--version"], { encoding: "utf8" })
if (version && installed.stdout.trim() !== version)
  npm("install", "--global", `npm@${version}`)

let code
for (let i = 0; i < TRIES && code !== 0; i++)
  code = npm("install", "--omit=dev")
process.exit(code ?? 1)
