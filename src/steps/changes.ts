import { readCommand } from "../catalogue/command/read-command.js";
import type { Effect } from "../catalogue/effect.js";
import type { Catalogue, Level } from "../catalogue/service-table.js";
import { UNKNOWN_ITEM } from "../plan/unknown.js";
import type { CanonicalStage } from "../policy/verdict.js";
import { fillCommand } from "../utilities/xargs/fill-command.js";

/**
 * Whether a stage that may run changes something in AWS, or runs commands that do. What answers with a secret stands as
 * `sensitive-read`, also where it makes the secret; there AWS's own access level says which it is, and where that is not
 * known it counts.
 */
export const changes = (stage: CanonicalStage, catalogue: Catalogue): boolean =>
  stage.effects.some((effect) => !READS.has(effect)) ||
  (stage.effects.includes("sensitive-read") && makesSecret(argvOf(stage), catalogue));

const READS: ReadonlySet<Effect> = new Set(["read", "sensitive-read"]);

const makesSecret = (argv: readonly string[], catalogue: Catalogue): boolean => {
  const read = readCommand(catalogue, argv);
  if (!read.ok || read.value.kind !== "operation") return true;
  const { call, levels } = read.value.table;
  // What the CLI does by itself signs with the keys that are there.
  if (call.kind === "custom") return false;
  return levels.length === 0 || levels.some((level) => CHANGING.has(level));
};

const CHANGING: ReadonlySet<Level> = new Set(["Write", "Tagging", "Permissions"]);

const argvOf = (stage: CanonicalStage): readonly string[] =>
  stage.kind === "xargs"
    ? fillCommand(stage.call, stage.command.arguments, [UNKNOWN_ITEM]).map(({ text }) => text)
    : stage.argv;
