import type { AwsWords } from "../../executor/aws-errors/aws-words.js";

/**
 * What is missing, and who can change that, in one line; undefined where AWS says neither action nor policy. The forms are
 * those of the IAM user guide, "Troubleshoot access denied error messages". Nothing of AWS's words gets in but an
 * action and an ARN that can be read as nothing else: a resource between them may be named by anybody.
 */
export const deniedHint = ({ message, operation }: AwsWords): string | undefined => {
  const [, principal = "", said] = DENIED.exec(message) ?? [];
  const action = said === undefined ? NEEDED.get(operation ?? "") : actionIn(said);
  const policy = policyIn(message) ?? (PUBLIC.test(message) ? blockPublicAccess : undefined);
  const isEncoded = ENCODED.test(message);
  if (action === undefined && policy === undefined && !isEncoded) return undefined;
  const what = action === undefined ? "this" : `action \`${action}\``;
  const who = PRINCIPAL.test(principal) ? `\`${principal}\`` : "the caller";
  const lacks = `${what} is ${said === undefined && action !== undefined ? "probably " : ""}not granted to ${who}`;
  return `${policy?.isExplicit ? forbidden(what, who, policy) : `${lacks}: ${remedy(policy)}`}${isEncoded ? `; ${DECODE}` : ""}`;
};

// From the beginning on, so that nothing that a request names can stand before it. Principals and actions have no blanks.
const DENIED =
  /^(?:You are not authorized to perform this operation\. )?User: (\S+) is not authorized to perform: (\S+)/;

const PRINCIPAL =
  /^arn:aws[a-z-]{0,10}:(?:iam|sts)::\d{12}:(?:root|(?:user|role|assumed-role|federated-user)\/[\w+=,.@/-]{1,128})$/;

// Some services write their prefix in capitals, as in `SNS:Publish`; policies take both.
const actionIn = (said: string): string | undefined => {
  const [, prefix = "", name = ""] = /^([a-z0-9-]{1,40}):([A-Za-z0-9*]{1,80})[.,]?$/i.exec(said) ?? [];
  return name === "" ? undefined : `${prefix.toLowerCase()}:${name}`;
};

/** What an operation of S3 needs, where AWS says only that it is denied (Amazon S3 user guide, "Required permissions for Amazon S3 API operations"). */
const NEEDED: ReadonlyMap<string, string> = new Map([
  ["CopyObject", "s3:PutObject"],
  ["CreateBucket", "s3:CreateBucket"],
  ["CreateMultipartUpload", "s3:PutObject"],
  ["DeleteBucket", "s3:DeleteBucket"],
  ["DeleteObject", "s3:DeleteObject"],
  ["GetObject", "s3:GetObject"],
  ["ListBuckets", "s3:ListAllMyBuckets"],
  ["ListObjectsV2", "s3:ListBucket"],
  ["PutObject", "s3:PutObject"],
  ["UploadPart", "s3:PutObject"],
]);

type Policy = { readonly kind: string; readonly isExplicit: boolean };

const KINDS: ReadonlyMap<string, string> = new Map([
  ["identity-based policy", "identity-based policy"],
  ["permissions boundary", "permissions boundary"],
  ["resource control policy", "resource control policy"],
  ["resource-based policy", "resource-based policy"],
  ["role trust policy", "role trust policy"],
  ["service control policy", "service control policy"],
  ["session policy", "session policy"],
  ["sessions policy", "session policy"],
  ["VPC endpoint policy", "VPC endpoint policy"],
]);

// At the end, behind all that a request names.
const REASON =
  /(?:because no (?<implicit>[A-Za-z -]{1,40}?) allows the \S+ action|with an explicit deny in (?:an?|the) (?<explicit>[A-Za-z -]{1,40}?)(?:: arn:\S+| transitively through a [a-z ]{1,40})?)\.?(?: Encoded authorization failure message: \S+)?$/;

// Amazon S3 user guide, "Troubleshoot access denied (403 Forbidden) errors", "S3 Block Public Access settings".
const PUBLIC =
  /because public [A-Za-z ]{1,20} are (?:prevented|blocked) by the \w{1,40} (?:setting in S3 Block Public Access|block public access setting)\.?$/;

const blockPublicAccess: Policy = { kind: "setting of S3 Block Public Access", isExplicit: true };

const policyIn = (message: string): Policy | undefined => {
  const { implicit, explicit } = REASON.exec(message)?.groups ?? {};
  const kind = KINDS.get(implicit ?? explicit ?? "");
  return kind === undefined ? undefined : { kind, isExplicit: explicit !== undefined };
};

const forbidden = (what: string, who: string, { kind }: Policy): string => {
  const named = `${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind}`;
  return `${what} is forbidden to ${who} by an explicit deny in ${named}, which no grant lifts: only a person who runs the account can change that`;
};

const remedy = (policy: Policy | undefined): string =>
  policy === undefined
    ? "a person who runs the account has to grant it"
    : `no ${policy.kind} allows it, and a person who runs the account has to change that`;

const ENCODED = /Encoded authorization failure message: [\w-]+$/;

const DECODE =
  "what stands behind `failure message:` is read by `aws sts decode-authorization-message --encoded-message MESSAGE --query DecodedMessage --output text`";
