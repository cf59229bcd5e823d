import { readFileSync } from "node:fs"

import type { Report } from "../../src/release/report.js"
import { record, wheel } from "./builders.js"

/** The report of a release of the example; `test/page/write-report.mjs` writes it anew. */
export function exampleReport(): Report {
  const path = new URL("../page/report.json", import.meta.url)
  return JSON.parse(readFileSync(path, "utf8")) as Report
}

/** The same where everybody who may write something into it means ill. */
export function hostileReport(): Report {
  const report = exampleReport()
  return {
    ...report,
    project: EVIL,
    environment: EVIL,
    github: EVIL,
    index: EVIL,
    stages: [
      ...report.stages.map((each) => ({
        ...each,
        summary: EVIL,
        details: `${EVIL}\n\n${LINKS}\n\n\`\`\`\n${EVIL}\n\`\`\``,
      })),
      record({ name: "x".repeat(500), summary: "y".repeat(500) }),
    ],
    files: [wheel({ name: `${EVIL}${"z".repeat(300)}.whl` })],
    install: [{ what: EVIL, commands: [EVIL] }],
    notes: `# ${EVIL}\n\n${LINKS}\n\n| ${"wide | ".repeat(12)}\n| ${"- | ".repeat(12)}\n`,
    remarks: [EVIL],
  }
}

const EVIL = `"><script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>'--><style>*{display:none}</style>`
const LINKS = [
  "[a](javascript:alert(4))",
  "[b](data:text/html,<script>alert(5)</script>)",
  "![c](https://example.org/seen.png)",
  "<javascript:alert(6)>",
  "[d](https://example.org/d)",
].join("\n")
