/** Why a program may not run. */
export type JqProblem = {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly offset: number;
};

export const notUnderstood = (message: string, hint: string, offset: number): JqProblem => ({
  code: "jq-not-understood",
  message,
  hint,
  offset,
});

export const readsEnvironment = (text: string, offset: number): JqProblem => ({
  code: "jq-reads-environment",
  message: `${quoted(text)} in a jq program reads the environment`,
  hint: "pass values with `--arg name value` and use `$name`; a field is `.env`, a key `{env: …}`, and a function of your own needs another name",
  offset,
});

export const loadsModule = (text: string, offset: number): JqProblem => ({
  code: "jq-loads-module",
  message: `${quoted(text)} in a jq program needs module files`,
  hint: "define functions in the program itself with `def name: …;`; a field of that name is `.import`, a key is `{import: …}`",
  offset,
});

export const namesFile = (text: string, offset: number): JqProblem => ({
  code: "jq-names-input-file",
  message: `${quoted(text)} in a jq program names files of this machine`,
  hint: "pass the name with `--arg name value` and use `$name`",
  offset,
});

export const internalName = (text: string, offset: number): JqProblem =>
  notUnderstood(
    `${quoted(text)} in a jq program is a name jq keeps for itself`,
    "name variables without leading underscores; of those only `$__loc__` is accepted",
    offset,
  );

/** In backticks; a token may be as long as the program, a message may not. */
export const quoted = (text: string): string => (text.length > 60 ? `\`${text.slice(0, 59)}…\`` : `\`${text}\``);
