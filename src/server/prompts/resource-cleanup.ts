import { CLEANUP_READS } from "./cleanup-reads.js";
import { codeSpan } from "./code-span.js";
import { genericStep } from "./generic-reads.js";
import { prompt } from "./prompt.js";
import { rowFor, servicePage, serviceParameter } from "./service-page.js";

export const resourceCleanup = prompt({
  name: "resource_cleanup",
  title: "Clean one service up",
  description: "Candidates for deletion in an AWS service, proof that nothing uses them, and a safe order to delete in",
  parameters: {
    service: serviceParameter,
    criteria: {
      about: "what counts as superfluous: unused, untagged, older than 90 days, failed",
      standard: "unused",
      offers: () => ["unused", "untagged", "older than 90 days", "stopped", "failed", "orphaned", "temporary"],
    },
  },
  write: ({ service, criteria }, facts) =>
    servicePage(service, facts, (found) => {
      const row = rowFor(CLEANUP_READS, found);
      return {
        goal: `Find what \`${found.name}\` could do without, by this measure: ${codeSpan(criteria)}. Delete nothing before a person has chosen.`,
        steps: [
          row === undefined
            ? genericStep("List what there is.", found, facts.book)
            : { say: "Find candidates.", commands: row.commands, look: row.look },
          {
            say: "Make sure of each candidate: its owner by tag, what refers to it, whether a stack made it.",
            commands: [
              `aws resourcegroupstaggingapi get-resources --resource-type-filters ${found.model.signingName} --query 'ResourceTagMappingList[].{arn:ResourceARN,tags:Tags}'`,
              "aws cloudformation describe-stacks --query 'Stacks[].StackName' --output text | xargs -r -t -n 1 aws cloudformation list-stack-resources --query 'StackResourceSummaries[].[ResourceType,PhysicalResourceId]' --output text --stack-name 2>&1",
            ],
            look: "tags such as `keep`, `owner` and `environment`; what a stack made is deleted by its stack, or it comes back.",
          },
          {
            say: `Save first, delete then, one resource at a time with its id written out: ${row?.afterwards ?? "each operation that deletes is named in `aws_cli_help`"}. A deletion that is not refused asks a person; none can take its id from \`$(…)\` or \`xargs\`. Start with the smallest and look whether something breaks.`,
            changes: true,
          },
        ],
        report:
          "a table with resource, why it is a candidate, the proof, what it costs a month, what saves it and what deletes it; first those without doubt. Afterwards: what was deleted, what was kept, what is saved where.",
      };
    }),
});
