import type { Directory } from "@dagger.io/dagger"

import { type Checkout, tagsOf } from "./stage.js"
import { findWhereabouts, NOWHERE, type Whereabouts } from "./whereabouts.js"

/** A project's folder, and where in its repository that is. */
export interface Located extends Checkout, Whereabouts {}

/** Looks where in its repository a project is. */
export async function locate(
  { folder, source }: Checkout,
  tag?: string,
): Promise<Located> {
  const [repository, own, tags] = await Promise.all([
    folder.glob("**/*"),
    source.glob("**/*"),
    tagsOf({ folder, source }),
  ])
  const all = tag === undefined ? tags : [...tags, tag]
  const found = findWhereabouts(
    repository.filter((each) => !each.startsWith(".git/")),
    new Set(own),
    all,
  )
  return { folder, source, ...found }
}

/** A folder that is looked at for itself. */
export function alone(source: Directory): Located {
  return { ...NOWHERE, folder: source, source }
}
