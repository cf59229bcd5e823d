import type { ServerResponse } from "node:http"

/** Sends blanks as fast as somebody reads them, and never the last. */
export function pour(response: ServerResponse): void {
  const part = Buffer.alloc(1 << 20, " ")
  const more = () => {
    while (!response.destroyed && response.write(part));
  }
  response.on("drain", more)
  more()
}
