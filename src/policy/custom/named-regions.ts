import { everyLeaf } from "../../catalogue/values/every-leaf.js";
import type { CommandFacts } from "./command-facts.js";
import { givenArguments } from "./given-arguments.js";

/** A region that a command has to do with, and the word that names it. */
export type NamedRegion = { readonly region: string; readonly argument: number };

/** What stands for a region that nobody knows: it fits no pattern but `*`. */
const UNKNOWN = "(unknown)";

/**
 * The region that the command goes to, those that its options name as source or destination, and that of an ARN which
 * stands for a bucket: the CLI sends the request there, whatever `--region` says.
 */
export const namedRegions = (facts: CommandFacts): readonly NamedRegion[] => {
  const { command, region } = facts;
  const name = (command.path.at(-1) ?? command.service).argument;
  const given = command.globals.find(({ option }) => option.name === "region");
  return [
    { region, argument: given?.argument ?? name },
    ...command.operands.flatMap(({ word }) =>
      inArn(word.text).map((found) => ({ region: found, argument: word.argument })),
    ),
    ...givenArguments(facts).options.flatMap((option) =>
      option.name === "region"
        ? []
        : inOption(option.name, option.value).map((found) => ({ region: found, argument: option.argument })),
    ),
  ];
};

type Given = Parameters<typeof everyLeaf>[0];

const inOption = (option: string, value: Given): readonly string[] =>
  [...everyLeaf(value)].flatMap(({ place, leaf }) => {
    const member = place.findLast((step) => typeof step === "string");
    const isRegion = NAMES_REGION.test(String(member ?? option));
    if (leaf.kind === "file") return isRegion ? [UNKNOWN] : [];
    if (leaf.kind !== "text") return [];
    if (isRegion && (REGION.test(leaf.text) || /region$/.test(option))) return [leaf.text];
    return inArn(leaf.text);
  });

// `source-region`, `region-names`, `RegionName`, and where `s3api create-bucket` makes its bucket
const NAMES_REGION = /(?:^|-)regions?(?:-|$)|^(?:[A-Z][a-z]+)*Regions?(?:Name)?$|^LocationConstraint$/;

const REGION = /^(?:[a-z]{2,4}(?:-[a-z]+){1,3}-\d{1,2}|EU)$/;

const inArn = (text: string): readonly string[] => {
  const region = /^(?:s3:\/\/)?arn:[^:]*:s3[a-z-]*:([^:]*):[^:]*:(?:accesspoint|outpost)[/:]/.exec(text)?.[1];
  if (region === undefined) return [];
  // An access point of several regions answers from any of them.
  return [region === "" ? UNKNOWN : region];
};
