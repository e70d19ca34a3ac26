import {
  CLIENT_CAPABILITIES_META_KEY,
  inputRequired,
  inputResponse,
  type McpServer,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { z } from "zod";
import type { CallOptions, EngineAnswer } from "../engine.js";
import { ANSWER_MILLISECONDS } from "../policy/approval/seals.js";
import type { Unasked } from "./answer.js";

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

type Asked = Extract<EngineAnswer, { kind: "ask" }>;
type Said = NonNullable<CallOptions["answer"]>;

const questionFor = ({ question }: Asked) => ({
  message: `Approve this AWS command?\n${question.message}`,
  requestedSchema: form,
});

/** Whether the request is of protocol 2026-07-28, where a question is a result and the answer comes with another call. */
export const asksByResult = ({ mcpReq }: ServerContext): boolean => mcpReq.envelope !== undefined;

/** The question to a person as the result of a call (protocol 2026-07-28). */
export const askPerson = (asked: Asked) =>
  inputRequired({ inputRequests: { [KEY]: inputRequired.elicit(questionFor(asked)) }, requestState: asked.state });

/**
 * Asks a person while the call waits (`elicitation/create` of the 2025 era). Whoever does not answer in time, or with
 * something that is no answer, has not agreed.
 */
export const askPersonNow = async (asked: Asked, { mcpReq }: ServerContext): Promise<Said> => {
  const request = { method: "elicitation/create" as const, params: questionFor(asked) };
  try {
    const { action, content } = await mcpReq.send(request, { timeout: ANSWER_MILLISECONDS, signal: mcpReq.signal });
    return { state: asked.state, action, approve: content?.approve === true };
  } catch (cause) {
    if (mcpReq.signal.aborted) throw cause;
    return { state: asked.state, action: "cancel", approve: false };
  }
};

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

/** Why a person cannot be asked, where that is so. */
export const whyUnasked = ({ http, sessionId, mcpReq }: ServerContext): Unasked =>
  http !== undefined && sessionId === undefined && mcpReq.envelope === undefined ? "no-session" : "no-form";

const inEnvelope = ({ mcpReq }: ServerContext): unknown =>
  new Map<string, unknown>(Object.entries(mcpReq.envelope ?? {})).get(CLIENT_CAPABILITIES_META_KEY);
