import { parseStrictJson } from "../../catalogue/values/strict-json.js";
import type { Value } from "../../catalogue/values/value.js";

/** The value with texts that are JSON, such as policy documents, as the data that they stand for, also inside each other. */
export const unfoldJson = (value: Value): Value => {
  switch (value.kind) {
    case "list":
      return { kind: "list", items: value.items.map(unfoldJson) };
    case "map":
      return { kind: "map", entries: value.entries.map((entry) => ({ ...entry, value: unfoldJson(entry.value) })) };
    case "text":
      return /^\s*[[{]/.test(value.text) ? unfoldText(value.text) : value;
    case "number":
    case "boolean":
    case "null":
    case "file":
    case "unknown":
      return value;
  }
};

// A service may read what we would not, such as a key that stands twice: at least escapes and blanks hide nothing.
const unfoldText = (text: string): Value => {
  const read = parseStrictJson(text.trim());
  return read.ok ? unfoldJson(read.value) : { kind: "text", text: tidied(text) };
};

const tidied = (text: string): string =>
  text.replace(/"[^"\\]*(?:\\[\s\S]?[^"\\]*)*(?:"|$)|\s+/g, (piece) => (piece.startsWith('"') ? decoded(piece) : ""));

const decoded = (piece: string): string =>
  piece.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (written, code?: string, character = "") => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    if (character === '"' || character === "\\") return written;
    return /[bfnrt]/.test(character) ? " " : character;
  });
