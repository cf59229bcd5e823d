import { toolsContainer } from "../containers/images.js"
import { program } from "../containers/programs.js"
import { problem } from "../errors.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"
import { isPublic } from "./indexes.js"
import { facing, type PackageIndex, withAsking } from "./stage.js"

/** Refuses a new project by whose name a public index would take it for another one; whose a project is that is there, only an upload tells. */
export async function refuseSimilar(
  index: PackageIndex,
  project: string,
): Promise<void> {
  if (!isPublic(index.option)) return
  const found = await facing(toolsContainer(index.mirrors), index)
    .with(withAsking)
    .withMountedFile(
      "/similar_names.py",
      program("package-index/similar_names.py"),
    )
    .withExec(["python", "/similar_names.py", index.simpleUrl, project])
    .stdout()
  const similar = found.split("\n").filter((each) => each !== "")
  if (similar.length === 0) return
  throw problem(
    "project",
    `${index.name} has no project \`${project}\` and takes none of that name, which is too similar to ${few(similar.map(code))}`,
    "Choose another name for `[project]`.",
  )
}
