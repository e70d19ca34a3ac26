import type { ErrorRow } from "../../executor/aws-errors/error-row.js";

type Listed = Pick<ErrorRow, "codes" | "words"> & { readonly list: string };

/** What lists what was not found. A code that several kinds of things share is told apart by the words of the service. */
const LISTED: readonly Listed[] = [
  { codes: ["NoSuchBucket"], list: "aws s3 ls" },
  { codes: ["NoSuchKey", "NoSuchVersion", "404"], list: "aws s3 ls s3://BUCKET/PREFIX" },
  { codes: ["NoSuchUpload"], list: "aws s3api list-multipart-uploads --bucket BUCKET" },
  { codes: ["NoSuchEntity"], words: /^The role with name /, list: "aws iam list-roles" },
  { codes: ["NoSuchEntity"], words: /^The user with name /, list: "aws iam list-users" },
  { codes: ["NoSuchEntity"], words: /^The group with name /, list: "aws iam list-groups" },
  { codes: ["NoSuchEntity"], words: /^Policy /, list: "aws iam list-policies --scope Local" },
  { codes: ["NoSuchEntity"], words: /^Instance Profile /, list: "aws iam list-instance-profiles" },
  { codes: ["InvalidInstanceID.NotFound"], list: "aws ec2 describe-instances" },
  {
    codes: ["InvalidAMIID.NotFound", "InvalidAMIID.Unavailable"],
    list: "aws ec2 describe-images --owners self amazon",
  },
  { codes: ["InvalidGroup.NotFound"], list: "aws ec2 describe-security-groups" },
  { codes: ["InvalidKeyPair.NotFound"], list: "aws ec2 describe-key-pairs" },
  { codes: ["InvalidSubnetID.NotFound"], list: "aws ec2 describe-subnets" },
  { codes: ["InvalidVolume.NotFound"], list: "aws ec2 describe-volumes" },
  { codes: ["InvalidSnapshot.NotFound"], list: "aws ec2 describe-snapshots --owner-ids self" },
  { codes: ["InvalidRouteTableID.NotFound"], list: "aws ec2 describe-route-tables" },
  { codes: ["InvalidInternetGatewayID.NotFound"], list: "aws ec2 describe-internet-gateways" },
  { codes: ["NatGatewayNotFound"], list: "aws ec2 describe-nat-gateways" },
  { codes: ["InvalidVpcID.NotFound"], list: "aws ec2 describe-vpcs" },
  { codes: ["InvalidNetworkInterfaceID.NotFound"], list: "aws ec2 describe-network-interfaces" },
  { codes: ["InvalidAllocationID.NotFound", "InvalidAddress.NotFound"], list: "aws ec2 describe-addresses" },
  { codes: ["InvalidLaunchTemplateId.NotFound"], list: "aws ec2 describe-launch-templates" },
  { codes: ["ValidationError"], words: /^Stack .* does not exist$/, list: "aws cloudformation list-stacks" },
  { codes: ["ResourceNotFoundException"], words: /^Function not found: /, list: "aws lambda list-functions" },
  {
    codes: ["ResourceNotFoundException"],
    words: /^(?:Requested resource not found|Cannot do operations on a non-existent table)/,
    list: "aws dynamodb list-tables",
  },
  {
    codes: ["ResourceNotFoundException"],
    words: /^Secrets Manager can't find /,
    list: "aws secretsmanager list-secrets",
  },
  {
    codes: ["ResourceNotFoundException"],
    words: /^The specified log (?:group|stream) does not exist/,
    list: "aws logs describe-log-groups",
  },
  { codes: ["ResourceNotFoundException"], words: /^No cluster found for name: /, list: "aws eks list-clusters" },
  { codes: ["ClusterNotFoundException"], list: "aws ecs list-clusters" },
  { codes: ["ParameterNotFound"], list: "aws ssm describe-parameters" },
  { codes: ["AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist"], list: "aws sqs list-queues" },
  { codes: ["NotFound", "NotFoundException"], words: /^Topic does not exist/, list: "aws sns list-topics" },
  { codes: ["NotFoundException"], words: /^Alias |^Key /, list: "aws kms list-aliases" },
  { codes: ["DBInstanceNotFound", "DBInstanceNotFoundFault"], list: "aws rds describe-db-instances" },
  { codes: ["DBClusterNotFoundFault"], list: "aws rds describe-db-clusters" },
  { codes: ["RepositoryNotFoundException"], list: "aws ecr describe-repositories" },
  { codes: ["NoSuchHostedZone"], list: "aws route53 list-hosted-zones" },
  { codes: ["NoSuchDistribution"], list: "aws cloudfront list-distributions" },
  { codes: ["LoadBalancerNotFound"], list: "aws elbv2 describe-load-balancers" },
  { codes: ["TargetGroupNotFound"], list: "aws elbv2 describe-target-groups" },
  { codes: ["StateMachineDoesNotExist"], list: "aws stepfunctions list-state-machines" },
  { codes: ["CacheClusterNotFound"], list: "aws elasticache describe-cache-clusters" },
  { codes: ["FileSystemNotFound"], list: "aws efs describe-file-systems" },
  { codes: ["TrailNotFoundException"], list: "aws cloudtrail describe-trails" },
];

/** Services whose names are those of no region. */
const EVERYWHERE = /^aws (?:cloudfront|iam|route53|s3|s3api) /;

const SAYS = "what the command names does not exist there";

/** What is named is not there. Most names are those of one region and one account. */
export const notFoundRows: readonly ErrorRow[] = [
  ...LISTED.map(
    ({ list, ...known }): ErrorRow => ({
      ...known,
      code: "aws-not-found",
      says: SAYS,
      hint: `see what there is by \`${list}\`${EVERYWHERE.test(list) ? "" : ", and check the region"}`,
    }),
  ),
  {
    code: "aws-not-found",
    codes: ["NoSuchBucketPolicy", "NoSuchTagSet", "OwnershipControlsNotFoundError"],
    like: /^NoSuch\w+Configuration$|ConfigurationNotFoundError$/,
    says: "nothing of the kind is set there",
    hint: "that is the answer: what was asked about has no such setting",
  },
  {
    code: "aws-not-found",
    codes: ["ResourceNotFoundException", "NoSuchEntity", "NotFoundException", "NotFound"],
    like: /NotFound(?:Exception|Fault|Error)?$|^NoSuch|DoesNotExist(?:Exception)?$|NonExistent/,
    says: SAYS,
    hint: "list what there is by an operation of the service that begins with `list-` or `describe-`, and check the region",
  },
];
