import { defineConfig } from "vitest/config"

import LongestFirst from "./test/helpers/longest-first.js"

/** Tests that start programs: those of the rooms, install scripts, linters of wrappers. */
const PROGRAMS = [
  "test/**/*-program.test.ts",
  "test/install-scripts/*.test.ts",
  "test/contract/{dependencies,own-release,wrappers}.test.ts",
]

const WITHOUT_ENGINE = {
  // No module keeps state, so that files can share what they import: each anew would be most of the time.
  pool: "threads",
  isolate: false,
  testTimeout: 60_000,
  hookTimeout: 60_000,
} as const

// Two cores carry three, because each waits for a program or the engine now and then.
const maxWorkers = 3

export default defineConfig({
  test: {
    reporters: [
      "default",
      "./test/helpers/slowest.ts",
      "./test/helpers/closing-line.ts",
    ],
    sequence: { sequencer: LongestFirst },
    globalSetup: "test/helpers/temporary.ts",
    projects: [
      {
        test: {
          ...WITHOUT_ENGINE,
          name: "fast",
          sequence: { groupOrder: 0 },
          maxWorkers,
          include: ["test/**/*.test.ts"],
          exclude: ["test/{e2e,engine}/**", ...PROGRAMS],
        },
      },
      {
        test: {
          ...WITHOUT_ENGINE,
          name: "programs",
          sequence: { groupOrder: 1 },
          maxWorkers,
          include: PROGRAMS,
        },
      },
      {
        test: {
          name: "engine",
          sequence: { groupOrder: 1 },
          include: ["test/{e2e,engine}/**/*.test.ts"],
          globalSetup: "test/e2e/helpers/engine.ts",
          maxWorkers,
          testTimeout: 900_000,
          hookTimeout: 900_000,
        },
      },
    ],
  },
})
