import type { JsonObject } from "./json-text.js";
import { PUBLISHED, packageFacts } from "./published.js";
import type { ServerOffers } from "./server-offers.js";

/**
 * The manifest of the `.mcpb` bundle, in the form of version 0.3 (github.com/modelcontextprotocol/mcpb, MANIFEST.md).
 *
 * What a person may leave empty has an empty default: clients leave `${user_config.NAME}` as it stands where there is none
 * (`getMcpConfigForManifest` of `@anthropic-ai/mcpb`), and to the server an empty setting is none.
 */
export const bundleManifest = ({ tools, prompts }: ServerOffers): JsonObject => {
  const { version, description, license, engines } = packageFacts();
  return {
    manifest_version: "0.3",
    name: PUBLISHED.package,
    display_name: "awspipe",
    version,
    description,
    long_description: LONG,
    author: { name: "The awspipe authors", url: PUBLISHED.repository },
    repository: { type: "git", url: `${PUBLISHED.repository}.git` },
    documentation: `${PUBLISHED.repository}#readme`,
    support: `${PUBLISHED.repository}/issues`,
    license,
    keywords: ["aws", "aws-cli", "cloud", "security"],
    privacy_policies: ["https://aws.amazon.com/privacy/"],
    server: {
      type: "node",
      entry_point: "dist/cli.js",
      mcp_config: {
        command: "node",
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the client replaces it
        args: ["${__dirname}/dist/cli.js", "serve"],
        env: { ...fromPerson(), AWS_MCP_SANDBOX: "required" },
      },
    },
    tools: tools.map(({ name, description: says }) => ({ name, description: says })),
    // What a server says of them holds: it judges their commands by the rules in force.
    prompts_generated: true,
    prompts: prompts.map(promptOf),
    compatibility: { platforms: ["linux"], runtimes: { node: engines.node } },
    user_config: Object.fromEntries(ASKED.map(({ key, ...option }) => [key, { ...option, required: false }])),
  };
};

const LONG =
  "Runs AWS CLI commands with Unix pipes for an assistant. Each command is parsed, judged stage by stage against the rules in force, and run without a shell; a person is asked before something is destroyed. It runs on Linux, needs the AWS CLI version 2 on the PATH, and confines its filters by util-linux 2.41 or bubblewrap: without one of them it does not start.";

/** What a person is asked for, and the server's variable that gets it. */
const ASKED = [
  {
    ...{ key: "profile", type: "string", title: "AWS profile", default: "" },
    description: "profile of ~/.aws/config that the server acts as; otherwise the default one",
  },
  {
    ...{ key: "region", type: "string", title: "AWS region", default: "" },
    description: "region of commands that name none; otherwise the profile's",
  },
  {
    ...{ key: "mode", type: "string", title: "Security mode", default: "strict" },
    description: "strict, permissive or read-only: which effects are let through",
  },
  {
    ...{ key: "policy", type: "file", title: "Policy", default: "" },
    description: "YAML file of your own rules, read once at the start",
  },
] as const;

const VARIABLES: { readonly [Key in (typeof ASKED)[number]["key"]]: string } = {
  profile: "AWS_PROFILE",
  region: "AWS_REGION",
  mode: "AWS_MCP_SECURITY_MODE",
  policy: "AWS_MCP_SECURITY_CONFIG",
};

const fromPerson = (): JsonObject =>
  Object.fromEntries(Object.entries(VARIABLES).map(([key, name]) => [name, `\${user_config.${key}}`]));

// The manifest wants a text of each, with places for its arguments; the server's own has the commands.
const promptOf = ({ name, description, arguments: given }: ServerOffers["prompts"][number]): JsonObject => ({
  name,
  description,
  ...(given.length === 0 ? {} : { arguments: given }),
  text: [
    `${description}. Use the tools of awspipe; its own prompt ${name} has the commands.`,
    ...given.map((each) => `${each}: \${arguments.${each}}`),
  ].join("\n"),
});
