/** Files that may open something, by their names. */
export interface SecretKind {
  readonly what: string
  readonly matches: (path: string) => boolean
}

export const STORE = "a store of keys or passwords"

export const SECRETS: readonly SecretKind[] = [
  { what: "settings that are often secret", matches: isSettings },
  {
    what: "credentials",
    matches: (path) =>
      /^(\.pypirc|[._]netrc|\.git-credentials|\.htpasswd|id_(rsa|dsa|ecdsa|ed25519))$/.test(
        base(path),
      ) || /(^|\/)\.aws\/credentials$/.test(path),
  },
  {
    what: STORE,
    matches: (path) => /\.(p12|pfx|jks|ppk|kdbx)$/i.test(base(path)),
  },
  {
    what: "the state of Terraform, which has passwords in it",
    matches: (path) => /\.tfstate(\.backup)?$/.test(base(path)),
  },
]

export function isSecret(path: string): boolean {
  return SECRETS.some(({ matches }) => matches(path))
}

/** `.env`, `.envrc` and `prod.env`, and not the example that is meant to be copied. */
function isSettings(path: string): boolean {
  const name = base(path)
  return (
    /^\.env(rc|\.(?!(example|sample|template|dist)$).*)?$/.test(name) ||
    (/^[^.].*\.env$/.test(name) &&
      !/example|sample|template|dist|default|test/i.test(name))
  )
}

function base(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1)
}
