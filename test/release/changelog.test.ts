import { describe, expect, it } from "vitest";
import { changelogEntries } from "../../src/release/changelog.js";

describe("changelogEntries", () => {
  it("has each version with its day and what is below its heading", () => {
    const text =
      "# Changelog\n\nA star.\n\n## Unreleased\n\n## 1.1.0-rc.1 - 2026-12-02\n\n- a\n  b\n\n### Fixed\n\n- c\n\n## 1.0.0 - 2026-12-01\n- d";
    expect(changelogEntries(text)).toEqual([
      { version: "Unreleased", date: undefined, notes: "" },
      { version: "1.1.0-rc.1", date: "2026-12-02", notes: "- a\n  b\n\n### Fixed\n\n- c" },
      { version: "1.0.0", date: "2026-12-01", notes: "- d" },
    ]);
  });

  it("has none where there is no heading", () => {
    expect(changelogEntries("# Changelog\n\nNothing yet.\n")).toEqual([]);
  });
});
