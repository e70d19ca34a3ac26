import { isUnknown } from "../../plan/unknown.js";

/**
 * What an option's words mean to the AWS CLI, before its service model has a say.
 *
 * Types are those of the text: `Count=3` in shorthand is text, `{"Count": 3}` in JSON is a number. The CLI turns the one into the other, and
 * `Values=a` into `Values=[a]`, by the model; `valuesAt` reads them alike.
 */
export type Value = Leaf | ListValue | MapValue;

export type Leaf =
  /** `abc` */
  | {
      readonly kind: "text";
      readonly text: string;
      /** The file inside of a structure that the text was read from, as `file://x`. */
      readonly reference?: string;
    }
  /** `-1.5e3`, kept as it was written: a JSON number can hold more digits than a JavaScript number */
  | { readonly kind: "number"; readonly text: string }
  /** `true` */
  | { readonly kind: "boolean"; readonly value: boolean }
  /** `null` */
  | { readonly kind: "null" }
  /** `file://rules.json`: the CLI replaces it by what the file holds, so it can stand for any value */
  | { readonly kind: "file"; readonly reference: string }
  /** `i-$(…)`: a part of it is the output of other commands that have not run yet, so it can stand for any text */
  | { readonly kind: "unknown"; readonly text: string };

/** `[a,b]` */
export type ListValue = { readonly kind: "list"; readonly items: readonly Value[] };

/** `{a=b,c=d}`, in the order of the text; no key stands twice */
export type MapValue = { readonly kind: "map"; readonly entries: readonly Entry[] };

export type Entry = { readonly key: string; readonly value: Value };

/** Containers inside each other, at most. No operation's input is deeper, save those that nest without end. */
export const MAX_DEPTH = 64;

export const textValue = (text: string): Leaf => (isUnknown(text) ? { kind: "unknown", text } : { kind: "text", text });

export const listValue = (items: readonly Value[]): ListValue => ({ kind: "list", items });

/** Whether it can stand for any value: what nobody has read or knows yet satisfies every rule that speaks against a command. */
export const isOpen = ({ kind }: Value): boolean => kind === "file" || kind === "unknown";

export const mapValue = (entries: readonly Entry[]): MapValue => ({ kind: "map", entries });
