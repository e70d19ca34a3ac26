import { z } from "zod";

// The form of `server.json` as the MCP registry documents it (github.com/modelcontextprotocol/registry): the schema of
// 2025-12-11, and beyond it docs/modelcontextprotocol-io/package-types.mdx. Stricter where it can be: no member that the schema
// does not name, and of those no member that goes with another kind of package.

const input = {
  description: z.string().optional(),
  isRequired: z.boolean().optional(),
  isSecret: z.boolean().optional(),
  format: z.enum(["string", "number", "boolean", "filepath"]).optional(),
  default: z.string().optional(),
  placeholder: z.string().optional(),
  choices: z.array(z.string()).optional(),
  value: z.string().optional(),
};

/** What stands between braces is a variable, and every variable stands there. */
const complete = ({
  value = "",
  variables = {},
}: {
  value?: string | undefined;
  variables?: object | undefined;
}): boolean => {
  const open = [...value.matchAll(/\{([a-z_]+)\}/g)].map(([, name]) => name);
  return JSON.stringify([...new Set(open)].sort()) === JSON.stringify(Object.keys(variables).sort());
};

const withVariables = { ...input, variables: z.record(z.string(), z.strictObject(input)).optional() };
const keyValue = z.strictObject({ ...withVariables, name: z.string() }).refine(complete);
const argument = z.union([
  z
    .strictObject({ ...withVariables, type: z.literal("named"), name: z.string(), isRepeated: z.boolean().optional() })
    .refine(complete),
  z.strictObject({ ...withVariables, type: z.literal("positional"), value: z.string() }).refine(complete),
]);

const transport = z.union([
  z.strictObject({ type: z.literal("stdio") }),
  z.strictObject({
    type: z.literal("streamable-http"),
    url: z.string().regex(/^https?:\/\/\S+$/),
    headers: z.array(keyValue),
  }),
]);

/** A version, and neither a range of them nor `latest`. */
const version = z.string().regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/);

const always = {
  runtimeHint: z.string(),
  transport,
  runtimeArguments: z.array(argument).optional(),
  packageArguments: z.array(argument).optional(),
  environmentVariables: z.array(keyValue),
};

const packageForm = z.union([
  z.strictObject({ ...always, registryType: z.literal("npm"), identifier: z.string(), version }),
  // An image's version is its tag, and the registry takes few hosts.
  z.strictObject({
    ...always,
    registryType: z.literal("oci"),
    identifier: z.string().regex(/^ghcr\.io\/[a-z-]+\/[a-z-]+:\d[\w.-]*$/),
  }),
]);

export type RegistryPackage = z.output<typeof packageForm>;

/** The whole file. */
export const registryForm = z.strictObject({
  $schema: z.literal("https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json"),
  name: z
    .string()
    .min(3)
    .max(200)
    .regex(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/),
  title: z.string().min(1).max(100),
  description: z.string().min(1).max(100),
  repository: z.strictObject({ url: z.url(), source: z.literal("github") }),
  version,
  packages: z.array(packageForm),
});
