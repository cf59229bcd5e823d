import { UNREACHED } from "../pipeline/build-causes.js"
import type { Reason } from "../pipeline/failure.js"

/** In the words of httpx, aiohttp and of systems that only tests speak of. */
const MORE =
  /nodename nor servname|Cannot connect to host|All connection attempts failed/

/** Says how tests are left out that need what is not where they run. */
export function withUnreached({ details, summary }: Reason): Reason {
  return UNREACHED.test(details) || MORE.test(details)
    ? {
        summary,
        details: `Something was not reached over a network. Tests that need what is not here (a server, a site) are left out in \`[tool.shipwheel.test]\`: by \`unit = ["python", "-m", "pytest", "--deselect", "tests/test_a.py::test_b"]\`, and those of \`tests/integration\` by \`integration = []\`.\n\n${details}`,
      }
    : { summary, details }
}
