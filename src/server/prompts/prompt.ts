import type { RuleBook } from "../../policy/rule-book.js";

/** What the text of a prompt depends on besides its arguments. */
export type PromptFacts = {
  readonly book: RuleBook;
  /** Names of regions, sorted; as many as are known. */
  readonly regions: readonly string[];
  readonly now: Date;
};

/** One argument of a prompt. */
export type Parameter = {
  /** For people who fill it in. */
  readonly about: string;
  /** What counts where nothing is given; an argument without it must be given. */
  readonly standard?: string;
  /**
   * Values to offer while somebody types, the likeliest first.
   *
   * @param given the other arguments as far as they are filled in
   * @param typed what stands there so far
   */
  readonly offers?: (facts: PromptFacts, given: Arguments, typed: string) => readonly string[];
};

/** Arguments by their names. */
export type Arguments = Readonly<Record<string, string>>;

/** What a prompt says, before its commands are judged. */
export type Page = {
  /** What is to be reached, in a line or two. */
  readonly goal: string;
  /** What must be known about the arguments first. */
  readonly notes?: readonly string[];
  readonly steps: readonly Step[];
  /** How the findings are to be told. */
  readonly report: string;
};

/** One numbered step. */
export type Step = {
  readonly say: string;
  /** Each one line that `aws_cli_pipeline` takes as it stands. */
  readonly commands?: readonly string[];
  /** What to look for in the answers. */
  readonly look?: string;
  /** It changes something, so that a person has to see the findings first. */
  readonly changes?: boolean;
};

/** A prompt of MCP as data. */
export type Prompt = {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** @param given every parameter, trimmed and with its standard value where nothing is given */
  readonly write: (given: Arguments, facts: PromptFacts) => Page;
};

/** A prompt whose `write` knows the names of its own parameters. */
export const prompt = <Name extends string>(
  parts: Omit<Prompt, "parameters" | "write"> & {
    readonly parameters: Readonly<Record<Name, Parameter>>;
    readonly write: (given: Readonly<Record<Name, string>>, facts: PromptFacts) => Page;
  },
): Prompt => ({
  ...parts,
  // `given` holds every parameter: see `Prompt`.
  write: (given, facts) => parts.write(given as Readonly<Record<Name, string>>, facts),
});
