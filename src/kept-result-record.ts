import { z } from "zod";
import type { KeptResult } from "./kept-result.js";

/** The id of a kept result: 128 bits. */
export const RESULT_ID = /^[0-9a-f]{32}$/;

/** Bytes of a record. */
export const MOST_RECORD = 65_536;

/** Characters of the command; a title is made of fewer. */
const MOST_COMMAND = 4000;

const count = z.int().min(0);

const schema = z.strictObject({
  version: z.literal(1),
  id: z.string().regex(RESULT_ID),
  owner: z.string().min(1),
  at: count,
  bytes: count,
  inode: z.string().regex(/^\d{1,20}$/),
  exact: z.boolean(),
  json: z.boolean(),
  from: count.optional(),
  most: count.optional(),
  command: z.string().max(MOST_COMMAND),
});

/** What other servers at the same workspace are told of a result, as JSON. */
export const recordText = ({ path: _, command, ...rest }: KeptResult): string =>
  JSON.stringify({ version: 1, ...rest, command: command.slice(0, MOST_COMMAND) });

/**
 * The result that a record speaks of; nothing where it is no record, or one of another result.
 *
 * @param id the one by which the record was found
 * @param path absolute, of the result's file
 */
export const readRecord = (text: string, id: string, path: string): KeptResult | undefined => {
  const read = schema.safeParse(parsed(text));
  if (!read.success || read.data.id !== id) return undefined;
  const { version: _, from, most, ...rest } = read.data;
  return { ...rest, path, ...(from === undefined ? {} : { from }), ...(most === undefined ? {} : { most }) };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
