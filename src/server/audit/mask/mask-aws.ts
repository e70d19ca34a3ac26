import type { Catalogue, OperationTable, OptionTable, ValueType } from "../../../catalogue/service-table.js";
import { awsParts, type WrittenOption } from "./aws-parts.js";
import { holdsSecretName, maskText, maskTree } from "./mask-text.js";
import { isHidden, type ValueMasking, type Why } from "./mask-value.js";
import type { Masks } from "./masks.js";
import { isReference } from "./reference.js";
import { mayBeSecret, secretNaming } from "./secret-naming.js";

/**
 * The words of an aws command with its secrets masked: values of options whose name says that they are secret, those that
 * the service's model marks as sensitive, and the same inside of JSON and shorthand.
 *
 * @param words `aws` the first of them; as they were asked, or in canonical form
 */
export const maskAws = (words: readonly string[], catalogue: Catalogue, masks: Masks): readonly string[] => {
  const shown = [...words];
  const { table, written, names } = awsParts(words, catalogue);
  for (const [index, option] of written.entries()) {
    const why = whyHidden(option, table);
    maskOption(shown, option, masker(option, table, masks, why), masks);
    const next = written[index + 1];
    // A secret may begin like an option; then there is no such one.
    const isValue = why === "secret" && option.values.length === 0 && next?.options.length === 0;
    if (isValue) shown[next.at] = masks.hide(shown[next.at] ?? "");
  }
  for (const [index, at] of names.entries()) maskName(shown, at, names[index - 1], masks);
  return shown;
};

const maskOption = (shown: string[], { values }: WrittenOption, mask: (text: string) => string, masks: Masks): void => {
  for (const [index, { at, start }] of values.entries()) {
    const word = shown[at] ?? "";
    const [name, text] = [word.slice(0, start), word.slice(start)];
    const before = values[index - 1];
    // `aws --profile dev configure set NAME VALUE`
    const isBehindName = before !== undefined && saysSecret(shown[before.at] ?? "") && !isReference(text);
    shown[at] = name + (isBehindName ? masks.hide(text) : mask(text));
  }
};

const maskName = (shown: string[], at: number, before: number | undefined, masks: Masks): void => {
  const word = shown[at] ?? "";
  const isBehindName = before !== undefined && before > 1 && saysSecret(shown[before] ?? "");
  shown[at] = isBehindName && !isReference(word) ? masks.hide(word) : maskText(word, masks);
};

// A word that could be any value of a list names nothing; `aws_secret_access_key` does, and so does `-password`.
const saysSecret = (word: string): boolean =>
  (/^[a-z][\w.-]*_[a-z_]+$/.test(word) && secretNaming(word) === "secret") ||
  (/^-[A-Za-z][\w-]{2,}$/.test(word) && mayBeSecret(word.slice(1)));

const whyHidden = ({ name, options }: WrittenOption, table: OperationTable | undefined): Why => {
  if (options.length === 0) return mayBeSecret(name) ? "secret" : undefined;
  const reasons = options.map((option) => whyOption(option, table));
  return reasons.find((why) => why === "secret") ?? reasons.find((why) => why === "perhaps");
};

const whyOption = ({ name, member, type }: OptionTable, table: OperationTable | undefined): Why => {
  if (type.kind === "flag") return undefined;
  // API Gateway names a key by its identifier.
  if (name === "api-key" && table?.service === "apigateway") return undefined;
  const naming = secretNaming(name) ?? secretNaming(member ?? "");
  if (naming === "secret" || naming === "perhaps") return naming;
  const isMarked = member !== undefined && table?.sensitive.includes(member) === true;
  return isMarked && naming !== "handle" ? "secret" : undefined;
};

const masker = (
  { name, options }: WrittenOption,
  table: OperationTable | undefined,
  masks: Masks,
  why: Why,
): ((text: string) => string) => {
  const isTree = options.length > 0 && options.every(({ type }) => holdsTree(type));
  const isInput = options.some((option) => option.name.startsWith("cli-input-"));
  const hasMarks = table?.sensitive.some((member) => isInput || member.startsWith(".")) === true;
  const kind = options.some((option) => option.name === "query") || name === "query" ? "program" : "data";
  const masking: ValueMasking = {
    masks,
    isMarked: (member, isTop) => table?.sensitive.includes(isTop ? member : `.${member}`) === true,
    text: (text) => maskText(text, masks, kind),
  };
  return (text) => {
    if (isReference(text)) return text;
    if (why !== undefined && !isTree) return isHidden(text, why) ? masks.hide(text) : maskText(text, masks, kind);
    if (!isTree && !isInput) return maskText(text, masks, kind);
    const tree = maskTree(text, masking, { kind, isInput, why });
    switch (tree.kind) {
      case "masked":
        return tree.text;
      case "plain":
        return text;
      case "broken":
      case "none": {
        // What can't be read may hold what the model marks, or what a name beside it makes secret.
        const isSecret = why === "secret" || hasMarks || holdsSecretName(text);
        return isSecret ? masks.hide(text) : maskText(text, masks, kind);
      }
    }
  };
};

const holdsTree = (type: ValueType): boolean =>
  type.kind === "list" ? holdsTree(type.element) : type.kind === "structure" || type.kind === "map";
