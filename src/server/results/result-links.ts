import type { Resource, ResourceLink } from "@modelcontextprotocol/server";
import type { KeptResult } from "../../kept-result.js";
import { PAGE_BYTES, pagesOf } from "./page-bounds.js";
import type { Presentation } from "./presentation.js";
import { filterCommand, isWholeJson } from "./read-on.js";
import { resultTitle } from "./result-title.js";
import { resultName, resultUri } from "./result-uri.js";

/** The first protocol whose clients know `resource_link` (MCP 2025-06-18, tools, resource links). */
const FIRST_WITH_LINKS = "2025-06-18";

/**
 * The content blocks that offer kept results beside an answer's text; none to a client of an older protocol, for which the
 * text alone says where they are.
 *
 * @param protocol the one that was agreed on, a date; undefined where nobody knows
 */
export const resultLinks = async (
  kept: readonly KeptResult[],
  protocol: string | undefined,
  presentation: Presentation,
): Promise<ResourceLink[]> => {
  if (protocol === undefined || protocol < FIRST_WITH_LINKS) return [];
  const resources = await Promise.all(kept.map((result) => resultResource(result, presentation)));
  return resources.map((resource) => ({ type: "resource_link", ...resource }));
};

/** A kept result as a resource that can be listed. */
export const resultResource = async (result: KeptResult, presentation: Presentation): Promise<Resource> => ({
  uri: resultUri(result.id),
  name: resultName(result.id),
  title: await resultTitle(result.command, presentation),
  description: description(result),
  mimeType: isWholeJson(result) ? "application/json" : "text/plain",
  size: result.bytes,
  annotations: { lastModified: new Date(result.at).toISOString() },
});

const description = (result: KeptResult): string => {
  const { id, bytes, exact } = result;
  const what = exact ? "the whole output" : "the output as far as it was kept";
  const pages = pagesOf(bytes);
  const where = pages === 1 ? "" : `, in ${pages} pages of about ${PAGE_BYTES} bytes, ${resultUri(id, 1)} to /${pages}`;
  return `${what}, ${bytes} bytes${where}; in a command it is the file ${resultName(id)}: ${filterCommand(result)}`;
};
