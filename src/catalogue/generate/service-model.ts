import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A service's API as botocore's `service-2.json` has it; only what the catalogue needs. */
export type ServiceModel = {
  readonly operations: Readonly<Record<string, ModelOperation>>;
  readonly shapes: Readonly<Record<string, Shape>>;
};

export type ModelOperation = {
  readonly input?: { readonly shape: string };
  readonly output?: { readonly shape: string };
  readonly endpoint?: { readonly hostPrefix?: string };
  readonly operationContextParams?: Readonly<Record<string, { readonly path: string }>>;
};

export type Shape = {
  readonly type: string;
  readonly members?: Readonly<Record<string, Member>>;
  readonly member?: { readonly shape: string };
  readonly value?: { readonly shape: string };
  readonly enum?: readonly string[];
  readonly sensitive?: boolean;
  readonly streaming?: boolean;
  readonly eventstream?: boolean;
  readonly payload?: string;
};

export type Member = {
  readonly shape: string;
  readonly streaming?: boolean;
  readonly hostLabel?: boolean;
  readonly contextParam?: { readonly name: string };
};

/** The model of one service, with what the file of extras adds, as botocore's loader merges it. */
export const readServiceModel = (data: string, folder: string, apiVersion: string): ServiceModel => {
  const at = join(data, folder, apiVersion);
  const model = json(join(at, "service-2.json"));
  const extras = join(at, "service-2.sdk-extras.json");
  if (!existsSync(extras)) return model as ServiceModel;
  // The files are botocore's own and were unpacked by hash; a shape that is missing shows as an error in `shapeOf`.
  return merge(model, (json(extras) as { merge?: unknown }).merge ?? {}) as ServiceModel;
};

/** A shape that another one names. Throws when the model does not have it. */
export const shapeOf = (model: ServiceModel, name: string): Shape => {
  const shape = model.shapes[name];
  if (shape === undefined) throw new Error(`the model has no shape ${name}`);
  return shape;
};

/** What a list or a map holds in the end, or the shape itself. */
export const leafOf = (model: ServiceModel, shape: Shape): Shape => {
  const inner = shape.member ?? shape.value;
  return inner === undefined ? shape : leafOf(model, shapeOf(model, inner.shape));
};

/** Calls `visit` for each member of a shape and of all shapes below it, once each. */
export const walkMembers = (
  model: ServiceModel,
  start: string,
  visit: (name: string, member: Member, shape: Shape) => void,
): void => {
  const seen = new Set<string>();
  const walk = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const shape = shapeOf(model, name);
    for (const [key, member] of Object.entries(shape.members ?? {})) {
      visit(key, member, shapeOf(model, member.shape));
      walk(member.shape);
    }
    const inner = shape.member ?? shape.value;
    if (inner !== undefined) walk(inner.shape);
  };
  walk(start);
};

const json = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

const merge = (base: unknown, extra: unknown): unknown => {
  if (!isRecord(base) || !isRecord(extra)) return extra;
  const merged = { ...base };
  for (const [key, value] of Object.entries(extra)) merged[key] = key in base ? merge(base[key], value) : value;
  return merged;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
