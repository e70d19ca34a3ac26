import { describe, expect, it } from "vitest";
import { type Release, releaseProblems } from "../../src/release/release-problems.js";

const release = (changes: Partial<Release> = {}): Release => ({
  tag: "v1.2.3",
  declared: "1.2.3",
  built: "1.2.3",
  changelog: "# Changelog\n\n## 1.2.3 - 2026-12-01\n\n- What is new.\n\n## 1.2.2 - 2026-11-01\n\n- What was.\n",
  files: new Map([
    ["server.json", '{ "version": "1.2.3", "packages": [{ "version": "1.2.3" }] }'],
    ["package-lock.json", '{ "version": "1.2.3", "packages": { "": { "version": "1.2.3" } } }'],
    ["README.md", "npx awspipe@1.2.3, or ghcr.io/awspipe/awspipe:1.2.3.\n"],
  ]),
  ...changes,
});

describe("releaseProblems", () => {
  it("has none where all name the same version", () => {
    expect(releaseProblems(release())).toEqual([]);
  });

  it.each([["v1.2.4"], ["1.2.3"], ["v1.2.3-rc.1"], [""]])("stops a tag that is not package.json's: %j", (tag) => {
    expect(releaseProblems(release({ tag }))).toEqual([`the tag is \`${tag}\`, and package.json has \`1.2.3\``]);
  });

  it("stops a build of another commit", () => {
    expect(releaseProblems(release({ built: "1.2.3-dev+g1a2b3c4d5e6f" }))).toEqual([
      "the build calls itself `1.2.3-dev+g1a2b3c4d5e6f`, and package.json has `1.2.3`",
    ]);
  });

  it.each([
    ["server.json", '{ "version": "1.2.2", "packages": [{ "version": "1.2.3" }] }'],
    ["server.json", '{ "version": "1.2.3", "packages": [{ "version": "1.2.3" }, { "version": "1.2.2" }] }'],
    ["server.json", '{ "packages": [{ "identifier": "ghcr.io/awspipe/awspipe:1.2.2" }] }'],
    ["package-lock.json", '{ "version": "1.2.3", "packages": { "": { "version": "1.2.2" } } }'],
    ["deploy/mcpb/manifest.json", '{ "version": "1.2.2" }'],
    ["deploy/kubernetes/deployment.yaml", "image: ghcr.io/awspipe/awspipe:1.2.2"],
    ["deploy/kubernetes/kustomization.yaml", "images:\n  - name: ghcr.io/awspipe/awspipe\n    newTag: 1.2.2"],
    ["docs/deploy.md", "`npx -y awspipe@1.2.2 serve`"],
    ["SECURITY.md", "VERSION=1.2.2"],
  ])("stops where another version is named: %s %s", (file, text) => {
    expect(releaseProblems(release({ files: new Map([[file, text]]) }))).toEqual([`${file} names \`1.2.2\``]);
  });

  it("does not mind versions of others, of dependencies and of no release", () => {
    const files = new Map([
      ["package-lock.json", '{ "version": "1.2.3", "packages": { "node_modules/zod": { "version": "4.0.0" } } }'],
      ["docs/deploy.md", "ghcr.io/awspipe/awspipe:latest, @other/awspipe@9.9.9, my-awspipe@9.9.9, node@24.0.0"],
    ]);
    expect(releaseProblems(release({ files }))).toEqual([]);
  });

  it.each([
    ["## Unreleased\n\n- What is new.\n", "CHANGELOG.md has no `## 1.2.3 - YYYY-MM-DD`"],
    ["## 1.2.3\n\n- What is new.\n", "CHANGELOG.md has no day of the release of 1.2.3"],
    ["## 1.2.3 - soon\n\n- What is new.\n", "CHANGELOG.md has no day of the release of 1.2.3"],
    ["## 1.2.3 - 2026-12-01\n\n## 1.2.2 - 2026-11-01\n\n- Old.\n", "CHANGELOG.md says nothing about 1.2.3"],
  ])("stops where the changelog is not ready: %j", (changelog, problem) => {
    expect(releaseProblems(release({ changelog }))).toEqual([problem]);
  });
});
