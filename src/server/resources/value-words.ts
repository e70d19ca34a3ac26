import type { ValueKind } from "../../utilities/utility-grammar.js";

/** What a value has to be, in words. */
export const valueWords = (kind: ValueKind): string => {
  switch (kind.kind) {
    case "text":
      return "text";
    case "regex":
      return "regular expression";
    case "integer":
      return `whole number${bounds(kind.min, kind.max)}${signed(kind.sign)}`;
    case "count":
      return `count such as 10 or 2K${signed(kind.sign)}`;
    case "size":
      return "size such as 10M";
    case "one-of":
      return `one of ${kind.of.map((row) => row.join(" or ")).join(", ")}`;
    case "shape":
      return kind.is;
    case "jq-program":
      return "jq filter";
    case "sed-script":
      return "sed script";
    case "awk-program":
      return "awk program";
    case "workspace-file":
      return kind.stdin === false ? "file of the workspace" : "file of the workspace, or - for the input";
    case "workspace-folder":
      return "file or folder of the workspace";
    case "workspace-output":
      return "name of a file to make in the workspace";
  }
};

const bounds = (min: number, max: number): string =>
  max === Number.MAX_SAFE_INTEGER ? (min === 0 ? "" : ` from ${min}`) : ` from ${min} to ${max}`;

const signed = (sign: string): string => (sign === "" ? "" : `, ${[...sign].join(" or ")} may stand before it`);
