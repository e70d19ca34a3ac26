/**
 * A value that says nothing: empty, a mask, a word for absence or type, a reference that is resolved elsewhere, an ARN, a
 * file's name for the AWS CLI, the secret key of AWS's own documentation, and what has been hidden already.
 */
export const isPlaceholder = (value: string): boolean =>
  NO_LETTER.test(value) || (value.length <= LONGEST_PLACEHOLDER && PLACEHOLDERS.some((like) => like.test(value)));

// Symbols alone; a number may be a password.
const NO_LETTER = /^[^\p{L}\p{N}]*$/u;

const LONGEST_PLACEHOLDER = 2048;

const PLACEHOLDERS = [
  /^(?:null|none|nil|undefined|true|false|yes|no|string|blob|x+|required|optional|enabled|disabled|(?:second|minute|hour|day)s)$/i,
  /^[*•]{3}/,
  /^(?:<[^<>]*>|\[redacted\b[^\]]*\]|\([a-z ]+\)|\[[A-Za-z ]*\])$/,
  // Dynamic references and functions of CloudFormation; variables of templates, shells and Terraform.
  /^(?:\{\{[^{}]*\}\}|!(?:Ref|Sub|GetAtt|ImportValue|Join|If|Select|FindInMap)\b.*)$/,
  /^(?:\$\{[^{}]*\}|\$\([^()]*\)|\$[A-Z_]+|%[A-Z_]+%|(?:var|local|data|module)\.[\w.]+)$/,
  /^arn:[a-z-]*:/,
  /^fileb?:\/\//,
  /^wJalrXUtnFEMI\/K7MDENG\/bPxRfiCYz?EXAMPLEKEY$/,
];

/**
 * A value that may stand beside a secret's name without being one, where only the place says that they belong together:
 * placeholders, small numbers, dates, types, addresses, UUIDs and the names of KMS keys.
 */
export const isOrdinary = (value: string): boolean => isPlaceholder(value) || ORDINARY.some((like) => like.test(value));

const ORDINARY = [
  /^(?:\d{1,6}|\d{10}\.\d+|\d{4}-\d\d-\d\d(?:[T ][\d:.+Z-]*)?)$/,
  /^(?:String|StringList|SecureString|Standard|Advanced|Active|Inactive|text)$/,
  /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:alias|https?:\/)\/.*)$/,
  // A path to a file: folders and an extension.
  /^\/?(?:[\w-]+\/)+[\w-]+\.[a-z]{1,6}$/,
];

/**
 * A value whose looks alone say that it was made by chance: letters and digits in one word.
 *
 * @param least characters
 */
export const looksRandom = (value: string, least: number): boolean =>
  value.length >= least && /\d/.test(value) && /[A-Za-z]/.test(value) && !/\s/.test(value);

/** A value without quotes that is a piece of a program: `event.password`, `get_secret()`, `string,`. */
export const isExpression = (value: string): boolean => EXPRESSION.test(value);

const EXPRESSION = /^(?:[A-Za-z_]+(?:\??\.[A-Za-z_]+)+(?:[,;)]*|\[.*)|[A-Za-z_]+[,;)]+|[A-Za-z_][\w.]*\(.*|\(.*)$/;
