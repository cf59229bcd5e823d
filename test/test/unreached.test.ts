import { describe, expect, it } from "vitest"

import { withUnreached } from "../../src/test/unreached.js"

const said = (details: string) =>
  withUnreached({ summary: "pytest exited with 1", details })

describe("tests that reach for what is not there", () => {
  it.each([
    "socket.gaierror: [Errno -3] Temporary failure in name resolution",
    "ConnectionRefusedError: [Errno 111] Connection refused",
    "requests.exceptions.ConnectionError: HTTPConnectionPool(host='x', port=1): Max retries exceeded",
    "httpx.ConnectError: All connection attempts failed",
  ])("are told how they are left out: %s", (details) => {
    const told = said(details)
    expect(told.summary).toBe("pytest exited with 1")
    expect(told.details).toContain("`integration = []`")
    expect(told.details).toContain('"--deselect"')
    expect(told.details.endsWith(`\n\n${details}`)).toBe(true)
  })

  it("are none of those that fail for another reason", () => {
    expect(said("AssertionError: 1 == 2").details).toBe(
      "AssertionError: 1 == 2",
    )
  })
})
