import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { repository } from "../provision/repository.js";

const folder = join(repository, "grammar", "utilities");

const grammar = z.object({
  utility: z.string(),
  /** An alias has none. */
  paths: z.array(z.string()).default([]),
  accepts: z.array(z.string()),
});

/** What every grammar says of its utility, but for the list of those that are refused. */
export const UTILITIES = readdirSync(folder)
  .filter((name) => name.endsWith(".yaml") && name !== "refused.yaml")
  .map((name) => grammar.parse(parse(readFileSync(join(folder, name), "utf8"))));
