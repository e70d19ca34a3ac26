import type { Entry, Leaf, MapValue, Value } from "../../../catalogue/values/value.js";
import { isOrdinary } from "../../redact/plain-value.js";
import type { Masks } from "./masks.js";
import { isReference } from "./reference.js";
import { secretNaming } from "./secret-naming.js";

/** What decides which values of a tree are hidden besides their names. */
export type ValueMasking = {
  readonly masks: Masks;
  /** Whether a member of a structure is marked as secret; `isTop` for those of the whole input. */
  readonly isMarked: (member: string, isTop: boolean) => boolean;
  /** What becomes of a text that is not hidden as a whole. */
  readonly text: (text: string) => string;
};

/** Why a value is hidden: its place says that it is a secret, or that it may be one. */
export type Why = "secret" | "perhaps" | undefined;

/** The value with its secrets masked; it keeps its keys, its numbers elsewhere, and the names of files. */
export const maskValue = (value: Value, masking: ValueMasking, why: Why, isInput = false): Value => {
  switch (value.kind) {
    case "list":
      return { kind: "list", items: value.items.map((item) => maskValue(item, masking, why)) };
    case "map":
      return maskMap(value, masking, why, isInput);
    case "text":
    case "number":
    case "boolean":
    case "null":
    case "file":
    case "unknown":
      return maskLeaf(value, masking, why);
  }
};

const maskMap = ({ entries }: MapValue, masking: ValueMasking, why: Why, isInput: boolean): MapValue => {
  const isPair = entries.some(({ key }) => IS_VALUE.test(key));
  const isSecretPair = isPair && !entries.some(isKeptElsewhere) && entries.some(saysSecretBeside);
  const isAnySecret = entries.some(({ key }) => whyOf(key, masking, isInput) === "secret");
  const one = ({ key, value }: Entry): Entry => {
    if (isPair && IS_NAME.test(key)) return { key, value: maskValue(value, masking, undefined) };
    // What has no name belongs to what stands before it: a secret may hold `,=`.
    const isSecret = isSecretPair && (IS_VALUE.test(key) || key === "");
    const own = isSecret || (key === "" && isAnySecret) ? "secret" : whyOf(key, masking, isInput);
    return { key, value: maskValue(value, masking, why === "secret" ? why : (own ?? why)) };
  };
  return { kind: "map", entries: entries.map(one) };
};

const whyOf = (key: string, { isMarked }: ValueMasking, isInput: boolean): Why => {
  const naming = secretNaming(key);
  if (naming === "secret" || naming === "perhaps") return naming;
  return naming !== "handle" && isMarked(key, isInput) ? "secret" : undefined;
};

/** `ParameterKey=DBPassword,ParameterValue=…`, `{"name": "DB_PASSWORD", "value": "…"}`, `Type=SecureString,Value=…` */
const IS_NAME = /^(?:parameter|attribute|option|header|environment|variable|setting|property|field)?(?:name|key)$/i;
const IS_VALUE =
  /^(?:parameter|attribute|option|header|environment|variable|setting|property|field|string|secret|text|default)?values?$/i;

const saysSecretBeside = ({ key, value }: Entry): boolean => {
  if (value.kind !== "text") return false;
  const naming = secretNaming(value.text);
  return IS_NAME.test(key) ? naming === "secret" : /^type$/i.test(key) && naming === "secret-type";
};

// AWS CodeBuild: the value is then the name of a parameter or a secret.
const isKeptElsewhere = ({ key, value }: Entry): boolean =>
  /^type$/i.test(key) && value.kind === "text" && /^(?:PARAMETER_STORE|SECRETS_MANAGER)$/.test(value.text);

const maskLeaf = (leaf: Leaf, { masks, text }: ValueMasking, why: Why): Leaf => {
  switch (leaf.kind) {
    case "file":
    case "boolean":
    case "null":
      return leaf;
    case "number":
      return why === "secret" ? { kind: "text", text: masks.hide(leaf.text) } : leaf;
    case "text":
    case "unknown":
      return isHidden(leaf.text, why)
        ? { kind: "text", text: masks.hide(leaf.text) }
        : { ...leaf, text: text(leaf.text) };
  }
};

/** Whether a text in such a place is hidden as a whole. */
export const isHidden = (text: string, why: Why): boolean => {
  if (why === undefined || isReference(text)) return false;
  return why === "secret" || !isOrdinary(text);
};
