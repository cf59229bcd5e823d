import { mainBranchOf } from "./main-branch.js"
import { type Checkout, hasRepository } from "./stage.js"

const REMOTE_HEADS = ".git/refs/remotes/*/HEAD"

/** The branch that everything is merged into, where the clone says so. */
export async function mainBranch({
  folder,
}: Pick<Checkout, "folder">): Promise<string | undefined> {
  if (!(await hasRepository(folder))) return undefined
  const paths = await folder.glob(REMOTE_HEADS)
  const heads = await Promise.all(
    paths.map((path) => folder.file(path).contents()),
  )
  // Why git can't answer is the preflight's to say.
  const branches = folder.asGit().branches()
  return mainBranchOf(heads, await branches.catch(() => []))
}
