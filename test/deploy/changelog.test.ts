import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { changelogEntries } from "../../src/release/changelog.js";
import { repository } from "../provision/repository.js";

const entries = changelogEntries(readFileSync(join(repository, "CHANGELOG.md"), "utf8"));
const { version: declared } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));

describe("CHANGELOG.md", () => {
  it("has headings that a release finds: `## Unreleased` first, each version with its day", () => {
    const headings = entries.map(({ version, date }) => (date === undefined ? version : `${version} - ${date}`));
    expect(headings.length).toBeGreaterThan(0);
    const wrong = headings.filter((heading, at) => !(at === 0 && heading === "Unreleased") && !RELEASED.test(heading));
    expect(wrong).toEqual([]);
  });

  it("has its versions from the newest to the oldest, and none that package.json has not reached", () => {
    const released = entries.filter(({ version }) => version !== "Unreleased");
    const days = released.map(({ date }) => date ?? "");
    expect(days).toEqual([...days].sort().reverse());
    const numbers = [declared, ...released.map(({ version }) => version)].map(sortable);
    expect(numbers).toEqual([...numbers].sort().reverse());
  });

  it("says something about each", () => {
    const silent = entries.filter(({ version, notes }) => version !== "Unreleased" && notes === "");
    expect(silent).toEqual([]);
  });
});

const RELEASED = /^\d+\.\d+\.\d+(?:-rc\.\d+)? - \d{4}-\d\d-\d\d$/;

/** A candidate comes before its release. */
const sortable = (version: string): string => {
  const [core = "", candidate = "~"] = version.split("-");
  return [...core.split(".").map((number) => number.padStart(6, "0")), candidate].join(".");
};
