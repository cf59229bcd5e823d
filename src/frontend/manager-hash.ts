/** The hash that corepack writes behind the version in `packageManager`, as in `pnpm@9.15.0+sha512.76e2…`. */
export interface ManagerHash {
  readonly algorithm: keyof typeof DIGITS
  readonly digits: string
}

/** How many hexadecimal digits each has. */
const DIGITS = {
  sha1: 40,
  sha224: 56,
  sha256: 64,
  sha384: 96,
  sha512: 128,
} as const

/** Reads `sha512.76e2…`; undefined where that is no hash. */
export function managerHash(written: string): ManagerHash | undefined {
  const [, name, digits = ""] = /^(\w+)\.([0-9a-f]+)$/.exec(written) ?? []
  const algorithm = ALGORITHMS.find((each) => each === name)
  return algorithm && digits.length === DIGITS[algorithm]
    ? { algorithm, digits }
    : undefined
}

const ALGORITHMS = Object.keys(DIGITS) as (keyof typeof DIGITS)[]

/** What compares a file with its hash, and the line that it reads. */
export function comparing(
  { algorithm, digits }: ManagerHash,
  file: string,
  listed: string,
): { readonly command: string[]; readonly line: string } {
  return {
    command: [`${algorithm}sum`, "--check", "--strict", listed],
    line: `${digits}  ${file}\n`,
  }
}
