import { drawFlow, type Form } from "./draw-flow.js";
import type { Flow } from "./flow.js";
import { renderSvg } from "./render-svg.js";

/** The pictures below `docs`, by their form. */
export const FLOW_FILES: readonly (readonly [form: Form, name: string])[] = [
  ["wide", "flow.svg"],
  ["narrow", "flow-narrow.svg"],
];

/** What stands in the file of a form. */
export const flowFile = (flow: Flow, form: Form): string =>
  renderSvg(drawFlow(flow, form), flow.title, flow.description);
