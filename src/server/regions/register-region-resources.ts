import {
  type McpServer,
  ProtocolError,
  ProtocolErrorCode,
  ResourceNotFoundError,
  ResourceTemplate,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { log } from "../../log.js";
import { presentText } from "../redact/present.js";
import type { Runs } from "../runs.js";
import type { AwsProblem } from "./aws-answer.js";
import { FRESH, FRESH_FAILURE } from "./kept-answers.js";
import type { Regions } from "./regions.js";

const MIME = "application/json";

/** What a client may keep, and who else may have it: what an account can use is nobody else's business. */
const cacheHint = { ttlMs: FRESH, cacheScope: "private" } as const;

/**
 * Registers `aws://config/regions` and `aws://config/regions/{region}`.
 *
 * @param show how what a program may have written is shown
 */
export const registerRegionResources = (server: McpServer, regions: Regions, runs: Runs, show: Show = hidden): void => {
  server.registerResource(
    "aws_regions",
    "aws://config/regions",
    {
      title: "AWS regions",
      description:
        "The regions that this server's account can use, with AWS's names for them, which one is the server's own, and which a command may name. `source` says whether AWS was asked or could not be.",
      mimeType: MIME,
      annotations: { audience: ["assistant", "user"], priority: 0.5 },
      cacheHint,
    },
    (uri, context) =>
      reading(uri, context, runs, show, async (signal) => {
        const list = await regions.list(signal, String(context.mcpReq.id));
        return { body: list, isWhole: list.source === "aws" };
      }),
  );
  server.registerResource(
    "aws_region_details",
    new ResourceTemplate("aws://config/regions/{region}", {
      list: undefined,
      complete: { region: (start) => regions.complete(start.toLowerCase()).slice(0, MOST_COMPLETED) },
    }),
    {
      title: "AWS region",
      description:
        "One region, such as eu-central-1: where it is, its availability zones, the services it has. `problems` says why a part is empty.",
      mimeType: MIME,
      annotations: { audience: ["assistant", "user"], priority: 0.3 },
      cacheHint,
    },
    (uri, { region }, context) =>
      reading(uri, context, runs, show, async (signal) => {
        const details = await regions.details(String(region), signal, String(context.mcpReq.id));
        if (!details.ok) throw notFound(uri, details.error);
        return { body: details.value, isWhole: details.value.problems === undefined };
      }),
  );
};

/** MCP's limit of one answer to `completion/complete`. */
const MOST_COMPLETED = 100;

type Show = (text: string) => Promise<string>;

const hidden: Show = (text) => presentText(text, "on");

type Read = { readonly body: object; readonly isWhole: boolean };

// A client should not keep longer than we do that AWS could not be heard. Before 2026-07-28 no result says such a thing.
const reading = async (
  uri: URL,
  { mcpReq: { signal, envelope } }: ServerContext,
  runs: Runs,
  show: Show,
  read: (signal: AbortSignal) => Promise<Read>,
) => {
  try {
    const { body, isWhole } = await runs.track(signal, read);
    // A region may have 400 services: without line breaks they cost a model a third less.
    const contents = [{ uri: uri.href, mimeType: MIME, text: await show(JSON.stringify(body)) }];
    return isWhole || envelope === undefined
      ? { contents }
      : { contents, ttlMs: FRESH_FAILURE, cacheScope: "private" as const };
  } catch (cause) {
    if (signal.aborted || ProtocolError.isInstance(cause)) throw cause;
    throw bug(cause);
  }
};

/** A mistake of ours: the operator reads what it was, the client that there was one. */
const bug = (cause: unknown): ProtocolError => {
  const message = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  log({ event: "read", status: "bug", code: "internal-error", message });
  return new ProtocolError(
    ProtocolErrorCode.InternalError,
    "internal-error: the server made a mistake; the operator finds the reason in the log",
  );
};

const notFound = (uri: URL, { code, message, hint }: AwsProblem): ResourceNotFoundError =>
  new ResourceNotFoundError(uri.href, `${code}: ${message}\nhint: ${hint}`);
