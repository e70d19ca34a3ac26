import type { JsonObject } from "./json-text.js";
import { PUBLISHED, packageFacts } from "./published.js";
import { dockerArguments } from "./registry-arguments.js";
import { environmentOf } from "./registry-environment.js";

const SCHEMA = "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json";

/**
 * `server.json`, the entry of the MCP registry: both packages over stdio, and the image once more over HTTP.
 *
 * The form is that of the schema it names (github.com/modelcontextprotocol/registry, docs/reference/server-json); an image
 * has its tag in the identifier and no version of its own (CHANGELOG there, 2025-10-11).
 */
export const registryEntry = (): JsonObject => {
  const { version } = packageFacts();
  const image = { registryType: "oci", identifier: `${PUBLISHED.image}:${version}`, runtimeHint: "docker" };
  const packageArguments = [{ type: "positional", value: "serve" }];
  return {
    $schema: SCHEMA,
    name: PUBLISHED.registryName,
    title: "awspipe",
    description: "Runs AWS CLI commands with Unix pipes, judged stage by stage, and never starts a shell",
    repository: { url: PUBLISHED.repository, source: "github" },
    version,
    packages: [
      {
        ...{ registryType: "npm", identifier: PUBLISHED.package, version, runtimeHint: "npx" },
        ...{ packageArguments, environmentVariables: environmentOf("npm") },
        transport: { type: "stdio" },
      },
      {
        ...image,
        ...{
          runtimeArguments: dockerArguments("stdio"),
          packageArguments,
          environmentVariables: environmentOf("image"),
        },
        transport: { type: "stdio" },
      },
      {
        ...image,
        runtimeArguments: dockerArguments("http"),
        ...{ packageArguments, environmentVariables: environmentOf("image-http") },
        transport: { type: "streamable-http", url: "http://127.0.0.1:8000/mcp", headers: [AUTHORIZATION] },
      },
    ],
  };
};

const AUTHORIZATION = {
  name: "Authorization",
  value: "Bearer {token}",
  isRequired: true,
  variables: {
    token: { description: "a token that `awspipe token NAME` has made", isRequired: true, isSecret: true },
  },
};
