import { failedControls } from "./control-ids.js";
import { genericStep } from "./generic-reads.js";
import { prompt } from "./prompt.js";
import { recentChanges } from "./recent-changes.js";
import { SECURITY_READS } from "./security-reads.js";
import { rowFor, servicePage, serviceParameter } from "./service-page.js";

export const securityAudit = prompt({
  name: "security_audit",
  title: "Security audit of one service",
  description: "What is open to the world, unencrypted, unlogged or too powerful in one AWS service, with evidence",
  parameters: { service: serviceParameter },
  write: ({ service }, facts) =>
    servicePage(service, facts, (found) => {
      const row = rowFor(SECURITY_READS, found);
      return {
        goal: `Audit how \`${found.name}\` is secured in this account and region. Change nothing.`,
        steps: [
          row === undefined
            ? genericStep(
                "List what there is; then read the settings of each resource with its `describe-` or `get-` operation.",
                found,
                facts.book,
                {
                  look: "resource policies that name everybody, public endpoints, missing encryption keys, logging that is off.",
                },
              )
            : { say: "Read the settings that decide who gets in.", ...row },
          {
            say: "Compare with Security Hub, where it is on, and with Config rules.",
            commands: [
              failedControls(found),
              "aws configservice describe-compliance-by-config-rule --compliance-types NON_COMPLIANT --query 'ComplianceByConfigRules[].ConfigRuleName'",
            ],
          },
          recentChanges(found, facts.now, 7),
        ],
        report:
          "a table by severity (critical, high, medium, low) with resource, finding, the line that proves it and the command that would mend it. Say what could not be read. Changes to policies, keys and guards are for a person.",
      };
    }),
});
