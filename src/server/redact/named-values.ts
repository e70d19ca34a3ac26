import { isExpression, isOrdinary, isPlaceholder, looksRandom } from "./plain-value.js";
import type { Found, Stretch } from "./read-value.js";
import type { Secret } from "./secret.js";
import { type Naming, namingOf } from "./secret-names.js";
import { valueBehind } from "./value-behind.js";

/** What names say of the values that belong to them. */
export type NamedValues = {
  readonly secrets: readonly Secret[];
  /** Tokens that the caller has to send back. */
  readonly handles: readonly Stretch[];
};

/**
 * Values that stand behind a name which says that they are secret: as JSON, YAML, text and tables of the AWS CLI have
 * them, JSON inside JSON strings, environment files, connection strings, queries, headers, XML, options of commands, and
 * pairs of a name and a value. Linear in the text: each name is looked at once, with a bound before the value begins, and
 * a hidden value is not looked into again.
 */
export const namedValues = (text: string): NamedValues => {
  const secrets: Secret[] = [];
  const handles: Stretch[] = [];
  const names = new RegExp(NAME);
  const known = new Map<string, Naming | undefined>();
  for (let found = names.exec(text); found !== null; found = names.exec(text)) {
    const name = found[0].slice(isEscape(text, found.index, found[0]) ? 1 : 0);
    const naming = known.has(name) ? known.get(name) : namingOf(name);
    known.set(name, naming);
    if (naming === undefined) continue;
    const end = found.index + found[0].length;
    const value = valueBehind(text, { start: end - name.length, end }, naming);
    if (value === undefined) continue;
    if (naming.kind === "handle") handles.push(value);
    else if (isSecret(text.slice(value.start, value.end), value, naming, name))
      secrets.push({ start: value.start, end: value.end, rule: naming.rule });
    else if (value.end - value.start < LONGEST_READ_AGAIN) continue;
    names.lastIndex = Math.max(end, value.end);
  }
  return { secrets, handles };
};

/** A value that is no secret may hold names and values of its own, unless it is longer than this. */
const LONGEST_READ_AGAIN = 1024;

const NAME = /[A-Za-z_][A-Za-z0-9_.-]{0,127}/g;

// The first letter may belong to the escape of a line's end in a JSON string: `\nPASSWORD=`.
const isEscape = (text: string, at: number, name: string): boolean => text[at - 1] === "\\" && /^[nrt]/.test(name);

const isSecret = (value: string, { place }: Found, naming: Naming, name: string): boolean => {
  if (place === "bare" && isExpression(value)) return false;
  switch (naming.kind) {
    case "handle":
      return false;
    case "perhaps":
      return !isOrdinary(value) && looksRandom(value, 16);
    case "type":
      return !isOrdinary(value) && !KMS_CIPHERTEXT.test(value);
    case "secret":
      return place === "beside" || naming.rule === "private-key" || NAMES_TOO.test(name)
        ? !isOrdinary(value)
        : !isPlaceholder(value);
  }
};

// A waiting approval of CodePipeline, a registration of CloudFormation: UUIDs that the caller has to send back.
const NAMES_TOO = /^(?:registration[_-]?)?token$/i;

// What SSM answers without `--with-decryption`.
const KMS_CIPHERTEXT = /^AQ[EI]C[A-Za-z0-9+/=]{60,}$/;
