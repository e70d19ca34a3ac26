import { type Metric, metric } from "./metric.js";
import { fields, sh } from "./sh.js";

type PerformanceReads = {
  /** How one resource is set up, and what AWS recommends for it. */
  readonly setUp: (id: string) => readonly string[];
  readonly metrics: readonly Metric[];
  readonly look: string;
};

export const PERFORMANCE_READS: Readonly<Record<string, PerformanceReads>> = {
  ec2: {
    setUp: (id) => [
      sh`aws ec2 describe-instances --instance-ids=${id} --query 'Reservations[].Instances[].{type:InstanceType,ebs:EbsOptimized,monitoring:Monitoring.State,processors:CpuOptions}'`,
      `aws ec2 describe-volumes --filters ${fields({ Name: "attachment.instance-id", Values: [id] })} --query 'Volumes[].[VolumeId,VolumeType,Iops,Throughput]'`,
    ],
    metrics: [
      metric("AWS/EC2", "CPUUtilization", "Maximum", "InstanceId"),
      metric("AWS/EC2", "CPUCreditBalance", "Minimum", "InstanceId"),
      metric("AWS/EC2", "NetworkOut", "Maximum", "InstanceId"),
      metric("AWS/EC2", "EBSIOBalance%", "Minimum", "InstanceId"),
    ],
    look: "credits at zero on `t` types, processors above 80% for hours, an I/O balance that runs out. Memory is seen only with the CloudWatch agent.",
  },
  ebs: {
    setUp: (id) => [sh`aws ec2 describe-volumes --volume-ids=${id}`],
    metrics: [
      metric("AWS/EBS", "VolumeQueueLength", "Average", "VolumeId"),
      metric("AWS/EBS", "VolumeReadOps", "Sum", "VolumeId"),
      metric("AWS/EBS", "VolumeWriteOps", "Sum", "VolumeId"),
      metric("AWS/EBS", "BurstBalance", "Minimum", "VolumeId"),
    ],
    look: "operations an hour near the volume's limit, a long queue, a burst balance at zero: `gp3` sets both freely.",
  },
  rds: {
    setUp: (id) => [
      sh`aws rds describe-db-instances --db-instance-identifier=${id} --query 'DBInstances[].{class:DBInstanceClass,engine:EngineVersion,storage:StorageType,iops:Iops,insights:PerformanceInsightsEnabled,monitoring:MonitoringInterval,groups:DBParameterGroups}'`,
    ],
    metrics: [
      metric("AWS/RDS", "CPUUtilization", "Maximum", "DBInstanceIdentifier"),
      metric("AWS/RDS", "FreeableMemory", "Minimum", "DBInstanceIdentifier"),
      metric("AWS/RDS", "ReadLatency", "Average", "DBInstanceIdentifier"),
      metric("AWS/RDS", "DiskQueueDepth", "Maximum", "DBInstanceIdentifier"),
      metric("AWS/RDS", "DatabaseConnections", "Maximum", "DBInstanceIdentifier"),
    ],
    look: "latency that follows the queue (storage), memory that falls to nothing (class or settings), connections without work (pooling). With Performance Insights on, `aws pi get-resource-metrics` names the statements.",
  },
  lambda: {
    setUp: (id) => [
      sh`aws lambda get-function-configuration --function-name=${id} --query '{memory:MemorySize,timeout:Timeout,runtime:Runtime,size:CodeSize,architecture:Architectures,snapStart:SnapStart.ApplyOn}'`,
      sh`aws lambda get-function-concurrency --function-name=${id}`,
      sh`aws logs filter-log-events --log-group-name=/aws/lambda/${id} --filter-pattern 'REPORT' --max-items 50 --start-time "$(date -u -d '-1 day' +%s000)" --query 'events[].message' --output text`,
    ],
    metrics: [
      metric("AWS/Lambda", "Duration", "p99", "FunctionName"),
      metric("AWS/Lambda", "ConcurrentExecutions", "Maximum", "FunctionName"),
      metric("AWS/Lambda", "Throttles", "Sum", "FunctionName"),
    ],
    look: "`Max Memory Used` near `Memory Size`, `Init Duration` in many reports (cold starts), durations near the time-out. More memory brings more processor.",
  },
  dynamodb: {
    setUp: (id) => [
      sh`aws dynamodb describe-table --table-name=${id}`,
      sh`aws dynamodb describe-contributor-insights --table-name=${id}`,
      sh`aws application-autoscaling describe-scalable-targets --service-namespace dynamodb --resource-ids=table/${id}`,
    ],
    metrics: [
      metric("AWS/DynamoDB", "ConsumedReadCapacityUnits", "Sum", "TableName"),
      metric("AWS/DynamoDB", "ConsumedWriteCapacityUnits", "Sum", "TableName"),
      metric("AWS/DynamoDB", "ReadThrottleEvents", "Sum", "TableName"),
    ],
    look: "throttling far below the capacity (a hot key), scans where a query would do, an index that takes all writes.",
  },
  ecs: {
    setUp: (id) => [
      sh`aws ecs describe-clusters --clusters=${id} --include STATISTICS SETTINGS`,
      sh`aws ecs list-services --cluster=${id} --query 'serviceArns[]' --output text | xargs -r -n 1 aws ecs describe-services --cluster=${id} --query 'services[].[serviceName,desiredCount,runningCount,launchType,taskDefinition]' --services`,
    ],
    metrics: [
      metric("AWS/ECS", "CPUUtilization", "Maximum", "ClusterName"),
      metric("AWS/ECS", "MemoryUtilization", "Maximum", "ClusterName"),
    ],
    look: "services at their limit beside idle ones, no scaling by load (`application-autoscaling describe-scaling-policies`).",
  },
  eks: {
    setUp: (id) => [
      sh`aws eks describe-cluster --name=${id} --query 'cluster.[version,status,computeConfig.enabled]'`,
      sh`aws eks list-nodegroups --cluster-name=${id} --query 'nodegroups[]' --output text | xargs -r -n 1 aws eks describe-nodegroup --cluster-name=${id} --query 'nodegroup.[nodegroupName,instanceTypes,scalingConfig]' --nodegroup-name`,
    ],
    metrics: [
      metric("ContainerInsights", "node_cpu_utilization", "Maximum", "ClusterName"),
      metric("ContainerInsights", "node_memory_utilization", "Maximum", "ClusterName"),
    ],
    look: "nodes at their limit or half empty; no values mean that Container Insights is off.",
  },
  sqs: {
    setUp: (id) => [
      sh`aws sqs get-queue-attributes --attribute-names All --queue-url "$(aws sqs get-queue-url --queue-name=${id} --query QueueUrl --output text)"`,
    ],
    metrics: [
      metric("AWS/SQS", "ApproximateAgeOfOldestMessage", "Maximum", "QueueName"),
      metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", "Maximum", "QueueName"),
      metric("AWS/SQS", "NumberOfEmptyReceives", "Sum", "QueueName"),
    ],
    look: "ages that grow (too few readers), many empty receives (no long polling).",
  },
  s3: {
    setUp: (id) => [
      sh`aws s3api get-bucket-location --bucket=${id}`,
      sh`aws s3api get-bucket-accelerate-configuration --bucket=${id}`,
      sh`aws s3api list-bucket-metrics-configurations --bucket=${id}`,
    ],
    metrics: [
      metric("AWS/S3", "FirstByteLatency", "p99", "BucketName"),
      metric("AWS/S3", "5xxErrors", "Sum", "BucketName"),
    ],
    look: "no values mean that request metrics are off (they also need the dimension `FilterId`); 503 means too many requests for one prefix; readers far from the bucket's region.",
  },
};
