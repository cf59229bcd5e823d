import { UNREACHED } from "../pipeline/build-causes.js"
import type { Reason } from "../pipeline/failure.js"
import { code } from "../text/code.js"

/** In the words of httpx, aiohttp and of systems that only tests speak of. */
const MORE =
  /nodename nor servname|Cannot connect to host|All connection attempts failed/

/** Says how tests are left out that need what is not where they run: something was not reached, or the CI starts it for them. */
export function withUnreached(
  { details, summary }: Reason,
  services: readonly string[] = [],
): Reason {
  const causes = [
    ...(UNREACHED.test(details) || MORE.test(details)
      ? ["Something was not reached over a network."]
      : []),
    ...(services.length > 0
      ? [
          `The CI starts ${services.map(code).join(", ")} beside its tests, and here is nothing of that.`,
        ]
      : []),
  ]
  return causes.length > 0
    ? {
        summary,
        details: `${causes.join(" ")} Tests that need what is not here (a server, a site) are left out in \`[tool.shipwheel.test]\`: by \`unit = ["python", "-m", "pytest", "--deselect", "tests/test_a.py::test_b"]\`, and those of \`tests/integration\` by \`integration = []\`.\n\n${details}`,
      }
    : { summary, details }
}
