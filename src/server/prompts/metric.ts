import { lastDays } from "./days-ago.js";
import { fields } from "./sh.js";

/** A metric of CloudWatch that one resource has. */
export type Metric = {
  readonly namespace: string;
  readonly name: string;
  readonly statistic: "Average" | "Maximum" | "Minimum" | "Sum" | "p99";
  /** The dimension that the resource's name is the value of. */
  readonly dimension: string;
};

/** `AWS/RDS CPUUtilization Average DBInstanceIdentifier` as a metric. */
export const metric = (namespace: string, name: string, statistic: Metric["statistic"], dimension: string): Metric => ({
  namespace,
  name,
  statistic,
  dimension,
});

/** The metric's values of the last days, at most 60 of them: each with its time, the oldest first. */
export const course = (
  { namespace, name, statistic, dimension }: Metric,
  id: string,
  now: Date,
  days: number,
): string =>
  [
    `aws cloudwatch get-metric-statistics --namespace ${namespace} --metric-name ${name}`,
    `--dimensions ${fields({ Name: dimension, Value: id })} ${lastDays(now, days)} --period ${days > 2 ? 21_600 : 3600}`,
    statistic === "p99" ? "--extended-statistics p99" : `--statistics ${statistic}`,
    `--query 'sort_by(Datapoints,&Timestamp)[].[Timestamp,${statistic === "p99" ? "ExtendedStatistics.p99" : statistic}]' --output text`,
  ].join(" ");
