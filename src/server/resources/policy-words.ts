import type { Effect } from "../../catalogue/effect.js";
import type { ApprovalMode } from "../../policy/rule-book.js";
import type { ModeDecision } from "../../policy/security-mode.js";

/** What a command does that has an effect. */
export const EFFECT_WORDS: Readonly<Record<Effect, string>> = {
  read: "reads what anybody with read access may see",
  write: "changes something that can be changed back",
  "sensitive-read": "reads a secret, or something that opens a door",
  egress: "carries data out of the account",
  destroy: "destroys data or resources",
  execute: "runs code, or passes a role to something that does",
  permissions: "changes who may do what",
  disarm: "turns off what watches or protects",
  local: "acts on the machine that the server runs on",
  unknown: "nobody has said what it does",
};

/** What a decision means where approvals are given in this way. */
export const decisionWords = (approval: ApprovalMode): Readonly<Record<ModeDecision, string>> => ({
  allow: "it runs",
  warn: "it runs, and the answer has a warning",
  ask: ASK_WORDS[approval],
  deny: "it does not run",
});

const ASK_WORDS: Readonly<Record<ApprovalMode, string>> = {
  elicit:
    "it runs after a person has approved it, whom the server asks through the client (MCP elicitation); where the client cannot ask, it does not run",
  client: "it runs with a warning, since this client confirms every call itself",
  deny: "it does not run, since nobody is there to approve it",
};

/** What holds in every mode, under every policy, whatever a person says; `refused` are the options that nothing lets through. */
export const floorWords = (refused: readonly { readonly name: string }[]): readonly string[] => [
  "the text is read by the grammar in awspipe://grammar; no shell runs, and no program but aws, xargs and the utilities in awspipe://utilities",
  "options of utilities that are not described are refused; programs in arguments (jq, sed, awk) are parsed, and may not read or write files, see the environment or start anything",
  "aws services, operations and options that the catalogue does not know are refused",
  "effects local and unknown are denied: configure, login, sso login, ssm start-session and the like act on the server's machine",
  "no argument chooses the host that a signed request goes to: no --endpoint-url of the command's own, no ARN or id that would become part of another host's name",
  `never: ${refused.map(({ name }) => `--${name}`).join(", ")}`,
  "--profile names one of the profiles below and no other; credentials are the server's, and no command sees or sets them",
  "files lie in the workspace, by relative name without dots at its beginning; links are not followed",
  "what $(…) and xargs fill in is judged again, and is never an option, a path, a program or a program's text",
  "a command that needs a person's approval is written out, and does not stand behind one that changes something",
];
