import { toolTexts } from "../reading/pyproject.js"
import {
  allOf,
  type Described,
  type SdistLine,
  type SdistPart,
  tomlList,
} from "./build-backend.js"

export function uvLayout({ pyproject }: Described) {
  const table = ["uv", "build-backend"]
  const [root = "src"] = toolTexts(pyproject, ...table, "module-root")
  const names = toolTexts(pyproject, ...table, "module-name")
  return {
    paths: names.map((name) => ({ root, path: name.replaceAll(".", "/") })),
  }
}

/** What uv kept before there were dependency groups. */
export function uvGroups({ pyproject }: Described) {
  const dev = toolTexts(pyproject, "uv", "dev-dependencies")
  return dev.length > 0 ? { dev } : {}
}

export const uvSdist = (part: SdistPart): SdistLine => ({
  place: "[tool.uv.build-backend]",
  line: `source-include = ${tomlList([allOf(part)])}`,
})
