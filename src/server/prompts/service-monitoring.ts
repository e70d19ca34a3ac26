import { codeSpan } from "./code-span.js";
import { lastDays } from "./days-ago.js";
import type { Service } from "./find-service.js";
import { prompt, type Step } from "./prompt.js";
import { rowFor, servicePage, serviceParameter } from "./service-page.js";
import { json, sh } from "./sh.js";
import { type Kind, kindOf, WATCHED, type Watched } from "./watched-metrics.js";

export const serviceMonitoring = prompt({
  name: "service_monitoring",
  title: "Watch one service",
  description: "Which alarms and dashboards an AWS service has and lacks, with alarms for all its resources at once",
  parameters: {
    service: serviceParameter,
    metric_type: {
      about: "what to watch: performance, errors, utilization, throughput, latency or availability",
      standard: "performance",
      offers: () => ["performance", "errors", "utilization", "throughput", "latency", "availability"],
    },
  },
  write: ({ service, metric_type: type }, facts) =>
    servicePage(service, facts, (found) => {
      const row = rowFor(WATCHED, found);
      const watched = row?.[kindOf(type)];
      return {
        goal: `See how ${codeSpan(type)} of \`${found.name}\` is watched, and close the gaps.`,
        steps: [
          inPlace(row?.namespace),
          row === undefined || watched === undefined ? anyMetric(found) : values(row.namespace, watched, facts.now),
          {
            say: "Find who hears of it: an alarm without an action is only a colour. Ask which topic is meant for `--alarm-actions`.",
            commands: ["aws sns list-topics --query 'Topics[].TopicArn'"],
          },
          ...(row === undefined || watched === undefined ? [] : [alarm(found, row.namespace, kindOf(type), watched)]),
        ],
        report:
          "what is watched, what is not, the thresholds you propose with the values they come from, and who is told. Name dashboards that already show it.",
      };
    }),
});

const inPlace = (namespace: string | undefined): Step => ({
  say: "See which alarms, dashboards and anomaly detectors there are.",
  commands: [
    `aws cloudwatch describe-alarms --query "MetricAlarms[${namespace === undefined ? "" : `?Namespace=='${namespace}'`}].[AlarmName,MetricName,Threshold,StateValue,ActionsEnabled]" --output table`,
    "aws cloudwatch list-dashboards --query 'DashboardEntries[].DashboardName'",
    ...(namespace === undefined
      ? []
      : [`aws cloudwatch describe-anomaly-detectors --namespace ${namespace} --query 'AnomalyDetectors[].MetricName'`]),
  ],
  look: "alarms in `INSUFFICIENT_DATA` for weeks, and alarms without an action.",
});

const anyMetric = ({ name }: Service): Step => ({
  say: `Find the metrics of \`${name}\`; their namespace is mostly \`AWS/\` and the service's name.`,
  commands: [
    "aws cloudwatch list-metrics --recently-active PT3H --query 'Metrics[].[Namespace,MetricName]' --output text | sort | uniq -c | sort -rn | head -40",
  ],
  look: "which of them move when the service is in trouble. `aws cloudwatch put-metric-alarm` makes an alarm of one.",
});

const query = (namespace: string, { metric, statistic, by }: Watched): string =>
  `SELECT ${statistic}(${/^[A-Za-z]/.test(metric) ? metric : `"${metric}"`}) FROM SCHEMA("${namespace}", ${by})`;

const values = (namespace: string, watched: Watched, now: Date): Step => ({
  say: "Read what is usual: the worst of all resources, hour by hour, and the ten worst by name.",
  commands: [
    `aws cloudwatch get-metric-data ${lastDays(now, 7)} --metric-data-queries ${json([
      { Id: "all", Expression: query(namespace, watched), Period: 3600 },
      {
        Id: "worst",
        Expression: `${query(namespace, watched)} GROUP BY ${watched.by} ORDER BY ${watched.statistic}() DESC LIMIT 10`,
        Period: 3600,
      },
    ])}`,
  ],
  look: `values beyond ${watched.threshold}: too many for an alarm, or a fault already there. Metrics Insights looks back two weeks at most.`,
});

const alarm = ({ name }: Service, namespace: string, kind: Kind, watched: Watched): Step => ({
  say: "Make one alarm that holds for every resource, also those to come; adjust the threshold to what you have seen.",
  changes: true,
  commands: [
    sh`aws cloudwatch put-metric-alarm --alarm-name ${`${name}-${kind}`} --comparison-operator ${watched.below === true ? "LessThanThreshold" : "GreaterThanThreshold"} --threshold ${String(watched.threshold)} --evaluation-periods 3 --treat-missing-data notBreaching --metrics `.concat(
      json([{ Id: "all", Expression: query(namespace, watched), Period: 300, ReturnData: true }]),
    ),
  ],
});
