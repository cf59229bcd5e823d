// Installs what the lockfile names, unless just that is installed already.
import { execFileSync } from "node:child_process"
import { copyFileSync, existsSync, readFileSync } from "node:fs"

const stamp = "node_modules/.installed.json"
const read = (path) => (existsSync(path) ? readFileSync(path, "utf8") : "")

if (read(stamp) !== read("package-lock.json")) {
  console.log("installing the development dependencies (about 20 s)")
  execFileSync("npm", ["ci", "--ignore-scripts"], { stdio: "inherit" })
  copyFileSync("package-lock.json", stamp)
}
