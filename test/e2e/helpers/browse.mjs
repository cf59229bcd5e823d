// Opens pages in Chromium as readers do, and prints what was seen as JSON; it runs in a container.
import { readFileSync, writeFileSync } from "node:fs"

import axe from "axe-core"
import { chromium } from "playwright-core"

const MERMAID = "/node_modules/@mermaid-js/tiny/dist/mermaid.tiny.js"
const PHONE = { width: 360, height: 740 }
const DESK = { width: 1100, height: 900 }

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  // Its own sandbox needs rights that root in a container has not.
  args: ["--no-sandbox", "--hide-scrollbars"],
})

/** One visit to a page, with everything that went on beside it. */
async function visit(name, options, look) {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const noise = []
  const note = (what) => (text) => noise.push(`${what}: ${text}`)
  page.on("console", (message) => note("console")(message.text()))
  page.on("pageerror", note("error"))
  page.on("dialog", (dialog) => {
    note("dialog")(dialog.message())
    return dialog.dismiss()
  })
  page.on("request", (request) => {
    if (!request.isNavigationRequest()) note("request")(request.url())
  })
  await page.goto(`file:///pages/${name}.html`)
  const seen = await look(page)
  await context.close()
  return { noise, ...seen }
}

/** The page down to the end of its time line. */
async function pictured(page, { width }) {
  const height = await page.evaluate(
    () => document.querySelector("#time").getBoundingClientRect().bottom + 16,
  )
  return page.screenshot({
    fullPage: true,
    clip: { x: 0, y: 0, width, height },
  })
}

/** What axe finds, by its rule and the elements. */
async function faults(page) {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate("axe.run(document)")
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ failureSummary, html }) => `${id}: ${html} ${failureSummary}`),
  )
}

/** What can be moved sideways: the page, or a part of it. */
function sideways(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll("*")]
      .filter((each) => each.scrollWidth > each.clientWidth + 1)
      .filter(
        (each) =>
          each === document.documentElement ||
          /auto|scroll/.test(getComputedStyle(each).overflowX),
      )
      .map((each) => `${each.tagName} ${each.className}`),
  )
}

/** Opens what is folded, by clicking on it. */
async function unfold(page) {
  const folded = page.locator("summary")
  for (const each of await folded.all()) await each.click()
  return page.evaluate(() => ({
    folded: document.querySelectorAll("details").length,
    open: document.querySelectorAll("details[open]").length,
  }))
}

/** Follows each link of the page's own navigation, and tells what then is at the top. */
async function follow(page) {
  const led = []
  for (const link of await page.locator("nav a").all()) {
    await link.click()
    led.push(
      await page.evaluate(() => {
        const found = document.querySelector(location.hash)
        const { bottom, top } = found.getBoundingClientRect()
        return {
          to: location.hash,
          title: found.querySelector("h2").textContent,
          seen: top < innerHeight && bottom > 0,
        }
      }),
    )
  }
  return led
}

/** What the keyboard comes to, one after the other, and whether it opens what is folded. */
async function typed(page) {
  const stops = []
  for (;;) {
    await page.keyboard.press("Tab")
    const stop = await page.evaluate(() => {
      const { outlineStyle } = getComputedStyle(document.activeElement)
      const { tagName, textContent } = document.activeElement
      return { tagName, text: textContent.trim(), outline: outlineStyle }
    })
    if (stop.tagName === "BODY" || stops.length > 200) return stops
    if (stop.tagName === "SUMMARY") {
      const isOpen = () =>
        page.evaluate(() => document.activeElement.parentElement.open)
      const before = await isOpen()
      await page.keyboard.press("Enter")
      stop.opened = !before && (await isOpen())
    }
    stops.push(stop)
  }
}

/** How many sheets a PDF has. */
function sheets(pdf) {
  return pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length
}

const looks = []
for (const colorScheme of ["light", "dark"])
  for (const viewport of [PHONE, DESK]) {
    const seen = await visit(
      "report",
      { colorScheme, viewport },
      async (page) => {
        const picture = await pictured(page, viewport)
        writeFileSync(`/seen/${colorScheme}-${viewport.width}.png`, picture)
        return {
          first: await faults(page),
          ...(await unfold(page)),
          faults: await faults(page),
          sideways: await sideways(page),
          led: await follow(page),
          ground: await page.evaluate(
            () => getComputedStyle(document.documentElement).backgroundColor,
          ),
        }
      },
    )
    looks.push({ colorScheme, width: viewport.width, ...seen })
  }

const keyboard = await visit("report", { viewport: DESK }, async (page) => ({
  stops: await typed(page),
}))
const print = await visit("report", {}, async (page) => {
  const pdf = await page.pdf({ preferCSSPageSize: true })
  writeFileSync("/seen/report.pdf", pdf)
  return { sheets: sheets(pdf) }
})
const hostile = await visit("hostile", { viewport: PHONE }, async (page) => ({
  ...(await unfold(page)),
  faults: await faults(page),
  sideways: await sideways(page),
  foreign: await page.locator("script, img, [onload], [onerror]").count(),
  links: await page
    .locator("main a")
    .evaluateAll((all) => all.map(({ href }) => href)),
}))
const text = await visit("text", { viewport: PHONE }, async (page) => ({
  faults: await faults(page),
  sideways: await sideways(page),
}))

/** The diagram as Mermaid itself draws it. */
async function drawn() {
  const page = await browser.newPage()
  await page.addScriptTag({ path: MERMAID })
  return page.evaluate(
    async (text) => {
      mermaid.initialize({ startOnLoad: false })
      const { diagramType } = await mermaid.parse(text)
      const { svg } = await mermaid.render("drawn", text)
      document.body.innerHTML = svg
      const bars = [...document.querySelectorAll("rect.task")]
      return {
        diagramType,
        bars: bars.length,
        marked: bars.filter((bar) => /crit/.test(bar.getAttribute("class")))
          .length,
      }
    },
    readFileSync("/pages/diagram.txt", "utf8"),
  )
}

console.log(
  JSON.stringify({
    ...{ version: browser.version(), looks, keyboard, print, hostile, text },
    drawn: await drawn(),
  }),
)
await browser.close()
