/** Names below AWS's domains behind which a customer's machine answers, or a customer's program. */
export type CustomerHosts = {
  /** One label or several. A name's first label never counts: it is the service's own there, as in `rds.us-east-1`. */
  readonly labels: string;
  /** `last`: only right before AWS's domain, since the service's own names have the label elsewhere. */
  readonly where: "anywhere" | "last";
  /** The name's first label is one of these: then it is the service itself. */
  readonly except?: readonly string[];
  readonly because: string;
};

/**
 * The row that a name falls under, if any.
 *
 * @param labels of the name in lower case, without the domain of AWS's that it lies in
 */
export const customerHosts = (labels: readonly string[]): CustomerHosts | undefined =>
  CUSTOMER_HOSTS.find((row) => row.except?.includes(labels[0] ?? "") !== true && stands(row, labels));

const stands = (row: CustomerHosts, labels: readonly string[]): boolean => {
  const behindFirst = labels.slice(1).join(".");
  const { labels: wanted, where } = row;
  return where === "last"
    ? behindFirst === wanted || behindFirst.endsWith(`.${wanted}`)
    : `.${behindFirst}.`.includes(`.${wanted}.`);
};

const anywhere = (because: string, ...names: readonly string[]): readonly CustomerHosts[] =>
  names.map((labels) => ({ labels, where: "anywhere", because }));

const last = (because: string, ...names: readonly string[]): readonly CustomerHosts[] =>
  names.map((labels) => ({ labels, where: "last", because }));

// The forms are those of AWS's user guides. No operation of the CLI reaches any of them without `--endpoint-url`.
const CUSTOMER_HOSTS: readonly CustomerHosts[] = [
  ...anywhere("an EC2 instance", "compute", "compute-1", "ec2-instance-connect-endpoint"),
  ...anywhere("whatever a load balancer stands before", "elb", "verified-access"),
  ...anywhere("whatever somebody offers through a VPC endpoint", "vpce"),
  ...anywhere(
    "an API of a customer's",
    "execute-api",
    "appsync-api",
    "appsync-realtime-api",
    "gateway.bedrock-agentcore",
  ),
  ...anywhere("a Kubernetes cluster", "eks-cluster"),
  ...last("a Kubernetes cluster", "eks"),
  ...anywhere("a search domain or its ingestion", "es", "aoss", "osis", "cloudsearch"),
  ...anywhere("a database", "rds", "docdb", "docdb-elastic", "neptune", "redshift", "redshift-serverless"),
  ...anywhere("a database", "timestream-influxdb", "memorydb", "cache", "dax-clusters"),
  ...anywhere("a message broker", "mq", "kafka", "kafka-serverless"),
  ...anywhere("a file system", "efs", "fsx", "server.transfer"),
  ...anywhere("a customer's workbench", "cloud9", "emrappui-prod", "emrstudio-prod", "emrnotebooks-prod"),
  ...anywhere("a customer's workbench", "emr-serverless-services", "grafana-workspace"),
  ...last("a customer's workbench", "airflow"),
  ...anywhere("a customer's network", "clientvpn", "managedblockchain"),
  // Playback addresses answer with what a customer's origin says; the service's own name is `api.mediatailor`.
  { labels: "mediatailor", where: "anywhere", except: ["api"], because: "a customer's video origin" },
];
