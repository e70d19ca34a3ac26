import type { Tone } from "./palette.js";
import type { Face } from "./text-width.js";

export type Point = readonly [x: number, y: number];

export type Shape =
  /** a box with round corners */
  | {
      readonly kind: "box";
      readonly tone: Tone;
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly dashed?: boolean;
    }
  /** a line of text whose baseline begins at `x`, `y`, written on a box of that tone */
  | {
      readonly kind: "text";
      readonly face: Face;
      readonly on: Tone;
      readonly x: number;
      readonly y: number;
      readonly text: string;
    }
  | { readonly kind: "arrow"; readonly points: readonly Point[]; readonly stroke: Stroke };

export type Stroke =
  /** where a command goes */
  | "solid"
  /** what is written down of it */
  | "dashed"
  /** the same, but without a head, since it joins another line */
  | "line";

/** What lies later in the list lies above. */
export type Drawing = { readonly width: number; readonly height: number; readonly shapes: readonly Shape[] };

export const arrow = (points: readonly Point[], stroke: Stroke = "solid"): Shape => ({ kind: "arrow", points, stroke });

/** A drawing whose shapes lie on a panel, so that the colour of the page around does not matter. */
export const onPanel = (width: number, height: number, shapes: readonly Shape[]): Drawing => ({
  width,
  height,
  shapes: [{ kind: "box", tone: "panel", x: 0.5, y: 0.5, width: width - 1, height: height - 1 }, ...shapes],
});
