import { namingOf } from "../../redact/secret-names.js";

/** What the name of an option, a member, a key or a variable says of its value. */
export type SecretNaming =
  /** it is a secret */
  | "secret"
  /** it is one unless it looks like a name, a number or a date */
  | "perhaps"
  /** it opens nothing, whatever the models mark: a token that pages or makes a call happen once */
  | "handle"
  /** it is the type of an SSM parameter whose value is secret */
  | "secret-type";

/**
 * Reads a name. More names count here than where output is read: what was sent is written down for years, and whoever
 * reads it can do without a word too many. The models alone would not do: they mark neither DocumentDB's
 * `MasterUserPassword` nor ElastiCache's `AuthToken`, and they know nothing of keys that users make up.
 */
export const secretNaming = (name: string): SecretNaming | undefined => {
  const naming = namingOf(name) ?? namingOf(name.replace(VERB, ""));
  switch (naming?.kind) {
    case "secret":
    case "perhaps":
    case "handle":
      return naming.kind;
    case "type":
      return "secret-type";
    case undefined:
      return MORE.test(flat(name)) || LAST_WORD.test(name) ? "secret" : undefined;
  }
};

/** Whether an option that no table has may be one that was meant for a secret. */
export const mayBeSecret = (name: string): boolean =>
  secretNaming(name) === "secret" || (ROOT.test(flat(name)) && !NAMES_SOMETHING.test(name));

const flat = (name: string): string => name.replace(/[^A-Za-z0-9]/g, "").toLowerCase();

// `namingOf` takes these for names of API operations, which no option and no key is.
const VERB = /^(?:get|list|describe|create|put|update|change|reset|generate|batch|rotate|delete)[-_]?/i;

const MORE = new RegExp(
  `(?:${[
    "passwords|passphrases|credentials?|(?:password|secret)hash|secretkeys|apikeys",
    "(?:auth|authorization|authentication|access|activation|verification|confirmation|mfa|otp|pin|token|device|recovery|unlock|user)codes?\\d{0,2}",
    // SSE-C of Amazon S3, connectors of Amazon AppFlow, license and registration keys.
    "ssec(?:copysource)?key|ssecustomerkey|applicationkey|datakey|licensekey|activationkey|masterkey|signingkey",
    "samlassertion",
  ].join("|")})$`,
);

/** As words of their own: `stop` ends in none of them. */
const LAST_WORD =
  /(?:^|[^A-Za-z])(?:psk|PSK|otp|OTP|totp|TOTP|jwt|JWT|cookie|Cookie|keytab)$|[a-z](?:Psk|PSK|Otp|OTP|Jwt|JWT|Cookie|Keytab)$/;

const ROOT = /pass|pwd|secret|token|credential|private|apikey|auth|plaintext|userdata|cred/;

const NAMES_SOMETHING = /(?:id|ids|arn|arns|name|names|type|url|uri|policy|length|file|mode|status)$/i;
