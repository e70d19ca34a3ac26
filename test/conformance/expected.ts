import type { Check } from "./conformance.js";

/** What a scenario is to find here. */
export type Expected = {
  /** `whole`: every check is met; `partly`: all but some that this server gives no occasion for; `not`: none says anything. */
  readonly applies: "whole" | "partly" | "not";
  /** Why something does not apply; empty otherwise. */
  readonly because: string;
  /** Parts of what the suite says of the checks that are not met: each of those says one of them, and each is said. */
  readonly says: readonly string[];
};

/** By the scenario's name. */
export type Scenarios = Readonly<Record<string, Expected>>;

export const whole: Expected = { applies: "whole", because: "", says: [] };

export const partly = (because: string, ...says: readonly string[]): Expected => ({ applies: "partly", because, says });

export const not = (because: string, ...says: readonly string[]): Expected => ({ applies: "not", because, says });

/** The scenario calls tools that only a server for tests has. */
export const wantsTool = (...tools: readonly string[]): Expected =>
  not(`wants the tool ${quoted(tools)}`, ...tools.map((tool) => `Tool ${tool} not found`));

export const wantsPrompt = (prompt: string): Expected =>
  not(`wants the prompt \`${prompt}\``, `Prompt ${prompt} not found`);

export const wantsResource = (uri: string): Expected =>
  not(`wants the resource \`${uri}\``, `Resource not found: ${uri}`);

/** The scenario's name and what of it does not apply. */
export const titleOf = (name: string, { applies, because }: Expected): string => {
  switch (applies) {
    case "whole":
      return name;
    case "partly":
      return `${name}, but for what ${because}`;
    case "not":
      return `${name} does not apply: it ${because}`;
  }
};

/** Where the findings differ from what is expected, in the suite's own words; nothing where they agree. */
export const differences = ({ applies, says }: Expected, checks: readonly Check[]): readonly string[] => {
  const objections = checks.filter(({ status }) => OBJECTIONS.includes(status)).map(objection);
  const surprising = objections.filter((words) => !says.some((part) => words.includes(part)));
  const unsaid = says.filter((part) => !objections.some((words) => words.includes(part)));
  return [
    ...surprising,
    ...unsaid.map((part) => `expected and not said: ${part}`),
    ...(applies === "not" || checks.some(isMet) ? [] : ["no check was met"]),
  ];
};

const OBJECTIONS: readonly Check["status"][] = ["FAILURE", "WARNING", "SKIPPED"];

const objection = ({ id, status, errorMessage, details }: Check): string =>
  `${status} ${id}: ${errorMessage ?? details?.message ?? details?.note ?? ""}`;

// The suite validates every message on the way too, which says nothing about the scenario.
const isMet = ({ id, status }: Check): boolean => status === "SUCCESS" && id !== "wire-schema-valid";

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(" and ");
