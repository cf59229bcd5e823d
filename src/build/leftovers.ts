/** Left behind by earlier builds; setuptools would put what they hold into the wheel. */
const LEFTOVERS = ["build", "dist", "**/*.egg-info", "PKG-INFO"]

/** What earlier builds left beside the package; one that is named `build` is none. */
export function leftovers(packageDir = ""): string[] {
  const [top] = packageDir.split("/")
  return LEFTOVERS.filter((each) => each !== top)
}
