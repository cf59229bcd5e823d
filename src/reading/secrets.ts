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
      /^(\.pypirc|[._]netrc|\.git-credentials|\.htpasswd|id_(rsa|dsa|ecdsa|ed25519))$/i.test(
        base(path),
      ) || /(^|\/)\.aws\/credentials$/i.test(path),
  },
  {
    what: STORE,
    matches: (path) => /\.(p12|pfx|jks|ppk|kdbx)$/i.test(base(path)),
  },
  {
    what: "the state of Terraform, which has passwords in it",
    matches: (path) => /\.tfstate(\.backup)?$/i.test(base(path)),
  },
]

export function isSecret(path: string): boolean {
  return SECRETS.some(({ matches }) => matches(path))
}

/** What is usual in names of secrets, and says nothing yet of a file that git tracks. */
const OFTEN = [
  /(^|\/)\.(aws|azure|gnupg|kube|ssh)\//,
  /(^|\/)\.docker\/config\.json$/,
  /(^|\/)\.config\/(gcloud|gh)\//,
  /(^|\/)\.?secrets?\//,
  /(^|\/)id_(rsa|dsa|ecdsa|ed25519)[^/]*(?<!\.pub)$/,
  /\.(pem|key|p8|keystore|keytab|tfvars|tfvars\.json)$/,
  /(^|\/)\.(npmrc|pgpass|my\.cnf|boto|s3cfg|terraformrc|databrickscfg|dockercfg)$/,
  /(^|\/)(auth\.json|pip\.conf)$/,
  /(^|[/._-])(secrets?|credentials?|creds|passwords?|passwd|kubeconfig|service[_-]?account)([._-][^/]*)?$/,
  /(^|[/._-])token(\.(json|txt))?$/,
]

/** Programs are called after what they work on, and so are their tests; environments have certificates of everybody's. */
const NEVER =
  /\.(py[a-z]*|c(c|pp|xx)?|h|so|dll|rs|go|[cm]?[jt]sx?|css|html?|md|rst|pot?|mo|svg|png)$|(^|\/)(site-packages|node_modules)\/|example|sample|template/

/** Whether a file may open something where no commit has it: then nobody but its owner misses it. */
export function isOftenSecret(path: string): boolean {
  const name = path.toLowerCase()
  return (
    isSecret(path) ||
    (!NEVER.test(name) && OFTEN.some((each) => each.test(name)))
  )
}

/** `.env`, `.envrc` and `prod.env`, and not the example that is meant to be copied. */
export function isSettings(path: string): boolean {
  const name = base(path).toLowerCase()
  return /^\.env(rc|[.~_-].*)?$/.test(name)
    ? !/[._-](example|sample|template|dist)$/.test(name)
    : /^[^.].*\.env$/.test(name) &&
        !/example|sample|template|dist|default|test/.test(name)
}

function base(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1)
}
