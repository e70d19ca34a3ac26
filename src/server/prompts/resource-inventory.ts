import { nearest } from "../../catalogue/nearest.js";
import { isRegion } from "../../policy/custom/plain-region.js";
import { codeSpan } from "./code-span.js";
import type { Service } from "./find-service.js";
import { genericStep } from "./generic-reads.js";
import { INVENTORY_READS } from "./inventory-reads.js";
import { type Page, type PromptFacts, prompt, type Step } from "./prompt.js";
import { rowFor, servicePage, serviceParameter } from "./service-page.js";

export const resourceInventory = prompt({
  name: "resource_inventory",
  title: "Inventory of one service",
  description: "Everything that an AWS service has in one region or in all of them, with tags and what has none",
  parameters: {
    service: serviceParameter,
    region: {
      about: "a region's code such as eu-west-1, or all",
      standard: "all",
      offers: ({ regions }) => ["all", ...regions],
    },
  },
  write: ({ service, region }, facts) => {
    const where = region.toLowerCase();
    if (where !== "all" && !isRegion(where)) return badRegion(region, facts);
    return servicePage(service, facts, (found) => inventory(found, where === "all" ? undefined : where, facts));
  },
});

const inventory = (found: Service, where: string | undefined, facts: PromptFacts): Page => {
  const at = where === undefined ? "" : ` --region ${where}`;
  const listed = rowFor(INVENTORY_READS, found)?.(at);
  return {
    goal: `List what \`${found.name}\` has in ${where === undefined ? "all regions" : `\`${where}\``}. Change nothing.`,
    notes: where === undefined ? [EVERYWHERE] : unknownRegion(where, facts),
    steps: [
      listed === undefined
        ? genericStep("List it.", found, facts.book, { more: at })
        : { say: "List it.", commands: listed },
      {
        say: "Read the tags; the tagging API knows only what has, or once had, tags.",
        commands: [
          `aws resourcegroupstaggingapi get-resources --resource-type-filters ${typeOf(found)}${at} --query 'ResourceTagMappingList[].{arn:ResourceARN,tags:Tags}'`,
        ],
      },
      ...(where === undefined ? [indexed(found)] : []),
    ],
    report:
      "a table with region, name or id, kind, state, when it was made and its owner by tag; below it the numbers by kind, and what has no tags. Give JSON or CSV when the person wants a file: `jq -r '… | @csv'` makes it.",
  };
};

const EVERYWHERE =
  'Give `aws_cli_pipeline` the argument `regions: "all"` in steps 1 and 2; each region answers by itself.';

const unknownRegion = (where: string, { regions }: PromptFacts): readonly string[] => {
  if (regions.length === 0 || regions.includes(where)) return [];
  return [
    `\`${where}\` is none of the ${regions.length} regions known here${nearestTo(where, regions)}. Ask before you go on.`,
  ];
};

const nearestTo = (text: string, regions: readonly string[]): string => {
  const near = nearest(text.toLowerCase(), regions).map(codeSpan);
  return near.length === 0 ? "" : `; nearest: ${near.join(", ")}`;
};

const badRegion = (text: string, { regions }: PromptFacts): Page => ({
  goal: `Find out which region the person means: ${codeSpan(text)} is no region's code${nearestTo(text, regions)}.`,
  steps: [
    {
      say: "See which regions the account can use, then ask.",
      commands: ["aws ec2 describe-regions --query 'Regions[].RegionName' --output text | tr '\\t' '\\n' | sort"],
    },
  ],
  report: "the regions that could be meant; list nothing yet.",
});

// The tagging API and Resource Explorer take the service as ARNs spell it, which is mostly what it signs for.
const typeOf = ({ model: { signingName } }: Service): string =>
  signingName === "monitoring" ? "cloudwatch" : signingName;

const indexed = (found: Service): Step => ({
  say: "Compare with Resource Explorer, if the account has an aggregator index.",
  commands: [
    `aws resource-explorer-2 search --query-string service:${typeOf(found)} --query 'Resources[].[Region,ResourceType,Arn]' --output text | sort`,
  ],
  look: "regions that nobody expected.",
});
