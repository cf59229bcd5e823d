import { dag } from "@dagger.io/dagger"
import { describe, expect, it } from "vitest"

import { certifiesInTheOpen } from "../../src/package-index/own-sigstore.js"
import type { PackageIndex } from "../../src/package-index/stage.js"

const INDEX: PackageIndex = {
  name: "company",
  option: "company",
  warehouse: false,
  uploadUrl: "http://company.example/upload/",
  simpleUrl: "http://company.example/simple/",
  takes: [],
  credential: undefined,
  reader: undefined,
  service: undefined,
  rehearsal: false,
  mirrors: {},
}
const OPEN = ["http://company.example/ca"]

/** What is complained of where certificates are made at these addresses. */
function complaint(urls: readonly string[], changes: Partial<PackageIndex>) {
  const caUrls = urls.map((url) => ({ url }))
  const sigstore = JSON.stringify({ signingConfig: { caUrls } })
  return certifiesInTheOpen({ ...INDEX, sigstore, ...changes })
}

describe("a Sigstore that makes certificates", () => {
  it("in the open is named, with its index", () => {
    expect(complaint(OPEN, {})?.[1]).toBe(
      "`sigstore` of the index `company` names a Sigstore that makes certificates at `http://company.example/ca`, where no identity is shown: that takes https",
    )
  })

  it("in the open at another host than the service of this machine is named", () => {
    const service = dag.container().asService()
    const urls = ["http://other.example/ca"]
    expect(complaint(urls, { service })?.[0]).toBe("configuration")
  })

  it.for([
    ["by https", ["https://company.example"], {}],
    [
      "by https as well",
      ["http://a.example", "https://a.example"] as string[],
      {},
    ],
    [
      "in a service of this machine",
      OPEN,
      { service: dag.container().asService() },
    ],
    ["nowhere that can be read", ["nowhere"], {}],
    ["nowhere at all", [], {}],
    ["for everybody", [], { sigstore: undefined }],
    ["in a text that is no JSON", [], { sigstore: "{" }],
  ] satisfies [string, string[], Partial<PackageIndex>][])(
    "%s is taken",
    ([, urls, changes]) => {
      expect(complaint(urls, changes)).toBeUndefined()
    },
  )
})
