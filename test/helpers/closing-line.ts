import type { Reporter, TestModule } from "vitest/node"

/** Closes a run with one line that a machine can read as well. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(
    modules: readonly TestModule[],
    errors: readonly unknown[],
  ): void {
    // An error outside of every test is a failure all the same.
    const failed = errors.length
    const count = { passed: 0, failed, skipped: 0, pending: 0 }
    for (const module of modules) {
      // A file that can't be loaded holds no test, and is a failure, too.
      if (module.state() === "failed" && module.errors().length > 0)
        count.failed++
      for (const test of module.children.allTests())
        count[test.result().state]++
    }
    const left = count.skipped + count.pending
    const skipped = left > 0 ? `, ${left} skipped` : ""
    console.log(`${count.passed} passed, ${count.failed} failed${skipped}`)
  }
}
