import { eachBucket, eachEcsCluster, eachEksCluster, eachFunction, eachKey, eachTable } from "./each.js";
import type { ServiceReads } from "./service-page.js";

const VOLUMES =
  "aws ec2 describe-volumes --filters Name=status,Values=available --query 'Volumes[].[VolumeId,Size,VolumeType,CreateTime]' --output table";
const SNAPSHOTS =
  "aws ec2 describe-snapshots --owner-ids self --query 'sort_by(Snapshots,&StartTime)[:30].[SnapshotId,StartTime,VolumeSize,Description]' --output table";
const ADDRESSES =
  "aws ec2 describe-addresses --query 'Addresses[?!AssociationId].[PublicIp,AllocationId]' --output table";

/** What shows where a service costs more than it must. */
export const COST_READS: Readonly<Record<string, ServiceReads>> = {
  ec2: {
    commands: [
      "aws compute-optimizer get-ec2-instance-recommendations --query 'instanceRecommendations[].[instanceArn,finding,currentInstanceType,recommendationOptions[0].instanceType]' --output table",
      "aws ec2 describe-instances --filters Name=instance-state-name,Values=stopped --query 'Reservations[].Instances[].[InstanceId,InstanceType,StateTransitionReason]' --output table",
      VOLUMES,
      SNAPSHOTS,
      ADDRESSES,
    ],
    look: "`OVER_PROVISIONED` instances, machines stopped for weeks that still pay for disks, volumes attached to nothing, snapshots older than any backup rule, addresses without use.",
  },
  ebs: {
    commands: [
      VOLUMES,
      SNAPSHOTS,
      "aws ec2 describe-volumes --filters Name=volume-type,Values=gp2,io1 --query 'Volumes[].[VolumeId,Size,VolumeType,Iops]' --output table",
      "aws compute-optimizer get-ebs-volume-recommendations --query 'volumeRecommendations[].[volumeArn,finding]' --output table",
    ],
    look: "volumes attached to nothing, `gp2` that would be cheaper as `gp3`, old snapshots.",
  },
  vpc: {
    commands: [
      "aws ec2 describe-nat-gateways --filter Name=state,Values=available --query 'NatGateways[].[NatGatewayId,VpcId,SubnetId]' --output table",
      "aws ec2 describe-vpc-endpoints --query 'VpcEndpoints[].[VpcEndpointId,ServiceName,VpcEndpointType,State]' --output table",
      ADDRESSES,
    ],
    look: "a NAT gateway in each zone where one would do, traffic to S3 or DynamoDB through NAT where a gateway endpoint is free, interface endpoints without use.",
  },
  rds: {
    commands: [
      "aws rds describe-db-instances --query 'DBInstances[].[DBInstanceIdentifier,DBInstanceClass,Engine,MultiAZ,StorageType,AllocatedStorage]' --output table",
      "aws compute-optimizer get-rds-database-recommendations --query 'rdsDBRecommendations[].[resourceArn,instanceFinding,storageFinding]' --output table",
      "aws rds describe-db-snapshots --snapshot-type manual --query 'sort_by(DBSnapshots,&SnapshotCreateTime)[:20].[DBSnapshotIdentifier,SnapshotCreateTime,AllocatedStorage]' --output table",
      "aws rds describe-reserved-db-instances --query 'ReservedDBInstances[].[DBInstanceClass,DBInstanceCount,State]' --output table",
    ],
    look: "classes larger than their load, Multi-AZ on test databases, manual snapshots that never expire, no reservation for what always runs.",
  },
  s3: {
    commands: [
      eachBucket("get-bucket-lifecycle-configuration"),
      eachBucket("list-bucket-intelligent-tiering-configurations"),
      eachBucket("list-multipart-uploads --max-items 5"),
      "aws s3control list-storage-lens-configurations --account-id \"$(aws sts get-caller-identity --query Account --output text)\" --query 'StorageLensConfigurationList[].Id'",
    ],
    look: "buckets without a lifecycle rule, versions that never expire, uploads that were never finished.",
  },
  lambda: {
    commands: [
      "aws compute-optimizer get-lambda-function-recommendations --query 'lambdaFunctionRecommendations[].[functionArn,finding,currentMemorySize]' --output table",
      "aws lambda list-functions --query 'Functions[].[FunctionName,MemorySize,Timeout,Architectures[0]]' --output table",
      eachFunction("list-provisioned-concurrency-configs"),
    ],
    look: "memory far above what is used, `x86_64` where `arm64` would run, provisioned concurrency without traffic.",
  },
  dynamodb: {
    commands: [
      eachTable(
        "describe-table --query 'Table.[TableName,BillingModeSummary.BillingMode,ProvisionedThroughput.ReadCapacityUnits,ProvisionedThroughput.WriteCapacityUnits,TableSizeBytes,TableClassSummary.TableClass]' --output text",
      ),
      "aws dynamodb list-backups --query 'BackupSummaries[].[TableName,BackupName,BackupSizeBytes,BackupCreationDateTime]' --output table",
    ],
    look: "provisioned capacity that is never used, large tables that are rarely read and not in the infrequent-access class, forgotten backups.",
  },
  ecs: {
    commands: [
      "aws compute-optimizer get-ecs-service-recommendations --query 'ecsServiceRecommendations[].[serviceArn,finding]' --output table",
      eachEcsCluster("list-services --query 'serviceArns[]' --cluster"),
      eachEcsCluster(
        "describe-clusters --query 'clusters[].[clusterName,runningTasksCount,capacityProviders]' --clusters",
      ),
    ],
    look: "services with more processor and memory than they use, clusters without tasks, no `FARGATE_SPOT` for work that may be interrupted.",
  },
  eks: {
    commands: [
      eachEksCluster("describe-cluster --query 'cluster.[name,version,upgradePolicy.supportType]' --output text"),
      eachEksCluster("list-nodegroups", "--cluster-name"),
      "aws eks describe-cluster-versions --query 'clusterVersions[].[clusterVersion,versionStatus,endOfStandardSupportDate]' --output table",
    ],
    look: "versions in extended support, which cost six times as much an hour; node groups that are always on demand or never shrink.",
  },
  elbv2: {
    commands: [
      "aws elbv2 describe-load-balancers --query 'LoadBalancers[].[LoadBalancerName,Type,CreatedTime]' --output table",
      "aws elbv2 describe-target-groups --query 'TargetGroups[?length(LoadBalancerArns)==`0`].TargetGroupName'",
      "aws elbv2 describe-target-groups --query 'TargetGroups[].TargetGroupArn' --output text | xargs -r -t -n 1 aws elbv2 describe-target-health --query 'length(TargetHealthDescriptions)' --target-group-arn 2>&1",
    ],
    look: "balancers whose target groups are empty; each costs its hours without a single request.",
  },
  cloudfront: {
    commands: [
      "aws cloudfront list-distributions --query 'DistributionList.Items[].{id:Id,on:Enabled,class:PriceClass,compress:DefaultCacheBehavior.Compress,policy:DefaultCacheBehavior.CachePolicyId}' --output table",
    ],
    look: "`PriceClass_All` for readers in one part of the world, no compression, policies that cache nothing.",
  },
  secretsmanager: {
    commands: [
      "aws secretsmanager list-secrets --query 'SecretList[].[Name,LastAccessedDate,CreatedDate]' --output text | sort -k 2",
    ],
    look: "secrets that nobody has read for months, at 0.40 USD each a month; plain settings that could be parameters of Systems Manager.",
  },
  kms: {
    commands: [
      eachKey("describe-key --query 'KeyMetadata.[KeyId,KeyManager,KeyState,CreationDate,Description]' --output text"),
    ],
    look: "customer keys that nothing uses, at 1 USD each a month. Being unused is no proof: data may still be encrypted by them.",
  },
  logs: {
    commands: [
      "aws logs describe-log-groups --query 'reverse(sort_by(logGroups,&storedBytes))[:20].[logGroupName,storedBytes,retentionInDays,logGroupClass]' --output table",
    ],
    look: "large groups that never expire, and debug output at a size where storing it costs more than the service.",
  },
};
