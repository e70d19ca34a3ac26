import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Stands between the AWS CLI and a stand-in for AWS: counts what is asked, and can hold it up or answer by itself. */
export type Gateway = {
  readonly endpoint: string;
  /** Actions so far, as `DescribeRegions`, in the order of asking. */
  readonly asked: () => readonly string[];
  /** Holds every such action until it is called; gives what settles when the first has come. */
  readonly hold: (action: string) => { readonly came: Promise<void>; readonly release: () => void };
  /** Answers such an action with this, from now on; nothing passes it on again. */
  readonly answer: (action: string, answer: GatewayAnswer | undefined) => void;
  readonly close: () => Promise<void>;
};

export type GatewayAnswer = { readonly status: number; readonly type: string; readonly body: string };

export const startGateway = async (onward: string): Promise<Gateway> => {
  const asked: string[] = [];
  const answers = new Map<string, GatewayAnswer>();
  const held = new Map<string, { readonly come: () => void; readonly released: Promise<void> }>();
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = await bodyOf(incoming);
    const action = actionOf(incoming, body.toString("latin1"));
    asked.push(action);
    held.get(action)?.come();
    await held.get(action)?.released;
    const answer = answers.get(action);
    if (answer === undefined) return passOn(onward, incoming, body, outgoing);
    outgoing.writeHead(answer.status, { "content-type": answer.type }).end(answer.body);
  };
  const server = createServer((incoming, outgoing) => void serve(incoming, outgoing).catch(() => outgoing.destroy()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    // A server that listens on a port has such an address.
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
    hold: (action) => {
      const [came, come] = signal();
      const [released, release] = signal();
      held.set(action, { come, released });
      return { came, release };
    },
    answer: (action, answer) => {
      if (answer === undefined) answers.delete(action);
      else answers.set(action, answer);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};

const signal = (): readonly [Promise<void>, () => void] => {
  let give = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    give = resolve;
  });
  return [promise, give];
};

const bodyOf = async (incoming: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
};

const actionOf = ({ headers }: IncomingMessage, body: string): string =>
  String(headers["x-amz-target"] ?? "").replace(/^.*\./, "") || (/(?:^|&)Action=(\w+)/.exec(body)?.[1] ?? "unknown");

const passOn = (
  endpoint: string,
  { method, headers, url = "/" }: IncomingMessage,
  body: Buffer,
  to: ServerResponse,
) => {
  const onward = request(new URL(url, endpoint), { ...(method === undefined ? {} : { method }), headers });
  onward.on("response", (answer) => {
    to.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(to);
  });
  onward.on("error", () => to.destroy());
  onward.end(body);
};
