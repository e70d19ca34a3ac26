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
  /**
   * What a principal's connections share, made at its first request; nothing where there are too many already. One that has
   * sent nothing for a day makes room: its workspace stays, and the number of its changes.
   */
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

/** Each has caches. An authorization server may know any number of people. */
const MOST = 1024;

/** Milliseconds after which a principal that has sent nothing may be forgotten, when there is no room for another; no call takes longer. */
const IDLE = 90_000_000;

/** Knows nobody yet. */
export const createPrincipals = ({ started, settings, operator, shared, watch }: PrincipalSettings): Principals => {
  // Whoever has sent nothing for longest stands first.
  const known = new Map<string, Known>();

  const made = (name: string): Known => {
    const workspace = workspaceOf(started.machine.workspace, name);
    return { workspace, engine: started.engineAt(workspace), parts: new Map(), ended: new AbortController(), seen: 0 };
  };
  const forgetOne = (): void => {
    for (const [name, { seen, ended }] of known) {
      if (started.machine.now() - seen < IDLE) return;
      known.delete(name);
      ended.abort();
      return;
    }
  };
  const partsFor = ({ engine: whole, workspace, ended }: Known, principal: Principal): ServerParts => {
    const { name, access } = principal;
    // Rights may differ from token to token of one principal; what it has is the same.
    const own = access === "read" ? readingEngine(whole) : whole;
    const book = access === "read" ? readOnly(started.book) : started.book;
    const { engine, ...watched } = watch(own, principal);
    return serverParts({ ...started, engine, book }, settings, operator, shared, {
      ...watched,
      principal: name,
      ended: ended.signal,
      // What the operator has named may be shared by all that a balancer sends calls to.
      ...(settings.AWS_MCP_WORKDIR === undefined ? { unsharedWorkspace: workspace } : {}),
    });
  };
  return {
    partsOf: (principal) => {
      const { name, access } = principal;
      if (!known.has(name) && known.size >= MOST) forgetOne();
      if (!known.has(name) && known.size >= MOST) return undefined;
      const one = known.get(name) ?? made(name);
      known.delete(name);
      known.set(name, one);
      one.seen = started.machine.now();
      const parts = one.parts.get(access) ?? partsFor(one, principal);
      one.parts.set(access, parts);
      return parts;
    },
  };
};

/** What is kept of a principal. */
type Known = {
  /** Absolute path. */
  readonly workspace: string;
  readonly engine: Engine;
  readonly parts: Map<Principal["access"], ServerParts>;
  /** Fires when it is forgotten. */
  readonly ended: AbortController;
  /** Epoch milliseconds of its last request. */
  seen: number;
};

/** A folder that no other principal has, and that the operator can tell whose it is. */
const workspaceOf = (above: string, name: string): string => {
  const shown = name.replaceAll(/[^A-Za-z0-9]+/g, "-").slice(0, 40);
  const path = join(above, `p-${shown}-${createHash("sha256").update(name).digest("hex").slice(0, 16)}`);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (!lstatSync(path).isDirectory()) throw new Error(`${path} is to be a workspace and is no directory`);
  return path;
};
