import { describe, expect, it } from "vitest"

import {
  auditCommand,
  installCommand,
  listingOf,
  managerNamed,
  managerOf,
  runCommand,
  shownAudit,
} from "../../src/frontend/package-manager.js"
import type { Tool } from "../../src/frontend/package-manager-table.js"
import pinned from "../../src/frontend/package-managers.json" with { type: "json" }

const manager = (tool: Tool) => ({ tool, version: undefined })

describe("a package manager", () => {
  it.each([
    ["npm@11.0.0", "npm", "11.0.0"],
    ["yarn@1.22.22", "yarn", "1.22.22"],
    ["yarn@4.0.0-rc.1", "berry", "4.0.0-rc.1"],
  ])("is the one that `packageManager` names: %s", (field, tool, version) => {
    expect(managerNamed(field)).toStrictEqual({ tool, version })
  })

  it("is that with the hash that stands behind its version", () => {
    const digits = "a".repeat(64)
    expect(managerNamed(`pnpm@10.1.0+sha256.${digits}`)).toStrictEqual({
      ...{ tool: "pnpm", version: "10.1.0" },
      hash: { algorithm: "sha256", digits },
    })
  })

  it.each([
    ...["bun@1.0.0", "npm", "npm@11", "npm@latest", "npm@1.0.0;id", ""],
    ...["pnpm@9.15.0+sha512.aaaaaaaa", "pnpm@9.15.0+build", "pnpm@9.15.0+"],
  ])("is none by the name %j", (field) => {
    expect(managerNamed(field)).toBeUndefined()
  })

  it.each([
    ["package-lock.json", "{}", "npm"],
    ["pnpm-lock.yaml", "lockfileVersion: '9.0'\n", "pnpm"],
    ["yarn.lock", "# yarn lockfile v1\n", "yarn"],
    ["yarn.lock", "__metadata:\n  version: 8\n", "berry"],
    ["other.lock", "", "npm"],
  ])("is the one that wrote the form of %s: %j", (lockfile, text, tool) => {
    expect(managerOf(lockfile, text).tool).toBe(tool)
  })

  it.each<[Tool, string, string, string]>([
    ["npm", "npm ci --no-audit --no-fund", "npm run build", "npm audit"],
    ["pnpm", "pnpm install --frozen-lockfile", "pnpm run build", "pnpm audit"],
    [
      "yarn",
      "yarn install --frozen-lockfile --non-interactive",
      "yarn run build",
      "yarn audit",
    ],
    ["berry", "yarn install --immutable", "yarn run build", "yarn npm audit"],
  ])("%s installs what the lockfile names by `%s`", (tool, ...commands) => {
    const [install, run, audit] = commands
    expect(installCommand(manager(tool)).join(" ")).toBe(install)
    expect(runCommand(manager(tool), "build").join(" ")).toBe(run)
    expect(shownAudit(manager(tool))).toBe(audit)
    expect(auditCommand(manager(tool)).at(-1)).toBe("--json")
  })

  it("lists what its lockfile names by a command of its own, which installs nothing", () => {
    expect(listingOf(manager("npm"), "")).toStrictEqual({
      manager: manager("npm"),
      command: [
        "npm",
        "sbom",
        "--sbom-format=cyclonedx",
        "--package-lock-only",
      ],
    })
    expect(listingOf({ tool: "npm", version: "6.0.0" }, "web")).toMatchObject({
      manager: manager("npm"),
      command: expect.arrayContaining(["--workspace=web"]) as unknown,
    })
  })

  it("is asked in the version that can, where the lockfile is one that this reads", () => {
    const [old, now] = ["8.15.9", "10.34.8"].map((version) =>
      listingOf({ tool: "pnpm", version }, "web"),
    )
    expect(old).toStrictEqual({ why: "the lockfile of pnpm 8.15.9 is too old" })
    expect(now).toMatchObject({ manager: { tool: "pnpm" } })
    expect(JSON.stringify(now)).toContain("--filter=./web")
  })

  it.each<[Tool, string, boolean]>([
    ["yarn", "1.22.22", true],
    ["berry", "3.8.7", true],
    ["berry", "4.5.0", false],
  ])(
    "lists what %s %s locked by a Yarn that takes the plugin: rewritten first? %s",
    (tool, version, isRewritten) => {
      const listing = listingOf({ tool, version }, "web")
      const newest = { tool: "berry", version: pinned.sbom.yarn }
      expect(listing).toMatchObject({
        manager: isRewritten ? newest : { tool, version },
        folder: "web",
        plugin: true,
      })
      expect("rewrite" in listing).toBe(isRewritten)
    },
  )
})
