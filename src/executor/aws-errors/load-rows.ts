import type { ErrorRow } from "./error-row.js";

/** AWS has too much to do, or trouble of its own. Codes that mean "slower" are those that botocore sends again for (botocore/retries/standard.py). */
export const loadRows: readonly ErrorRow[] = [
  {
    code: "aws-throttled",
    codes: [
      "BandwidthLimitExceeded",
      "EC2ThrottledException",
      "PriorRequestNotComplete",
      "ProvisionedThroughputExceededException",
      "RequestLimitExceeded",
      "RequestThrottled",
      "RequestThrottledException",
      "SlowDown",
      "ThrottledException",
      "Throttling",
      "ThrottlingException",
      "TooManyRequests",
      "TooManyRequestsException",
      "429",
    ],
    like: /Throttl/,
    says: "requests of this kind come too fast for AWS",
    hint: "the AWS CLI has tried again already: wait a minute, then ask for less at once, as with `--max-items 100`, and for one thing at a time",
  },
  {
    code: "aws-throttled",
    codes: ["LimitExceededException", "LimitExceeded"],
    words: /^Rate exceeded\b/i,
    says: "requests of this kind come too fast for AWS",
    hint: "wait a minute, then ask for less at once, as with `--max-items 100`, and for one thing at a time",
  },
  {
    code: "aws-no-capacity",
    codes: [
      "InsufficientCapacity",
      "InsufficientHostCapacity",
      "InsufficientInstanceCapacity",
      "InsufficientReservedInstanceCapacity",
      "InsufficientDBInstanceCapacity",
    ],
    like: /^Insufficient\w*Capacity(?:Fault|Exception)?$/,
    says: "none of that kind is free there now",
    hint: "try another availability zone or type, or later: see `aws ec2 describe-instance-type-offerings --location-type availability-zone`",
  },
  {
    code: "aws-unavailable",
    codes: ["500", "502", "503", "504", "InternalError", "InternalFailure", "ServiceUnavailable", "Unavailable"],
    like: /^Internal(?:Server|Service)?(?:Error|Exception|Failure|Fault)|^Service(?:Unavailable|Failure|Exception)|ServerException$/,
    says: "the service has trouble of its own",
    hint: "send a read again in a minute; it may have been done all the same, so look before you send a write again",
  },
  {
    code: "aws-unavailable",
    words: /^Unable to parse response \(/,
    says: "what answered is not AWS, or has trouble of its own",
    hint: "send a read again in a minute; when it fails again, the operator looks at the network between",
  },
];
