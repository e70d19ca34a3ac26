import type { Service } from "./find-service.js";
import { rowFor } from "./service-page.js";
import { json } from "./sh.js";

/** How Security Hub's controls about a service begin, as `S3.8` (Security Hub user guide, control reference). */
const CONTROLS: Readonly<Record<string, string>> = {
  acm: "ACM",
  apigateway: "APIGateway",
  cloudformation: "CloudFormation",
  cloudfront: "CloudFront",
  cloudtrail: "CloudTrail",
  cloudwatch: "CloudWatch",
  configservice: "Config",
  dynamodb: "DynamoDB",
  ebs: "EC2",
  ec2: "EC2",
  ecr: "ECR",
  ecs: "ECS",
  efs: "EFS",
  eks: "EKS",
  elasticache: "ElastiCache",
  elbv2: "ELB",
  iam: "IAM",
  kms: "KMS",
  lambda: "Lambda",
  logs: "CloudWatch",
  opensearch: "Opensearch",
  rds: "RDS",
  redshift: "Redshift",
  s3: "S3",
  secretsmanager: "SecretsManager",
  sns: "SNS",
  sqs: "SQS",
  stepfunctions: "StepFunctions",
  vpc: "EC2",
};

const equal = (value: string) => [{ Value: value, Comparison: "EQUALS" }];

/**
 * Security Hub's controls that failed and nobody has dealt with.
 *
 * @param service only those about it, as far as their names are known
 * @param more filters besides; where nothing says which, the critical and high ones are meant
 */
export const failedControls = (service: Service | undefined, more: Readonly<Record<string, unknown>> = {}): string => {
  const id = service === undefined ? undefined : rowFor(CONTROLS, service);
  const filters = {
    RecordState: equal("ACTIVE"),
    WorkflowStatus: equal("NEW"),
    ComplianceStatus: equal("FAILED"),
    ...(id === undefined ? {} : { ComplianceSecurityControlId: [{ Value: `${id}.`, Comparison: "PREFIX" }] }),
    ...(id === undefined && Object.keys(more).length === 0
      ? { SeverityLabel: [...equal("CRITICAL"), ...equal("HIGH")] }
      : more),
  };
  return `aws securityhub get-findings --filters ${json(filters)} --max-items 100 --query 'Findings[].[Severity.Label,Compliance.SecurityControlId,Title,Resources[0].Id]' --output table`;
};
