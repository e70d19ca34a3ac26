import { codeSpan } from "./code-span.js";
import { genericReads } from "./generic-reads.js";
import { course } from "./metric.js";
import { PERFORMANCE_READS } from "./performance-reads.js";
import { prompt } from "./prompt.js";
import { rowFor, servicePage, serviceParameter } from "./service-page.js";

export const performanceTuning = prompt({
  name: "performance_tuning",
  title: "Make one resource faster",
  description: "Where one AWS resource waits or is short of something, by two weeks of its metrics, and what to change",
  parameters: {
    service: serviceParameter,
    resource_id: { about: "the resource's id or name, such as my-database or i-0abc1234" },
  },
  write: ({ service, resource_id: id }, facts) =>
    servicePage(service, facts, (found) => {
      const row = rowFor(PERFORMANCE_READS, found);
      return {
        goal: `Find what slows ${codeSpan(id)} of \`${found.name}\` down, by measurements. Change nothing.`,
        steps: [
          row === undefined
            ? {
                say: "Find which metrics the resource has, and how it is set up.",
                commands: [
                  "aws cloudwatch list-metrics --recently-active PT3H --query 'Metrics[].[Namespace,MetricName]' --output text | sort | uniq -c | sort -rn | head -40",
                  ...genericReads(found, facts.book).slice(0, 3),
                ],
                look: "the namespace of this service; its metrics are read by `aws cloudwatch get-metric-statistics`.",
              }
            : { say: "See how it is set up.", commands: row.setUp(id) },
          ...(row === undefined
            ? []
            : [
                {
                  say: "Read two weeks of the metrics that show a bottleneck.",
                  commands: row.metrics.map((each) => course(each, id, facts.now, 14)),
                  look: row.look,
                },
              ]),
          {
            say: "See what it may already have hit.",
            commands: [
              "aws cloudwatch describe-alarms --state-value ALARM --query 'MetricAlarms[].[AlarmName,MetricName,StateUpdatedTimestamp]' --output table",
              `aws service-quotas list-service-quotas --service-code ${found.model.signingName} --query 'Quotas[?Adjustable].[QuotaName,Value]' --output table`,
            ],
          },
        ],
        report:
          "the bottleneck with its numbers (typical, peak, when), at most three changes in the order of gain for effort, what each costs, and the metric to compare before and after. Apply one at a time, and only when the person agrees.",
      };
    }),
});
