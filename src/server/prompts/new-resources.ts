import { byName, nameTag } from "./name-tag.js";
import { sh } from "./sh.js";

/** A kind of resource with commands that create it. */
export type NewResource = {
  readonly title: string;
  /** How people write it: what is left of letters and digits, in lower case, without `aws` before it. */
  readonly kinds: RegExp;
  /** Names that it may have. */
  readonly names: RegExp;
  /** The same in words. */
  readonly namesAre: string;
  readonly before: (name: string) => readonly string[];
  readonly say: string;
  readonly create: (name: string) => readonly string[];
  readonly verify: (name: string) => readonly string[];
};

/** The kind that a person means: `s3-bucket`, `AWS::DynamoDB::Table`, `queue`. */
export const newResourceOf = (text: string): NewResource | undefined => {
  const letters = text
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "")
    .replace(/^(?:amazon|aws)/, "");
  return NEW_RESOURCES.find(({ kinds }) => kinds.test(letters));
};

const WORD = { names: /^[\w-]{1,80}$/, namesAre: "up to 80 letters, digits, hyphens and underscores" };
const TAG = { names: /^[\w .:/=+@-]{1,128}$/, namesAre: "up to 128 letters, digits, blanks and `. : / = + - @ _`" };

export const NEW_RESOURCES: readonly NewResource[] = [
  {
    title: "s3-bucket",
    kinds: /^(?:s3)?buckets?$|^s3$/,
    names: /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    namesAre: "3 to 63 lower-case letters, digits, dots and hyphens, and no other account may have it",
    before: (name) => [sh`aws s3api head-bucket --bucket=${name}`],
    say: "Create it; new buckets block public access and encrypt by themselves. Then keep versions, and encrypt by KMS: `aws:kms` without a key id is AWS's managed key (`aws/s3`); where keys have to be controlled, put in `KMSMasterKeyID`.",
    create: (name) => [
      sh`aws s3 mb s3://${name} --region $AWS_REGION`,
      sh`aws s3api put-bucket-versioning --bucket=${name} --versioning-configuration Status=Enabled`,
      sh`aws s3api put-bucket-encryption --bucket=${name} --server-side-encryption-configuration ${JSON.stringify({
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" }, BucketKeyEnabled: true }],
      })}`,
    ],
    verify: (name) => [
      sh`aws s3api get-public-access-block --bucket=${name}`,
      sh`aws s3api get-bucket-encryption --bucket=${name}`,
      sh`aws s3api get-bucket-versioning --bucket=${name}`,
    ],
  },
  {
    title: "ec2-instance",
    kinds: /^(?:ec2)?instances?$|^ec2$/,
    ...TAG,
    before: (name) => [
      `aws ec2 describe-instances ${byName(name)} --query 'Reservations[].Instances[].[InstanceId,State.Name]'`,
      "aws ec2 describe-subnets --query 'Subnets[].[SubnetId,VpcId,AvailabilityZone,MapPublicIpOnLaunch]' --output table",
    ],
    say: "Choose subnet, type and security group with the person and add them (`--subnet-id`, `--security-group-ids`); without them it starts in the default VPC. An instance profile (`--iam-instance-profile`) passes a role, and is asked about.",
    create: (name) => [
      `aws ec2 run-instances --image-id resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64 --instance-type t4g.micro --metadata-options HttpTokens=required,HttpEndpoint=enabled --block-device-mappings 'DeviceName=/dev/xvda,Ebs={Encrypted=true,VolumeType=gp3}' ${nameTag("instance", name)}`,
    ],
    verify: (name) => [
      `aws ec2 describe-instances ${byName(name)} --query 'Reservations[].Instances[].[InstanceId,State.Name,PublicIpAddress,MetadataOptions.HttpTokens,SecurityGroups]'`,
    ],
  },
  {
    title: "dynamodb-table",
    kinds: /^dynamodb(?:tables?)?$|^table$/,
    names: /^[\w.-]{3,255}$/,
    namesAre: "3 to 255 letters, digits, dots, hyphens and underscores",
    before: (name) => [sh`aws dynamodb describe-table --table-name=${name}`],
    say: "Create it; ask which key its items have first: it cannot be changed later. `SSEType=KMS` without a key id is AWS's managed key (`aws/dynamodb`).",
    create: (name) => [
      sh`aws dynamodb create-table --table-name=${name} --attribute-definitions AttributeName=id,AttributeType=S --key-schema AttributeName=id,KeyType=HASH --billing-mode PAY_PER_REQUEST --deletion-protection-enabled --sse-specification Enabled=true,SSEType=KMS`,
      sh`aws dynamodb wait table-exists --table-name=${name}`,
      sh`aws dynamodb update-continuous-backups --table-name=${name} --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true`,
    ],
    verify: (name) => [
      sh`aws dynamodb describe-table --table-name=${name} --query 'Table.[TableArn,TableStatus,SSEDescription,DeletionProtectionEnabled]'`,
    ],
  },
  {
    title: "sqs-queue",
    kinds: /^sqs(?:queues?)?$|^queue$/,
    ...WORD,
    before: (name) => [sh`aws sqs list-queues --queue-name-prefix=${name}`],
    say: "Create it with a dead-letter queue beside it; `aws sqs set-queue-attributes` joins the two (`RedrivePolicy`).",
    create: (name) => [
      sh`aws sqs create-queue --queue-name=${name}-failed --attributes SqsManagedSseEnabled=true,MessageRetentionPeriod=1209600`,
      sh`aws sqs create-queue --queue-name=${name} --attributes SqsManagedSseEnabled=true,ReceiveMessageWaitTimeSeconds=20`,
    ],
    verify: (name) => [
      sh`aws sqs get-queue-attributes --attribute-names All --queue-url "$(aws sqs get-queue-url --queue-name=${name} --query QueueUrl --output text)"`,
    ],
  },
  {
    title: "sns-topic",
    kinds: /^sns(?:topics?)?$|^topic$/,
    ...WORD,
    before: () => ["aws sns list-topics --query 'Topics[].TopicArn'"],
    say: "Create it; with AWS's own key other services cannot publish to it, so take a key of your own where alarms are to use it.",
    create: (name) => [sh`aws sns create-topic --name=${name} --attributes KmsMasterKeyId=alias/aws/sns`],
    verify: () => [
      "aws sns list-topics --query 'Topics[].TopicArn' --output text | xargs -r -n 1 aws sns get-topic-attributes --query 'Attributes.[TopicArn,KmsMasterKeyId,Policy]' --topic-arn",
    ],
  },
  {
    title: "rds-instance",
    kinds: /^rds(?:db)?(?:instance|database)?s?$|^database$/,
    names: /^[A-Za-z](?!.*--)[A-Za-z0-9-]{0,61}[A-Za-z0-9]$/,
    namesAre: "up to 63 letters, digits and single hyphens, beginning with a letter",
    before: (name) => [
      sh`aws rds describe-db-instances --db-instance-identifier=${name}`,
      "aws rds describe-db-subnet-groups --query 'DBSubnetGroups[].[DBSubnetGroupName,VpcId]' --output table",
    ],
    say: "Choose engine, class and subnet group with the person. Secrets Manager makes and keeps the password, so that none stands in a command.",
    create: (name) => [
      sh`aws rds create-db-instance --db-instance-identifier=${name} --engine postgres --db-instance-class db.t4g.micro --allocated-storage 20 --storage-type gp3 --storage-encrypted --master-username dbadmin --manage-master-user-password --no-publicly-accessible --deletion-protection --backup-retention-period 7 --copy-tags-to-snapshot`,
    ],
    verify: (name) => [
      sh`aws rds describe-db-instances --db-instance-identifier=${name} --query 'DBInstances[].[DBInstanceArn,DBInstanceStatus,StorageEncrypted,PubliclyAccessible,DeletionProtection]'`,
    ],
  },
  {
    title: "kms-key",
    kinds: /^kms(?:keys?)?$|^key$/,
    names: /^(?!aws\/)[\w/-]{1,250}$/,
    namesAre: "up to 250 letters, digits, hyphens, underscores and slashes, without `aws/` before it",
    before: () => ["aws kms list-aliases --query 'Aliases[].[AliasName,TargetKeyId]' --output table"],
    say: "Create it, then give it its alias with `aws kms create-alias` and the id from the answer. A key costs 1 USD a month.",
    create: (name) => [sh`aws kms create-key --description=${name} --tags TagKey=Name,TagValue=${name}`],
    verify: () => [
      "aws kms list-keys --query 'Keys[].KeyId' --output text | xargs -r -n 1 aws kms describe-key --query 'KeyMetadata.[Arn,KeyState,Description]' --output text --key-id",
    ],
  },
  {
    title: "secret",
    kinds: /^(?:secretsmanager)?secrets?$|^secretsmanager$/,
    names: /^[\w/+=.@-]{1,500}$/,
    namesAre: "letters, digits and `/ _ + = . @ -`",
    before: (name) => [sh`aws secretsmanager describe-secret --secret-id=${name}`],
    say: "Create it without a value; a person puts the value in, so that you never see it.",
    create: (name) => [sh`aws secretsmanager create-secret --name=${name}`],
    verify: (name) => [sh`aws secretsmanager describe-secret --secret-id=${name}`],
  },
  {
    title: "ecr-repository",
    kinds: /^ecr(?:repositor(?:y|ies))?$|^repository$/,
    names: /^[a-z0-9]+(?:[._/-][a-z0-9]+)*$/,
    namesAre: "lower-case letters and digits, with single `. _ - /` between them",
    before: (name) => [sh`aws ecr describe-repositories --repository-names=${name}`],
    say: "Create it with tags that cannot be moved and images that are scanned. `encryptionType=KMS` without `kmsKey` is AWS's managed key (`aws/ecr`).",
    create: (name) => [
      sh`aws ecr create-repository --repository-name=${name} --image-tag-mutability IMMUTABLE --image-scanning-configuration scanOnPush=true --encryption-configuration encryptionType=KMS`,
    ],
    verify: (name) => [sh`aws ecr describe-repositories --repository-names=${name}`],
  },
  {
    title: "log-group",
    kinds: /^(?:cloudwatch)?(?:logs)?loggroups?$|^(?:cloudwatch)?logs$/,
    names: /^[\w./#-]{1,512}$/,
    namesAre: "letters, digits and `. - _ / #`",
    before: (name) => [sh`aws logs describe-log-groups --log-group-name-prefix=${name}`],
    say: "Create it; how long it keeps its events a person sets, since that can also erase.",
    create: (name) => [sh`aws logs create-log-group --log-group-name=${name} --tags Name=${name}`],
    verify: (name) => [sh`aws logs describe-log-groups --log-group-name-prefix=${name}`],
  },
  {
    title: "ebs-volume",
    kinds: /^(?:ebs|ec2)?volumes?$|^ebs$/,
    ...TAG,
    before: () => ["aws ec2 describe-availability-zones --query 'AvailabilityZones[].ZoneName'"],
    say: "Create it in the zone of the machine that will use it.",
    create: (name) => [
      `aws ec2 create-volume --size 20 --volume-type gp3 --encrypted --availability-zone "$(aws ec2 describe-availability-zones --query 'AvailabilityZones[0].ZoneName' --output text)" ${nameTag("volume", name)}`,
    ],
    verify: (name) => [`aws ec2 describe-volumes ${byName(name)}`],
  },
];
