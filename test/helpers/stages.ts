import type {
  Finding,
  Stage,
  StageRecord,
} from "../../src/pipeline/pipeline.js"

/** A promise that the test ends. */
export function signal<T>() {
  let send: (value: T) => void = () => undefined
  const arrived = new Promise<T>((resolve) => {
    send = resolve
  })
  return { arrived, send }
}

export const pass = () => Promise.resolve<Finding>({ summary: "fine" })
export const fail = () => Promise.reject<Finding>(new Error("broken"))

export function stage(
  name: string,
  needs: readonly string[] = [],
  run = pass,
): Stage {
  return { name, needs, plan: { does: name }, run }
}

/** A stage that tells when it starts, and ends when the test says so. */
export function held(name: string, needs: readonly string[] = []) {
  const start = signal<string>()
  const end = signal<Finding>()
  const run = () => {
    start.send(name)
    return end.arrived
  }
  const finish = () => {
    end.send({ summary: "fine" })
  }
  return { ...stage(name, needs, run), started: start.arrived, finish }
}

/** The outcomes by stage, in the order of the report. */
export function outcomes(records: readonly StageRecord[]) {
  return records.map(({ name, outcome }) => `${name}: ${outcome}`)
}
