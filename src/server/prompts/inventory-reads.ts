const volumes = (at: string): string =>
  `aws ec2 describe-volumes${at} --query 'Volumes[].[VolumeId,Size,VolumeType,State,Encrypted,Attachments[0].InstanceId]' --output table`;

/** What lists a service's resources; `at` is `--region` with its value and a blank before it, or nothing. */
export const INVENTORY_READS: Readonly<Record<string, (at: string) => readonly string[]>> = {
  s3: () => [
    "aws s3api list-buckets --query 'Buckets[].[Name,BucketRegion,CreationDate]' --output table",
    "aws s3api list-buckets --query 'Buckets[].Name' --output text | xargs -r -t -n 1 aws s3api get-bucket-location --bucket 2>&1",
  ],
  ec2: (at) => [
    `aws ec2 describe-instances${at} --query "Reservations[].Instances[].[InstanceId,InstanceType,State.Name,LaunchTime,Tags[?Key=='Name']|[0].Value]" --output table`,
    volumes(at),
    `aws ec2 describe-images --owners self${at} --query 'Images[].[ImageId,Name,CreationDate]' --output table`,
    `aws ec2 describe-key-pairs${at} --query 'KeyPairs[].[KeyName,CreateTime]' --output table`,
    `aws autoscaling describe-auto-scaling-groups${at} --query 'AutoScalingGroups[].[AutoScalingGroupName,MinSize,DesiredCapacity,MaxSize]' --output table`,
  ],
  ebs: (at) => [
    volumes(at),
    `aws ec2 describe-snapshots --owner-ids self${at} --query 'Snapshots[].[SnapshotId,VolumeId,VolumeSize,StartTime]' --output table`,
  ],
  vpc: (at) => [
    `aws ec2 describe-vpcs${at} --query "Vpcs[].[VpcId,CidrBlock,IsDefault,Tags[?Key=='Name']|[0].Value]" --output table`,
    `aws ec2 describe-subnets${at} --query 'Subnets[].[VpcId,SubnetId,AvailabilityZone,CidrBlock,AvailableIpAddressCount]' --output table`,
    `aws ec2 describe-nat-gateways${at} --query 'NatGateways[].[NatGatewayId,VpcId,State]' --output table`,
    `aws ec2 describe-security-groups${at} --query 'SecurityGroups[].[GroupId,GroupName,VpcId]' --output table`,
  ],
  rds: (at) => [
    `aws rds describe-db-instances${at} --query 'DBInstances[].[DBInstanceIdentifier,Engine,EngineVersion,DBInstanceClass,DBInstanceStatus]' --output table`,
    `aws rds describe-db-clusters${at} --query 'DBClusters[].[DBClusterIdentifier,Engine,Status]' --output table`,
    `aws rds describe-db-snapshots${at} --query 'DBSnapshots[].[DBSnapshotIdentifier,DBInstanceIdentifier,SnapshotType]' --output table`,
  ],
  lambda: (at) => [
    `aws lambda list-functions${at} --query 'Functions[].[FunctionName,Runtime,MemorySize,LastModified]' --output table`,
    `aws lambda list-event-source-mappings${at} --query 'EventSourceMappings[].[FunctionArn,EventSourceArn,State]' --output table`,
    `aws lambda list-layers${at} --query 'Layers[].[LayerName,LatestMatchingVersion.Version]' --output table`,
  ],
  iam: () => [
    "aws iam list-users --query 'Users[].[UserName,CreateDate,PasswordLastUsed]' --output table",
    "aws iam list-roles --query 'Roles[].[RoleName,CreateDate,Path]' --output table",
    "aws iam list-policies --scope Local --query 'Policies[].[PolicyName,AttachmentCount,UpdateDate]' --output table",
    "aws iam list-groups --query 'Groups[].[GroupName,CreateDate]' --output table",
  ],
  dynamodb: (at) => [
    `aws dynamodb list-tables${at} --query 'TableNames[]' --output text | xargs -r -n 1 aws dynamodb describe-table${at} --query 'Table.[TableName,TableStatus,ItemCount,TableSizeBytes,CreationDateTime]' --output text --table-name`,
    `aws dynamodb list-global-tables${at} --query 'GlobalTables[].GlobalTableName'`,
    `aws dynamodb list-backups${at} --query 'BackupSummaries[].[TableName,BackupName,BackupStatus]' --output table`,
  ],
  ecs: (at) => [
    `aws ecs list-clusters${at} --query 'clusterArns[]' --output text | xargs -r -n 1 aws ecs list-services${at} --query 'serviceArns[]' --output text --cluster`,
    `aws ecs list-clusters${at} --query 'clusterArns[]' --output text | xargs -r -n 1 aws ecs describe-clusters${at} --query 'clusters[].[clusterName,status,runningTasksCount,activeServicesCount]' --output text --clusters`,
    `aws ecs list-task-definition-families --status ACTIVE${at} --query families`,
  ],
  eks: (at) => [
    `aws eks list-clusters${at} --query 'clusters[]' --output text | xargs -r -n 1 aws eks describe-cluster${at} --query 'cluster.[name,version,status,createdAt]' --output text --name`,
    `aws eks list-clusters${at} --query 'clusters[]' --output text | xargs -r -t -n 1 aws eks list-nodegroups${at} --cluster-name 2>&1`,
  ],
  elbv2: (at) => [
    `aws elbv2 describe-load-balancers${at} --query 'LoadBalancers[].[LoadBalancerName,Type,Scheme,State.Code,CreatedTime]' --output table`,
    `aws elbv2 describe-target-groups${at} --query 'TargetGroups[].[TargetGroupName,Protocol,Port,TargetType]' --output table`,
    `aws elb describe-load-balancers${at} --query 'LoadBalancerDescriptions[].[LoadBalancerName,Scheme,CreatedTime]' --output table`,
  ],
  cloudfront: () => [
    "aws cloudfront list-distributions --query 'DistributionList.Items[].[Id,DomainName,Status,Enabled,Aliases.Items[0]]' --output table",
    "aws cloudfront list-functions --query 'FunctionList.Items[].[Name,Status]' --output table",
  ],
  sqs: (at) => [
    `aws sqs list-queues${at} --query 'QueueUrls[]'`,
    `aws sqs list-queues${at} --query 'not_null(QueueUrls,\`[]\`)' --output text | xargs -r -n 1 aws sqs get-queue-attributes${at} --attribute-names QueueArn CreatedTimestamp ApproximateNumberOfMessages --query 'Attributes.[QueueArn,CreatedTimestamp,ApproximateNumberOfMessages]' --output text --queue-url`,
  ],
  sns: (at) => [
    `aws sns list-topics${at} --query 'Topics[].TopicArn'`,
    `aws sns list-subscriptions${at} --query 'Subscriptions[].[TopicArn,Protocol,Endpoint]' --output table`,
  ],
  kms: (at) => [
    `aws kms list-aliases${at} --query 'Aliases[].[AliasName,TargetKeyId]' --output table`,
    `aws kms list-keys${at} --query 'Keys[].KeyId' --output text | xargs -r -n 1 aws kms describe-key${at} --query 'KeyMetadata.[KeyId,KeyManager,KeyState,KeySpec]' --output text --key-id`,
  ],
  secretsmanager: (at) => [
    `aws secretsmanager list-secrets${at} --query 'SecretList[].[Name,CreatedDate,LastAccessedDate,RotationEnabled]' --output table`,
  ],
  cloudformation: (at) => [
    `aws cloudformation describe-stacks${at} --query 'Stacks[].[StackName,StackStatus,CreationTime,LastUpdatedTime]' --output table`,
    `aws cloudformation list-stack-sets --status ACTIVE${at} --query 'Summaries[].[StackSetName,PermissionModel]' --output table`,
    `aws cloudformation list-exports${at} --query 'Exports[].[Name,Value]' --output table`,
  ],
  logs: (at) => [
    `aws logs describe-log-groups${at} --query 'logGroups[].[logGroupName,storedBytes,retentionInDays]' --output table`,
  ],
};
