import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { CLIENTS, type Client } from "../../deploy/generate/clients.js";
import type { Way } from "../../deploy/generate/servers.js";
import { repository } from "../provision/repository.js";

const strings = z.record(z.string(), z.string());

const server = z.strictObject({
  type: z.enum(["stdio", "http"]).optional(),
  command: z.string().optional(),
  args: z.array(z.string()).optional(),
  env: strings.optional(),
  url: z.string().optional(),
  serverUrl: z.string().optional(),
  headers: strings.optional(),
});

const entry = z.strictObject({ awspipe: server });
const file = z.union([
  z.strictObject({ mcpServers: entry }),
  z.strictObject({ servers: entry, inputs: z.array(z.looseObject({})).optional() }),
]);

/** A server as a client's file describes it. */
export type ClientServer = z.output<typeof server>;

/** Every file of `deploy/clients`, as it lies there. */
export const clientServers = (): readonly {
  readonly name: string;
  readonly client: Client;
  readonly way: Way;
  readonly root: "mcpServers" | "servers";
  readonly server: ClientServer;
}[] =>
  CLIENTS.flatMap((client) =>
    client.ways.map((way) => {
      const name = `${client.id}.${way}.json`;
      const read = file.parse(JSON.parse(readFileSync(join(repository, "deploy", "clients", name), "utf8")));
      const root = "servers" in read ? "servers" : "mcpServers";
      return { name, client, way, root, server: "servers" in read ? read.servers.awspipe : read.mcpServers.awspipe };
    }),
  );

/** What the server finds in its environment: the client's `env`, and what `docker run` is told. */
export const settingsOf = ({ env = {}, args = [] }: ClientServer): Readonly<Record<string, string>> => ({
  ...env,
  ...Object.fromEntries(args.flatMap((arg) => [...arg.matchAll(/^--env=([^=]+)=(.*)$/g)].map(([, ...pair]) => pair))),
});
