import { describe, expect, it } from "vitest"

import { ciFiles } from "../../src/reading/ci-files.js"

describe("a CI's file", () => {
  it.each([
    ".github/workflows/ci.yaml",
    ".gitlab-ci.yml",
    "Jenkinsfile",
    ".circleci/config.yml",
    ".buildkite/pipeline.yml",
    ".woodpecker.yml",
    ".woodpecker/release.yaml",
    ".drone.yml",
    ".travis.yml",
    "azure-pipelines.yml",
    "bitbucket-pipelines.yml",
    "appveyor.yml",
    "release.sh",
  ])("is %s", (path) => {
    expect(ciFiles(new Set(["README.md", path]))).toEqual([path])
  })

  it.each([
    ".github/dependabot.yml",
    "docs/.travis.yml",
    "scripts/release.sh",
    "Jenkinsfile.md",
  ])("is not %s", (path) => {
    expect(ciFiles(new Set([path]))).toEqual([])
  })
})
