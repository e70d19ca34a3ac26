import { idleSettings } from "../../src/commands/idle-settings.js";
import { settingRows } from "../../src/settings.js";
import type { JsonObject } from "./json-text.js";
import { TOKENS } from "./registry-arguments.js";

type Kind = "npm" | "image" | "image-http";

const AWS: readonly JsonObject[] = [
  { name: "AWS_PROFILE", description: "profile that the server acts as" },
  { name: "AWS_REGION", description: "region of commands that name none; otherwise the profile's" },
  { name: "AWS_ACCESS_KEY_ID", description: "keys in the place of a profile", isSecret: true },
  { name: "AWS_SECRET_ACCESS_KEY", description: "keys in the place of a profile", isSecret: true },
  { name: "AWS_SESSION_TOKEN", description: "keys in the place of a profile", isSecret: true },
];

/** What is no choice of a person's: a `value` of the registry's. */
const FIXED: { readonly [Name in Kind]: Readonly<Record<string, string>> } = {
  npm: { AWS_MCP_TRANSPORT: "stdio", AWS_MCP_SANDBOX: "required" },
  image: { AWS_MCP_TRANSPORT: "stdio", AWS_MCP_SANDBOX: "required", AWS_MCP_WORKDIR: "/workspace" },
  "image-http": {
    AWS_MCP_TRANSPORT: "streamable-http",
    AWS_MCP_SANDBOX: "required",
    AWS_MCP_WORKDIR: "/workspace",
    AWS_MCP_HOST: "0.0.0.0",
    AWS_MCP_PORT: "8000",
    AWS_MCP_TOKEN_FILE: TOKENS,
  },
};

/** The image has its own AWS CLI, of version 2. */
const IN_IMAGE = ["AWS_MCP_AWS_CLI", "AWS_MCP_ALLOW_V1"];

/** Every setting that does something there, with what it does and its default, as the server's own table has them. */
export const environmentOf = (kind: Kind): readonly JsonObject[] => {
  const left = [...(kind === "image-http" ? [] : onlyOverHttp()), ...(kind === "npm" ? [] : IN_IMAGE)];
  const rows = settingRows.filter(({ name }) => !left.includes(name));
  return [...AWS, ...rows.map((row) => ({ ...described(row), ...chosen(row, FIXED[kind][row.name]) }))];
};

const onlyOverHttp = (): readonly string[] =>
  idleSettings(Object.fromEntries(settingRows.map(({ name }) => [name, "set"])), "stdio");

type Row = (typeof settingRows)[number];

const described = ({ name, says }: Row): JsonObject => ({ name, description: says });

const chosen = ({ default: value }: Row, fixed: string | undefined): JsonObject => {
  if (fixed !== undefined) return { value: fixed };
  if (value === "") return {};
  return { ...(/^\d+$/.test(value) ? { format: "number" } : {}), default: value };
};
