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
      /^\/chain\d+\.css is one asset more than 1000, and none after it was asked for$/,
    )
  })
})
