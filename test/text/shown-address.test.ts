import { expect, it } from "vitest"

import { mayHoldSecret, shownAddress } from "../../src/text/shown-address.js"

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

it.each([
  ["https://index.example/simple/", false],
  ["https://ada@index.example/", true],
  ["https://:thyme@index.example/", true],
  ["https://index.example/?token=thyme", true],
  ["https://index.example/#thyme", true],
])("%s may hold a secret: %s", (address, may) => {
  expect(mayHoldSecret(new URL(address))).toBe(may)
})
