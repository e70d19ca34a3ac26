import {
  CLIENT_CAPABILITIES_META_KEY,
  inputRequired,
  inputResponse,
  type McpServer,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { z } from "zod";
import type { CallOptions, EngineAnswer } from "../engine.js";

/** The one thing that is asked for in a call. */
const KEY = "approval";

const form = {
  type: "object" as const,
  properties: {
    approve: {
      type: "boolean" as const,
      title: "Approve",
      description: "run exactly this, once",
      default: false,
    },
  },
  required: ["approve"],
};

/**
 * The question to a person, as a result of the call (protocol 2026-07-28); towards a client of the 2025 era the SDK sends
 * it as `elicitation/create` and calls again with what comes back.
 */
export const askPerson = ({ question, state }: Extract<EngineAnswer, { kind: "ask" }>) =>
  inputRequired({
    inputRequests: {
      [KEY]: inputRequired.elicit({
        message: `Approve this AWS command?\n${question.message}`,
        requestedSchema: form,
      }),
    },
    requestState: state,
  });

/**
 * What a person said, where the call comes back with the state of a question. An answer without one is none: it is to no
 * question of ours, whoever made it up.
 */
export const personAnswer = (context: ServerContext): CallOptions["answer"] => {
  const { mcpReq } = context;
  // Who says in the same request that it can ask nobody has not asked.
  if (mcpReq.envelope !== undefined && !canShow.safeParse(inEnvelope(context)).success) return undefined;
  const state = mcpReq.requestState<string>();
  const responses = mcpReq.inputResponses ?? {};
  // The SDK copies the client's keys one by one, so that a `__proto__` among them would bring its own answers.
  const response = inputResponse(Object.hasOwn(responses, KEY) ? responses : undefined, KEY);
  if (typeof state !== "string" || response.kind !== "elicit") return undefined;
  return { state, action: response.action, approve: response.content?.approve === true };
};

// What a client says that it can show; `{}` is from before there were modes, and means a form.
const canShow = z
  .object({ elicitation: z.union([z.strictObject({}), z.looseObject({ form: z.looseObject({}) })]) })
  .loose();

/** Whether the client can show a form to a person. In 2026-07-28 each request says so, before that the handshake did. */
export const canAskPerson = (server: McpServer, context: ServerContext): boolean => {
  const declared = context.mcpReq.envelope === undefined ? server.server.getClientCapabilities() : inEnvelope(context);
  return canShow.safeParse(declared).success;
};

const inEnvelope = ({ mcpReq }: ServerContext): unknown =>
  new Map<string, unknown>(Object.entries(mcpReq.envelope ?? {})).get(CLIENT_CAPABILITIES_META_KEY);
