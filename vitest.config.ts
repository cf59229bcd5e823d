import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    reporters: ["default", "./test/helpers/closing-line.ts"],
    globalSetup: "test/helpers/temporary.ts",
    projects: [
      {
        test: {
          name: "fast",
          sequence: { groupOrder: 0 },
          include: ["test/**/*.test.ts"],
          exclude: ["test/{e2e,engine}/**"],
          // No module keeps state, so that files can share what they import: each anew would be most of the time.
          pool: "threads",
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
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
