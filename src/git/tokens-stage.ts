import { Problems } from "../errors.js"
import { mangled } from "../text/token.js"
import type { Checkout } from "./stage.js"

/** Looks at what private registries want to see before any of them sees it: clients and servers repeat in their errors what they can't read. */
export async function refuseMangledTokens({
  npmToken,
  pythonToken,
  pythonUser,
}: Pick<Checkout, "npmToken" | "pythonToken" | "pythonUser">): Promise<void> {
  const problems = new Problems()
  const given = [
    { option: "--npm-token", secret: npmToken, blanks: false },
    {
      option: "--python-token",
      secret: pythonToken,
      blanks: pythonUser !== undefined,
    },
  ]
  for (const { blanks, option, secret } of given) {
    const wrong = secret && mangled(await secret.plaintext(), blanks)
    if (wrong)
      problems.add(
        "credential",
        `the value of \`${option}\` ${wrong}`,
        "Check the name of the variable or file that it comes from, and that nothing but the token is in there.",
      )
  }
  problems.throwIfAny()
}
