/** Where a frontend goes, and what builds the files that it has to be in. */
export interface Inclusion {
  /** The build backend, as `pyproject.toml` names it. */
  readonly backend: string
  /** The import package, such as `quayside`, and its folder. */
  readonly module: string
  readonly packageDir: string
}

interface InclusionPlace extends Inclusion {
  readonly destination: string
  /** Relative to the package's folder. */
  readonly inner: string
}

/** Lines for a file of the project. */
interface Lines {
  readonly file: string
  readonly lines: readonly string[]
}

interface Advice {
  readonly backend: string
  readonly why: string
  readonly lines: (places: readonly InclusionPlace[]) => readonly Lines[]
}

const list = (items: readonly string[]) =>
  `[${items.map((each) => `"${each}"`).join(", ")}]`

const pyproject = (...lines: string[]): Lines => ({
  file: "pyproject.toml",
  lines,
})

const ADVICE: readonly Advice[] = [
  {
    backend: "setuptools",
    why: "setuptools puts only Python files into a wheel unless it is told more, and reads for the sdist what `MANIFEST.in` names",
    lines: (places) => [
      pyproject(
        "[tool.setuptools.package-data]",
        `"${places[0]?.module ?? ""}" = ${list(places.map(({ inner }) => `${inner}/**/*`))}`,
      ),
      {
        file: "MANIFEST.in",
        lines: places.map(({ destination }) => `graft ${destination}`),
      },
    ],
  },
  {
    backend: "hatchling",
    why: "hatchling leaves out what `.gitignore` names, as it does with the output of most frontends, unless it is an artifact",
    lines: (places) => [
      pyproject(
        "[tool.hatch.build]",
        `artifacts = ${list(places.map(({ destination }) => `/${destination}/**`))}`,
      ),
    ],
  },
  {
    backend: "flit",
    why: "flit takes every file of the package's folder, unless `exclude` names it",
    lines: (places) => [
      pyproject(
        "[tool.flit.sdist]",
        `include = ${list(places.map(({ destination }) => `${destination}/**`))}`,
      ),
    ],
  },
  {
    backend: "poetry",
    why: "poetry-core leaves out what `.gitignore` or `exclude` names, unless it is included for both formats",
    lines: (places) => [
      pyproject(
        "[tool.poetry]",
        `include = [${places.map(({ destination }) => `{ path = "${destination}/**/*", format = ["sdist", "wheel"] }`).join(", ")}]`,
      ),
    ],
  },
  {
    backend: "pdm",
    why: "pdm-backend takes the package's folder, unless `includes` names only some of it or `excludes` some more",
    lines: ([place]) => [
      pyproject(
        "[tool.pdm.build]",
        `includes = ${list([place?.packageDir ?? ""])}`,
      ),
    ],
  },
]

/** Tells the lines that put a missing frontend into wheel and sdist, in the words of the project's own backend. */
export function howToInclude(
  inclusion: Inclusion,
  destinations: readonly string[],
): string {
  const { backend, packageDir } = inclusion
  const prefix = `${packageDir}/`
  const outside = destinations.filter((each) => !each.startsWith(prefix))
  if (outside.length > 0)
    return `A wheel holds the package: choose a \`destination\` in \`${packageDir}\` instead of ${outside.map((each) => `\`${each}\``).join(", ")}.`
  const advice = ADVICE.find((each) => backend.startsWith(each.backend))
  if (!advice)
    return `Tell \`${backend}\` to put ${destinations.map((each) => `\`${each}\``).join(", ")} into sdist and wheel.`
  const places = destinations.map((destination) => ({
    ...inclusion,
    destination,
    inner: destination.slice(prefix.length),
  }))
  return [
    `To include it: ${advice.why}.`,
    ...advice.lines(places).map(shown),
  ].join("\n\n")
}

function shown({ file, lines }: Lines): string {
  return [`In \`${file}\`:`, "", "```", ...lines, "```"].join("\n")
}
