import { chmodSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** What a run of the tests leaves in the folder of temporary files lies in one folder, which goes with the run. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "shipwheel-tests-"))
  // As the one that it stands for: some tests become another user, who writes there as well.
  chmodSync(folder, 0o1777)
  process.env["TMPDIR"] = folder
  return () => {
    rmSync(folder, { recursive: true, force: true })
  }
}
