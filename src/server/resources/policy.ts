import { EFFECTS } from "../../catalogue/effect.js";
import type { Machine } from "../../executor/machine.js";
import { MAX_COMMANDS, MAX_DEPTH, MAX_PIPELINES, MAX_TEXT } from "../../language/limits.js";
import { oneLine } from "../../language/visible.js";
import { policyHash } from "../../policy/policy-hash.js";
import type { RuleBook } from "../../policy/rule-book.js";
import { decideCell, decideEffect, FIXED_EFFECTS } from "../../policy/security-mode.js";
import type { Settings } from "../../settings.js";
import { MAX_XARGS_RUNS } from "../../utilities/xargs/run-limits.js";
import { policyRules } from "./policy-rules.js";
import { decisionWords, EFFECT_WORDS, floorWords } from "./policy-words.js";

export type PolicyParts = {
  readonly book: RuleBook;
  readonly machine: Pick<Machine, "confinement">;
  readonly settings: Settings;
};

/** `awspipe://policy`: what commands are judged by, and what holds them in. */
export const policyInForce = async ({ book, machine, settings }: PolicyParts) => ({
  mode: book.mode,
  effects: effectRows(book),
  decisions: decisionWords(book.approval),
  approval: book.approval,
  read_tool: "aws_cli_read judges as mode read-only does, and writes no files",
  floor: floorWords(book.refusedOptions),
  profiles: {
    own: oneLine(book.profiles[0]),
    others_that_a_command_may_name: book.profiles.slice(1).map(oneLine),
  },
  limits: limitsOf(book),
  own_buckets_and_accounts: [...book.targets].sort().map(oneLine),
  ...(book.policy === undefined ? {} : { policy_file: policyRules(book.policy) }),
  bounds: {
    timeout_seconds: settings.AWS_MCP_TIMEOUT,
    output_characters: settings.AWS_MCP_MAX_OUTPUT,
    kept_output_bytes: settings.AWS_MCP_MAX_SPOOL,
    calls_at_once: settings.AWS_MCP_CONCURRENCY,
    commands_per_minute: settings.AWS_MCP_CALLS_PER_MINUTE,
    output_bytes_per_minute: settings.AWS_MCP_BYTES_PER_MINUTE ?? "unbounded",
    runs_of_a_call: settings.AWS_MCP_MAX_FAN_OUT,
    writes_of_a_server_life: settings.AWS_MCP_MAX_WRITES ?? "unbounded",
    text_characters: MAX_TEXT,
    stages_of_a_pipeline: MAX_COMMANDS,
    pipelines_of_a_text: MAX_PIPELINES,
    substitutions_inside_each_other: MAX_DEPTH,
    runs_of_xargs: MAX_XARGS_RUNS,
  },
  confinement: await confinementOf(machine, settings),
  network: NETWORK[settings.AWS_MCP_EGRESS],
  policy: policyHash(book),
  catalogue: `AWS CLI ${book.catalogue.version}`,
});

const effectRows = ({ mode, cells }: RuleBook) =>
  EFFECTS.map((effect) => ({
    effect,
    means: EFFECT_WORDS[effect],
    decision: decideCell(mode, cells, effect),
    ...(decideCell(mode, cells, effect) === decideEffect(mode, effect)
      ? {}
      : { instead_of: decideEffect(mode, effect) }),
    ...(FIXED_EFFECTS.includes(effect) ? { fixed: true } : {}),
  }));

// Both are to be met where both are set.
const limitsOf = ({ limits, policy }: RuleBook) => ({
  ...(Object.keys(limits).length === 0 ? {} : { settings: limits }),
  ...(policy === undefined || Object.keys(policy.limits).length === 0 ? {} : { policy_file: policy.limits }),
});

const confinementOf = async (machine: PolicyParts["machine"], { AWS_MCP_SANDBOX: wanted }: Settings) => {
  const { filters, aws } = await machine.confinement();
  return { setting: wanted, filters: filters ?? "none", aws: aws ?? "none" };
};

const NETWORK: Readonly<Record<Settings["AWS_MCP_EGRESS"], string>> = {
  aws: "the aws stage reaches AWS's hosts and the operator's endpoint, through a proxy; filters reach nothing where they are confined",
  off: "the aws stage reaches what the machine reaches; filters reach nothing where they are confined",
};
