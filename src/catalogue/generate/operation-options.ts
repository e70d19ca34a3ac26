import { isFlag } from "./option-tokens.js";
import type { RawArgument } from "./raw-tables.js";

/** A command's arguments with each pair of a flag and its opposite as one, the other's name in `twin`. */
export type Paired = { readonly argument: RawArgument; readonly twin: string | undefined };

/**
 * `--x` and `--no-x`, or two flags of one group that set and clear the same member, as `--egress` and `--ingress`. The
 * one that sets it stands first.
 */
export const pairOptions = (all: readonly RawArgument[]): readonly Paired[] => {
  const twins = new Map<string, string>();
  for (const argument of all) {
    const other = oppositeOf(argument, all);
    if (other !== undefined) twins.set(argument.name, other.name);
  }
  const opposites = new Set(twins.values());
  return all
    .filter((argument) => !opposites.has(argument.name))
    .map((argument) => ({ argument, twin: twins.get(argument.name) }));
};

const oppositeOf = (argument: RawArgument, all: readonly RawArgument[]): RawArgument | undefined => {
  if (argument.argparse_action === "store_false" || argument.name.startsWith("no-")) return undefined;
  const named = all.find((other) => other.name === `no-${argument.name}` && isFlag(other));
  if (named !== undefined) return named;
  if (argument.serialized === undefined || argument.group === undefined || !isFlag(argument)) return undefined;
  return all.find(
    (other) =>
      other.group === argument.group &&
      other.serialized === argument.serialized &&
      other.argparse_action === "store_false",
  );
};
