import type { Frontend } from "../../src/frontend/frontend.js"
import type { BuiltFrontend } from "../../src/frontend/stage.js"
import { folder } from "./recorded-engine.js"

/** A frontend with everything usual. */
export function usualFrontend(changes: Partial<Frontend> = {}): Frontend {
  const { path = "frontend" } = changes
  const packageDir = "src/quayside"
  const usual = `${packageDir}/frontend`
  return {
    path,
    prefix: "",
    outputs: [{ from: `${path}/out`, destination: usual }],
    guessed: true,
    place: { path, packageDir, usual },
    withModules: false,
    script: "build",
    scripts: ["build"],
    variables: {},
    checks: [],
    manager: { tool: "npm", version: undefined },
    node: undefined,
    root: path,
    members: [],
    local: [],
    installsByScript: false,
    credentials: {
      ...{ variables: [], shown: [], addresses: [], stray: [], made: [] },
      ...{ lines: [], usual: false },
    },
    reads: [],
    ...changes,
  }
}

/** A frontend whose output is the folder of that name. */
export function builtFrontend(
  name: string,
  changes: Partial<Frontend> = {},
): BuiltFrontend {
  const frontend = usualFrontend(changes)
  const outputs = frontend.outputs.map(({ destination }) => ({
    destination,
    files: folder(name),
  }))
  return { frontend, outputs }
}
