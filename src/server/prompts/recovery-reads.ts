import { eachBucket, eachSecret, eachTable } from "./each.js";
import type { ServiceReads } from "./service-page.js";

/** What shows how a service's data is protected now. */
export const RECOVERY_READS: Readonly<Record<string, ServiceReads>> = {
  s3: {
    commands: [
      eachBucket("get-bucket-versioning"),
      eachBucket("get-bucket-replication"),
      eachBucket("get-object-lock-configuration"),
    ],
    look: "buckets without versions, without replication to another region, without a lock against deletion.",
  },
  ec2: {
    commands: [
      "aws ec2 describe-instances --query 'Reservations[].Instances[].[InstanceId,Placement.AvailabilityZone,RootDeviceType]' --output table",
      "aws ec2 describe-snapshots --owner-ids self --query 'reverse(sort_by(Snapshots,&StartTime))[:20].[VolumeId,StartTime,State]' --output table",
      "aws dlm get-lifecycle-policies --query 'Policies[].[PolicyId,Description,State]' --output table",
      "aws autoscaling describe-auto-scaling-groups --query 'AutoScalingGroups[].[AutoScalingGroupName,AvailabilityZones]'",
    ],
    look: "volumes whose last snapshot is older than the objective, everything in one zone.",
  },
  ebs: {
    commands: [
      "aws ec2 describe-volumes --query 'Volumes[].[VolumeId,AvailabilityZone,SnapshotId]' --output table",
      "aws ec2 describe-snapshots --owner-ids self --query 'reverse(sort_by(Snapshots,&StartTime))[:20].[VolumeId,StartTime,State]' --output table",
      "aws dlm get-lifecycle-policies --query 'Policies[].[PolicyId,Description,State]' --output table",
    ],
    look: "volumes without a snapshot since the objective, lifecycle policies in `ERROR`.",
  },
  rds: {
    commands: [
      "aws rds describe-db-instances --query 'DBInstances[].[DBInstanceIdentifier,MultiAZ,BackupRetentionPeriod,LatestRestorableTime,ReadReplicaDBInstanceIdentifiers]' --output table",
      "aws rds describe-db-clusters --query 'DBClusters[].[DBClusterIdentifier,BackupRetentionPeriod,LatestRestorableTime,GlobalWriteForwardingStatus]' --output table",
      "aws rds describe-db-instance-automated-backups --query 'DBInstanceAutomatedBackups[].[DBInstanceIdentifier,Region,Status]' --output table",
    ],
    look: "a retention of 0 (no recovery to a point in time), restorable times that lag, no replica or automated backup in another region.",
  },
  dynamodb: {
    commands: [
      eachTable("describe-continuous-backups --query ContinuousBackupsDescription.PointInTimeRecoveryDescription"),
      eachTable("describe-table --query 'Table.[TableName,Replicas[].RegionName,DeletionProtectionEnabled]'"),
    ],
    look: "`DISABLED` recovery, no replicas, tables that may be deleted. `aws dynamodb update-continuous-backups` turns recovery on, table by table.",
  },
  lambda: {
    commands: [
      "aws lambda list-functions --query 'Functions[].[FunctionName,Version,PackageType]' --output table",
      "aws cloudformation describe-stacks --query 'Stacks[].[StackName,StackStatus]' --output table",
    ],
    look: "functions that no stack and no repository could make again; they hold no data, but their queues and tables do.",
  },
  eks: {
    commands: [
      "aws eks list-clusters",
      "aws ec2 describe-volumes --filters Name=tag-key,Values=kubernetes.io/created-for/pvc/name --query 'Volumes[].[VolumeId,AvailabilityZone]' --output table",
    ],
    look: "persistent volumes, which are what has to be saved; the cluster itself comes from code.",
  },
  secretsmanager: {
    commands: [eachSecret("describe-secret --query '[Name,ReplicationStatus[].Region,DeletedDate]'")],
    look: "secrets without a replica in the region that the rest is restored to.",
  },
  kms: {
    commands: [
      "aws kms list-keys --query 'Keys[].KeyId' --output text | xargs -r -n 1 aws kms describe-key --query 'KeyMetadata.[KeyId,KeyManager,KeyState,MultiRegion,DeletionDate]' --output text --key-id",
    ],
    look: "keys of one region that encrypt copies meant for another, keys with a deletion date.",
  },
};
