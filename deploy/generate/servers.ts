import { CONTAINER_GROUP, hardening } from "./hardening.js";
import { PUBLISHED } from "./published.js";

/** The ways in which a client gets at a server. */
export const WAYS = ["docker", "npx", "http"] as const;

export type Way = (typeof WAYS)[number];

/** A server, as clients have it in their files whatever they call its members. */
export type Server =
  /** a program that the client starts and talks to over stdio */
  | {
      readonly kind: "stdio";
      readonly command: string;
      readonly args: readonly string[];
      readonly env: Readonly<Record<string, string>>;
    }
  /** one that runs already */
  | { readonly kind: "http"; readonly url: string; readonly headers: Readonly<Record<string, string>> };

/** How a client's file spells what is another on each machine. */
export type Spelling = {
  /** the person's home folder */
  readonly home: string;
  /** the bearer token of a server that listens */
  readonly token: string;
};

/** The first user that a Linux machine is given; `id -u` tells another. */
const USER = "1000";

/** Every server that the files set up is held in by the kernel, or does not start. */
const SETTINGS = { AWS_PROFILE: "default", AWS_MCP_SANDBOX: "required" } as const;

/** A server of this version, reached in one of the ways. */
export const serverOf = (way: Way, version: string, { home, token }: Spelling): Server => {
  switch (way) {
    case "docker":
      return { kind: "stdio", command: "docker", args: dockerRun(version, home), env: {} };
    case "npx":
      return { kind: "stdio", command: "npx", args: ["-y", `${PUBLISHED.package}@${version}`, "serve"], env: SETTINGS };
    case "http":
      return { kind: "http", url: "http://127.0.0.1:8000/mcp", headers: { Authorization: `Bearer ${token}` } };
  }
};

// The files in ~/.aws are their owner's alone, so the server runs as that user.
const dockerRun = (version: string, home: string): readonly string[] => [
  ...["run", "--rm", "--interactive", `--user=${USER}:${CONTAINER_GROUP}`],
  ...hardening(USER),
  `--volume=${home}/.aws:/home/awspipe/.aws:ro`,
  ...Object.entries({ ...SETTINGS, AWS_MCP_WORKDIR: "/workspace" }).map(([name, value]) => `--env=${name}=${value}`),
  `${PUBLISHED.image}:${version}`,
];
