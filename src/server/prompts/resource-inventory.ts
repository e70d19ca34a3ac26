import { nearest } from "../../catalogue/nearest.js";
import { isRegion } from "../../policy/custom/plain-region.js";
import { codeSpan } from "./code-span.js";
import type { Service } from "./find-service.js";
import { genericStep } from "./generic-reads.js";
import { isGlobal } from "./global-services.js";
import { INVENTORY_READS } from "./inventory-reads.js";
import { offeredRegions } from "./offered-regions.js";
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
      offers: (facts, _, typed) => ["all", ...offeredRegions(facts, typed)],
    },
  },
  write: ({ service, region }, facts) => {
    const where = region.toLowerCase();
    if (where !== "all" && !isRegion(where)) return badRegion(region, facts);
    return servicePage(service, facts, (found) => inventory(found, where === "all" ? undefined : where, facts));
  },
});

const inventory = (found: Service, where: string | undefined, facts: PromptFacts): Page => {
  if (isGlobal(found.name)) return globalInventory(found, facts);
  const at = where === undefined ? "" : ` --region ${where}`;
  const listed = rowFor(INVENTORY_READS, found)?.(at);
  return {
    goal: `List what \`${found.name}\` has in ${where === undefined ? "all regions" : `\`${where}\``}. Change nothing.`,
    notes: where === undefined ? [everywhere(found)] : unknownRegion(where, facts),
    steps: [
      listed === undefined
        ? genericStep("List it.", found, facts.book, { more: at })
        : { say: "List it.", commands: listed },
      tags(found, at),
      ...(where === undefined ? [indexed(found)] : []),
    ],
    report: `a table with region, ${REPORT}`,
  };
};

const globalInventory = (found: Service, facts: PromptFacts): Page => {
  const listed = rowFor(INVENTORY_READS, found)?.("");
  return {
    goal: `List what \`${found.name}\` has. Change nothing.`,
    notes: [`\`${found.name}\` is global: one call each, without \`regions\`.`],
    steps: [
      listed === undefined ? genericStep("List it.", found, facts.book) : { say: "List it.", commands: listed },
      tags(found, " --region us-east-1"),
    ],
    report: `a table with ${REPORT}`,
  };
};

const REPORT =
  "name or id, kind, state, when it was made and its owner by tag; below it the numbers by kind, and what has no tags. Give JSON or CSV when the person wants a file: `jq -r '… | @csv'` makes it.";

const everywhere = ({ name }: Service): string =>
  name === "s3"
    ? 'The list of buckets is global: one call each in step 1, without `regions`. Give `regions: "all"` in step 2.'
    : 'Give the argument `regions: "all"` in steps 1 and 2; each region answers by itself.';

const tags = (found: Service, at: string): Step => ({
  say: "Read the tags; the tagging API knows only what has, or once had, tags.",
  commands: [
    `aws resourcegroupstaggingapi get-resources --resource-type-filters ${typeOf(found)}${at} --query 'ResourceTagMappingList[].{arn:ResourceARN,tags:Tags}'`,
  ],
});

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
