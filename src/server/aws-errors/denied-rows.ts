import type { ErrorRow } from "../../executor/aws-errors/error-row.js";

/** You may not: AWS knows who asks. What is missing is said by `deniedHint` where AWS names it. */
export const deniedRows: readonly ErrorRow[] = [
  {
    code: "aws-access-denied",
    codes: ["403", "Forbidden"],
    words: /^Forbidden$/,
    says: "the caller may not do this, and a HEAD request gets no reason",
    hint: "either `s3:GetObject` or `s3:ListBucket` is missing, or the bucket is another account's; without `s3:ListBucket` a missing object looks the same; a person who runs the account has to grant it",
  },
  {
    code: "aws-access-denied",
    codes: ["AccessDeniedException", "AccessDenied"],
    words: /^The ciphertext refers to a customer master key that does not exist/,
    says: "the key is not there, or the caller may not use it",
    hint: "the key is in another region, gone, or `kms:Decrypt` on it is missing: a person who runs the account has to grant that",
  },
  {
    code: "aws-access-denied",
    codes: ["NotAuthorizedException"],
    says: "a user's sign-in was refused, not the caller's",
    hint: "the user's token or password is wrong or has expired: the user signs in again",
  },
  {
    code: "aws-access-denied",
    codes: ["403", "AllAccessDisabled", "AuthorizationError", "AuthorizationErrorException", "NotAuthorized"],
    like: /AccessDenied|^Unauthorized|NotAuthorized|^Forbidden/,
    says: "the caller is known, and may not do this",
    hint: "the missing action is not named: see who asks by `aws sts get-caller-identity`; a person who runs the account has to grant it",
  },
];
