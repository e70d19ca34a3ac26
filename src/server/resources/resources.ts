import {
  type McpServer,
  ResourceNotFoundError,
  ResourceTemplate,
  type ServerContext,
} from "@modelcontextprotocol/server";
import pLimit from "p-limit";
import type { Engine } from "../../engine.js";
import type { Machine } from "../../executor/machine.js";
import type { RuleBook } from "../../policy/rule-book.js";
import type { Settings } from "../../settings.js";
import { presentText } from "../redact/present.js";
import type { Runs } from "../runs.js";
import { type About, ACCOUNT, ENVIRONMENT, GRAMMAR, POLICY, PROFILES, UTILITIES, UTILITY } from "./about-resources.js";
import { accountReader } from "./account.js";
import { environmentReader } from "./environment.js";
import type { Kept } from "./kept.js";
import { policyInForce } from "./policy.js";
import { profilesReader } from "./profiles.js";
import { readResource } from "./read-resource.js";
import { loadTexts, type ResourceTexts } from "./resource-texts.js";
import { type UtilityParts, utilityList, utilityNames, utilityPage } from "./utilities.js";

export type ResourcesParts = {
  readonly engine: Engine;
  readonly book: RuleBook;
  readonly machine: Machine;
  readonly settings: Settings;
  /** The operator's environment. */
  readonly operator: NodeJS.ProcessEnv;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** What the build compiled, read when somebody asks for it. */
  readonly texts?: () => ResourceTexts;
};

/** What can be read of a server; what was read of AWS is kept for all of its connections. */
export type Resources = {
  readonly all: readonly Resource[];
  readonly utilities: () => UtilityParts;
};

/** A resource and what it holds; nothing when the signal fires. */
type Resource = About & { readonly read: Kept<string> };

/** Reads that ask AWS at once. They have turns of their own, so that none waits for a tool call or makes one wait. */
const TURNS = 2;

/** The server's profiles, environment and account, and what it lets through: grammar, utilities, policy. */
export const createResources = (parts: ResourcesParts): Resources => {
  const { engine, machine, book, operator, now } = parts;
  const texts = once(parts.texts ?? loadTexts);
  const utilities = (): UtilityParts => ({ grammars: book.utilities, notes: texts().utilities });
  const found = { book, operator, now, identities: machine.identities };
  return {
    utilities,
    all: [
      json(PROFILES, profilesReader(found)),
      json(ENVIRONMENT, environmentReader(found)),
      json(ACCOUNT, accountReader({ engine, now, turns: pLimit(TURNS) })),
      { ...GRAMMAR, read: async () => texts().grammar },
      json(UTILITIES, async () => utilityList(utilities())),
      json(POLICY, () => policyInForce(parts)),
    ],
  };
};

const json = (about: About, read: Kept<object>): Resource => ({
  ...about,
  read: async (signal, request) => {
    const value = await read(signal, request);
    return value === undefined ? undefined : jsonText(value);
  },
});

const jsonText = (value: object): string => JSON.stringify(value, undefined, 2);

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/**
 * Registers the resources with one connection's server.
 *
 * @param show how what a program may have written is shown
 */
export const registerResources = (
  server: McpServer,
  { all, utilities }: Resources,
  runs: Runs,
  show: (text: string) => Promise<string> = (text) => presentText(text, "on"),
): void => {
  for (const { name, uri, shown, read } of all) {
    // The server's own texts hold no secret, and examples that look like one.
    const isOfAws = uri.startsWith("aws:");
    const reading = async (signal: AbortSignal, request: string): Promise<string | undefined> => {
      const text = await read(signal, request);
      return text === undefined || !isOfAws ? text : show(text);
    };
    server.registerResource(name, uri, shown, (at, { mcpReq }: ServerContext) =>
      readResource(at, shown, () => runs.track(mcpReq.signal, (signal) => reading(signal, String(mcpReq.id)))),
    );
  }
  const template = new ResourceTemplate(UTILITY.uri, {
    // The list of them is a resource itself.
    list: undefined,
    complete: { name: (begun) => utilityNames(utilities()).filter((name) => name.startsWith(begun)) },
  });
  server.registerResource(UTILITY.name, template, UTILITY.shown, (at, { name }) =>
    readResource(at, UTILITY.shown, async () => {
      const page = utilityPage(String(name), utilities());
      if (page === undefined) throw new ResourceNotFoundError(at.href);
      return jsonText(page);
    }),
  );
};
