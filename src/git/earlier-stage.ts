import type { Located } from "./locate-stage.js"
import type { Checkout } from "./stage.js"

/** A project as a tag has it, in the folder of its repository that it is in now. */
export function checkoutAt(
  { folder, path }: Pick<Located, "folder" | "path">,
  tag: string,
): Checkout {
  const tree = folder.asGit().tag(tag).tree({ discardGitDir: true })
  return {
    folder: tree.withDirectory(".git", folder.directory(".git")),
    source: path === "" ? tree : tree.directory(path),
  }
}
