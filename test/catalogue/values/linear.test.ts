import { performance } from "node:perf_hooks";
import { describe, expect, it } from "vitest";
import { everyLeaf } from "../../../src/catalogue/values/every-leaf.js";
import { parseShorthand } from "../../../src/catalogue/values/shorthand.js";
import { parseStrictJson } from "../../../src/catalogue/values/strict-json.js";
import { valuesAt } from "../../../src/catalogue/values/values-at.js";

/** As long as a parameter file may be; an argument ends at 120 KiB. */
const LENGTH = 1024 * 1024;

const fill = (part: string, before = "", after = ""): string =>
  before + part.repeat(Math.floor((LENGTH - before.length - after.length) / part.length)) + after;

const NUMBERED = Array.from({ length: LENGTH / 16 }, (_, index) => index);

const texts: Readonly<Record<string, string>> = {
  "one word": fill("a", "a="),
  "one quoted word": fill("a", "a='", "'"),
  "a quote never closed": fill("a", "a='"),
  "escaped quotes": fill("\\'", "a='"),
  "escaped quotes of both kinds": fill(`'\\',"\\",`, "a=["),
  "quotes in quotes": fill(`'"`, "a="),
  "words in quotes": fill(`'\\'',`, "a=[", "]"),
  "a list of commas": fill(",", "a=["),
  commas: fill(",", "a=b"),
  words: fill("b,", "a="),
  "words and then a key": fill("b,", "a=", "c=d"),
  "escaped commas": fill("\\,", "a="),
  "escaped commas and then a key": fill("\\,", "a=b,", "=c"),
  keys: NUMBERED.map((index) => `k${index}=a`).join(","),
  "keys in braces": `a={${NUMBERED.map((index) => `k${index}=a`).join(",")}}`,
  "equal keys": fill("a=b,"),
  "file names": fill("file://a,", "a@="),
  blanks: fill(" ", "a=b"),
  "other blanks": fill("\u3000", "a=b"),
  "blanks and words": fill("b ", "a="),
  brackets: fill("[", "a="),
  braces: fill("{a=", "a="),
  "brackets that close": fill("[[[[]]]],", "a=[", "]"),
  backslashes: fill("\\", "a="),
  "a long key": fill("a"),
  equals: fill("="),
  ats: fill("@"),
  surrogates: fill("😀", "a='", "'"),
  "JSON brackets": fill("["),
  "JSON braces": fill('{"a":'),
  "JSON strings": fill('"a",', "[", '""]'),
  "JSON escapes": fill("\\n", '"', '"'),
  "JSON unicode escapes": fill("\\ud83d\\ude00", '"', '"'),
  "JSON backslashes": fill("\\\\", '"'),
  "JSON digits": fill("9"),
  "JSON small digits": fill("9", "0."),
  "JSON exponents": fill("1e5,", "[", "1]"),
  "JSON blanks": fill(" ", "[", "]"),
  "JSON lists": fill("[],", "[", "[]]"),
  "JSON keys": `{${NUMBERED.map((index) => `"k${index}":1`).join(",")}}`,
};

describe("parseShorthand, parseStrictJson, everyLeaf and valuesAt", () => {
  it.each(Object.entries(texts))("read 1 MiB of %s in linear time and never throw", (_, text) => {
    const start = performance.now();
    let deepest = 0;
    for (const parsed of [parseShorthand(text), parseStrictJson(text)]) {
      if (!parsed.ok) continue;
      for (const { place } of everyLeaf(parsed.value)) deepest = Math.max(deepest, place.length);
      valuesAt(parsed.value, "**.a");
    }
    // Linear is below 0.3 s everywhere; a loop in a loop over a million characters takes minutes.
    expect(performance.now() - start).toBeLessThan(3_000);
    expect(deepest).toBeLessThan(65);
  });
});
