import { connect, type Socket } from "node:net";

/** One answer as it came over the wire. */
export type RawAnswer = {
  readonly status: number;
  /** Names in small letters; a name that came twice has its values joined with commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** A connection on which a test says what it likes. */
export type RawConnection = {
  readonly socket: Socket;
  readonly send: (bytes: string | Uint8Array) => void;
  /** The next whole answer, interim ones too. Throws where the connection closes before, or ten seconds pass. */
  readonly answer: () => Promise<RawAnswer>;
  /** How the connection ended: with FIN, or with RST. */
  readonly closed: Promise<"ended" | "reset">;
};

/** Opens a connection to a port of loopback. It stays open after the server has ended its side, as it does after its own end. */
export const openRaw = async (port: number): Promise<RawConnection> => {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  let came = Buffer.alloc(0);
  let isOver = false;
  let isHead = false;
  const closed = new Promise<"ended" | "reset">((resolve) => {
    socket.once("end", () => resolve("ended"));
    socket.on("error", () => resolve("reset"));
    socket.once("close", () => resolve("reset"));
  });
  void closed.then(() => {
    isOver = true;
  });
  socket.on("data", (chunk: Buffer) => {
    came = Buffer.concat([came, chunk]);
  });
  await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  return {
    socket,
    send: (bytes) => {
      isHead = Buffer.from(bytes).toString("latin1", 0, 5) === "HEAD ";
      socket.write(bytes);
    },
    closed,
    answer: async () => {
      for (const deadline = Date.now() + 10_000; ; ) {
        const read = readAnswer(came, isOver, isHead);
        if (read !== undefined) {
          came = came.subarray(read.length);
          return read.answer;
        }
        if (isOver || Date.now() > deadline) throw new Error(`no answer, but \`${came.toString("latin1")}\``);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
  };
};

/** Sends bytes on a connection of their own and gives the final answer. */
export const sendRaw = async (port: number, bytes: string | Uint8Array): Promise<RawAnswer> => {
  const connection = await openRaw(port);
  connection.send(bytes);
  try {
    for (;;) {
      const answer = await connection.answer();
      if (answer.status >= 200) return answer;
    }
  } finally {
    connection.socket.destroy();
  }
};

const readAnswer = (
  bytes: Buffer,
  isOver: boolean,
  isHead: boolean,
): { answer: RawAnswer; length: number } | undefined => {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const [first = "", ...lines] = bytes.toString("latin1", 0, end).split("\r\n");
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(first)?.[1]);
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const [, name = "", value = ""] = /^([^:]+): ?(.*)$/.exec(line) ?? [];
    const key = name.toLowerCase();
    headers[key] = headers[key] === undefined ? value : `${headers[key]}, ${value}`;
  }
  const body = isHead ? NO_BODY : readBody(bytes.subarray(end + 4), status, headers, isOver);
  if (body === undefined) return undefined;
  return { answer: { status, headers, body: body.text }, length: end + 4 + body.length };
};

type Body = { readonly text: string; readonly length: number };

const NO_BODY: Body = { text: "", length: 0 };

const readBody = (
  bytes: Buffer,
  status: number,
  { "transfer-encoding": coding, "content-length": length }: Readonly<Record<string, string>>,
  isOver: boolean,
): Body | undefined => {
  if (status < 200 || status === 204) return NO_BODY;
  if (coding === "chunked") return readChunks(bytes);
  if (length !== undefined)
    return bytes.length < Number(length)
      ? undefined
      : { text: bytes.toString("utf8", 0, Number(length)), length: Number(length) };
  return isOver ? { text: bytes.toString("utf8"), length: bytes.length } : undefined;
};

const readChunks = (bytes: Buffer): Body | undefined => {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const line = bytes.indexOf("\r\n", at);
    if (line < 0) return undefined;
    const size = Number.parseInt(bytes.toString("latin1", at, line), 16);
    const next = line + 2 + size + 2;
    if (bytes.length < next) return undefined;
    if (size === 0) return { text: Buffer.concat(chunks).toString("utf8"), length: next };
    chunks.push(bytes.subarray(line + 2, line + 2 + size));
    at = next;
  }
};
