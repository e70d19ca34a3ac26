import { daysAgo, firstOfMonth } from "./days-ago.js";
import type { Service } from "./find-service.js";
import { rowFor, type ServiceReads } from "./service-page.js";
import { json } from "./sh.js";

/** What Cost Explorer calls the services, as `ce get-dimension-values --dimension SERVICE` lists them. */
const BILLED_AS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  cloudfront: ["Amazon CloudFront"],
  cloudwatch: ["AmazonCloudWatch"],
  dynamodb: ["Amazon DynamoDB"],
  ebs: ["EC2 - Other"],
  ec2: ["Amazon Elastic Compute Cloud - Compute", "EC2 - Other"],
  ecr: ["Amazon EC2 Container Registry (ECR)"],
  ecs: ["Amazon Elastic Container Service"],
  efs: ["Amazon Elastic File System"],
  eks: ["Amazon Elastic Container Service for Kubernetes"],
  elasticache: ["Amazon ElastiCache"],
  elbv2: ["Amazon Elastic Load Balancing"],
  kms: ["AWS Key Management Service"],
  lambda: ["AWS Lambda"],
  logs: ["AmazonCloudWatch"],
  opensearch: ["Amazon OpenSearch Service"],
  rds: ["Amazon Relational Database Service"],
  s3: ["Amazon Simple Storage Service"],
  secretsmanager: ["AWS Secrets Manager"],
  sns: ["Amazon Simple Notification Service"],
  sqs: ["Amazon Simple Queue Service"],
  stepfunctions: ["AWS Step Functions"],
  vpc: ["Amazon Virtual Private Cloud", "EC2 - Other"],
};

// On the first, the days that are asked for end with the month before.
const caution = (now: Date): string =>
  now.getUTCDate() === 1 ? "" : " The last month is not over: compare the full ones.";

const LARGEST =
  "jq -r '[.ResultsByTime[] | .TimePeriod.Start as $month | .Groups[] | [$month, .Keys[0], (.Metrics.UnblendedCost.Amount | tonumber)]] | sort_by(-.[2]) | .[:30][] | @tsv'";

/** The cost of three full months and of this one so far, by usage type; by service, where Cost Explorer's name of it is not known. */
export const spending = (service: Service, now: Date): ServiceReads => {
  const names = rowFor(BILLED_AS, service);
  // A structure comes whole from the text, never from the output of other commands, so that the days are written out.
  const period = `--time-period Start=${firstOfMonth(now, 3)},End=${daysAgo(now, 0)} --granularity MONTHLY --metrics UnblendedCost`;
  return names === undefined
    ? {
        commands: [`aws ce get-cost-and-usage ${period} --group-by Type=DIMENSION,Key=SERVICE | ${LARGEST}`],
        look: `the name under which this service is billed, and its trend.${caution(now)}`,
      }
    : {
        commands: [
          `aws ce get-cost-and-usage ${period} --filter ${json({ Dimensions: { Key: "SERVICE", Values: names } })} --group-by Type=DIMENSION,Key=USAGE_TYPE | ${LARGEST}`,
        ],
        look: `the few usage types that make up most of it, and which of them grow.${caution(now)}`,
      };
};
