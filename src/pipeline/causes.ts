import { code } from "../text/code.js"
/** What is known of a failure: what it is in plain words, and what to do. */
export interface Cause {
  readonly what: string
  readonly next: string
}

/** What a command of a package manager left behind. */
interface Failed {
  readonly cmd: readonly string[]
  readonly stdout: string
  readonly stderr: string
}

type CauseRule = (output: string, cmd: readonly string[]) => Cause | undefined

const MANAGERS = ["npm", "pnpm", "yarn"]

const outOfStep: CauseRule = (output, [command = ""]) => {
  const says =
    /code EUSAGE[^]*are in sync|ERR_PNPM_(?:OUTDATED_LOCKFILE|LOCKFILE_CONFIG_MISMATCH)|Your lockfile needs to be updated|lockfile would have been modified/
  if (!says.test(output)) return undefined
  return {
    what: "the lockfile is out of step with `package.json`",
    next: `Run \`${command} install\` in the frontend's folder and commit the lockfile along with \`package.json\`: a release installs what it names, and nothing else.`,
  }
}

const otherForm: CauseRule = (output, [command = ""]) =>
  /Ignoring not compatible lockfile/.test(output)
    ? {
        what: `the lockfile is of another version of ${command}`,
        next: `Write it anew with the version that \`packageManager\` names, or name the one that wrote it.`,
      }
    : undefined

const noLockfile: CauseRule = (output, [command = ""]) =>
  /can only install with an existing package-lock|ERR_PNPM_NO_LOCKFILE/.test(
    output,
  )
    ? {
        what: "there is no lockfile",
        next: `Run \`${command} install\` in the frontend's folder and commit the lockfile.`,
      }
    : undefined

const peerConflict: CauseRule = (output) => {
  if (!/code ERESOLVE/.test(output)) return undefined
  const said = output.replace(/^npm (?:error|ERR!) ?/gm, "")
  // What was found has peers of its own, which are at peace.
  const [, wants, by] =
    /^Could not resolve dependency:\s*?\n\s*(?:(?:peer|peerOptional|dev|optional) )?(\S+) from (.+)$/m.exec(
      said,
    ) ?? []
  const [, found] = /^Found: (.+)$/m.exec(said) ?? []
  return {
    what:
      wants === undefined || by === undefined || found === undefined
        ? "peer dependencies contradict each other"
        : `peer dependencies contradict each other: ${by === "the root project" ? by : code(by)} asks for ${code(wants)}, and ${code(found)} is there`,
    next: "Choose versions that go together and commit the new lockfile; where they do although their packages deny it, put `legacy-peer-deps=true` into the frontend's `.npmrc`.",
  }
}

const WHICH_NODE =
  "in `.nvmrc` or in `engines.node` of its `package.json`; a frontend that Shipwheel builds is given it by `node` in `[tool.shipwheel.frontend]`, too."

const wrongEngine: CauseRule = (output) => {
  const says =
    /code EBADENGINE[^]*Required: (.+)\n[^]*Actual: +(.+)|ERR_PNPM_UNSUPPORTED_ENGINE[^]*Expected version: (.+)\nGot: (.+)|The engine "node" is incompatible[^]*?Expected version "(.+?)"\. Got "(.+?)"/
  const found = says.exec(output)?.slice(1).filter(Boolean)
  if (!found) return undefined
  const [wanted = "", got = ""] = found
  return {
    what: `the frontend or a package of it is not for this Node: ${code(wanted)} is asked for, and ${code(got)} is there`,
    next: `Say which Node it is built with: ${WHICH_NODE}`,
  }
}

const oldHash: CauseRule = (output) =>
  /ERR_OSSL_EVP_UNSUPPORTED|digital envelope routines::?.*unsupported/.test(
    output,
  )
    ? {
        what: "this Node no longer has a hash that webpack before 5.61 takes (`ERR_OSSL_EVP_UNSUPPORTED`)",
        next: `Update webpack, or what brings it. Until then build with Node 16: ${WHICH_NODE}`,
      }
    : undefined

const noSuchVersion: CauseRule = (output) => {
  const [, wanted] =
    /notarget No matching version found for (.+)\.$/m.exec(output) ?? []
  if (wanted === undefined) return undefined
  const [, node] = /^node-linux-\w+@(.+)$/.exec(wanted) ?? []
  return node === undefined
    ? {
        what: `the registry has no ${code(wanted)}`,
        next: "Ask for a version that there is; if that one is, the registry lacks it: name another as `npm` in `[tool.shipwheel.mirrors]`.",
      }
    : {
        what: `there is no Node ${code(node)}`,
        next: "Ask for one that there is, in `.nvmrc`, in `engines.node` or in `tool.shipwheel.frontend.node`.",
      }
}

const SELF_CONTAINED =
  "A release has to build from what the commit and the lockfile name, so that it builds again."

const fonts: CauseRule = (output) => {
  const [, font] =
    /Failed to fetch `?(.+?)`? from Google Fonts/.exec(output) ?? []
  return font === undefined
    ? undefined
    : {
        what: `the build needs the network: it fetches the font ${code(font)} from Google Fonts, which was not reached`,
        next: `${SELF_CONTAINED} Commit the font and use it with \`next/font/local\`, or take it from a package such as \`@fontsource\`'s.`,
      }
}

const network: CauseRule = (output, cmd) => {
  const [, host] =
    /(?:getaddrinfo (?:ENOTFOUND|EAI_AGAIN)|connect (?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)) ([\w.:-]+)/.exec(
      output,
    ) ?? []
  if (host === undefined) return undefined
  return cmd.includes("run")
    ? {
        what: `the build needs the network: \`${host}\` was not reached`,
        next: `${SELF_CONTAINED} Commit what it fetches from there, or put it into a package that the lockfile names.`,
      }
    : {
        what: `\`${host}\` was not reached, which has the packages`,
        // A mirror is asked in place of the public registry alone, whose name the package managers know.
        next: "Run it again once it is. In place of the public registry a mirror is asked, `npm` in `[tool.shipwheel.mirrors]`; any other address is corrected where it stands: in the lockfile, in `.npmrc` or in `.yarnrc.yml`.",
      }
}

const withoutGit: CauseRule = (output) =>
  /not a git repository|\bgit: (?:command )?not found|"git": executable file not found|spawn git ENOENT/.test(
    output,
  )
    ? {
        what: "a script of the frontend asks git, and where it is built there is no repository",
        next: 'Let it pass without one, such as `"prepare": "lefthook install || true"`; husky does by itself.',
      }
    : undefined

/** As dash and bash tell it of a script's program, and as Yarn 4 does; those of Node's own are known by other words. */
const NOT_FOUND =
  /^(?:(?:\/bin\/)?(?:ba)?sh: (?:(?:line )?\d+: )?([\w.-]+): (?:command )?not found|command not found: ([\w.-]+))$/m
const OF_NODE = ["bun", "bunx", "node", "npm", "npx", "pnpm", "yarn"]

const withoutProgram: CauseRule = (output) => {
  const [program] = NOT_FOUND.exec(output)?.slice(1).filter(Boolean) ?? []
  return program === undefined || OF_NODE.includes(program)
    ? undefined
    : {
        what: `a script of the frontend calls ${code(program)}, which is not there`,
        next: "If a package of npm brings it, name that in `devDependencies` and commit the lockfile. If a package of Python does, as `jupyterlab` brings `jupyter`, name that in `build-system.requires` of `pyproject.toml`, and let the build backend run the script.",
      }
}

/** The first that fits counts: what is more particular stands before. */
const RULES: readonly CauseRule[] = [
  outOfStep,
  otherForm,
  noLockfile,
  peerConflict,
  wrongEngine,
  oldHash,
  noSuchVersion,
  withoutGit,
  withoutProgram,
  fonts,
  network,
]

/** A package manager is compared with its hash in a list that has its name. */
function otherBytes(
  [program = "", ...words]: readonly string[],
  said: string,
): Cause | undefined {
  const [, manager] =
    /\/((?:npm|pnpm|yarn)@[^/]+)$/.exec(words.at(-1) ?? "") ?? []
  if (!/^sha\d+sum$/.test(program) || !manager || !/: FAILED$/m.test(said))
    return undefined
  return {
    what: `\`${manager}\` is not what the hash in \`packageManager\` of \`package.json\` says`,
    next: `If the version was changed and the hash was not, write both with \`corepack use ${manager}\`. If not, the registry (or what \`npm\` in \`[tool.shipwheel.mirrors]\` names) has other bytes than were pinned: find out why before anything is built with them.`,
  }
}

/** Recognises why a package manager failed, by what it printed. */
export function frontendCause(failed: Failed): Cause | undefined {
  const { cmd, stderr, stdout } = failed
  const replaced = otherBytes(cmd, stdout)
  if (replaced) return replaced
  if (!MANAGERS.includes(cmd[0] ?? "")) return undefined
  const output = `${stdout}\n${stderr}`
  for (const rule of RULES) {
    const cause = rule(output, cmd)
    if (cause) return cause
  }
  return undefined
}
