import type { Frontend } from "../../src/frontend/frontend.js"

/** A frontend with everything usual. */
export function usualFrontend(changes: Partial<Frontend> = {}): Frontend {
  return {
    path: "frontend",
    output: "out",
    destination: "src/quayside/frontend",
    script: "build",
    scripts: ["build"],
    variables: {},
    checks: [],
    manager: { tool: "npm", version: undefined },
    node: undefined,
    root: "frontend",
    members: [],
    ...changes,
  }
}
