import { spawnSync } from "node:child_process"
import { writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

import { describe, expect, it } from "vitest"

import { newFolder } from "../helpers/programs.js"

const PROGRAM = fileURLToPath(
  new URL("../../src/install/serve.py", import.meta.url),
)
const SERVER = `
import http.server, json, sys, urllib.parse
files = json.load(open(sys.argv[2]))
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        path = urllib.parse.unquote(self.path)
        if path == "/closed.png":
            return
        if path.startswith("/chain"):
            kind, body = "text/css", f"@import url(/chain{int(path[6:-4]) + 1}.css);"
        elif path in files and path.endswith(".html.png"):
            body, kind = files[path], "text/html"
        elif path in files and path.endswith(".page.png"):
            body, kind = files["/"], "text/html"
        elif path in files:
            body, kind = files[path], "text/html" if path == "/" else "image/png"
        else:
            return self.send_error(404)
        body = body.encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) + (path == "/cut.png")))
        self.end_headers()
        self.wfile.write(body)
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
`

async function freePort(): Promise<string> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  const { port } = server.address() as { port: number }
  await new Promise((done) => server.close(done))
  return String(port)
}

/** What is said of a page of these assets, of which these are there. */
async function served(assets: readonly string[], there: readonly string[]) {
  const folder = newFolder()
  const [server, files] = [join(folder, "s.py"), join(folder, "files.json")]
  const page = assets.map((each) =>
    each.includes(".css")
      ? `<link rel="stylesheet" href="${each}">`
      : `<img src="${each}">`,
  )
  const bodies = there.map((path) => [path, "x"] as const)
  writeFileSync(server, SERVER)
  writeFileSync(
    files,
    JSON.stringify({
      "/": `<!DOCTYPE html>${page.join("")}`,
      ...Object.fromEntries(bodies),
    }),
  )
  const port = await freePort()
  const own = ["python3", server, port, files]
  const args = [PROGRAM, "30", port, "/", ...own]
  const { stderr, stdout } = spawnSync("python3", args, { encoding: "utf8" })
  return (stdout + stderr).replaceAll(`http://127.0.0.1:${port}`, "").trim()
}

describe("the assets of a page", () => {
  it("are asked for as a browser does, whatever letters are in their addresses", async () => {
    const names = ["my photo.png", "ünï.png", "a%20b.png", "x.png?v=1#y"]
    const there = ["/my photo.png", "/ünï.png", "/a b.png", "/x.png?v=1"]
    expect(await served(names, there)).toBe(
      "/ and the 4 assets it names answered 200",
    )
  })

  it("are each told when they fail, and end nothing", async () => {
    const names = ["http://[::1", "closed.png", "cut.png", "none.png", "a.png"]
    const said = await served(names, ["/cut.png", "/a.png"])
    expect(said.split("\n")).toEqual([
      "http://[::1 is no address: Invalid IPv6 URL",
      expect.stringMatching(
        /^\/closed\.png did not answer: RemoteDisconnected/,
      ),
      expect.stringMatching(/^\/cut\.png did not answer: IncompleteRead/),
      "/none.png answered 404",
    ])
  })

  it("are not there where a server answers for them with its page", async () => {
    // Of the second only the type is wrong, which a browser forgives a script.
    const names = ["app.page.png", "app.html.png", "logo.png"]
    const there = names.map((each) => `/${each}`)
    const said = await served(names, there)
    expect(said).toBe(
      "/app.page.png answered with a page: it is not there, and the server answers every address with one",
    )
  })

  it("that name one another for ever end with a word", async () => {
    expect(await served(["/chain0.css"], [])).toMatch(
      /^\/chain\d+\.css comes after 1000 style sheets, and nothing after it was asked for$/,
    )
  })
})

const ANSWERS = `
import http.server, json, os, sys
answers = json.load(open(sys.argv[2]))
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        answer = answers.get(self.path)
        if answer is None:
            return self.send_error(404)
        self.send_response(302 if "location" in answer else 200)
        if "location" in answer:
            self.send_header("Location", answer["location"])
        body = answer.get("body", "").encode()
        self.send_header("Content-Type", answer.get("type", "text/html"))
        if not answer.get("endless"):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()
        while answer.get("endless"):
            self.wfile.write(b"more")
        if answer.get("ends"):
            os._exit(3)
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
`

interface Answer {
  readonly type?: string
  readonly body?: string
  readonly location?: string
  readonly ends?: boolean
  readonly endless?: boolean
}

/** What is said of a server that gives these answers. */
async function answered(
  page: Answer | string,
  others: Readonly<Record<string, Answer>> = {},
) {
  const folder = newFolder()
  const [server, answers] = [join(folder, "s.py"), join(folder, "a.json")]
  const first =
    typeof page === "string" ? { body: `<!DOCTYPE html>${page}` } : page
  writeFileSync(server, ANSWERS)
  writeFileSync(answers, JSON.stringify({ "/": first, ...others }))
  const port = await freePort()
  const own = ["python3", server, port, answers]
  const args = [PROGRAM, "5", port, "/", ...own]
  const { stderr, stdout } = spawnSync("python3", args, { encoding: "utf8" })
  return (stdout + stderr).replaceAll(`http://127.0.0.1:${port}`, "").trim()
}

const JS = { type: "text/javascript", body: "1" }
const CSS = { type: "text/css", body: "a{}" }
const JSON_ANSWER = { type: "application/json", body: '{"detail":"no"}' }

describe("what a browser makes nothing of", () => {
  it.each([
    ["<script src=a></script>", JSON_ANSWER, "with `application/json`: it is"],
    ["<link rel=stylesheet href=a>", JSON_ANSWER, "with `application/json`"],
    ["<img src=a>", { ...JSON_ANSWER, type: "application/problem+json" }, "is"],
    ["<link rel=stylesheet href=a>", JS, "no browser takes for a style sheet"],
    ["<script type=module src=a></script>", CSS, "no browser runs as a module"],
    ["<link rel=modulepreload href=a>", CSS, "no browser runs as a module"],
  ])("is not there: %s", async (tag, answer, why) => {
    expect(await answered(tag, { "/a": answer })).toContain(why)
  })

  it.each([
    ["<script src=a></script>", JS],
    ["<script type=module src=a></script>", JS],
    ["<link rel=manifest href=a>", JSON_ANSWER],
    ["<link rel=preload as=fetch href=a>", JSON_ANSWER],
    ["<iframe src=a></iframe>", { body: "<!DOCTYPE html>" }],
    ["<link rel=stylesheet href=a>", CSS],
  ])("is something else: %s", async (tag, answer) => {
    expect(await answered(tag, { "/a": answer })).toBe(
      "/ and the 1 assets it names answered 200",
    )
  })

  it("is a page of nothing", async () => {
    expect(await answered({ body: "" })).toBe(
      "/ answered with a page of 0 bytes",
    )
  })
})

describe("what a page names", () => {
  it.each([
    '<style>@import "/gone"</style>',
    "<style>a { background: url(/gone) }</style>",
    "<p style=\"background: url('/gone')\">",
    "<iframe src=/gone></iframe>",
    "<object data=/gone></object>",
    "<video poster=/gone></video>",
    "<svg><use href=/gone#x /></svg>",
    "<base href=/b/><script src=/gone></script>",
    '<input type="image" src="/gone">',
    "<video><track src=/gone></video>",
    "<svg><image href=/gone /></svg>",
    "<svg><filter><feImage xlink:href=/gone /></filter></svg>",
    "<body background=/gone>",
    "<frameset><frame src=/gone></frameset>",
    '<div><template shadowrootmode="open"><img src=/gone></template></div>',
    '<link rel="stylesheet" media="print" href="/gone">',
    '<img loading="lazy" src="/gone">',
    "<style>a { background: image-set('/gone' 2x type('image/png')) }</style>",
    "<style>a { content: '/*'; background: url(/gone) /* it */ }</style>",
    "<style>a[href='<'] { src: url( '/g\\6f ne' ) }</style>",
    "<style>.a\\:\\'b { color: red } c { background: url(/gone) }</style>",
    "<style>@layer a; @import url(/gone) screen</style>",
  ])("is asked for: %s", async (tag) => {
    expect(await answered(tag)).toBe("/gone answered 404")
  })

  it.each([
    '<img srcset="/a.png, /b.png 2x">',
    '<img srcset="/a.png 100w,/b.png 200w" sizes="50vw">',
    '<picture><source srcset="/a.png"><source srcset="/b.png"></picture>',
    '<link rel=preload as=image imagesrcset="/a.png 1x, /b.png 2x">',
    "<style>a { background: -webkit-image-set(url(/a.png) 1x, '/b.png' 2x) }</style>",
  ])("is asked for in every size: %s", async (tag) => {
    const said = await answered(tag)
    expect(said.split("\n")).toEqual([
      "/a.png answered 404",
      "/b.png answered 404",
    ])
  })

  it("has its commas, where addresses have some", async () => {
    expect(await answered('<img srcset="/a,b.png,c 2x">')).toBe(
      "/a,b.png,c answered 404",
    )
  })

  it.each([
    "<!-- <img src=/gone> -->",
    "<template><p><img src=/gone></p><template></template><img src=/gone></template>",
    "<noscript><img src=/gone></noscript>",
    "<textarea><img src=/gone></textarea>",
    "<title><img src=/gone></title>",
    '<script type="text/x-template" src="/gone"><img src=/gone></script>',
    "<script nomodule src=/gone></script>",
    '<iframe srcdoc="<p>" src="/gone"></iframe>',
    '<link rel="alternate" type="application/rss+xml" href="/gone">',
    '<link rel="canonical" href="/gone"><link rel="prefetch" href="/gone">',
    '<link rel="preload" href="/gone">',
    '<link rel="stylesheet" disabled href="/gone">',
    '<link rel="stylesheet" type="text/less" href="/gone">',
    '<picture><source src="/gone"></picture><video><source srcset="/gone"></video>',
    '<input src="/gone"><input type="text" src="/gone">',
    '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><img src=" "><img src>',
    "<style>/* a { background: url(/gone) } @import '/gone'; */</style>",
    '<style type="text/less">@import "/gone";</style>',
    "<style>a {} @import url(/gone);</style>",
    "<style>@namespace url(/gone); a { background: url(#x) url() }</style>",
    "<style>a { content: 'url(/gone)'; src: local('/gone') }</style>",
    "<style>@font-face { src: url(/gone.eot); src: url(/gone.svg#a) format('svg') }</style>",
  ])("is nothing that no browser asks for: %s", async (tag) => {
    expect(await answered(tag)).toBe("/ and the 0 assets it names answered 200")
  })

  it("is below its base", async () => {
    const page = "<base href=/b/><script src=a.js></script>"
    expect(await answered(page, { "/b/a.js": JS })).toContain("answered 200")
    expect(await answered(page, { "/a.js": JS })).toBe("/b/a.js answered 404")
  })

  it("is in itself where it says so", async () => {
    expect(await answered("<svg><use href=#x /></svg>")).toContain(
      "the 0 assets",
    )
  })

  it("may be sent for to another host, which is not the package's", async () => {
    const location = "https://cdn.example.org/a.js"
    const page = "<script src=/a></script>"
    expect(await answered(page, { "/a": { location } })).toContain("200")
  })
})

it("a page that sends to another host is told at once, with what to name", async () => {
  const location = "https://login.example.org/"
  expect(await answered({ location })).toBe(
    "/ sends to another host, `https://login.example.org/`, whose page is not the package's. Name a page of its own as `path` in `[tool.shipwheel.serve]`.",
  )
})

it("a server that ends once it has answered is told with its exit code", async () => {
  expect(await answered({ body: "<!DOCTYPE html>", ends: true })).toBe(
    "the server ended after it had answered, with exit code 3",
  )
})

it("a page without an end is waited for no longer than one that does not come", async () => {
  expect(await answered({ body: "<!DOCTYPE html>", endless: true })).toContain(
    "no answer from / in 5 s, which `serve` in `[tool.shipwheel.limits]` changes: it did not end in time",
  )
})
