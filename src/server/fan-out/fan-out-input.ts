import { z } from "zod";

const names = (most: number) => z.array(z.string().max(128)).min(1).max(most);

/** One command, or several that run one after the other. */
export const commandInput = z
  .union([z.string(), z.array(z.string()).min(1).max(20)], { error: "is one command, or a list of up to 20" })
  .describe("a complete command, or several in turn");

/** Where the commands run; left out: where their own options and the server's settings say. */
export const regionsInput = z
  .union([z.literal("all"), names(50)], { error: "is `all`, or a list of up to 50 regions" })
  .optional()
  .describe("run in each, named only here");

/** As whom the commands run; left out: as the server does. */
export const profilesInput = names(20).optional().describe("run as each, named only here");
