import { posix } from "node:path"

import type { Frontend } from "./frontend.js"

/** A path of the project as its repository has it; what leads out of that starts with two dots. */
export function pathFromTop(prefix: string, path: string): string {
  const inside = posix.join(prefix, path)
  return inside === "." ? "" : inside
}

/** A path of the repository as the project has it. */
export function pathFromProject(prefix: string, path: string): string {
  return prefix === "" ? path : posix.relative(prefix, path)
}

/** The frontend with its paths from the top of the repository, as its container has them. */
export function fromTop(frontend: Frontend): Frontend {
  return moved(frontend, (path) => pathFromTop(frontend.prefix, path))
}

/** The frontend with its paths from the project, as everybody else has them. */
export function fromProject(frontend: Frontend): Frontend {
  return moved(frontend, (path) => pathFromProject(frontend.prefix, path))
}

function moved(frontend: Frontend, move: (path: string) => string): Frontend {
  const { local, outputs, path, place, prefix, reads, root } = frontend
  if (prefix === "") return frontend
  return {
    ...frontend,
    path: move(path),
    root: move(root),
    local: local.map(move),
    reads: reads.map(move),
    outputs: outputs.map(({ destination, from }) => ({
      destination: move(destination),
      from: move(from),
    })),
    place: {
      path: move(place.path),
      packageDir: move(place.packageDir),
      usual: move(place.usual),
    },
  }
}
