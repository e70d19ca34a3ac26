import type { ErrorRow } from "./error-row.js";

/** What is told otherwise while the credentials of a profile are found: nobody has asked for these operations. */
export const resolvingRows: readonly ErrorRow[] = [
  {
    code: "aws-credentials-expired",
    codes: ["AccessDeniedException"],
    operations: ["CreateOAuth2Token"],
    says: "the session of `aws login` has expired",
    hint: "the operator runs `aws login --profile {profile}` in a terminal, for no command here can; then send it again",
  },
  {
    code: "aws-role-denied",
    codes: ["AccessDenied", "AccessDeniedException"],
    says: "the role of the profile may not be assumed",
    hint: "a person who runs the account has to name the caller in the role's trust policy and allow it `sts:AssumeRole`; no command here helps",
  },
  {
    code: "aws-role-denied",
    codes: ["ForbiddenException"],
    says: "the SSO user does not have the role of the profile",
    hint: "a person who runs IAM Identity Center has to assign it, or the operator names another role in the profile",
  },
  {
    code: "aws-role-denied",
    words: /^Unable to create or refresh login credentials due to insufficient permissions/,
    says: "the session of `aws login` may not be renewed",
    hint: "a person who runs the account has to grant `signin:CreateOAuth2Token`; no command here helps",
  },
  {
    code: "aws-no-credentials",
    words: /^\[Errno (?:2|13)\] /,
    says: "a file that the profile takes its credentials from cannot be read",
    hint: "the operator checks the profile's `web_identity_token_file` and `credential_process`",
  },
];

/** What is told otherwise where the command names no profile: there is no option to leave out. */
export const operatorRows: readonly ErrorRow[] = [
  {
    code: "aws-no-credentials",
    words: /^The config profile /,
    says: "the profile does not exist",
    hint: "the operator's AWS_PROFILE names no profile, and the operator corrects it; until then choose one of `aws://config/profiles` by `--profile NAME`",
  },
];
