// Times Shipwheel's release of the example against the same steps by hand, one after the other, on an engine of its own:
// npm run bench -- [ROUNDS]. It takes about 15 minutes a round on two cores, and means nothing beside other work.
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

import { installLinters } from "../test/linters/install.mjs"
import {
  freshEngine,
  ROOT,
  shipwheel as called,
  stopEngine,
  timed,
} from "./engine.mjs"
import { table } from "./figures.mjs"

const TOP = mkdtempSync(join(tmpdir(), "bench-"))
const TAG = "v1.2.0"
const rounds = Number(process.argv[2] ?? 2)
const figures = new Map()

/** Notes what something took under a name. */
function note(name, who, { containers, processor, seconds }) {
  const taken = { seconds, processor, containers }
  const row = figures.get(name) ?? {}
  figures.set(name, { ...row, [who]: [...(row[who] ?? []), taken] })
  console.log(
    `${name}, ${who}: ${seconds.toFixed(1)} s, ${processor.toFixed(1)} CPU s${containers === undefined ? "" : `, ${containers} containers`}`,
  )
}

const shipwheel = (name, project, ...args) =>
  note(name, "shipwheel", called(project, ...args))
const byHand = (name, project, work, ...steps) =>
  note(
    name,
    "by hand",
    timed(join(ROOT, "bench/by-hand"), [project, work, TAG.slice(1), ...steps]),
  )

function example(name, settings = "") {
  const project = join(TOP, name)
  cpSync(join(ROOT, "dagger/examples/quayside"), project, {
    recursive: true,
    filter: (path) => !/\/(node_modules|\.next|out)$/.test(path),
  })
  rmSync(join(project, "dagger.json"))
  const file = join(project, "pyproject.toml")
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace(
      "[tool.shipwheel]\n",
      `[tool.shipwheel]\n${settings}`,
    ),
  )
  return project
}

/** What the script by hand has no like of. */
const LEAN =
  'skip = { installers = "not by hand" }\naudit = { python = "off", frontend = "off" }\n'

installLinters()
for (let round = 1; round <= rounds; round++) {
  const [whole, lean, one] = [
    example(`whole-${round}`),
    example(`lean-${round}`, LEAN),
    example(`one-${round}`, 'pythons = ["3.12"]\n'),
  ]
  const work = join(TOP, `work-${round}`)
  const release = ["release", "--tag", TAG]

  freshEngine(lean)
  shipwheel("cold release of the same steps", lean, ...release)
  byHand("cold release of the same steps", lean, work, "everything")
  freshEngine(whole)
  shipwheel("cold release", whole, ...release)
  shipwheel("nothing changed: release", whole, ...release)
  byHand("nothing changed: release", whole, work, "everything")
  shipwheel("nothing changed: test", whole, "test")
  byHand("nothing changed: test", whole, work, "copy", "test")
  writeFileSync(
    join(whole, "backend/quayside/berths.py"),
    `${readFileSync(join(whole, "backend/quayside/berths.py"), "utf8")}\n\n# ${round}\n`,
  )
  shipwheel("a line of Python changed: test", whole, "test")
  byHand("a line of Python changed: test", whole, work, "copy", "test")
  shipwheel("a line of Python changed: release", whole, ...release)
  byHand("a line of Python changed: release", whole, work, "everything")
  writeFileSync(
    join(whole, "README.md"),
    `${readFileSync(join(whole, "README.md"), "utf8")}\nMore.\n`,
  )
  shipwheel("the README changed: release", whole, ...release)
  freshEngine(one)
  shipwheel("cold test on one Python", one, "test")
  freshEngine(whole)
  shipwheel("cold test on four Pythons", whole, "test")
}
stopEngine()
rmSync(TOP, { recursive: true, force: true })
console.log(`\n${table(figures)}`)
