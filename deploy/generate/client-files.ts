import { CLIENTS, type Client } from "./clients.js";
import { jsonText } from "./json-text.js";
import { packageFacts } from "./published.js";
import { serverOf, type Way } from "./servers.js";

/** A file of `deploy/clients`. */
export type ClientFile = {
  readonly client: Client;
  readonly way: Way;
  readonly name: string;
  readonly text: string;
};

/** Every client's file for every way in which it can use this version of the server. */
export const clientFiles = (): readonly ClientFile[] => {
  const { version } = packageFacts();
  return CLIENTS.flatMap((client) =>
    client.ways.map((way) => ({
      client,
      way,
      name: `${client.id}.${way}.json`,
      text: jsonText(client.file(serverOf(way, version, client.spelling))),
    })),
  );
};
