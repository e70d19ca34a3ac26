import { describe, expect, it } from "vitest";
import type { KeptResult } from "../../../src/kept-result.js";
import { resultLinks } from "../../../src/server/results/result-links.js";
import { resultTitle } from "../../../src/server/results/result-title.js";
import { plainPresentation } from "./plain-presentation.js";

const ID = "0123456789abcdef0123456789abcdef";
const result = (about: Partial<KeptResult> = {}): KeptResult => ({
  ...{ id: ID, owner: "local", path: `/ws/@result/${ID}`, bytes: 123_456, inode: "1", exact: true, json: true },
  ...{ at: 1_767_225_600_000, command: "aws ec2 describe-instances" },
  ...about,
});

const links = (kept: readonly KeptResult[], protocol: string | undefined) =>
  resultLinks(kept, protocol, plainPresentation);

describe("resultLinks", () => {
  it("gives a link that says how to go on", async () => {
    expect(await links([result()], "2025-06-18")).toEqual([
      {
        type: "resource_link",
        uri: `awspipe://result/${ID}`,
        name: `@result/${ID}`,
        title: "aws ec2 describe-instances",
        description: `the whole output, 123456 bytes, in 3 pages of about 50000 bytes, awspipe://result/${ID}/1 to /3; in a command it is the file @result/${ID}: cat @result/${ID} | jq 'type, length'`,
        mimeType: "application/json",
        size: 123_456,
        annotations: { lastModified: "2026-01-01T00:00:00.000Z" },
      },
    ]);
  });

  it("calls what was stopped no JSON, and one page no pages", async () => {
    expect(await links([result({ exact: false, bytes: 10 })], "2026-07-28")).toMatchObject([
      {
        mimeType: "text/plain",
        description: `the output as far as it was kept, 10 bytes; in a command it is the file @result/${ID}: grep -i PATTERN @result/${ID}`,
      },
    ]);
  });

  it.each(["2024-11-05", "2025-03-26", undefined])("gives none to a client of protocol %s", async (protocol) => {
    expect(await links([result()], protocol)).toEqual([]);
  });

  it.each(["2025-06-18", "2025-11-25", "2026-07-28"])("gives one to a client of protocol %s", async (protocol) => {
    expect(await links([result(), result()], protocol)).toHaveLength(2);
  });
});

describe("resultTitle", () => {
  it("is one line, without secrets and controls, and not long", async () => {
    const title = (command: string) => resultTitle(command, plainPresentation);
    expect(await title("aws x --p SECRET{abc}\necho \u001b[31m\u202e")).toBe(
      "aws x --p [hidden: test]␊echo ␛[31m<U+202E>",
    );
    expect(await title("x".repeat(100))).toBe("x".repeat(100));
    expect(await title("😀".repeat(1000))).toBe(`${"😀".repeat(99)}…`);
    expect(await title(`${"x".repeat(90)}SECRET{${"k".repeat(500)}}`)).toBe(`${"x".repeat(90)}[hidden: …`);
  });
});
