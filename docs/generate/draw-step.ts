import { arrow, type Shape } from "./drawing.js";
import type { Caption, Shown, Step, Word } from "./flow.js";
import type { Tone } from "./palette.js";
import { type Face, widthOf, wrap } from "./text-width.js";

/** Where a box begins and how wide it is; how high it becomes, its content decides. */
export type Place = { readonly x: number; readonly y: number; readonly width: number };

/** A box with what is in it, from the outside in, and where the words of a verdict stand in it. */
export type Box = {
  readonly shapes: readonly Shape[];
  readonly height: number;
  readonly words: ReadonlyMap<Word, Area>;
};

export type Area = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

const PAD = 14;
const LINE = 17;
const ROW = 26;
const GAP = 8;
const TONES: Readonly<Record<Word, Tone>> = { allow: "good", ask: "person", deny: "refusal" };

/**
 * A step of the flow.
 *
 * @param column how far from the left edge what it says begins, beside its title; below it where this is 0
 */
export const drawStep = ({ title, says, shows, tone }: Step, place: Place, column: number): Box => {
  const text = textBlock({ title, says }, tone, place, column);
  const row = drawShown(shows, tone, {
    x: place.x + PAD,
    y: place.y + text.height + GAP,
    width: place.width - 2 * PAD,
  });
  const height = text.height + (row.height === 0 ? 0 : GAP + row.height) + PAD - 2;
  return { shapes: [frame(tone, place, height), ...text.shapes, ...row.shapes], height, words: row.words };
};

/** What lies beside the steps: a refusal, a person who is asked, the audit log. */
export const drawCaption = (caption: Caption, tone: Tone, place: Place, column = 0): Box => {
  const text = textBlock(caption, tone, place, column);
  const height = text.height + PAD - 2;
  return { shapes: [frame(tone, place, height), ...text.shapes], height, words: NONE };
};

const NONE: Box["words"] = new Map();

const frame = (tone: Tone, place: Place, height: number): Shape => ({ kind: "box", tone, ...place, height });

/** A title and what is said about it; its height goes from the top of the box to below the last line. */
const textBlock = (
  { title, says }: Caption,
  on: Tone,
  { x, y, width }: Place,
  column: number,
): Pick<Box, "shapes" | "height"> => {
  const line = (face: Face, text: string, left: number, baseline: number): Shape => ({
    ...{ kind: "text", face, on, text },
    ...{ x: left, y: baseline },
  });
  const lines = wrap(says, "says", width - (column === 0 ? 2 * PAD : column + PAD));
  const first = y + PAD + 11 + (column === 0 ? LINE + 2 : 0);
  const shapes = lines.map((text, at) => line("says", text, x + (column === 0 ? PAD : column), first + at * LINE));
  const bottom = first + (lines.length - 1) * LINE + 4;
  return { shapes: [line("title", title, x + PAD, y + PAD + 11), ...shapes], height: bottom - y };
};

const drawShown = (shows: Shown, on: Tone, place: Place): Box => {
  switch (shows.kind) {
    case "nothing":
      return { shapes: [], height: 0, words: NONE };
    case "text":
      return {
        shapes: [{ kind: "text", face: "code", on, x: place.x, y: place.y + 13, text: shows.text }],
        height: 18,
        words: NONE,
      };
    case "pieces":
      return drawPieces(
        shows.pieces.map((text) => ({ text, tone: "piece" })),
        place,
      );
    case "processes":
      return drawProcesses(shows.names, place);
    case "words": {
      const box = drawPieces(
        shows.words.map((text) => ({ text, tone: TONES[text] })),
        place,
      );
      const frames = box.shapes.flatMap((shape) => (shape.kind === "box" ? [shape] : []));
      return { ...box, words: new Map(frames.map((area, at) => [shows.words[at] ?? "allow", area])) };
    }
  }
};

/** Small boxes in a row, and in another row where there is no room. */
const drawPieces = (pieces: readonly { readonly text: string; readonly tone: Tone }[], place: Place): Box => {
  const shapes: Shape[] = [];
  let [x, y] = [place.x, place.y];
  for (const { text, tone } of pieces) {
    const width = Math.ceil(widthOf(text, "code")) + 12;
    if (x > place.x && x + width > place.x + place.width) [x, y] = [place.x, y + ROW + 5];
    shapes.push({ kind: "box", tone, x, y, width, height: ROW });
    shapes.push({ kind: "text", face: "code", on: tone, x: x + 6, y: y + 17, text });
    x += width + 5;
  }
  return { shapes, height: y + ROW - place.y, words: NONE };
};

/** Boxes of their own, from the left to the right, with a pipe from each to the next. */
const drawProcesses = (names: readonly string[], place: Place): Box => {
  const gap = 34;
  const width = Math.floor((place.width - gap * (names.length - 1)) / names.length);
  const height = ROW + 6;
  const shapes = names.flatMap((text, at): readonly Shape[] => {
    const x = place.x + at * (width + gap);
    const left = x + Math.round((width - widthOf(text, "code")) / 2);
    const box: readonly Shape[] = [
      { kind: "box", tone: "piece", x, y: place.y, width, height, dashed: true },
      { kind: "text", face: "code", on: "piece", x: left, y: place.y + 20, text },
    ];
    const middle = place.y + height / 2;
    return at === 0
      ? box
      : [
          ...box,
          arrow([
            [x - gap, middle],
            [x, middle],
          ]),
        ];
  });
  return { shapes, height, words: NONE };
};
