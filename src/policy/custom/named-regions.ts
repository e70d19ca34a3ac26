import { everyLeaf } from "../../catalogue/values/every-leaf.js";
import { isOpen } from "../../catalogue/values/value.js";
import type { CommandFacts } from "./command-facts.js";
import { type GivenArgument, givenArguments } from "./given-arguments.js";
import { isRegion, plainRegion } from "./plain-region.js";

/** A region that a command has to do with, and the word that names it. */
export type NamedRegion = { readonly region: string; readonly argument: number };

/** What stands for a region that nobody knows: it fits no pattern but `*`. */
const UNKNOWN = "(unknown)";

/**
 * The plain names of the region that the command goes to, of those that its options name as source or destination, and
 * of an ARN which stands for a bucket: the CLI sends the request there, whatever `--region` says. What is no read goes
 * wherever one of its values has the form of a region or an ARN has one.
 */
export const namedRegions = (facts: CommandFacts): readonly NamedRegion[] => {
  const all = allNames(facts).map(({ region, argument }) => ({ region: plainRegion(region), argument }));
  return all.filter(({ region }, index) => all.findIndex((each) => each.region === region) === index);
};

const allNames = (facts: CommandFacts): readonly NamedRegion[] => {
  const { command, region } = facts;
  const isRead = facts.effects.every((effect) => effect === "read");
  const name = (command.path.at(-1) ?? command.service).argument;
  const given = command.globals.find(({ option }) => option.name === "region");
  return [
    { region, argument: given?.argument ?? name },
    ...command.operands.flatMap(({ word }) =>
      inText(word.text, isRead).map((found) => ({ region: found, argument: word.argument })),
    ),
    ...givenArguments(facts).options.flatMap((option) =>
      option.name === "region"
        ? []
        : inOption(option, isRead).map((found) => ({ region: found, argument: option.argument })),
    ),
  ];
};

const inOption = ({ name, value }: GivenArgument, isRead: boolean): readonly string[] =>
  [...everyLeaf(value)].flatMap(({ place, leaf }) => {
    const member = place.findLast((step) => typeof step === "string");
    const isNamed = NAMES_REGION.test(String(member ?? name));
    if (isOpen(leaf)) return isNamed ? [UNKNOWN] : [];
    if (leaf.kind !== "text") return [];
    if (isNamed && leaf.text === "EU") return ["eu-west-1"];
    if (isNamed && (isRegion(leaf.text) || /region$/.test(name))) return [leaf.text];
    return inText(leaf.text, isRead);
  });

// `source-region`, `region-names`, `VPCRegion`, `regionList`, and where `s3api create-bucket` makes its bucket
const NAMES_REGION = /regions?(?:names?|list)?$|(?:^|-)regions?-|^LocationConstraint$/i;

const inText = (text: string, isRead: boolean): readonly string[] => {
  if (isRead) return inBucket(text);
  return isRegion(text) ? [text] : [...inBucket(text), ...inArns(text)];
};

const inBucket = (text: string): readonly string[] => {
  const region = /^(?:s3:\/\/)?arn:[^:]*:s3[a-z-]*:([^:]*):[^:]*:(?:accesspoint|outpost)[/:]/.exec(text)?.[1];
  if (region === undefined) return [];
  // An access point of several regions answers from any of them.
  return [region === "" ? UNKNOWN : region];
};

// Documents such as policies hold many; `*` and nothing in a region's place name none.
const inArns = (text: string): readonly string[] =>
  [...text.matchAll(/\barn:[a-z-]+:[a-z0-9-]+:([a-z0-9-]+):/g)].map(([, region = ""]) => region).filter(isRegion);
