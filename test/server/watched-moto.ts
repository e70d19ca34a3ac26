import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Moto, startMoto } from "../provision/start-moto.js";
import { fillMoto } from "./fill-moto.js";

/** A stand-in for AWS that remembers what it was asked, in the order of asking. */
export type WatchedMoto = Moto & {
  /** Every request so far, as `s3 PUT /invoices` or `ec2 DescribeInstances`, but those that only ask who somebody is. */
  readonly asked: () => readonly string[];
};

export const startWatchedMoto = async (...args: Parameters<typeof startMoto>): Promise<WatchedMoto> => {
  const moto = await startMoto(...args);
  await fillMoto(moto);
  const asked: string[] = [];
  const watcher = createServer((incoming, outgoing) => passOn(moto.endpoint, incoming, outgoing, asked));
  await new Promise<void>((resolve) => watcher.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has such an address.
  const endpoint = `http://127.0.0.1:${(watcher.address() as AddressInfo).port}`;
  return {
    endpoint,
    environment: { ...moto.environment, AWS_ENDPOINT_URL: endpoint },
    asked: () => asked.filter((each) => each !== "sts GetCallerIdentity"),
    stop: async () => {
      watcher.closeAllConnections();
      watcher.close();
      await moto.stop();
    },
  };
};

const passOn = (endpoint: string, incoming: IncomingMessage, outgoing: ServerResponse, asked: string[]): void => {
  const chunks: Buffer[] = [];
  incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
  incoming.on("end", () => {
    const body = Buffer.concat(chunks);
    asked.push(nameOf(incoming, body.toString("latin1")));
    const { method, headers, url = "/" } = incoming;
    const onward = request(new URL(url, endpoint), { ...(method === undefined ? {} : { method }), headers });
    onward.on("response", (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    onward.end(body);
  });
};

const nameOf = ({ method = "", url = "/", headers }: IncomingMessage, body: string): string => {
  const service = /Credential=[^/]*\/\d*\/[^/]*\/([^/]*)\//.exec(headers.authorization ?? "")?.[1] ?? "nobody";
  const target = String(headers["x-amz-target"] ?? "")
    .split(".")
    .at(-1);
  const action = /(?:^|&)Action=(\w+)/.exec(body)?.[1] ?? (target === "" ? undefined : target);
  return `${service} ${action ?? `${method} ${url}`}`;
};
