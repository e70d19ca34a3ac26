import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { TROUBLES } from "./troubles.js";

const page = readFileSync(new URL("../../docs/troubleshooting.md", import.meta.url), "utf8");
const pins = readFileSync(new URL("../pins.test.ts", import.meta.url), "utf8");
const SRC = fileURLToPath(new URL("../../src", import.meta.url));
const nginx = readFileSync(new URL("../../deploy/nginx/awspipe.conf", import.meta.url), "utf8");
const source = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => readFileSync(join(SRC, name), "utf8"))
  .concat(nginx)
  .join("\n");

type Entry = { readonly heading: string; readonly lines: readonly string[] };

const entries: readonly Entry[] = [...page.matchAll(/^### ([^\n]*)\n\n```\n(.*?)\n```$/gms)].map(
  ([, heading = "", text = ""]) => ({ heading, lines: text.split("\n") }),
);
const compared = entries.filter(({ heading }) => heading.endsWith(" †"));
const brought = entries.filter(({ heading }) => !heading.endsWith(" †"));

/** What is literal of a line in which `…` stands for what varies. */
const literal = (line: string): readonly string[] => line.split("…").map((part) => part.trim());

describe("docs/troubleshooting.md", () => {
  it("has a text below each heading", () => {
    expect(entries.map(({ heading }) => heading)).toEqual([...page.matchAll(/^### (.*)$/gm)].map(([, name]) => name));
  });

  it("has what the test brings about, and nothing else but what it marks", () => {
    expect(brought.map(({ heading }) => heading).sort()).toEqual(Object.keys(TROUBLES).sort());
    expect(compared.length).toBeLessThanOrEqual(12);
  });

  it("names codes that there are", () => {
    const codes = entries.flatMap(({ heading }) => /^`([^`]+)`/.exec(heading)?.[1] ?? []);
    // Refusals by effect are named after it.
    const effects = codes.filter((code) => code.startsWith("effect-")).map((code) => code.slice("effect-".length));
    const pinned = codes.filter((code) => !code.startsWith("effect-"));
    expect([...pinned, ...effects].filter((code) => !pins.includes(`"${code}"`))).toEqual([]);
  });

  it.each(brought)("shows what is said: $heading", async ({ heading, lines }) => {
    const said = (await TROUBLES[heading]?.()) ?? "";
    for (const line of lines)
      for (const part of literal(line))
        expect({ heading, said, has: said.includes(part) && part }).toEqual({ heading, said, has: part });
  });

  it.each(compared)("shows the words of the source: $heading", ({ lines }) => {
    // Names between backticks are put in when the message is made.
    const parts = lines.flatMap((line) => line.replace(/^hint: /, "").split(/…|`/)).map((part) => part.trim());
    for (const part of parts.filter((each) => each.length > 7))
      expect([part, source.includes(part)]).toEqual([part, true]);
  });
});
