import { expect, it } from "vitest"

import { shownAddress } from "../../src/text/shown-address.js"

it.each([
  ["https://index.example/simple/", "https://index.example/simple/"],
  [
    "https://ada:thyme@index.example:99999/",
    "https://***@index.example:99999/",
  ],
  ["https://a@b:thyme@index.example/x@y", "https://***@index.example/x@y"],
  ["https://index.example/?token=thyme#more", "https://index.example/"],
  ["https://index.example/#thyme\nmore", "https://index.example/"],
])("%j is shown as %j", (text, shown) => {
  expect(shownAddress(text)).toBe(shown)
})
