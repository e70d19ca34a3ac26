import type { SecretLintRuleContext, SecretLintRuleCreator, SecretLintSourceCode } from "@secretlint/types";
import type { Secret } from "./secret.js";

/**
 * The rules of `@secretlint/secretlint-rule-preset-recommend` that are used, and what each is called here. They know the
 * tokens of vendors by their form. The others of the preset are left out:
 *
 * - `aws` reports as many characters as the key has, but from the beginning of its name, so that the key's end would stay;
 * - `basicauth` and `database-connection-string` report more than the password, quotes and braces behind it included, so
 *   that JSON would be none any more, and let pass what holds the word `password`;
 * - `privatekey` wants both ends of a key; `gcp` reports the whole text, and only of a file that is called `.json`;
 * - `filter-comments` lets any text turn all rules off (`secretlint-disable`).
 */
export const USED_RULES: Readonly<Record<string, string>> = {
  "@secretlint/secretlint-rule-npm": "npm-token",
  "@secretlint/secretlint-rule-slack": "slack-token",
  "@secretlint/secretlint-rule-sendgrid": "sendgrid-key",
  "@secretlint/secretlint-rule-shopify": "shopify-key",
  "@secretlint/secretlint-rule-github": "github-token",
  "@secretlint/secretlint-rule-openai": "openai-key",
  "@secretlint/secretlint-rule-anthropic": "anthropic-key",
  "@secretlint/secretlint-rule-linear": "linear-key",
  "@secretlint/secretlint-rule-1password": "1password-token",
};

/**
 * What the rule set finds. It is loaded when there is a text to look at, once. Its rules are called by the interface that
 * all rules of secretlint have, without `@secretlint/core`, which keeps a record of every call for ever (its profiler) and
 * compares all findings with each other.
 */
export const ruleSet = async (text: string): Promise<readonly Secret[]> => {
  loading ??= import("@secretlint/secretlint-rule-preset-recommend").then(({ rules }) => rules);
  const found: Secret[] = [];
  for (const creator of await loading) {
    const rule = USED_RULES[creator.meta.id];
    if (rule === undefined) continue;
    const report: SecretLintRuleContext["report"] = ({ range: [start, end] }) => found.push({ start, end, rule });
    await creator.create(contextOf(report), {}).file?.(sourceOf(text));
  }
  return found;
};

let loading: Promise<readonly SecretLintRuleCreator[]> | undefined;

// Messages hold the secret; nobody reads them.
const contextOf = (report: SecretLintRuleContext["report"]): SecretLintRuleContext => ({
  sharedOptions: {},
  createTranslator: () => (messageId) => ({ message: "", messageId: String(messageId), data: undefined }),
  report,
  ignore: () => undefined,
});

// Only rules that are left out ask for more than the content; a name that ends in nothing special keeps out those for files.
const sourceOf = (content: string): SecretLintSourceCode => ({
  content,
  hasBOM: false,
  filePath: "output",
  physicalFilePath: undefined,
  contentType: "text",
  ext: "",
  getFilePath: () => "output",
  getPhysicalFilePath: () => undefined,
  ...noPositions,
});

const unasked = (): never => {
  throw new Error("a rule asked for a line and column");
};

const noPositions = {
  locationToRange: unasked,
  rangeToLocation: unasked,
  positionToIndex: unasked,
  indexToPosition: unasked,
};
