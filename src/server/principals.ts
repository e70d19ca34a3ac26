import { createHash } from "node:crypto";
import { lstatSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "../engine.js";
import { readOnly } from "../policy/read-only.js";
import type { Settings } from "../settings.js";
import type { Started } from "../start-engine.js";
import type { ServerParts } from "./create-server.js";
import type { Principal } from "./principal-of.js";
import { readingEngine } from "./reading-engine.js";
import { type Shared, serverParts } from "./server-parts.js";
import type { Watch } from "./watch.js";

/** Everybody who has sent a request since the start, each with a workspace, results, turns, limits and approvals of its own. */
export type Principals = {
  /** What a principal's connections share, made at its first request; nothing where there are too many principals already. */
  readonly partsOf: (principal: Principal) => ServerParts | undefined;
};

export type PrincipalSettings = {
  readonly started: Started;
  readonly settings: Settings;
  /** The operator's environment. */
  readonly operator: NodeJS.ProcessEnv;
  readonly shared: Shared;
  readonly watch: Watch;
};

/** Each has caches and a folder, which stay. An authorization server may know any number of people. */
const MOST = 1024;

/** Knows nobody yet. */
export const createPrincipals = ({ started, settings, operator, shared, watch }: PrincipalSettings): Principals => {
  const engines = new Map<string, Engine>();
  const known = new Map<string, ServerParts>();

  const engineOf = (name: string): Engine => {
    const old = engines.get(name);
    if (old !== undefined) return old;
    const engine = started.engineAt(workspaceOf(started.machine.workspace, name));
    engines.set(name, engine);
    return engine;
  };
  const made = (principal: Principal): ServerParts => {
    const { name, access } = principal;
    // Rights may differ from token to token of one principal; what it has is the same.
    const own = access === "read" ? readingEngine(engineOf(name)) : engineOf(name);
    const book = access === "read" ? readOnly(started.book) : started.book;
    const { engine, ...watched } = watch(own, principal);
    return serverParts({ ...started, engine, book }, settings, operator, shared, { ...watched, principal: name });
  };
  return {
    partsOf: (principal) => {
      const key = `${principal.access} ${principal.name}`;
      const old = known.get(key);
      if (old !== undefined) return old;
      if (!engines.has(principal.name) && engines.size >= MOST) return undefined;
      const parts = made(principal);
      known.set(key, parts);
      return parts;
    },
  };
};

/** A folder that no other principal has, and that the operator can tell whose it is. */
const workspaceOf = (above: string, name: string): string => {
  const shown = name.replaceAll(/[^A-Za-z0-9]+/g, "-").slice(0, 40);
  const path = join(above, `p-${shown}-${createHash("sha256").update(name).digest("hex").slice(0, 16)}`);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (!lstatSync(path).isDirectory()) throw new Error(`${path} is to be a workspace and is no directory`);
  return path;
};
