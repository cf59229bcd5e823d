import { execFileSync } from "node:child_process"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { networkInterfaces } from "node:os"

/** A mirror of PyPI under `/simple/` and of npm's registry under the rest: it counts what it is asked, and sends it on to where that is. */
export class Mirror {
  readonly asked: string[] = []

  private constructor(
    private readonly server: Server,
    /** Its address, as a container knows it. */
    readonly url: string,
  ) {}

  static async start(): Promise<Mirror> {
    const index = pypi()
    const npm = output("npm", "config", "get", "registry").replace(/\/$/, "")
    const server = createServer(({ url = "" }, response) => {
      mirror.asked.push(url)
      const location = url.startsWith("/simple/")
        ? url.replace("/simple", index)
        : `${npm}${url}`
      response.writeHead(307, { location }).end()
    })
    await new Promise<void>((done) => server.listen(0, done))
    const { port } = server.address() as AddressInfo
    const mirror = new Mirror(server, `http://${address()}:${port}`)
    return mirror
  }

  stop(): void {
    this.server.closeAllConnections()
    this.server.close()
  }
}

/** Where pip would go by itself, in its own words. */
function pypi(): string {
  return output(
    "python3",
    "-c",
    "from pip._internal.models.index import PyPI; print(PyPI.simple_url)",
  )
}

function output(command: string, ...args: string[]): string {
  return execFileSync(command, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim()
}

/** This machine's own address in a network that containers reach. */
export function address(): string {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  const found = all.find(
    ({ family, internal }) => family === "IPv4" && !internal,
  )
  if (!found) throw new Error("this machine has no address in any network")
  return found.address
}
