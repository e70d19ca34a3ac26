import type { Engine } from "../../../src/engine.js";
import type { RuleBook } from "../../../src/policy/rule-book.js";
import { createRegions, type Regions } from "../../../src/server/regions/regions.js";
import { readSettings } from "../../../src/settings.js";
import { startEngine } from "../../../src/start-engine.js";

/** What a server of these settings has, without the server. */
export type RegionEngine = {
  readonly engine: Engine;
  readonly book: RuleBook;
  readonly regions: Regions;
  /** Epoch milliseconds, for the test to move. */
  readonly clock: { now: number };
  readonly close: () => Promise<void>;
};

/** An engine with the real AWS CLI, and the regions on it; no credentials but those that the environment has. */
export const regionEngine = async (cli: string, environment: Record<string, string>): Promise<RegionEngine> => {
  const operator = { PATH: process.env.PATH ?? "", HOME: "/nonexistent", AWS_MCP_AWS_CLI: cli, ...environment };
  const { engine, machine, book } = await startEngine(readSettings(operator), operator);
  const clock = { now: Date.now() };
  const regions = createRegions({ engine, book, now: () => clock.now });
  return { engine, book, regions, clock, close: () => machine.close() };
};

/** Of a reader who stays. */
export const patient = (): AbortSignal => new AbortController().signal;
