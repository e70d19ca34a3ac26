import type { JsonValue } from "../../audit/audit-log.js";

/**
 * What is written down of one command: one that was run or judged, or a tool call that was refused before anything was.
 * Names and values are a surface: programs read them, and a new one is added, never another given an old name.
 *
 * Calls that are answered from memory leave none, since nothing is judged or run for them: a help page or a resource that
 * was asked for before, a kept result. The record is where it was asked first.
 */
export type CallRecord = {
  readonly event: "call";
  /** Random, and no other record's. */
  readonly id: string;
  /** The id of the MCP request as text; a request with several commands has several records. Empty for the server's own questions. */
  readonly request: string;
  readonly principal: string;
  /** What the principal may do. */
  readonly access: "read" | "write";
  /**
   * `run`: a text; `argv`: one command that never was a text, as help and the reads behind resources; `check`: a text that
   * was judged only; `tool`: a tool call that was refused before any of its commands was judged.
   */
  readonly kind: "run" | "argv" | "check" | "tool";
  /** The command as it was sent, with secrets masked: `***`, and `***16+`, `***128+`, `***1024+` for those at least so long. */
  readonly asked: string;
  /**
   * The argument vectors as they were judged, stage by stage, masked. What was not known yet is `$(…)`, or `{}` of xargs.
   * Empty where a stage could not be understood.
   */
  readonly canonical: readonly (readonly string[])[];
  /** Those that the output of other commands has completed, as they started: with `$(…)`, and of the runs of xargs the first. */
  readonly completed?: readonly (readonly string[])[];
  /** How many commands xargs has run. */
  readonly runs?: number;
  /** Of all stages, the worst of each first. */
  readonly effects: readonly string[];
  /**
   * What the rules say; `ask` with status `ok` is what a person has approved, `none` came to its end before it was judged.
   * What nobody was asked about although the rules may ask for it is `allow`, and `warned` names why.
   */
  readonly verdict: "allow" | "ask" | "deny" | "problem" | "none";
  /** The code of the rule that decided, or of what is wrong with the text; `allowed` where nothing spoke against it. */
  readonly rule: string;
  /** The codes of what was let through with a warning: by a mode, by the operator, or as the client confirms calls itself. */
  readonly warned?: readonly string[];
  /** Digest of the rules that it was judged by. */
  readonly policy: string;
  /** It was judged as for a server that only reads. */
  readonly read_only: boolean;
  /** The profile and the region of the call, where it names them: one each for a run, all for a tool call. */
  readonly profiles?: readonly string[];
  readonly regions?: readonly string[];
  /** The call came with what a person said to the question before it. */
  readonly answer?: "approved" | "declined" | "cancelled";
  /** The digest that a person sees in a question of this server: of the one that was asked, or that the call answers. */
  readonly question?: string;
  /**
   * `ok`, `failed`: it ran, and a tool's answer calls it a success or an error; `refused`: also with verdict `ask`, where
   * nobody can be asked; `asked`: a person was shown a question, and it did not run; `checked`; `cancelled`; `timeout`;
   * `bug`: our mistake, and it may have run in part.
   */
  readonly status: "ok" | "failed" | "refused" | "asked" | "checked" | "cancelled" | "timeout" | "bug";
  /** Why it is not `ok`, as the tool's answer says it: `aws-access-denied`, `stage-failed`; else empty. */
  readonly code: string;
  /** As whom, and where, the aws commands ran; what AWS did not say is empty. */
  readonly identities: readonly Identity[];
  /**
   * How the stages ended, pipeline by pipeline in the order in which these did: exit status or signal. What did not run is a
   * word: `skipped`, `not-run`, or why it was refused or could not start.
   */
  readonly exits: readonly (string | readonly (number | string)[])[];
  /** Bytes of output that were read for the answer, and how many of them it does not hold. */
  readonly bytes: number;
  readonly dropped: number;
  /** So many more calls of the second before were refused because of a limit; only in records of such calls, which have no words. */
  readonly repeated?: number;
  /** Milliseconds from when it was asked until it is written down. */
  readonly ms: number;
};

export type Identity = {
  readonly profile: string;
  readonly region: string;
  readonly account: string;
  readonly arn: string;
};

/** A type of names that are known is no record of any names, until it is copied. */
export const toRecord = (record: CallRecord): Readonly<Record<string, JsonValue>> => ({ ...record });
