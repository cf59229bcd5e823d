import type { Reason } from "../pipeline/failure.js"

/** In the words of the system, of urllib3, httpx and aiohttp. */
const UNREACHED =
  /Temporary failure in name resolution|Name or service not known|No address associated with hostname|nodename nor servname|Connection refused|Max retries exceeded|Cannot connect to host|All connection attempts failed|Network is unreachable/

/** Says how tests are left out that need what is not where they run. */
export function withUnreached({ details, summary }: Reason): Reason {
  return UNREACHED.test(details)
    ? {
        summary,
        details: `Something was not reached over a network. Tests that need what is not here (a server, a site) are left out in \`[tool.shipwheel.test]\`: by \`unit = ["python", "-m", "pytest", "--deselect", "tests/test_a.py::test_b"]\`, and those of \`tests/integration\` by \`integration = []\`.\n\n${details}`,
      }
    : { summary, details }
}
