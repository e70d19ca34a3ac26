import { z } from "zod";

/**
 * One command at one place, as data.
 *
 * @param plain the members that an answer to it alone would have
 */
export const targetOutput = <Plain extends z.ZodRawShape>(plain: Plain) =>
  z.object({
    /** Where the call has several. */
    command: z.string().optional(),
    profile: z.string().optional(),
    region: z.string().optional(),
    ...plain,
    status: z.enum(["success", "error", "not-run"]),
    exit_code: z.int().optional(),
  });
