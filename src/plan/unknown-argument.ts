import { span } from "../language/span.js";
import type { Argument, TemplateWord } from "./plan.js";
import { UNKNOWN_OUTPUT } from "./unknown.js";

/** The one argument that a word stands for as long as nobody knows what its outputs are, each of them one character. */
export const unknownArgument = ({ parts, span: where }: TemplateWord): Argument => {
  let text = "";
  const expanded = [];
  for (const part of parts) {
    if (part.kind === "output") expanded.push(span(text.length, text.length + 1));
    text += part.kind === "output" ? UNKNOWN_OUTPUT : part.text;
  }
  return expanded.length === 0 ? { text, span: where } : { text, span: where, expanded };
};
