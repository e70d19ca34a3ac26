import { memberWords } from "./member-words.js";
import type { SecretEntry } from "./reviewed.js";
import { leafOf, type ServiceModel, walkMembers } from "./service-model.js";

/** What people decided about members that sound like secrets, and about secrets that do not. */
export type SecretRules = { readonly also: readonly SecretEntry[]; readonly not: readonly SecretEntry[] };

/** The members of an operation's answer that are secret, by their names, sorted. */
export const secretMembers = (
  model: ServiceModel,
  folder: string,
  operation: string,
  rules: SecretRules,
): readonly string[] => {
  const output = model.operations[operation]?.output?.shape;
  if (output === undefined) return [];
  const found = new Set<string>();
  const named = (entries: readonly SecretEntry[], member: string): boolean =>
    entries.some(
      (entry) =>
        (entry.model === folder || entry.model === "*") &&
        (entry.member === member || entry.member === "*") &&
        (entry.operations?.includes(operation) ?? true),
    );
  walkMembers(model, output, (name, _member, shape) => {
    const leaf = leafOf(model, shape);
    const sensitive = shape.sensitive === true || leaf.sensitive === true;
    const text = (leaf.type === "string" || leaf.type === "blob") && leaf.enum === undefined;
    if (named(rules.also, name)) found.add(name);
    else if (text && soundsSecret(name, sensitive) && !named(rules.not, name)) found.add(name);
  });
  return [...found].sort();
};

// Tokens that page, lock or repeat, and open nothing.
const HARMLESS_TOKENS = new Set(
  [
    "next pagination continuation page previous backward forward chunk message marker start starting block checkpoint",
    "client request idempotency creation change update lock version revision concurrency conditional sync sequence",
    "expiration max min input output inbound feedback preview registration registry",
  ].flatMap((words) => words.split(" ")),
);

const LAST =
  /^(password|passwords|passphrase|plaintext|otp|passcode|psk|secret|secrets|jwt|cookie|credential|credentials|kubeconfig)$/;
const KEYS =
  / (private|secret|secret access|shared|api|auth|session|signing|mac|license|app|activation|stream|device specific|solution|vsan|nwk|nwk enc|app s|nwk s) keys?( plaintext| base64| base 64| pem| material| value| blob)?$/;
const URLS =
  / (presigned|pre signed|signed|sign in|upload|download|streaming|authorized|auth code|anonymous)( \w+)* (url|uri|urls)$/;
const PARTS = / (secret|password) (string|binary|code|data|value|hash)$| token value$/;
const CODES = / (auth|authorization|activation|device|verification|confirmation|recovery|unlock|challenge) codes?$/;

const soundsSecret = (name: string, sensitive: boolean): boolean => {
  const words = memberWords(name);
  const last = words.at(-1) ?? "";
  const spaced = ` ${words.join(" ")}`;
  if (LAST.test(last)) return true;
  if (/^tokens?$/.test(last)) return !words.slice(0, -1).some((word) => HARMLESS_TOKENS.has(word));
  if ([KEYS, URLS, PARTS, CODES].some((pattern) => pattern.test(spaced))) return true;
  if (words.includes("secret") && !/^(arn|id|name|status)$/.test(last)) return sensitive;
  return sensitive && /^(url|uri|urls|uris|cookie|blob)$/.test(last);
};
