import { execFileSync } from "node:child_process"

import { DAGGER } from "./dagger.js"

/** Brings the engine up once, with its progress on the screen. */
export default function setup(): void {
  execFileSync(DAGGER, ["version"], { stdio: "inherit" })
}
