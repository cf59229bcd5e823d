import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http"
import type { AddressInfo } from "node:net"

/** What a server of a test does with a request, once all of it has come. */
export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
) => void

/** A server that answers as a test wants, and remembers what it was asked. */
export class Answering {
  readonly asked: string[] = []
  /** What came with the requests to show a right. */
  readonly shown: string[] = []

  private constructor(
    private readonly server: Server,
    readonly host: string,
  ) {}

  static async start(handler: Handler, host = "127.0.0.1"): Promise<Answering> {
    const server = createServer()
    await new Promise<void>((done) => server.listen(0, host, done))
    const { port } = server.address() as AddressInfo
    const self = new Answering(server, `${host}:${port}`)
    server.on("request", (request: IncomingMessage, response) => {
      const parts: Buffer[] = []
      request.on("data", (part: Buffer) => parts.push(part))
      request.on("end", () => {
        self.asked.push(`${request.method ?? ""} ${request.url ?? ""}`)
        self.shown.push(request.headers.authorization ?? "")
        handler(request, response, Buffer.concat(parts).toString("latin1"))
      })
    })
    return self
  }

  url(path = "/"): string {
    return `http://${this.host}${path}`
  }

  stop(): void {
    this.server.closeAllConnections()
    this.server.close()
  }
}

/** A byte now and then, and never the last. */
export function drip(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json" })
  const dripping = setInterval(() => response.write(" "), 50)
  response.on("close", () => {
    clearInterval(dripping)
  })
}

/** A secret with what each way of writing it has to change, and every form in which it may come back. */
export const USER = "harbour"
export const PASSWORD = 'sälty "dog" & <rum>/\\+'
export const FORMS: readonly (readonly [name: string, form: string])[] = [
  ["as it is", PASSWORD],
  ["in base64", base64(PASSWORD)],
  ["as a header has it", base64(`${USER}:${PASSWORD}`)],
  [
    "as a header has it in Latin-1",
    Buffer.from(`${USER}:${PASSWORD}`, "latin1").toString("base64"),
  ],
  ["behind one byte in base64", base64(`x${PASSWORD}y`)],
  ["behind two bytes in base64", base64(`xx${PASSWORD}y`)],
  ["behind three bytes in base64", base64(`xxx${PASSWORD}yyy`)],
  ["in base64 for an address", Buffer.from(PASSWORD).toString("base64url")],
  ["in base64 in lines", base64(PASSWORD).replace(/.{7}/g, "$&\r\n")],
  ["in an address letter by letter", percented(PASSWORD)],
  [
    "in an address in an address",
    encodeURIComponent(encodeURIComponent(PASSWORD)),
  ],
  ["in JSON letter by letter", escaped(PASSWORD, "\\u", 4)],
  ["in a script letter by letter", escaped(PASSWORD, "\\x", 2)],
  [
    "in a page by numbers",
    Array.from(PASSWORD)
      .map((each) => `&#${String(each.codePointAt(0))};`)
      .join(""),
  ],
  ["in an address", encodeURIComponent(PASSWORD)],
  ["in an address, in small letters", small(encodeURIComponent(PASSWORD))],
  ["in a form", new URLSearchParams({ a: PASSWORD }).toString().slice(2)],
  ["in JSON", JSON.stringify(PASSWORD).slice(1, -1)],
  [
    "in JSON of other writers",
    JSON.stringify(PASSWORD).slice(1, -1).replace("/", "\\/"),
  ],
  ["in a page", "sälty &quot;dog&quot; &amp; &lt;rum&gt;/\\+"],
  ["in hexadecimal digits", Buffer.from(PASSWORD).toString("hex")],
]

/** So much of a form that nobody could put together the rest. */
export function core(form: string): string {
  return form.slice(4, -4)
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64")
}

function small(text: string): string {
  return text.replace(/%../g, (each) => each.toLowerCase())
}

function percented(text: string): string {
  return [...Buffer.from(text)].map((each) => `%${each.toString(16)}`).join("")
}

function escaped(text: string, sign: string, digits: number): string {
  const hex = (each: string) => each.charCodeAt(0).toString(16)
  return Array.from(text)
    .map((each) => sign + hex(each).padStart(digits, "0"))
    .join("")
}
