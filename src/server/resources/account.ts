import type { LimitFunction } from "p-limit";
import type { Engine } from "../../engine.js";
import { err, ok, type Result } from "../../language/result.js";
import { FRESH, FRESH_FAILURE, type Kept, kept } from "./kept.js";
import { plainWords } from "./plain-words.js";
import { jsonIn, textOf } from "./read-text.js";

/** `aws://config/account`. */
export type Account = {
  readonly account_id: string | null;
  readonly arn: string | null;
  readonly account_alias: string | null;
  readonly organization_id: string | null;
  /** Why a field is null, where AWS or the policy said so: its code and message, by the field. */
  readonly problems: Readonly<Record<string, string>>;
};

export type AccountParts = {
  readonly engine: Pick<Engine, "identity" | "runArgv">;
  readonly turns: LimitFunction;
  readonly now: () => number;
};

/** A field's value; undefined where there is none. */
type Part<T> = Result<T | undefined, string>;
/** For which request, and until when. */
type Asking = { readonly signal: AbortSignal; readonly request: string | undefined };
type Caller = { readonly account: string; readonly arn: string };

/** How long AWS is waited for. */
const MILLISECONDS = 15_000;

/**
 * Reads whose account the server's credentials belong to, its alias and its organization, each by itself: a permission that
 * is missing for one leaves the others. Gives nothing when the signal fires.
 */
export const accountReader = (parts: AccountParts): Kept<Account> => {
  const keep = <T>(work: (signal: AbortSignal, request?: string) => Promise<Part<T>>) =>
    kept(work, { now: parts.now, fresh: (part) => (part.ok ? FRESH : FRESH_FAILURE) });
  const caller = keep((signal, request) => askCaller(parts, { signal, request }));
  const alias = keep((signal, request) =>
    ask(["iam", "list-account-aliases", "--query", "AccountAliases[0]"], parts, { signal, request }),
  );
  const organization = keep((signal, request) =>
    ask(["organizations", "describe-organization", "--query", "Organization.Id"], parts, { signal, request }),
  );
  return async (signal, request) => {
    const parted = [caller(signal, request), alias(signal, request), organization(signal, request)] as const;
    const [who, name, group] = await Promise.all(parted);
    if (who === undefined || name === undefined || group === undefined) return undefined;
    return {
      account_id: given(who)?.account ?? null,
      arn: given(who)?.arn ?? null,
      account_alias: given(name) ?? null,
      organization_id: given(group) ?? null,
      problems: {
        ...problem("account_id", who),
        ...problem("account_alias", name),
        ...problem("organization_id", group),
      },
    };
  };
};

const given = <T>(part: Part<T>): T | undefined => (part.ok ? part.value : undefined);

const problem = (field: string, part: Part<unknown>) => (part.ok ? {} : { [field]: plainWords(part.error) });

// The engine knows who it is, or does not know why it doesn't: then the same question as a command says it.
const askCaller = async ({ engine, ...parts }: AccountParts, asking: Asking): Promise<Part<Caller>> => {
  const started = parts.now();
  const within = AbortSignal.any([asking.signal, AbortSignal.timeout(MILLISECONDS)]);
  const { account, caller } = await engine.identity(undefined, within);
  if (account !== undefined) return ok({ account, arn: caller });
  const left = Math.max(1, started + MILLISECONDS - parts.now());
  const asked = await run(["sts", "get-caller-identity"], { engine, ...parts }, asking, left);
  if (!asked.ok) return asked;
  const { Account: id, Arn: arn } = Object(jsonIn(asked.value));
  return typeof id === "string" && typeof arn === "string" ? ok({ account: id, arn }) : err(UNREADABLE);
};

const ask = async (words: readonly string[], parts: AccountParts, asking: Asking): Promise<Part<string>> => {
  const asked = await run(words, parts, asking, MILLISECONDS);
  if (!asked.ok) return asked;
  const value = jsonIn(asked.value);
  if (value === null) return ok(undefined);
  return typeof value === "string" ? ok(plainWords(value)) : err(UNREADABLE);
};

const UNREADABLE = "answer-unreadable: the AWS CLI's answer could not be read";

const run = async (
  words: readonly string[],
  { engine, turns }: AccountParts,
  { signal, request }: Asking,
  milliseconds: number,
): Promise<Result<string, string>> => {
  const own = request === undefined ? {} : { request };
  const call = { milliseconds, signal, sink: undefined, readOnly: true, turns, ...own };
  return textOf(await engine.runArgv(["aws", ...words, "--output", "json"], call));
};
