import { defineConfig } from "vitest/config"

/** Tests that start programs: those of the rooms, install scripts, linters of wrappers. */
const PROGRAMS = [
  "test/**/*-program.test.ts",
  "test/install-scripts/*.test.ts",
  "test/contract/{dependencies,own-release,wrappers}.test.ts",
]

const WITHOUT_ENGINE = {
  sequence: { groupOrder: 0 },
  // No module keeps state, so that files can share what they import: each anew would be most of the time.
  pool: "threads",
  isolate: false,
  // What these wait for is mostly a program: two more than one core carries are not slower for each other.
  maxWorkers: 3,
  testTimeout: 60_000,
  hookTimeout: 60_000,
} as const

export default defineConfig({
  test: {
    reporters: ["default", "./test/helpers/closing-line.ts"],
    globalSetup: "test/helpers/temporary.ts",
    projects: [
      {
        test: {
          ...WITHOUT_ENGINE,
          name: "fast",
          include: ["test/**/*.test.ts"],
          exclude: ["test/{e2e,engine}/**", ...PROGRAMS],
        },
      },
      { test: { ...WITHOUT_ENGINE, name: "programs", include: PROGRAMS } },
      {
        test: {
          name: "engine",
          sequence: { groupOrder: 1 },
          include: ["test/{e2e,engine}/**/*.test.ts"],
          globalSetup: "test/e2e/helpers/engine.ts",
          // The engine shares two cores among all calls: more of them at once are not faster.
          maxWorkers: 2,
          testTimeout: 900_000,
          hookTimeout: 900_000,
        },
      },
    ],
  },
})
