import { codeSpan } from "./code-span.js";
import { genericStep } from "./generic-reads.js";
import { prompt } from "./prompt.js";
import { changesOf } from "./recent-changes.js";
import { rowFor, servicePage, serviceParameter } from "./service-page.js";
import { TROUBLE_READS } from "./trouble-reads.js";

export const troubleshootService = prompt({
  name: "troubleshoot_service",
  title: "Find out why a resource fails",
  description: "State, events, errors, recent changes and limits of one AWS resource, down to the likely cause",
  parameters: {
    service: serviceParameter,
    resource_id: { about: "the resource's id or name, such as i-0abc1234 or my-function" },
  },
  write: ({ service, resource_id: id }, facts) =>
    servicePage(service, facts, (found) => {
      const row = rowFor(TROUBLE_READS, found);
      return {
        goal: `Find out what is wrong with ${codeSpan(id)} of \`${found.name}\`. Look only; mend nothing yet.`,
        steps: [
          row === undefined
            ? genericStep(
                "Find the resource and read it with the `describe-` or `get-` operation that takes its id.",
                found,
                facts.book,
                { look: "a status that is not the usual one, and the reason beside it." },
              )
            : {
                say: "Read its state, its events and its errors.",
                commands: row.commands(id, facts.now),
                look: row.look,
              },
          {
            say: "See what changed before it broke; CloudTrail lags by up to 15 minutes.",
            commands: [changesOf(id, found, facts.now, 2)],
            look: "a change of configuration, role, network or key shortly before the first error. For a name that finds nothing, try the ARN.",
          },
          {
            say: "Rule out alarms, quotas and AWS itself.",
            commands: [
              "aws cloudwatch describe-alarms --state-value ALARM --query 'MetricAlarms[].[AlarmName,MetricName,StateReason]' --output table",
              `aws service-quotas list-service-quotas --service-code ${found.model.signingName} --query 'Quotas[].[QuotaName,Value]' --output table`,
              "aws health describe-events --filter eventStatusCodes=open --region us-east-1",
            ],
            look: "`Throttling` and `LimitExceeded` in the errors above. Health answers only accounts with a support plan.",
          },
        ],
        report:
          "the cause you find likeliest and what proves it, what speaks against it, a mend with its command and its risk, and what to look at if that does not help. Without proof say so.",
      };
    }),
});
