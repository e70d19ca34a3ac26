/** What somebody wants to watch. */
export type Kind = "performance" | "errors" | "utilization" | "throughput";

/** A metric of all resources of a service, as Metrics Insights asks for it. */
export type Watched = {
  readonly metric: string;
  readonly statistic: "AVG" | "MAX" | "MIN" | "SUM";
  /** The dimension that tells resources apart. */
  readonly by: string;
  /** Where an alarm may begin; each account has its own. */
  readonly threshold: number;
  /** The trouble lies below the threshold. */
  readonly below?: boolean;
};

/** The kind that a person's word for it means; `performance` where it is none. */
export const kindOf = (text: string): Kind => {
  const word = text.toLowerCase();
  if (/error|avail|fault|fail|health|secur/.test(word)) return "errors";
  if (/util|cpu|memory|capacity|storage|disk/.test(word)) return "utilization";
  if (/through|traffic|request|volume|cost|usage/.test(word)) return "throughput";
  return "performance";
};

const watched = (metric: string, statistic: Watched["statistic"], by: string, threshold: number): Watched => ({
  metric,
  statistic,
  by,
  threshold,
});

type WatchedService = { readonly namespace: string } & Readonly<Partial<Record<Kind, Watched>>>;

/** The metric of each kind, by service. */
export const WATCHED: Readonly<Record<string, WatchedService>> = {
  ec2: {
    namespace: "AWS/EC2",
    performance: watched("CPUUtilization", "MAX", "InstanceId", 85),
    errors: watched("StatusCheckFailed", "MAX", "InstanceId", 0),
    utilization: watched("CPUUtilization", "MAX", "InstanceId", 85),
    throughput: watched("NetworkOut", "SUM", "InstanceId", 10_000_000_000),
  },
  ebs: {
    namespace: "AWS/EBS",
    performance: watched("VolumeQueueLength", "MAX", "VolumeId", 10),
    utilization: { ...watched("BurstBalance", "MIN", "VolumeId", 20), below: true },
    throughput: watched("VolumeWriteBytes", "SUM", "VolumeId", 10_000_000_000),
  },
  rds: {
    namespace: "AWS/RDS",
    performance: watched("ReadLatency", "MAX", "DBInstanceIdentifier", 0.02),
    errors: watched("DiskQueueDepth", "MAX", "DBInstanceIdentifier", 64),
    utilization: { ...watched("FreeStorageSpace", "MIN", "DBInstanceIdentifier", 5_000_000_000), below: true },
    throughput: watched("DatabaseConnections", "MAX", "DBInstanceIdentifier", 200),
  },
  lambda: {
    namespace: "AWS/Lambda",
    performance: watched("Duration", "MAX", "FunctionName", 10_000),
    errors: watched("Errors", "SUM", "FunctionName", 0),
    utilization: watched("ConcurrentExecutions", "MAX", "FunctionName", 800),
    throughput: watched("Invocations", "SUM", "FunctionName", 100_000),
  },
  dynamodb: {
    namespace: "AWS/DynamoDB",
    performance: watched("ReadThrottleEvents", "SUM", "TableName", 0),
    errors: watched("UserErrors", "SUM", "TableName", 0),
    utilization: watched("WriteThrottleEvents", "SUM", "TableName", 0),
    throughput: watched("ConsumedReadCapacityUnits", "SUM", "TableName", 100_000),
  },
  ecs: {
    namespace: "AWS/ECS",
    performance: watched("CPUUtilization", "MAX", "ClusterName, ServiceName", 85),
    utilization: watched("MemoryUtilization", "MAX", "ClusterName, ServiceName", 85),
  },
  eks: {
    namespace: "ContainerInsights",
    performance: watched("node_cpu_utilization", "MAX", "ClusterName", 85),
    errors: watched("cluster_failed_node_count", "MAX", "ClusterName", 0),
    utilization: watched("node_memory_utilization", "MAX", "ClusterName", 85),
  },
  elbv2: {
    namespace: "AWS/ApplicationELB",
    performance: watched("TargetResponseTime", "MAX", "LoadBalancer", 2),
    errors: watched("HTTPCode_Target_5XX_Count", "SUM", "LoadBalancer", 10),
    utilization: watched("ActiveConnectionCount", "SUM", "LoadBalancer", 100_000),
    throughput: watched("RequestCount", "SUM", "LoadBalancer", 1_000_000),
  },
  sqs: {
    namespace: "AWS/SQS",
    performance: watched("ApproximateAgeOfOldestMessage", "MAX", "QueueName", 600),
    errors: watched("ApproximateAgeOfOldestMessage", "MAX", "QueueName", 3600),
    utilization: watched("ApproximateNumberOfMessagesVisible", "MAX", "QueueName", 10_000),
    throughput: watched("NumberOfMessagesSent", "SUM", "QueueName", 100_000),
  },
  sns: {
    namespace: "AWS/SNS",
    performance: watched("NumberOfNotificationsFailed", "SUM", "TopicName", 0),
    errors: watched("NumberOfNotificationsFailed", "SUM", "TopicName", 0),
    throughput: watched("NumberOfMessagesPublished", "SUM", "TopicName", 100_000),
  },
  apigateway: {
    namespace: "AWS/ApiGateway",
    performance: watched("Latency", "MAX", "ApiName", 5000),
    errors: watched("5XXError", "SUM", "ApiName", 5),
    throughput: watched("Count", "SUM", "ApiName", 100_000),
  },
  stepfunctions: {
    namespace: "AWS/States",
    performance: watched("ExecutionTime", "MAX", "StateMachineArn", 600_000),
    errors: watched("ExecutionsFailed", "SUM", "StateMachineArn", 0),
    throughput: watched("ExecutionsStarted", "SUM", "StateMachineArn", 10_000),
  },
};
