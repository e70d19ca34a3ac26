/**
 * Asks about each of a list's names, if there are any. Answers do not always name what they are about: `-t` writes each command to the
 * error stream, and `2>&1` puts it above its answer, or above the error that there is none.
 *
 * @param list prints names with `--output text`
 * @param ask takes the name as its last word
 */
const each = (list: string, ask: string): string => `${list} --output text | xargs -r -t -n 1 ${ask} 2>&1`;

export const eachBucket = (operation: string): string =>
  each("aws s3api list-buckets --query 'Buckets[].Name'", `aws s3api ${operation} --bucket`);

export const eachFunction = (operation: string): string =>
  each("aws lambda list-functions --query 'Functions[].FunctionName'", `aws lambda ${operation} --function-name`);

export const eachTable = (operation: string): string =>
  each("aws dynamodb list-tables --query 'TableNames[]'", `aws dynamodb ${operation} --table-name`);

export const eachEcsCluster = (operation: string): string =>
  each("aws ecs list-clusters --query 'clusterArns[]'", `aws ecs ${operation}`);

export const eachEksCluster = (operation: string, option = "--name"): string =>
  each("aws eks list-clusters --query 'clusters[]'", `aws eks ${operation} ${option}`);

export const eachLoadBalancer = (operation: string): string =>
  each(
    "aws elbv2 describe-load-balancers --query 'LoadBalancers[].LoadBalancerArn'",
    `aws elbv2 ${operation} --load-balancer-arn`,
  );

export const eachQueue = (operation: string): string =>
  each("aws sqs list-queues --query 'not_null(QueueUrls,`[]`)'", `aws sqs ${operation} --queue-url`);

export const eachTopic = (operation: string): string =>
  each("aws sns list-topics --query 'Topics[].TopicArn'", `aws sns ${operation} --topic-arn`);

export const eachKey = (operation: string): string =>
  each("aws kms list-keys --query 'Keys[].KeyId'", `aws kms ${operation} --key-id`);

export const eachSecret = (operation: string): string =>
  each("aws secretsmanager list-secrets --query 'SecretList[].ARN'", `aws secretsmanager ${operation} --secret-id`);
