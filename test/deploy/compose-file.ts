import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { repository } from "../provision/repository.js";

/** The Compose file's own folder. */
export const folder = join(repository, "deploy");

export const composeText = readFileSync(join(folder, "compose.yaml"), "utf8");

/** As Compose reads it, before it fills in anything. */
export const composeFile = z.looseObject({ name: z.string() }).parse(parse(composeText));

const mount = z.strictObject({
  type: z.literal("bind"),
  source: z.string(),
  target: z.string(),
  read_only: z.literal(true).optional(),
  bind: z.strictObject({ create_host_path: z.literal(false) }),
});

const service = z.looseObject({
  image: z.string(),
  command: z.array(z.string()),
  user: z.string(),
  environment: z.record(z.string(), z.string()),
  secrets: z.array(z.strictObject({ source: z.string(), target: z.string() })),
  volumes: z.array(mount),
  tmpfs: z.array(z.string()),
  ports: z.array(z.string()),
  read_only: z.boolean(),
  cap_drop: z.array(z.string()),
  security_opt: z.array(z.string()),
  pids_limit: z.number(),
  mem_limit: z.string(),
  stop_grace_period: z.string(),
  healthcheck: z.looseObject({ test: z.array(z.string()) }),
});

export type Service = z.output<typeof service>;

/** Its one service, with these variables filled in where it asks for them (compose-spec, 12-interpolation.md). */
export const serviceWith = (variables: Readonly<Record<string, string>>): Service => {
  const text = composeText.replaceAll(/\$\{([A-Z_]+)(?::(-|\?)([^}]*))?\}/g, (_, name, kind, rest) => {
    const value = variables[name] || (kind === "-" ? rest : undefined);
    if (value === undefined) throw new Error(`${name}: ${rest ?? "is not set"}`);
    return value;
  });
  return z.object({ services: z.strictObject({ awspipe: service }) }).parse(parse(text)).services.awspipe;
};
