import { expect, it } from "vitest"

import {
  mayHoldSecret,
  shownAddress,
  urlOf,
} from "../../src/text/shown-address.js"

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
  ["https://index.example/?", true],
  ["https://index.example/#", true],
])("%s may hold a secret: %s", (address, may) => {
  expect(mayHoldSecret(new URL(address))).toBe(may)
})

it.each([
  ["https://index.example/simple/", true],
  ["http://[::1]:8080/v%C3%BC/~ada/simple/", true],
  ["https://index.example/vü/simple/", true],
  ["https://index.example\\@other.example/simple/", false],
  ["https://index.example/a b/simple/", false],
  ["https://index.example/sim\tple/", false],
  ["https://index.example/simple/\n", false],
  ["index", false],
])("%j is one URL to every client: %s", (text, isOne) => {
  expect(urlOf(text) !== undefined).toBe(isOne)
})
