/** What a name says about the value that belongs to it. */
export type Naming =
  /** a secret, by this rule */
  | { readonly kind: "secret"; readonly rule: string }
  /** a secret if it looks like one, since the name is used for other things too */
  | { readonly kind: "perhaps"; readonly rule: string }
  /** `SecureString`, an SSM parameter's type, which says it of the value beside it */
  | { readonly kind: "type"; readonly rule: string }
  /** what the caller has to send back, as `NextToken`: it stays, whatever it looks like */
  | { readonly kind: "handle" };

/**
 * Reads a name as fields, environment variables, options and headers are called. The vocabulary is that of the members of
 * all outputs in the service models of the AWS CLI, and of what people call their own variables.
 */
export const namingOf = (name: string): Naming | undefined => {
  if (!WORTH_A_LOOK.test(name) || OPERATION.test(name)) return undefined;
  const flat = name.replace(/[_.-]/g, "").toLowerCase();
  if (HANDLE.test(flat)) return { kind: "handle" };
  if (flat === "pwd" || flat === "oldpwd") return undefined;
  if (flat === "securestring") return { kind: "type", rule: "secure-string" };
  const rule = PASS.test(name) ? "password" : SURE.find(([ends]) => ends.test(flat))?.[1];
  if (rule !== undefined) return { kind: "secret", rule };
  if (/^(?:proxy)?authorization$/.test(flat)) return { kind: "perhaps", rule: "authorization" };
  const isKey = /(?:signing|encryption|master)key$/.test(flat) || (KEY_VARIABLE.test(name) && !NAMING_KEY.test(name));
  return isKey ? { kind: "perhaps", rule: "key" } : undefined;
};

/** A word of the vocabulary, to leave most names alone at once. */
const WORTH_A_LOOK =
  /pass|pwd|secret|token|key|plaintext|securestring|authorization|seed|activation|personalpin|qrcode/i;

/** `GetSecretValue`, which is no field. */
const OPERATION =
  /^(?:Get|get-|List|list-|Describe|describe-|Create|create-|Put|put-|Update|update-|Change|change-|Reset|reset-|Generate|generate-|Batch|batch-|Rotate|rotate-|Delete|delete-)(?=[A-Z]|(?<=-))/;

/** Ends of names, in lower case and without `_`, `-` and `.`; the first that fits names the rule. */
const SURE: readonly (readonly [ends: RegExp, rule: string])[] = [
  [/(?:secretaccesskey|accesskeysecret)$/, "aws-secret-access-key"],
  [/(?:session|security)token$/, "session-token"],
  [/(?:password|passwd|pwd|passphrase|passcode)(?:data|value|text|plaintext|\d{1,2})?$/, "password"],
  [/(?:privatekey(?:plaintext|base64|pem|value)?|(?<!public)keymaterial)$/, "private-key"],
  [/secret(?:string|binary|value|code|text|key|keybase|token|\d{1,2})?$/, "secret"],
  [/^secrettoauthenticate(?:initiator|target)$/, "secret"],
  [/token(?:value|\d{1,2})?$/, "token"],
  [/(?:api|auth|preshared|shared|sharedaccess|account|stream|mac)key(?:value)?$/, "key"],
  // The root and session keys of LoRaWAN devices (AWS IoT Wireless).
  [/^(?:genapp|app|apps|nwk|nwks|nwksenc|fnwksint|snwksint)key$/, "key"],
  // What KMS has decrypted, the seed of a second factor, and what registers a machine or moves a telephone number.
  [/^(?:plaintext|base32stringseed|qrcodepng|activationcode|personalpin)$/, "secret"],
];

/** `DB_PASS`, `dbPass`, but neither `bypass` nor `compass`. */
const PASS = /^(?:pass|PASS|Pass)$|[_.-](?:pass|PASS)$|[a-z]Pass$/;

/** `STRIPE_KEY`, as an environment variable is called. */
const KEY_VARIABLE = /^[A-Z][A-Z0-9_]*_KEY$/;

/** Keys that only name something. */
const NAMING_KEY =
  /(?:PUBLIC|KMS|S3|OBJECT|PARTITION|SORT|PRIMARY|HASH|RANGE|CACHE|BUCKET|STATE|TAG|ROW|FOREIGN|ROUTING|PREFIX|FILE|SSH|IDEMPOTENCY|PROJECT|SPACE|LOCK)_KEY$/;

/** Tokens that page, that make a call happen once, or that name a version or a step. None opens anything by itself. */
const HANDLE = new RegExp(
  `(?:${[
    ..."next start starting previous resume resumption continuation pagination page scroll forward backward".split(" "),
    ..."nextmessage nextchunk nextbatch preview sequence client request idempotency creation change lock update updated".split(
      " ",
    ),
    ..."result callback task checkpoint conditional block consumption feedback import export grant anomaly".split(" "),
    ..."offer purchase share product inprogress rollback retrieval term verification version workunit sync".split(" "),
    ..."configuration progress lifecycleaction confirmation".split(" "),
  ].join("|")})token$`,
);
