import { linesOf, type RawServer } from "./raw-server.js";

/** What came of a call. */
export type Outcome = {
  readonly status: string;
  /** Code of the tool's error; of a protocol error its number. */
  readonly code: string | number | undefined;
  readonly hint: string | undefined;
  readonly output: string;
  readonly warnings: readonly string[];
};

/** A question that waits for an answer. */
export type Waiting = {
  readonly message: string;
  /** The whole request that reaches the person. */
  readonly request: unknown;
  /** Sends what the person said, whatever it is, and gives what became of the call. */
  readonly reply: (response: unknown) => Promise<Outcome>;
};

export type Call = {
  readonly command: string;
  readonly tool?: string;
  readonly timeout?: number;
};

/** Raw lines of one protocol era, without an SDK's client. */
export type RawEra = {
  readonly name: string;
  readonly connect: (server: RawServer, elicitation?: unknown) => Promise<void>;
  /** A call that must be answered with a question. */
  readonly ask: (server: RawServer, call: Call) => Promise<Waiting>;
  /** A call that must not be; `more` goes into its params. */
  readonly call: (server: RawServer, call: Call, more?: Readonly<Record<string, unknown>>) => Promise<Outcome>;
};

export const ACCEPT = { action: "accept", content: { approve: true } };

const CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";

/** What every request of 2026-07-28 says of its client. */
export const envelope = (capabilities: unknown = { elicitation: {} }) => ({
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientInfo": { name: "test", version: "1" },
  [CAPABILITIES]: capabilities,
});

let lastId = 1000;

/** A request of 2026-07-28, as it stands on the wire. */
export const modernRequest = (
  { command, tool = "aws_cli_pipeline", timeout }: Call,
  more: Readonly<Record<string, unknown>> = {},
  capabilities?: unknown,
) => ({
  jsonrpc: "2.0",
  id: ++lastId,
  method: "tools/call",
  params: {
    _meta: envelope(capabilities),
    name: tool,
    arguments: { command, ...(timeout === undefined ? {} : { timeout }) },
    ...more,
  },
});

/** The raw answer to a request of 2026-07-28. */
export const sendModern = async (
  server: RawServer,
  call: Call,
  more: Readonly<Record<string, unknown>> = {},
  capabilities?: unknown,
): Promise<Message> => {
  const request = modernRequest(call, more, capabilities);
  server.send(request);
  return server.answer(request.id);
};

export type Message = Readonly<Record<string, unknown>>;

/** The question and the state of an answer `input_required`. */
export const questionIn = (
  answer: Message,
): { readonly request: unknown; readonly message: string; readonly state: string } => {
  const result = answer.result as {
    resultType?: string;
    inputRequests?: Record<string, unknown>;
    requestState?: string;
  };
  if (result?.resultType !== "input_required") throw new Error(`no question: ${JSON.stringify(answer)}`);
  const request = result.inputRequests?.approval as { params: { message: string } };
  return { request, message: request.params.message, state: result.requestState ?? "" };
};

/** An outcome that is no question. */
export const outcomeOf = ({ result, error }: Message): Outcome => {
  if (error !== undefined) {
    const { code, message } = error as { code: number; message: string };
    return { status: "protocol error", code, hint: message, output: "", warnings: [] };
  }
  const {
    structuredContent: data,
    content,
    resultType,
  } = result as {
    resultType?: string;
    content?: readonly { text: string }[];
    structuredContent?: {
      status: string;
      output: string;
      error?: { code: string; hint: string };
      warnings?: readonly string[];
    };
  };
  if (resultType === "input_required") return { ...empty, status: "question" };
  if (data === undefined) return { ...empty, status: "text", hint: content?.[0]?.text };
  const { status, output, error: told, warnings = [] } = data;
  return { status, code: told?.code, hint: told?.hint, output, warnings };
};

const empty = { code: undefined, hint: undefined, output: "", warnings: [] };

const modern: RawEra = {
  name: "lines of 2026-07-28",
  connect: async () => undefined,
  ask: async (server, call) => {
    const { message, request, state } = questionIn(await sendModern(server, call));
    const reply = async (response: unknown) =>
      outcomeOf(await sendModern(server, call, { inputResponses: { approval: response }, requestState: state }));
    return { message, request, reply };
  },
  call: async (server, call, more) => outcomeOf(await sendModern(server, call, more)),
};

/** The handshake of the 2025 era, by a client that can do this. */
const initialize = async (server: RawServer, capabilities: unknown): Promise<void> => {
  const params = { protocolVersion: "2025-06-18", capabilities, clientInfo: { name: "test", version: "1" } };
  const id = ++lastId;
  server.send({ jsonrpc: "2.0", id, method: "initialize", params });
  await server.answer(id);
  server.send({ jsonrpc: "2.0", method: "notifications/initialized" });
};

/** A request of the 2025 era. */
export const legacyRequest = (call: Call, more: Readonly<Record<string, unknown>> = {}) => {
  const { _meta: _, ...params } = modernRequest(call, more).params;
  return { jsonrpc: "2.0", id: lastId, method: "tools/call", params };
};

/** The next `elicitation/create` after those that were there before. */
export const elicitation = async (server: RawServer, before: number): Promise<Message> => {
  for (const deadline = Date.now() + 30_000; ; ) {
    const found = elicitations(server)[before];
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`no elicitation: ${server.out()} ${server.errors()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

export const elicitations = (server: RawServer): readonly Message[] =>
  linesOf(server.out()).filter(({ method }) => method === "elicitation/create");

const legacy: RawEra = {
  name: "lines of the 2025 era",
  connect: (server, elicitation = {}) => initialize(server, { elicitation }),
  ask: async (server, call) => {
    const before = elicitations(server).length;
    const request = legacyRequest(call);
    server.send(request);
    const question = await elicitation(server, before);
    const reply = async (response: unknown) => {
      server.send({ jsonrpc: "2.0", id: question.id, result: response });
      return outcomeOf(await server.answer(request.id));
    };
    return { message: (question.params as { message: string }).message, request: question, reply };
  },
  call: async (server, call, more) => {
    const request = legacyRequest(call, more);
    server.send(request);
    return outcomeOf(await server.answer(request.id));
  },
};

export const rawEras: readonly RawEra[] = [modern, legacy];
export const initializeWith = initialize;
