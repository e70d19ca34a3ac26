import { parseShorthand } from "../../../catalogue/values/shorthand.js";
import { parseStrictJson } from "../../../catalogue/values/strict-json.js";
import type { Value } from "../../../catalogue/values/value.js";
import { maskAssignments } from "./mask-assignments.js";
import { maskValue, type ValueMasking, type Why } from "./mask-value.js";
import type { Masks } from "./masks.js";
import { printJson, printShorthand } from "./print-value.js";
import { isReference } from "./reference.js";
import { secretNaming } from "./secret-naming.js";

/** How a text is read: as whatever it looks like, or as a program whose brackets are no JSON. */
export type TextKind = "data" | "program";

/**
 * A text with its secrets masked: JSON and the CLI's shorthand as trees, inside of each other too, everything else by the
 * names that stand before values. What looks like JSON, can't be read and has a secret's name in it is masked as a whole.
 *
 * @param depth how many texts it is inside of
 */
export const maskText = (text: string, masks: Masks, kind: TextKind = "data", depth = 0): string => {
  if (isReference(text)) return text;
  if (depth === DEEPEST) return holdsSecretName(text) ? masks.hide(text) : text;
  const [, assigned = "", name = ""] = ASSIGNMENT.exec(text) ?? [];
  const value = text.slice(assigned.length);
  // As a word of its own all of it belongs to the one name.
  if (secretNaming(name) === "secret" && !isReference(value)) return `${assigned}${masks.hide(value)}`;
  const inner = (each: string): string => maskText(each, masks, kind, depth + 1);
  const tree = maskTree(text, { masks, isMarked: () => false, text: inner }, { kind });
  switch (tree.kind) {
    case "masked":
      return tree.text;
    case "broken":
      return masks.hide(text);
    case "plain":
    case "none":
      return maskAssignments(text, masks, kind === "program");
  }
};

/** Texts inside of each other that are read: nobody sends more, and each is read as often as there are around it. */
const DEEPEST = 8;

const ASSIGNMENT = /^(([A-Za-z_][A-Za-z0-9_.-]{0,127})=)(?!=)/;

export type TreePlace = {
  readonly kind: TextKind;
  /** Why all of it is hidden. */
  readonly why?: Why;
  /** It is the whole input of an operation. */
  readonly isInput?: boolean;
};

export type MaskedTree =
  /** it holds secrets, and this is what may be read of it */
  | { readonly kind: "masked"; readonly text: string }
  /** it holds none */
  | { readonly kind: "plain" }
  /** it was meant for JSON, and has a secret's name in it */
  | { readonly kind: "broken" }
  /** it is no tree */
  | { readonly kind: "none" };

/** A text as a tree of JSON or shorthand, masked. */
export const maskTree = (text: string, masking: ValueMasking, place: TreePlace): MaskedTree => {
  const { kind, why, isInput } = place;
  const masked = (value: Value, print: (value: Value) => string): MaskedTree => {
    const [old, shown] = [print(value), print(maskValue(value, masking, why, isInput))];
    return old === shown ? { kind: "plain" } : { kind: "masked", text: shown };
  };
  if (/^\s*[[{]/.test(text)) {
    const read = parseStrictJson(text);
    if (read.ok) return masked(read.value, printJson);
    return { kind: kind === "data" && holdsSecretName(text) ? "broken" : "none" };
  }
  if (kind === "program" || !PAIR.test(text)) return { kind: "none" };
  const read = parseShorthand(text);
  return read.ok ? masked(read.value, printShorthand) : { kind: "none" };
};

const PAIR = /^[A-Za-z][\w.:/-]*@?=/;

/** Whether a name stands in a text that says that something in it is a secret. */
export const holdsSecretName = (text: string): boolean =>
  [...text.matchAll(/[A-Za-z_][A-Za-z0-9_.-]{0,127}/g)].some(([name]) => secretNaming(name) === "secret");
