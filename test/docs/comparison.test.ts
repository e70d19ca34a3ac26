import { describe, expect, it } from "vitest";
import { pageAt } from "./pages.js";

const page = pageAt("docs/comparison.md");
const sections = page
  .split(/^## /m)
  .slice(2)
  .map((text) => ({ name: text.split("\n", 1)[0] ?? "", text }));

describe("docs/comparison.md", () => {
  it("says of each alternative what it does better, and what is different", () => {
    expect(sections.length).toBe(5);
    for (const { name, text } of sections)
      expect([name, /^What (it does|they do) better:/m.test(text), /^What is different/m.test(text)]).toEqual([
        name,
        true,
        true,
      ]);
  });

  it("has a source beside every statement about another project", () => {
    const bare = sections.flatMap(({ text }) =>
      [...text.matchAll(/^- (.*(?:\n {2}.*)*)/gm)].flatMap(([, statement = ""]) =>
        /\]\(https:\/\//.test(statement) || /Here .*\]\([^)]*\.md/s.test(statement) ? [] : [statement],
      ),
    );
    expect(bare).toEqual([OBVIOUS]);
  });

  it("says when that was read", () => {
    expect(page).toMatch(/as read in [A-Z][a-z]+ 20\d\d/);
  });
});

// What needs no source.
const OBVIOUS =
  "A terminal knows no difference between `aws ec2 describe-instances` and `aws ec2 terminate-instances` but their letters.";
