import fc from "fast-check";
import type { Target } from "./target.js";

/** Texts that were changed in a few places. The pool may grow while texts are made of it. */
export const mutant = ({ tokens, grown }: Target, pool: readonly string[]): fc.Arbitrary<string> => {
  const seed = fc.nat().map((index) => pool[index % pool.length] ?? "");
  const token = fc.constantFrom(...tokens);
  const edit = fc.oneof(
    { weight: 40, arbitrary: fc.tuple(fc.nat(), token).map(inserted) },
    { weight: 30, arbitrary: fc.tuple(fc.nat(), fc.nat({ max: 12 }), fc.option(token, { nil: "" })).map(replaced) },
    { weight: 10, arbitrary: fc.tuple(fc.nat(), fc.nat({ max: 40 }), fc.nat()).map(moved) },
    { weight: 10, arbitrary: fc.tuple(fc.nat(), fc.nat(), seed).map(spliced) },
    { weight: 10, arbitrary: fc.tuple(fc.nat(), fc.string({ unit: "binary", maxLength: 3 })).map(inserted) },
    { weight: 1, arbitrary: fc.tuple(fc.nat(), token, fc.nat({ max: 8192 })).map(stretched) },
  );
  const mutated = fc.tuple(seed, fc.array(edit, { maxLength: 6 })).map(changed);
  const soup = fc.array(token, { maxLength: 12 }).map((parts) => parts.join(""));
  return fc.oneof(
    { weight: 8, arbitrary: mutated },
    { weight: 1, arbitrary: soup },
    { weight: grown ? 2 : 0, arbitrary: grown ?? soup },
  );
};

type Edit = (text: string) => string;

const changed = ([text, edits]: readonly [string, readonly Edit[]]): string =>
  edits.reduce((changing, edit) => edit(changing), text).slice(0, LONGEST);

const LONGEST = 16_384;

/** The two sides of a place; past the end, places begin anew. */
const cut = (text: string, at: number): readonly [string, string] => {
  const place = at % (text.length + 1);
  return [text.slice(0, place), text.slice(place)];
};

const inserted =
  ([at, token]: readonly [number, string]): Edit =>
  (text) =>
    cut(text, at).join(token);

const replaced =
  ([at, length, token]: readonly [number, number, string]): Edit =>
  (text) => {
    const [before, after] = cut(text, at);
    return before + token + after.slice(length);
  };

const moved =
  ([at, length, to]: readonly [number, number, number]): Edit =>
  (text) => {
    const [before, after] = cut(text, at);
    return cut(before + after.slice(length), to).join(after.slice(0, length));
  };

const spliced =
  ([at, from, other]: readonly [number, number, string]): Edit =>
  (text) =>
    cut(text, at)[0] + cut(other, from)[1];

const stretched =
  ([at, token, length]: readonly [number, string, number]): Edit =>
  (text) =>
    cut(text, at).join(token.repeat(Math.ceil(length / Math.max(1, token.length))));
