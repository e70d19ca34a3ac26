import { eachBucket, eachEcsCluster, eachKey, eachQueue, eachTopic } from "./each.js";
import type { ServiceReads } from "./service-page.js";

/** What shows what a service could do without; `afterwards` says by which operations it is saved and deleted. */
export const CLEANUP_READS: Readonly<Record<string, ServiceReads & { readonly afterwards: string }>> = {
  ec2: {
    commands: [
      "aws ec2 describe-instances --filters Name=instance-state-name,Values=stopped --query 'Reservations[].Instances[].[InstanceId,InstanceType,StateTransitionReason]' --output table",
      "aws ec2 describe-volumes --filters Name=status,Values=available --query 'Volumes[].[VolumeId,Size,CreateTime]' --output table",
      "aws ec2 describe-addresses --query 'Addresses[?!AssociationId].[PublicIp,AllocationId]' --output table",
      "aws ec2 describe-images --owners self --query 'sort_by(Images,&CreationDate)[:20].[ImageId,Name,CreationDate]' --output table",
      "aws ec2 describe-network-interfaces --filters Name=status,Values=available --query 'NetworkInterfaces[].[NetworkInterfaceId,Description]' --output table",
    ],
    look: "machines stopped for months, disks and addresses attached to nothing, images that no launch template names.",
    afterwards:
      "`aws ec2 create-snapshot` or `create-image`, then `terminate-instances`, `delete-volume`, `release-address`, `deregister-image`",
  },
  ebs: {
    commands: [
      "aws ec2 describe-volumes --filters Name=status,Values=available --query 'Volumes[].[VolumeId,Size,CreateTime]' --output table",
      "aws ec2 describe-snapshots --owner-ids self --query 'sort_by(Snapshots,&StartTime)[:40].[SnapshotId,VolumeId,StartTime,VolumeSize]' --output table",
      "aws ec2 describe-images --owners self --query 'Images[].BlockDeviceMappings[].Ebs.SnapshotId' --output text | tr '\\t' '\\n' | sort -u",
    ],
    look: "volumes attached to nothing, old snapshots that no image needs (the last command lists those that do).",
    afterwards: "`aws ec2 create-snapshot`, then `delete-volume` and `delete-snapshot`",
  },
  vpc: {
    commands: [
      "aws ec2 describe-network-interfaces --query 'NetworkInterfaces[].[VpcId,Groups[].GroupId]' --output text",
      "aws ec2 describe-security-groups --query 'SecurityGroups[].[VpcId,GroupId,GroupName]' --output table",
      "aws ec2 describe-nat-gateways --filter Name=state,Values=available --query 'NatGateways[].[NatGatewayId,VpcId,CreateTime]' --output table",
      "aws ec2 describe-vpc-endpoints --query 'VpcEndpoints[].[VpcEndpointId,VpcId,ServiceName]' --output table",
    ],
    look: "VPCs, groups and gateways that appear beside no interface.",
    afterwards:
      "note the settings, then `aws ec2 delete-nat-gateway`, `delete-vpc-endpoints`, `delete-security-group`, `delete-vpc` last",
  },
  s3: {
    commands: [
      "aws s3api list-buckets --query 'Buckets[].[CreationDate,Name]' --output text | sort",
      eachBucket("list-objects-v2 --max-items 1 --query KeyCount"),
      eachBucket("list-multipart-uploads --query 'Uploads[].[Key,Initiated]' --output text"),
      eachBucket("get-bucket-lifecycle-configuration"),
    ],
    look: "empty buckets, uploads never finished, versions that pile up. A lifecycle rule cleans better than a deletion.",
    afterwards: "`aws s3 cp` what matters elsewhere, then `aws s3 rm` and `aws s3 rb`",
  },
  rds: {
    commands: [
      "aws rds describe-db-instances --query 'DBInstances[].[DBInstanceIdentifier,DBInstanceStatus,DBInstanceClass,InstanceCreateTime]' --output table",
      "aws rds describe-db-snapshots --snapshot-type manual --query 'sort_by(DBSnapshots,&SnapshotCreateTime)[].[DBSnapshotIdentifier,SnapshotCreateTime,AllocatedStorage]' --output table",
      "aws rds describe-db-parameter-groups --query 'DBParameterGroups[].DBParameterGroupName'",
    ],
    look: "databases without connections (metric `DatabaseConnections`), snapshots of databases that are gone.",
    afterwards:
      "`aws rds create-db-snapshot`, then `delete-db-instance` with `--final-db-snapshot-identifier`, `delete-db-snapshot`",
  },
  lambda: {
    commands: [
      "aws lambda list-functions --query 'sort_by(Functions,&LastModified)[].[LastModified,Runtime,FunctionName]' --output text",
      "aws lambda list-event-source-mappings --query 'EventSourceMappings[].[State,FunctionArn]' --output text",
      "aws lambda list-layers --query 'Layers[].LayerName'",
    ],
    look: "functions without calls for 90 days (metric `Invocations`), disabled mappings, runtimes past support.",
    afterwards:
      "make sure that its code lies somewhere else, by `CodeSha256` of `aws lambda list-functions` (`aws lambda get-function` hands out code and variables, and asks a person too), then `delete-event-source-mapping` and `delete-function`",
  },
  iam: {
    commands: [
      "aws iam list-users --query 'Users[].[UserName,CreateDate,PasswordLastUsed]' --output table",
      "aws iam list-policies --scope Local --query 'Policies[?AttachmentCount==`0`].[PolicyName,UpdateDate]' --output table",
      "aws iam list-roles --query 'Roles[].RoleName' --output text | xargs -r -n 1 aws iam get-role --query 'Role.[RoleName,RoleLastUsed.LastUsedDate]' --output text --role-name",
    ],
    look: "roles and users not used for 90 days, policies attached to nothing.",
    afterwards: "hand the list over, since a person removes principals and policies",
  },
  dynamodb: {
    commands: [
      "aws dynamodb list-tables --query 'TableNames[]' --output text | xargs -r -n 1 aws dynamodb describe-table --query 'Table.[TableName,ItemCount,TableSizeBytes,CreationDateTime]' --output text --table-name",
      "aws dynamodb list-backups --query 'BackupSummaries[].[TableName,BackupName,BackupCreationDateTime]' --output table",
    ],
    look: "empty tables, tables without consumed capacity, backups of tables that are gone.",
    afterwards:
      "`aws dynamodb create-backup`, then `delete-table`; mode `strict` refuses `delete-backup`, so that a person runs it",
  },
  ecs: {
    commands: [
      eachEcsCluster(
        "describe-clusters --query 'clusters[].[clusterName,runningTasksCount,activeServicesCount]' --output text --clusters",
      ),
      "aws ecs list-task-definition-families --status ACTIVE --query families",
    ],
    look: "clusters without tasks, services that want none, families that no service uses.",
    afterwards: "`aws ecs delete-service`, `deregister-task-definition`, `delete-cluster`",
  },
  elbv2: {
    commands: [
      "aws elbv2 describe-load-balancers --query 'LoadBalancers[].[LoadBalancerName,CreatedTime,State.Code]' --output table",
      "aws elbv2 describe-target-groups --query 'TargetGroups[?length(LoadBalancerArns)==`0`].[TargetGroupName,TargetGroupArn]' --output table",
      "aws elbv2 describe-target-groups --query 'TargetGroups[].TargetGroupArn' --output text | xargs -r -t -n 1 aws elbv2 describe-target-health --query 'length(TargetHealthDescriptions)' --target-group-arn 2>&1",
    ],
    look: "balancers whose groups are empty, groups without a balancer.",
    afterwards: "note listeners and rules, then `aws elbv2 delete-load-balancer` and `delete-target-group`",
  },
  sqs: {
    commands: [
      eachQueue("get-queue-attributes --attribute-names QueueArn LastModifiedTimestamp ApproximateNumberOfMessages"),
    ],
    look: "queues without messages sent or received for weeks (metric `NumberOfMessagesSent`).",
    afterwards: "read what is left in it, then `aws sqs delete-queue`",
  },
  sns: {
    commands: [
      eachTopic(
        "get-topic-attributes --query 'Attributes.[TopicArn,SubscriptionsConfirmed,SubscriptionsPending]' --output text",
      ),
    ],
    look: "topics without confirmed subscriptions.",
    afterwards: "`aws sns delete-topic`",
  },
  kms: {
    commands: [
      eachKey("describe-key --query 'KeyMetadata.[KeyId,KeyManager,KeyState,CreationDate,Description]' --output text"),
      "aws kms list-aliases --query 'Aliases[].[AliasName,TargetKeyId]' --output table",
    ],
    look: "customer keys without alias and without use in CloudTrail.",
    afterwards:
      "`aws kms disable-key` for a month comes before any deletion; mode `strict` refuses both, so that a person runs them",
  },
  secretsmanager: {
    commands: [
      "aws secretsmanager list-secrets --query 'SecretList[].[LastAccessedDate,CreatedDate,Name]' --output text | sort",
    ],
    look: "secrets that nobody has read for 90 days.",
    afterwards: "`aws secretsmanager delete-secret` with `--recovery-window-in-days 30`",
  },
  cloudformation: {
    commands: [
      "aws cloudformation list-stacks --stack-status-filter ROLLBACK_COMPLETE CREATE_FAILED DELETE_FAILED REVIEW_IN_PROGRESS --query 'StackSummaries[].[StackName,StackStatus,CreationTime]' --output table",
      "aws cloudformation describe-stacks --query 'sort_by(Stacks,&CreationTime)[].[CreationTime,LastUpdatedTime,StackName]' --output text",
    ],
    look: "stacks that never came up, test stacks long unchanged, exports that others import.",
    afterwards: "`aws cloudformation delete-stack`; what holds data may stay behind on purpose",
  },
  logs: {
    commands: [
      "aws logs describe-log-groups --query 'reverse(sort_by(logGroups,&storedBytes))[:40].[logGroupName,storedBytes,retentionInDays]' --output table",
    ],
    look: "groups of functions and clusters that are gone, groups that never expire. Audit logs stay.",
    afterwards:
      "`aws logs create-export-task`; `delete-log-group` erases a record, mode `strict` refuses it, so that a person runs it and sets retention",
  },
};
