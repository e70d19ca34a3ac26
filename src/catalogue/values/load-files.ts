import type { Value } from "./value.js";

/** The text of a parameter file by its reference; nothing where nobody has read it, or where it is no text. */
export type ReadText = (reference: string) => string | undefined;

/** Where no file has been read. */
export const unread: ReadText = () => undefined;

/**
 * The value with what each file inside of it holds in its place: the CLI puts the text of `Key@=file://x` there as it is
 * and reads no structure out of it (awscli.shorthand, `ShorthandParser._resolve_value`).
 */
export const loadFiles = (value: Value, read: ReadText): Value => {
  switch (value.kind) {
    case "file": {
      const text = read(value.reference);
      return text === undefined ? value : { kind: "text", text, reference: value.reference };
    }
    case "list":
      return { kind: "list", items: value.items.map((item) => loadFiles(item, read)) };
    case "map":
      return {
        kind: "map",
        entries: value.entries.map((entry) => ({ ...entry, value: loadFiles(entry.value, read) })),
      };
    case "text":
    case "number":
    case "boolean":
    case "null":
    case "unknown":
      return value;
  }
};
