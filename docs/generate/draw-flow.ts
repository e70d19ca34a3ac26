import { drawNarrow } from "./draw-narrow.js";
import { drawWide } from "./draw-wide.js";
import type { Drawing } from "./drawing.js";
import type { Flow } from "./flow.js";

/** `wide` has what leaves the way beside it; `narrow` has it below each step, for the screen of a phone. */
export type Form = "wide" | "narrow";

/** Draws the flow on a panel of its own. */
export const drawFlow = (flow: Flow, form: Form): Drawing => {
  switch (form) {
    case "wide":
      return drawWide(flow);
    case "narrow":
      return drawNarrow(flow);
  }
};
