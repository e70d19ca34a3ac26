import { CONTAINER_GROUP, hardening } from "./hardening.js";
import type { JsonObject } from "./json-text.js";

/** Where a container finds its tokens. */
export const TOKENS = "/run/secrets/awspipe-tokens";

/** What stands between braces in an argument, as clients ask for it. */
const VARIABLES: { readonly [name: string]: JsonObject } = {
  user: { description: "your user id (`id -u`), whose ~/.aws is read", format: "number", default: "1000" },
  aws_folder: { description: "your folder ~/.aws, as an absolute path", format: "filepath", isRequired: true },
  token_file: {
    description: "file of bearer tokens, hashed, one a line (`awspipe token NAME` makes one)",
    format: "filepath",
    isRequired: true,
  },
};

/** The arguments of `docker run` in the form of the MCP registry: the same flags as everywhere, with what differs left open. */
export const dockerArguments = (transport: "stdio" | "http"): readonly JsonObject[] =>
  [
    ...["--rm", "--interactive", `--user={user}:${CONTAINER_GROUP}`],
    ...hardening("{user}"),
    "--volume={aws_folder}:/home/awspipe/.aws:ro",
    ...(transport === "http" ? ["--publish=127.0.0.1:8000:8000", `--volume={token_file}:${TOKENS}:ro`] : []),
  ].map(argument);

const argument = (flag: string): JsonObject => {
  const [, name = flag, value] = /^(--[a-z-]+)=(.*)$/.exec(flag) ?? [];
  const open = Object.entries(VARIABLES).filter(([variable]) => value?.includes(`{${variable}}`));
  return {
    ...{ type: "named", name },
    ...(value === undefined ? {} : { value }),
    ...(open.length === 0 ? {} : { variables: Object.fromEntries(open) }),
  };
};
