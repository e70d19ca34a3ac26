/** One version of CHANGELOG.md. */
export type Entry = {
  /** By the rules of semver, or `Unreleased`. */
  readonly version: string;
  /** The day of the release as `2026-12-01`, or nothing. */
  readonly date: string | undefined;
  /** What stands below the heading, in Markdown. */
  readonly notes: string;
};

/** The entries of a changelog whose headings are those of Keep a Changelog 1.1: `## Unreleased`, `## 1.2.3 - 2026-12-01`. */
export const changelogEntries = (text: string): readonly Entry[] =>
  text
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const [heading = "", ...lines] = part.split("\n");
      const [version = "", date] = heading.trim().split(" - ");
      return { version, date, notes: lines.join("\n").trim() };
    });
