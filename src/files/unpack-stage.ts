import type { Directory } from "@dagger.io/dagger"

import { type Mirrors, toolsContainer } from "../containers/images.js"
import { isWheel } from "./distribution.js"

/** What is inside the wheel and the sdist, each in a folder of its own. */
export async function unpack(
  dist: Directory,
  mirrors: Mirrors,
): Promise<Directory> {
  const names = await dist.entries()
  const files = toolsContainer(mirrors).withMountedDirectory("/dist", dist)
  return names
    .map((name) =>
      isWheel(name)
        ? ["zipfile", "--extract", `/dist/${name}`, "/unpacked/wheel"]
        : [
            ...["tarfile", "--filter", "data"],
            ...["--extract", `/dist/${name}`, "/unpacked/sdist"],
          ],
    )
    .reduce((each, args) => each.withExec(["python", "-m", ...args]), files)
    .directory("/unpacked")
}
