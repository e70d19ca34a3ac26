import { ok, type Result } from "../../language/result.js";
import { inBackticks } from "../../language/visible.js";
import { readGnu } from "../read-gnu.js";
import { refusal, type UtilityRefusal } from "../refusal.js";
import { contradictingOptions } from "./contradicting-options.js";
import { readSettings, type Settings } from "./read-settings.js";
import type { XargsCall } from "./xargs-call.js";
import { XARGS } from "./xargs-grammar.js";

/**
 * Reads a call of xargs as GNU findutils 4.9 reads it; what is unclear in it is refused. Whether its command may run is
 * not judged here.
 *
 * @param argv the words of the call, `xargs` the first of them
 *
 * Problems: those of `readGnu`; `bad-value`, `repeated-option`; `contradicting-options` where GNU lets the last of `-n`,
 * `-L` and `-I` win; `expansion-program` where items would make the command's name; `too-many-places`.
 */
export const readXargs = (argv: readonly string[]): Result<XargsCall, UtilityRefusal> => {
  const reading = readGnu(XARGS, argv);
  if (!reading.ok) return reading;
  const settings = readSettings(reading.value.options);
  if (!settings.ok) return settings;
  const call = callOf(settings.value, reading.value.operands[0]?.argument);
  return contradictingOptions(settings.value, reading.value.options) ?? misplaced(call, argv) ?? ok(call);
};

const callOf = (settings: Settings, command: number | undefined): XargsCall => ({
  separator: separatorOf(settings),
  replace: settings.replace,
  // Beside `-I` there is one item to a run anyway.
  maxItems: settings.replace === undefined ? settings.maxItems : undefined,
  maxLines: settings.maxLines,
  parallel: settings.parallel ?? 1,
  skipsEmpty: settings.skipsEmpty ?? false,
  traces: settings.traces ?? false,
  command,
});

const separatorOf = ({ character, replace }: Settings): XargsCall["separator"] => {
  if (character !== undefined) return { kind: "character", character };
  return replace === undefined ? { kind: "words" } : { kind: "lines" };
};

const misplaced = ({ replace, command }: XargsCall, argv: readonly string[]) => {
  if (replace === undefined || command === undefined) return undefined;
  const [name = "", ...words] = argv.slice(command);
  if (name.includes(replace)) {
    const message = `${inBackticks(replace)} stands in ${inBackticks(name)}, and the name of a program is never computed`;
    const hint = "write the program's name out: `xargs -I {} aws s3api get-bucket-location --bucket {}`";
    return refusal("expansion-program", command, message, hint);
  }
  const places = words.reduce((sum, word) => sum + word.split(replace).length - 1, 0);
  return places > MOST_PLACES ? tooManyPlaces(command, replace, places) : undefined;
};

/** The most places that items are put into; each could take as much as one argument may have. */
const MOST_PLACES = 64;

const tooManyPlaces = (command: number, replace: string, places: number) => {
  const message = `${inBackticks(replace)} stands in the command ${places} times, and at most ${MOST_PLACES} are taken`;
  const hint = "choose another text for items: `xargs -I {} aws s3api get-bucket-location --bucket {}`";
  return refusal("too-many-places", command, message, hint);
};
