import type { CanonicalStage } from "../policy/verdict.js";
import type { PreparedRun, PreparedXargs } from "./prepare-stage.js";
import { xargsChild } from "./xargs/xargs-child.js";

type XargsStage = Extract<CanonicalStage, { kind: "xargs" }>;

/** xargs: nothing is looked up, since what it runs is judged and prepared when its items are known. */
export const prepareXargs = ({ argv, call, command, streams }: XargsStage, { items }: PreparedRun): PreparedXargs => {
  if (items === undefined) throw new Error("xargs was approved for a run that has no way to run its commands");
  return { kind: "xargs", name: argv[0], streams, start: (to) => xargsChild({ call, command, ...items }, to) };
};
