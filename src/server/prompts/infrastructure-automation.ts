import { AUTOMATION_SCOPES, scopeOf } from "./automation-scopes.js";
import { codeSpan } from "./code-span.js";
import { findService } from "./find-service.js";
import { genericReads } from "./generic-reads.js";
import { INVENTORY_READS } from "./inventory-reads.js";
import { prompt } from "./prompt.js";
import { rowFor } from "./service-page.js";

export const infrastructureAutomation = prompt({
  name: "infrastructure_automation",
  title: "Automate operations",
  description:
    "What is automated already for a kind of resource, and a plan for deploying, patching, scaling or healing it",
  parameters: {
    resource_type: {
      about: "what is to be automated, such as ec2, rds or lambda",
      offers: () => ["ec2", "rds", "lambda", "ecs", "eks", "s3", "dynamodb", "vpc", "cloudformation", "iam"],
    },
    automation_scope: {
      about: "deployment, patching, scaling, backup, scheduling, remediation or drift",
      standard: "deployment",
      offers: () => Object.keys(AUTOMATION_SCOPES),
    },
  },
  write: ({ resource_type: type, automation_scope: scope }, facts) => {
    const found = findService(type, facts.book.catalogue);
    const resources =
      found === undefined ? [] : (rowFor(INVENTORY_READS, found)?.("") ?? genericReads(found, facts.book));
    const known = scopeOf(scope);
    return {
      goal: `Plan how ${codeSpan(scope)} of ${codeSpan(type)} runs by itself, and build on what is there.`,
      notes: [
        ...(found === undefined ? [`${codeSpan(type)} names no service: ask which resources are meant.`] : []),
        ...(known === undefined
          ? [`That is none of ${Object.keys(AUTOMATION_SCOPES).join(", ")}: take what comes nearest, or ask.`]
          : []),
      ],
      steps: [
        { say: "See what is to be automated.", commands: resources.length === 0 ? [TAGGED] : resources.slice(0, 3) },
        {
          say: "See what runs by itself already.",
          commands: known?.commands ?? [
            "aws ssm list-associations --query 'Associations[].[Name,ScheduleExpression,Overview.Status]' --output table",
            "aws events list-rules --query 'Rules[].[Name,State,ScheduleExpression]' --output table",
            "aws scheduler list-schedules --query 'Schedules[].[Name,State]' --output table",
          ],
          ...(known === undefined ? {} : { look: known.look }),
        },
        {
          say: `Write it as a template or document with checked parameters, a rollback and a notice of failure: ${known?.how ?? "`aws cloudformation create-change-set` shows what it would do before it does it"}. What runs code or passes a role asks a person; roles a person makes.`,
          changes: true,
        },
        {
          say: "Try it on one resource outside production, then look at what it did.",
          commands: known?.verify ?? [
            "aws ssm describe-automation-executions --max-items 10 --query 'AutomationExecutionMetadataList[].[DocumentName,AutomationExecutionStatus,ExecutionStartTime]' --output table",
          ],
        },
      ],
      report:
        "what is manual today, the automation you propose with trigger, permissions, limits and what stops it, how it is tested, and who is told when it fails.",
    };
  },
});

const TAGGED =
  "aws resourcegroupstaggingapi get-resources --query 'ResourceTagMappingList[].ResourceARN' --output text | tr '\\t' '\\n' | cut -d : -f 3 | sort | uniq -c | sort -rn";
