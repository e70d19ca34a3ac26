import { course, metric } from "./metric.js";
import { fields, sh } from "./sh.js";

/** What shows what is wrong with one resource. */
type TroubleReads = { readonly commands: (id: string, now: Date) => readonly string[]; readonly look: string };

const queueUrl = (name: string): string =>
  name.startsWith("https://")
    ? sh`--queue-url=${name}`
    : `--queue-url "$(${sh`aws sqs get-queue-url --queue-name=${name} --query QueueUrl --output text`})"`;

export const TROUBLE_READS: Readonly<Record<string, TroubleReads>> = {
  ec2: {
    commands: (id, now) => [
      sh`aws ec2 describe-instance-status --include-all-instances --instance-ids=${id}`,
      sh`aws ec2 describe-instances --instance-ids=${id} --query 'Reservations[].Instances[].{state:State,reason:StateReason,subnet:SubnetId,groups:SecurityGroups,profile:IamInstanceProfile.Arn}'`,
      `aws ec2 describe-volumes --filters ${fields({ Name: "attachment.instance-id", Values: [id] })} --query 'Volumes[].[VolumeId,State,VolumeType]'`,
      course(metric("AWS/EC2", "StatusCheckFailed", "Maximum", "InstanceId"), id, now, 2),
      sh`aws ec2 get-console-output --latest --output text --instance-id=${id} | tail -50`,
    ],
    look: "a failed `system` check is AWS's side, a failed `instance` check the machine's; full disks and panics at the end of the console.",
  },
  ebs: {
    commands: (id, now) => [
      sh`aws ec2 describe-volume-status --volume-ids=${id}`,
      sh`aws ec2 describe-volumes --volume-ids=${id}`,
      course(metric("AWS/EBS", "VolumeQueueLength", "Average", "VolumeId"), id, now, 2),
    ],
    look: "`impaired`, I/O that is disabled, a queue that never empties.",
  },
  vpc: {
    commands: (id) => [
      sh`aws ec2 describe-vpcs --vpc-ids=${id}`,
      `aws ec2 describe-route-tables --filters ${fields({ Name: "vpc-id", Values: [id] })} --query 'RouteTables[].[RouteTableId,Associations[].SubnetId,Routes[].[DestinationCidrBlock,GatewayId,NatGatewayId,State]]'`,
      `aws ec2 describe-network-acls --filters ${fields({ Name: "vpc-id", Values: [id] })} --query 'NetworkAcls[].[NetworkAclId,Entries[].[RuleNumber,RuleAction,Egress,CidrBlock,PortRange]]'`,
      `aws ec2 describe-security-groups --filters ${fields({ Name: "vpc-id", Values: [id] })} --query 'SecurityGroups[].[GroupId,GroupName,IpPermissions]'`,
    ],
    look: "`blackhole` routes, subnets without a route out, ACL entries that let nothing back in.",
  },
  rds: {
    commands: (id, now) => [
      sh`aws rds describe-db-instances --db-instance-identifier=${id}`,
      sh`aws rds describe-events --source-type db-instance --duration 2880 --source-identifier=${id}`,
      sh`aws rds describe-db-log-files --db-instance-identifier=${id} --query 'reverse(sort_by(DescribeDBLogFiles,&LastWritten))[:5]'`,
      course(metric("AWS/RDS", "FreeStorageSpace", "Minimum", "DBInstanceIdentifier"), id, now, 2),
      course(metric("AWS/RDS", "DatabaseConnections", "Maximum", "DBInstanceIdentifier"), id, now, 2),
    ],
    look: "`storage-full`, failovers and restarts among the events, connections at their limit. `rds download-db-log-file-portion` reads the newest log.",
  },
  lambda: {
    commands: (id, now) => [
      sh`aws lambda get-function-configuration --function-name=${id} --query '{state:State,reason:StateReason,update:LastUpdateStatus,runtime:Runtime,timeout:Timeout,memory:MemorySize,role:Role,vpc:VpcConfig.SubnetIds}'`,
      sh`aws logs filter-log-events --log-group-name=/aws/lambda/${id} --start-time "$(date -u -d '-1 day' +%s000)" --filter-pattern '?ERROR ?Exception ?"Task timed out"' --max-items 50 --query 'events[].message' --output text`,
      course(metric("AWS/Lambda", "Errors", "Sum", "FunctionName"), id, now, 2),
      course(metric("AWS/Lambda", "Throttles", "Sum", "FunctionName"), id, now, 2),
      sh`aws lambda list-event-source-mappings --function-name=${id} --query 'EventSourceMappings[].[EventSourceArn,State,LastProcessingResult]'`,
    ],
    look: "the first error rather than the last, time-outs at a round number of seconds, access that is denied to the role.",
  },
  iam: {
    commands: (id) => [
      sh`aws iam get-role --role-name=${id}`,
      sh`aws iam list-attached-role-policies --role-name=${id}`,
      sh`aws iam list-role-policies --role-name=${id}`,
      sh`aws iam get-user --user-name=${id}`,
      sh`aws iam list-attached-user-policies --user-name=${id}`,
    ],
    look: "`NoSuchEntity` from the half that it is not; a trust policy without the caller, a boundary or an organization's policy that takes away what a policy gives.",
  },
  dynamodb: {
    commands: (id, now) => [
      sh`aws dynamodb describe-table --table-name=${id}`,
      course(metric("AWS/DynamoDB", "ReadThrottleEvents", "Sum", "TableName"), id, now, 2),
      course(metric("AWS/DynamoDB", "WriteThrottleEvents", "Sum", "TableName"), id, now, 2),
      course(metric("AWS/DynamoDB", "UserErrors", "Sum", "TableName"), id, now, 2),
    ],
    look: "throttling of one index or of a hot key, a status that is not `ACTIVE`, an index still being built.",
  },
  ecs: {
    commands: (id, now) => [
      sh`aws ecs describe-clusters --clusters=${id} --include STATISTICS`,
      sh`aws ecs list-services --cluster=${id} --query 'serviceArns[]' --output text | xargs -r -n 1 aws ecs describe-services --cluster=${id} --query 'services[].{name:serviceName,wanted:desiredCount,running:runningCount,events:events[:3].message}' --services`,
      sh`aws ecs list-tasks --cluster=${id} --desired-status STOPPED --query 'taskArns[]' --output text | xargs -r -n 10 aws ecs describe-tasks --cluster=${id} --query 'tasks[].{why:stoppedReason,containers:containers[].[name,exitCode,reason]}' --tasks`,
      course(metric("AWS/ECS", "MemoryUtilization", "Maximum", "ClusterName"), id, now, 2),
    ],
    look: "fewer tasks running than wanted, exit code 137 (out of memory), images that cannot be pulled, health checks that fail.",
  },
  eks: {
    commands: (id) => [
      sh`aws eks describe-cluster --name=${id} --query 'cluster.{status:status,version:version,health:health.issues,vpc:resourcesVpcConfig}'`,
      sh`aws eks list-nodegroups --cluster-name=${id} --query 'nodegroups[]' --output text | xargs -r -n 1 aws eks describe-nodegroup --cluster-name=${id} --query 'nodegroup.{name:nodegroupName,status:status,issues:health.issues}' --nodegroup-name`,
      sh`aws eks list-insights --cluster-name=${id}`,
      sh`aws logs filter-log-events --log-group-name=/aws/eks/${id}/cluster --start-time "$(date -u -d '-1 hour' +%s000)" --filter-pattern error --max-items 20 --query 'events[].message'`,
    ],
    look: "health issues, node groups that are degraded, insights that are not `PASSING`. Pods are seen with kubectl, which does not run here.",
  },
  elbv2: {
    commands: (id) => [
      sh`aws elbv2 describe-load-balancers --names=${id}`,
      sh`aws elbv2 describe-target-groups --load-balancer-arn "$(aws elbv2 describe-load-balancers --names=${id} --query 'LoadBalancers[0].LoadBalancerArn' --output text)" --query 'TargetGroups[].TargetGroupArn' --output text | xargs -r -t -n 1 aws elbv2 describe-target-health --query 'TargetHealthDescriptions[].[Target.Id,TargetHealth.State,TargetHealth.Reason]' --output text --target-group-arn 2>&1`,
      sh`aws elbv2 describe-listeners --load-balancer-arn "$(aws elbv2 describe-load-balancers --names=${id} --query 'LoadBalancers[0].LoadBalancerArn' --output text)"`,
    ],
    look: "targets that are unhealthy and why, zones without targets, listeners without a rule that matches.",
  },
  cloudfront: {
    commands: (id) => [
      sh`aws cloudfront get-distribution --id=${id} --query 'Distribution.[Status,DistributionConfig.Enabled,DistributionConfig.Origins.Items[].DomainName,DistributionConfig.Aliases.Items]'`,
      sh`aws cloudfront list-invalidations --max-items 5 --distribution-id=${id}`,
    ],
    look: "a status of `InProgress`, an origin that no longer exists, an alias whose certificate does not cover it.",
  },
  sqs: {
    commands: (id, now) => [
      `aws sqs get-queue-attributes --attribute-names All ${queueUrl(id)}`,
      course(metric("AWS/SQS", "ApproximateAgeOfOldestMessage", "Maximum", "QueueName"), id, now, 2),
      course(metric("AWS/SQS", "NumberOfMessagesDeleted", "Sum", "QueueName"), id, now, 2),
    ],
    look: "messages that grow old while none is deleted, a visibility time-out shorter than the work, a full dead-letter queue.",
  },
  sns: {
    commands: (id) => [
      sh`aws sns get-topic-attributes --topic-arn=${id}`,
      sh`aws sns list-subscriptions-by-topic --topic-arn=${id}`,
    ],
    look: "subscriptions that wait for confirmation, filter policies that match nothing, endpoints that are gone. A topic is named by its ARN.",
  },
  kms: {
    commands: (id) => [
      sh`aws kms describe-key --key-id=${id}`,
      sh`aws kms get-key-policy --key-id=${id} --query Policy --output text`,
      sh`aws kms list-grants --key-id=${id}`,
    ],
    look: "a state that is not `Enabled`, a policy without the caller's account or role, grants that are missing.",
  },
  secretsmanager: {
    commands: (id) => [
      sh`aws secretsmanager describe-secret --secret-id=${id}`,
      sh`aws secretsmanager list-secret-version-ids --secret-id=${id}`,
      sh`aws secretsmanager get-resource-policy --secret-id=${id}`,
    ],
    look: "a deletion date, a rotation that failed with `AWSPENDING` left behind. Its value is not needed for this.",
  },
  cloudformation: {
    commands: (id) => [
      sh`aws cloudformation describe-stacks --stack-name=${id} --query 'Stacks[].[StackStatus,StackStatusReason]'`,
      sh`aws cloudformation describe-stack-events --stack-name=${id} --max-items 100 --query "StackEvents[?contains(ResourceStatus,'FAILED')].[Timestamp,LogicalResourceId,ResourceStatusReason]" --output table`,
      sh`aws cloudformation describe-stack-resource-drifts --stack-name=${id} --stack-resource-drift-status-filters MODIFIED DELETED`,
    ],
    look: "the earliest failed event: the later ones are mostly cancellations that it caused.",
  },
  s3: {
    commands: (id) => [
      sh`aws s3api head-bucket --bucket=${id}`,
      sh`aws s3api get-bucket-policy-status --bucket=${id}`,
      sh`aws s3api get-public-access-block --bucket=${id}`,
      sh`aws s3api get-bucket-encryption --bucket=${id}`,
      sh`aws s3api get-bucket-ownership-controls --bucket=${id}`,
    ],
    look: "403 (policy, key or ownership), 301 (another region), a key of KMS that the caller may not use.",
  },
  logs: {
    commands: (id) => [
      sh`aws logs describe-log-groups --log-group-name-prefix=${id}`,
      sh`aws logs describe-log-streams --order-by LastEventTime --descending --max-items 5 --log-group-name=${id}`,
      sh`aws logs describe-subscription-filters --log-group-name=${id}`,
    ],
    look: "no stream written to lately, a retention that has eaten what is looked for.",
  },
};
