import { code } from "../text/code.js"

/** What one place of the settings says: nothing of note, where all is left out. */
export interface SaidSetting {
  readonly place: string
  /** The variable that a registry is shown. */
  readonly variable?: string
  /** The address of a registry, or where a credential goes. */
  readonly address?: RegistryAddress
  /** The variable is shown to the registry that everything comes from by default, which a mirror takes the place of. */
  readonly usual?: boolean
  /** It may show the token to others. */
  readonly stray?: boolean
}

export interface RegistryAddress {
  readonly host: string
  /** The token goes there, by whatever the package manager thinks. */
  readonly shown: boolean
  /** Without TLS. */
  readonly plain: boolean
}

/** Written like this, every reader takes it for the same: no user, variable, escape or blank. */
const ADDRESS =
  /^(https?:)?\/\/([\w-]+(?:\.[\w-]+)*(?::\d+)?)(?:\/[\w.~%+@-]*)*$/

/** Another than a plain one is none. */
export function addressIn(
  text: string,
  shown: boolean,
): RegistryAddress | undefined {
  const [, scheme, host] = ADDRESS.exec(text) ?? []
  return host === undefined
    ? undefined
    : { host: host.toLowerCase(), shown, plain: scheme === "http:" }
}

/** The credential alone, with no more than nothing in place of what is not set. */
const CREDENTIAL = /^\$\{(\w+)(?:\?|:?-)?\}$/
/** Called after a credential. */
const NAME =
  /^(?=[A-Z])(?:[A-Z0-9_]*TOKEN|(?:[A-Z0-9_]*_)?(?:AUTH|CREDENTIALS?|KEY|PASS|PASSWD|PASSWORD|PAT|SECRET)(?=_|\d*$))[A-Z0-9_]*$/
/** Tools take these for settings, and may show them to whomever they ask. */
const SETTING = /^(?:P?NPM_CONFIG|YARN|COREPACK|NODE(?!_AUTH_TOKEN$))_/

/** What a value takes from a variable that is called after a credential, as no setting of a tool is. */
export function credentialIn(place: string, value: string): SaidSetting {
  const [, variable = ""] = CREDENTIAL.exec(value) ?? []
  if (variable === "") return { place, stray: true }
  return NAME.test(variable) && !SETTING.test(variable)
    ? { place, variable }
    : {
        place: `${place}, by the name of its variable ${code(variable)} instead of one such as \`NPM_TOKEN\`,`,
        stray: true,
      }
}

export function takesNoVariable(value: string): boolean {
  return !value.includes("${")
}
