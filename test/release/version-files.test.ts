import { describe, expect, it } from "vitest";
import { versionFiles } from "../../src/release/version-files.js";
import { repository } from "../provision/repository.js";

describe("versionFiles", () => {
  it("has what users copy a version from", () => {
    expect([...versionFiles(repository).keys()]).toEqual(
      expect.arrayContaining(["README.md", "deploy/compose.yaml", "docs/http.md", "package-lock.json", "server.json"]),
    );
  });

  it("has none where there are none of them", () => {
    expect(versionFiles("/nonexistent")).toEqual(new Map());
  });
});
