import type { ReadOption } from "../reading.js";
import { refusal } from "../refusal.js";
import type { Settings } from "./read-settings.js";

/**
 * The refusal of two options that each say what one run takes, of which GNU silently takes the last. `-n 1` beside `-I`
 * is none: GNU reads it as `-I` in either order (xargs.c, `case 'n'`).
 */
export const contradictingOptions = ({ replace, maxItems }: Settings, options: readonly ReadOption[]) => {
  const isSaidTwice = replace !== undefined && maxItems === 1;
  const dividing = options.filter((option) => (isSaidTwice ? "il" : "iln").includes(kindOf(option)));
  const [first] = dividing;
  const other = first && dividing.find((option) => kindOf(option) !== kindOf(first));
  if (first === undefined || other === undefined) return undefined;
  const message = `\`${first.spelled}\` and \`${other.spelled}\` of \`xargs\` contradict each other: each says what one run takes`;
  const hint =
    replace === undefined
      ? "`-n` counts items and `-L` lines; write one of them: `xargs -n 2 echo`"
      : "`-I` takes one line for each run; write it alone: `xargs -I {} aws s3api get-bucket-location --bucket {}`";
  return refusal("contradicting-options", other.argument, message, hint);
};

/** `i` for `-I`, `-i`; `l` for `-L`, `-l`; `n`; a blank, which is none of them, where there is no letter. */
const kindOf = ({ option }: ReadOption): string => option.short[0]?.toLowerCase() ?? " ";
