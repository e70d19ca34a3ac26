import type { ErrorRow } from "./error-row.js";

const SIGN_IN =
  "the operator runs `aws sso login --profile {profile}` in a terminal, for no command here can; then send it again";

const CHECK_KEYS =
  "the operator checks the keys: they are wrong, switched off or without their session token; where only one region says this, it may not be enabled: see `aws ec2 describe-regions --all-regions --region us-east-1`";

const COMPLETE = "leave `--profile` out, or the operator completes this profile in the AWS configuration";

/**
 * Who are you: what is wrong with the credentials, not with what they may do. Codes are those of STS and of the common
 * errors that every service has (AWS query APIs, "Common errors"), words those of botocore/exceptions.py.
 */
export const credentialRows: readonly ErrorRow[] = [
  {
    code: "aws-mfa-needed",
    codes: ["AccessDenied", "AccessDeniedException"],
    words: /^MultiFactorAuthentication failed\b/,
    says: "an MFA code is needed",
    hint: "the operator opens the session in a terminal, as by `aws sts get-caller-identity --profile {profile}`; then send it again",
  },
  {
    code: "aws-mfa-needed",
    words: /^profile `[^`]*` needs an MFA code|^Cannot refresh credentials: MFA token required|^Enter MFA code for/,
    says: "an MFA code is needed",
    hint: "the operator opens the session in a terminal, as by `aws sts get-caller-identity --profile {profile}`; then send it again",
  },
  {
    code: "aws-credentials-expired",
    codes: ["ExpiredToken", "ExpiredTokenException"],
    words: /^Token expired: current date/,
    says: "the web identity token has expired",
    hint: "what writes the token's file (the cluster, the CI job) has to renew it; the operator sees to that",
  },
  {
    code: "aws-credentials-expired",
    codes: ["ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"],
    says: "the credentials have expired",
    hint: "the operator renews them, as by `aws sso login --profile {profile}` in a terminal, or gives the server new keys; then send it again",
  },
  {
    code: "aws-credentials-expired",
    codes: ["UnauthorizedException"],
    words: /^Session token not found or invalid/,
    says: "the SSO session has expired",
    hint: SIGN_IN,
  },
  {
    code: "aws-credentials-expired",
    words:
      /^The SSO session associated with this profile has expired|^Error when retrieving token from sso: |^Error loading SSO Token: /,
    says: "the SSO session has expired or was never opened",
    hint: SIGN_IN,
  },
  {
    code: "aws-credentials-expired",
    words:
      /^Your session has expired\b|^Error loading login session token: |^Error loading or redeeming a login authorization code: /,
    says: "the session of `aws login` has expired or was never opened",
    hint: "the operator runs `aws login --profile {profile}` in a terminal, for no command here can; then send it again",
  },
  {
    code: "aws-credentials-expired",
    words: /^Credentials were refreshed, but the refreshed credentials are still expired/,
    says: "what gives the credentials gives expired ones",
    hint: "the operator renews what the profile takes its keys from; then send it again",
  },
  {
    code: "aws-clock-skew",
    codes: [
      "SignatureDoesNotMatch",
      "InvalidSignatureException",
      "AuthFailure",
      "AccessDenied",
      "AccessDeniedException",
    ],
    words: /^Signature (?:expired|not yet current): /,
    says: "the clock of the server's machine is wrong",
    hint: "the operator sets the clock (NTP) of the machine that the server runs on; then send it again",
  },
  {
    code: "aws-clock-skew",
    codes: ["RequestTimeTooSkewed", "RequestInTheFuture"],
    says: "the clock of the server's machine is wrong",
    hint: "the operator sets the clock (NTP) of the machine that the server runs on; then send it again",
  },
  {
    code: "aws-clock-skew",
    codes: ["RequestExpired"],
    says: "the request was too old when it came, or its session was",
    hint: "the operator sets the clock (NTP) of the server's machine, or renews the session, as by `aws sso login --profile {profile}` in a terminal",
  },
  {
    code: "aws-credentials-invalid",
    codes: [
      "SignatureDoesNotMatch",
      "InvalidSignatureException",
      "IncompleteSignature",
      "IncompleteSignatureException",
    ],
    says: "the secret key does not belong to the access key",
    hint: "the operator gives the server both keys anew, copied whole, with the session token where there is one",
  },
  {
    code: "aws-credentials-invalid",
    codes: ["MissingAuthenticationToken", "MissingAuthenticationTokenException", "MissingSecurityHeader"],
    says: "the request came without credentials",
    hint: "the operator checks the server's credentials and its AWS_ENDPOINT_URL, where one is set",
  },
  {
    code: "aws-credentials-invalid",
    codes: ["InvalidIdentityToken", "InvalidIdentityTokenException", "IDPRejectedClaim", "IDPCommunicationError"],
    says: "the web identity token is not accepted",
    hint: "a person who runs the account checks the role's identity provider, and the operator the token's file",
  },
  {
    code: "aws-access-denied",
    codes: ["AuthFailure"],
    words: /^Not authorized for /,
    says: "the caller is known, and may not do this",
    hint: "what is named belongs to another account that does not share it, or not in this region",
  },
  {
    code: "aws-credentials-invalid",
    codes: [
      "AuthFailure",
      "InvalidAccessKeyId",
      "InvalidClientTokenId",
      "InvalidSecurity",
      "InvalidToken",
      "UnrecognizedClientException",
    ],
    says: "the credentials are not known to AWS",
    hint: CHECK_KEYS,
  },
  {
    code: "aws-not-enabled",
    codes: ["NotSignedUp", "SubscriptionRequired", "SubscriptionRequiredException"],
    says: "the account has not signed up for the service, or has no such plan",
    hint: "a person who runs the account signs up for it; no command here helps",
  },
  {
    code: "aws-not-enabled",
    codes: ["OptInRequired", "RegionDisabledException"],
    says: "the service or the region is not enabled for this account",
    hint: "see which regions are, by `aws ec2 describe-regions --all-regions --region us-east-1`; a person who runs the account enables others",
  },
  {
    code: "aws-not-enabled",
    codes: ["AWSOrganizationsNotInUseException"],
    says: "this account belongs to no organization",
    hint: "nothing to read here: go on without organizations",
  },
  {
    code: "aws-not-enabled",
    codes: ["AccountProblem", "Blocked", "PendingVerification"],
    says: "this account may not do it yet, or any longer",
    hint: "a person who runs the account settles it with AWS support",
  },
  {
    code: "aws-no-credentials",
    words: /^Unable to locate (?:credentials|authorization token)|Unable to locate credentials$|^no credentials found$/,
    says: "no credentials were found for this command",
    hint: "the operator gives them by AWS_PROFILE, by AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or by a role",
  },
  {
    code: "aws-no-credentials",
    words: /^The config profile \((?<profile>[^)]*)\) could not be found/,
    says: "the profile does not exist",
    hint: "leave `--profile {profile}` out, or the operator adds this profile to the AWS configuration",
  },
  {
    code: "aws-no-credentials",
    words: /^The config profile /,
    says: "the profile does not exist",
    hint: "leave `--profile` out, or the operator adds this profile to the AWS configuration",
  },
  {
    code: "aws-no-credentials",
    words: /^Partial credentials found in /,
    says: "the credentials are not complete",
    hint: "the operator completes them: an access key needs its secret key, a role its `source_profile` or `credential_source`",
  },
  {
    code: "aws-no-credentials",
    words:
      /^The source_profile |^The specified sso-session |^The (?:profile|value) .* (?:is configured to use|is inconsistent) |^Infinite loop in credential |^The credential_source |^Missing the following required SSO /,
    says: "the profile cannot be used as it is written",
    hint: COMPLETE,
  },
  {
    code: "aws-no-credentials",
    words: /^Unable to parse config file: |^The specified config file /,
    says: "the AWS configuration cannot be read",
    hint: "the operator repairs the file",
  },
  {
    code: "aws-no-credentials",
    words: /^Error when retrieving credentials from custom-process: /,
    says: "the operator's credential_process gives no credentials",
    hint: "the operator runs it in a terminal to see why, and signs in where it asks for that; then send it again",
  },
  {
    code: "aws-no-credentials",
    words: /^Error when retrieving credentials from |^Error retrieving metadata: /,
    says: "the machine's own role gives no credentials",
    hint: "the operator checks the role of the instance or container that the server runs on; then send it again",
  },
];
