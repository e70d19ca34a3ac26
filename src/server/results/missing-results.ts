import type { KeptResults } from "../../kept-results.js";
import { whyMissing } from "./no-result.js";
import { resultName } from "./result-uri.js";

/** Names that are looked for; whoever writes more of them learns of the first. */
const MOST = 4;

const NAMED = /@result\/([0-9a-f]{32})\b/g;

/**
 * What is said of kept results that commands name and that are not here: programs say only that there is no such file.
 *
 * @param commands as they were sent
 */
export const missingResults = async (
  commands: readonly string[],
  results: Pick<KeptResults, "hasFile" | "lasting">,
): Promise<readonly string[]> => {
  const named = new Set(commands.flatMap((command) => Array.from(command.matchAll(NAMED), ([, id = ""]) => id)));
  const missing: string[] = [];
  for (const id of [...named].slice(0, MOST)) if (!(await results.hasFile(id))) missing.push(resultName(id));
  if (missing.length === 0) return [];
  const names = `${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} not here`;
  return [`${names}: ${whyMissing(results)}; run the command again, and filter its output in the same call`];
};
