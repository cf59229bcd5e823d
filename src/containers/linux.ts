/** A Linux distribution that the install scripts are tried in. */
export interface Linux {
  readonly name: string
  /** What it stands for: its shell, its tools, how it has Python. */
  readonly image: (python: string) => string
  /** What brings a Python, where the image has none. */
  readonly prepare: (python: string) => readonly (readonly string[])[]
  /** Whether uv is there. */
  readonly uv: boolean
  /** Where it keeps the authorities it trusts, if not where Debian does. */
  readonly authorities?: string
}

/** The shells are dash, busybox and bash; GNU's and busybox's tools. */
export const DISTRIBUTIONS: readonly Linux[] = [
  {
    name: "debian",
    image: (python) => `python:${python}-slim`,
    prepare: () => [],
    uv: false,
  },
  {
    name: "debian-uv",
    image: (python) => `python:${python}-slim`,
    prepare: () => [],
    uv: true,
  },
  {
    name: "alpine",
    image: (python) => `python:${python}-alpine`,
    prepare: () => [],
    uv: false,
  },
  {
    name: "fedora",
    image: () => "fedora:latest",
    prepare: (python) => [
      ["dnf", "install", "--assumeyes", "--quiet", `python${python}`],
    ],
    uv: false,
    authorities: "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  },
]

export const DISTRIBUTION_NAMES = DISTRIBUTIONS.map(({ name }) => name)

/** Those that are asked for by name, else all of them. */
export function chooseDistributions(
  names: readonly string[] | undefined,
): readonly Linux[] {
  return DISTRIBUTIONS.filter(({ name }) => names?.includes(name) ?? true)
}
