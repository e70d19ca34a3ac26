import {
  type ListResourcesResult,
  type McpServer,
  type ReadResourceResult,
  ResourceTemplate,
  type ServerContext,
} from "@modelcontextprotocol/server";
import type { KeptResults } from "../../kept-results.js";
import type { DrawPage } from "../limits/draw-page.js";
import type { Runs } from "../runs.js";
import { announceResults } from "./announce-results.js";
import { noPage, noResult } from "./no-result.js";
import { pagesOf } from "./page-bounds.js";
import { pageContents } from "./page-contents.js";
import type { Presentation } from "./presentation.js";
import { readPage } from "./read-page.js";
import { resultResource } from "./result-links.js";
import { PAGE_TEMPLATE, RESULT_TEMPLATE } from "./result-uri.js";

export type ResultParts = {
  readonly results: KeptResults;
  readonly presentation: Presentation;
  readonly runs: Pick<Runs, "track">;
  /** Whose connection it is: nobody sees another's results. */
  readonly owner: string;
  /** Counts the bytes of a page, and throws where they may not be drawn now. */
  readonly drawPage?: DrawPage;
};

/** Registers the kept results as resources that are listed, completed and read page by page. */
export const registerResultResources = (server: McpServer, parts: ResultParts): void => {
  const { results, owner } = parts;
  const ids = async (value: string): Promise<string[]> =>
    (await results.list(owner)).flatMap(({ id }) => (id.startsWith(value) ? [id] : []));
  const pages = async (value: string, id = ""): Promise<string[]> => pageNumbers(await results.get(id, owner), value);
  server.registerResource(
    "kept-result",
    new ResourceTemplate(RESULT_TEMPLATE, {
      list: () => listResults(parts),
      complete: { id: ids },
    }),
    {
      title: "Kept result",
      description: "output that was too long for an answer, kept until newer results take its place; its first page",
    },
    (uri, { id }, context) => read(parts, uri, { id: one(id), page: "1" }, context),
  );
  server.registerResource(
    "kept-result-page",
    new ResourceTemplate(PAGE_TEMPLATE, {
      list: undefined,
      complete: { id: ids, page: (value, said) => pages(value, said?.arguments?.id) },
    }),
    { title: "Page of a kept result", description: "a page of it, from 1 on" },
    (uri, { id, page }, context) => read(parts, uri, { id: one(id), page: one(page) }, context),
  );
  announceResults(server, results, owner);
};

// A template gives several texts only for a variable with a star.
const one = (value: string | readonly string[] | undefined): string => (typeof value === "string" ? value : "");

const listResults = async ({ results, presentation, owner }: ResultParts): Promise<ListResourcesResult> => ({
  resources: await Promise.all((await results.list(owner)).map((result) => resultResource(result, presentation))),
});

const pageNumbers = (result: { readonly bytes: number } | undefined, value: string): string[] => {
  const all = Array.from({ length: result === undefined ? 0 : pagesOf(result.bytes) }, (_, index) => `${index + 1}`);
  return all.filter((number) => number.startsWith(value));
};

type Asked = { readonly id: string; readonly page: string };

const read = (
  { results, presentation, runs, owner, drawPage }: ResultParts,
  uri: URL,
  { id, page }: Asked,
  context: ServerContext,
): Promise<ReadResourceResult> =>
  runs.track(context.mcpReq.signal, async () => {
    const result = await results.get(id, owner);
    if (result === undefined) throw noResult(uri.href, id, results);
    const number = pageNumber(page, pagesOf(result.bytes));
    if (number === undefined) throw noPage(uri.href, page, pagesOf(result.bytes));
    const found = await readPage(result, number, presentation);
    if (found === undefined) throw noResult(uri.href, id, results);
    drawPage?.(found.end - found.start);
    return { contents: await pageContents(result, number, found, uri.href, presentation) };
  });

const pageNumber = (text: string, pages: number): number | undefined => {
  const number = /^[1-9]\d{0,8}$/.test(text) ? Number(text) : pages + 1;
  return number <= pages ? number : undefined;
};
