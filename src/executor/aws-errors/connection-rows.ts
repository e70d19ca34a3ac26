import { ENDPOINT_SILENT } from "../../egress/egress-problem.js";
import type { ErrorRow } from "./error-row.js";

const LIST_REGIONS = "see the regions by `aws ec2 describe-regions --region us-east-1`";

const LOOK_FIRST = "it may have been done all the same: look before you send a write again";

/**
 * Where the request went, and whether it came there. Words are those of botocore/exceptions.py; in a transfer of `aws s3`
 * they stand behind names of files.
 */
export const connectionRows: readonly ErrorRow[] = [
  {
    code: "aws-no-region",
    codes: ["MissingRegion"],
    says: "the command has no region",
    hint: "give one, as in `--region us-east-1`",
  },
  {
    code: "aws-no-region",
    words: /^You must specify a region|^region must be set|^Missing Region\b/,
    says: "the command has no region",
    hint: "give one, as in `--region us-east-1`",
  },
  {
    code: "aws-wrong-region",
    codes: ["AuthorizationHeaderMalformed"],
    words: /; expecting '(?<region>[^']*)'$/,
    says: "the bucket is in another region",
    hint: "send it again with `--region {region}`",
  },
  {
    code: "aws-wrong-region",
    codes: ["PermanentRedirect", "TemporaryRedirect"],
    words:
      / to this endpoint: \S{1,80}\bs3[.-](?<region>[a-z]{2,4}(?:-[a-z]+){1,3}-\d+)\.amazonaws\.com(?:\.cn)?(?: |$)/,
    says: "the bucket is in another region",
    hint: "send it again with `--region {region}`",
  },
  {
    code: "aws-wrong-region",
    codes: ["IllegalLocationConstraintException"],
    words: /^The (?<region>[a-z0-9-]+) location constraint is incompatible /,
    says: "the request went to another region than the bucket's",
    hint: "send it again with `--region {region}`",
  },
  {
    code: "aws-wrong-region",
    codes: ["IllegalLocationConstraintException"],
    says: "the bucket is to be made in another region than the request goes to",
    hint: "give the same region as `--region REGION` and in `--create-bucket-configuration LocationConstraint=REGION`; without the latter only us-east-1 works",
  },
  {
    code: "aws-wrong-region",
    codes: [
      "301",
      "307",
      "AuthorizationHeaderMalformed",
      "IncorrectEndpoint",
      "PermanentRedirect",
      "TemporaryRedirect",
    ],
    says: "the bucket is in another region",
    hint: "see which by `aws s3api get-bucket-location --bucket BUCKET`, and send it again with that as `--region`",
  },
  {
    code: "aws-wrong-region",
    codes: ["InvalidLocationConstraint", "InvalidRegion"],
    says: "the region does not exist, or is not enabled",
    hint: LIST_REGIONS,
  },
  {
    code: "aws-wrong-region",
    words: /^Provided region_name |^Unknown region: |^Service \S+ not available in region |^Unable to construct an? /,
    says: "the service has no such region",
    hint: LIST_REGIONS,
  },
  {
    code: "aws-unreachable",
    words:
      /(?:^| )Could not connect to the endpoint URL: "https:\/\/[\w.-]{1,255}\.(?<region>[a-z]{2,4}(?:-[a-z]+){1,3}-\d+)\.(?:amazonaws|api)\.[a-z.]{1,20}\/[^"]*"$/,
    says: "no connection to AWS came about",
    hint: "see that region `{region}` exists, by `aws ec2 describe-regions --region us-east-1`, and has the service; else the operator's network is in the way",
  },
  {
    code: "aws-unreachable",
    // The CLI itself speaks plain HTTP to no service.
    words: /(?:^| )(?:Could not connect to the endpoint URL|Connect timeout on endpoint URL): "http:\/\/[^"]*"$/,
    says: "no connection to AWS came about",
    hint: ENDPOINT_SILENT,
  },
  {
    code: "aws-unreachable",
    words:
      /(?:^| )(?:Could not connect to the endpoint URL|Connect timeout on endpoint URL|Failed to connect to proxy URL): "[^"]*"$|^An HTTP Client failed to establish a connection: |^Invalid endpoint\b/,
    says: "no connection to AWS came about",
    hint: "see that the region exists, as in `--region us-east-1`, and send it again; else the operator's network is in the way",
  },
  {
    code: "aws-connection-lost",
    words:
      /(?:^| )(?:Read timeout on endpoint URL: "[^"]*"|Connection was closed before we received a valid response from endpoint URL: "[^"]*"\.)$|^An error occurred while reading from response stream: |^\d+ read, but total bytes expected is /,
    says: "no whole answer came from AWS",
    hint: LOOK_FIRST,
  },
  {
    code: "aws-connection-lost",
    codes: ["RequestTimeout", "RequestTimeoutException"],
    says: "the request did not come to AWS whole",
    hint: LOOK_FIRST,
  },
  {
    code: "aws-tls",
    words: /(?:^| )SSL validation failed for \S+ \[SSL: [A-Z_]+\][^[\]]*$/,
    says: "the certificate of AWS's side was not accepted",
    hint: "something between replaces certificates: the operator names its CA by AWS_CA_BUNDLE; no option turns the check off here",
  },
];
