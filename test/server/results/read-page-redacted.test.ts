import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { presentationOf } from "../../../src/server/redact/presentation-of.js";
import { pagesOf } from "../../../src/server/results/page-bounds.js";
import { presentPart } from "../../../src/server/results/presentation.js";
import { readPage } from "../../../src/server/results/read-page.js";
import { type ResultFiles, resultFiles } from "./result-files.js";

let files: ResultFiles;
beforeEach(() => {
  files = resultFiles();
});
afterEach(() => files.remove());

/** Base64 that looks random and is the same in every run. */
const secret = (seed: string, length: number): string => {
  let text = "";
  while (text.length < length)
    text += createHash("sha512").update(`${seed}${text.length}`).digest("base64").replaceAll("=", "");
  return text.slice(0, length);
};

const privateKey = (seed: string): string =>
  `-----BEGIN RSA PRIVATE KEY-----\n${secret(seed, 3200).replace(/.{64}/g, "$&\n")}-----END RSA PRIVATE KEY-----\n`;

const users = Array.from({ length: 400 }, (_, index) => ({
  UserName: `user-${index}`,
  Path: "/a-".repeat(index % 53),
  SecretAccessKey: secret(`key ${index}`, 40),
  SessionToken: secret(`token ${index}`, 900),
  ...(index % 20 === 0 ? { PrivateKey: privateKey(`json ${index}`) } : {}),
}));

const presentation = presentationOf("on");

describe("readPage with the rules that are in force", () => {
  it.each([
    ["pretty JSON", JSON.stringify(users, null, 4)],
    ["JSON in one line", JSON.stringify(users)],
    [
      "keys of many lines",
      Array.from({ length: 120 }, (_, index) => `key ${index}\n${privateKey(`${index}`)}`).join(""),
    ],
  ])("gives %s page by page as the whole is shown, and no secret", async (_name, text) => {
    const result = files.put(text);
    const pages: string[] = [];
    for (let number = 1; number <= pagesOf(result.bytes); number += 1)
      pages.push((await readPage(result, number, presentation))?.text ?? "gone");
    const whole = await presentPart(text, { start: 0, end: text.length }, presentation);
    expect(pages.length).toBeGreaterThan(5);
    expect(pages.join("") === whole).toBe(true);
    const found = text.match(/[A-Za-z0-9+/]{40,}/g) ?? [];
    expect(found.length).toBeGreaterThan(400);
    expect(found.filter((part) => whole.includes(part.slice(0, 24)) || whole.includes(part.slice(-24)))).toEqual([]);
  });
});
