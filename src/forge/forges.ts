/** A place where people host repositories, by the name of its host. */
interface ForgeRow {
  readonly name: string
  readonly host: RegExp
  /** Why no release is made there; absent where one is. */
  readonly lacks?: string
}

/** Every forge that a project may name. What implements `Forge` has nothing to lack: a release is a draft until its files are compared. */
export const FORGES: readonly ForgeRow[] = [
  { name: "GitHub", host: /github/ },
  {
    name: "GitLab",
    host: /gitlab/,
    lacks:
      "a release there is seen by everybody before its files are there, and they are links to a package registry",
  },
  {
    name: "Gitea",
    host: /gitea|codeberg|forgejo/,
    lacks: "nobody has written its calls yet",
  },
  {
    name: "Bitbucket",
    host: /bitbucket/,
    lacks: "it has downloads, and no releases",
  },
]

/** The forge of an address, such as `https://gitlab.com/owner/name`. */
export function forgeAt(address: string): ForgeRow | undefined {
  const host = /^(?:https?:\/\/|git@)?([^/:]+\.[^/:]+)[/:]/.exec(address)?.[1]
  return host === undefined
    ? undefined
    : FORGES.find((each) => each.host.test(host.toLowerCase()))
}
