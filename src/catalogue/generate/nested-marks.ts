import { memberMark } from "./member-mark.js";
import type { RawSchema } from "./raw-tables.js";
import type { NotRole } from "./reviewed.js";
import { leafOf, type ServiceModel, walkMembers } from "./service-model.js";

type Of = { readonly folder: string; readonly operation: string; readonly notRoles: readonly NotRole[] };

/** The marked members below a shape, as `a=AccountId;r=RoleArn,TaskRole`; empty when there are none. */
export const nestedMarks = (model: ServiceModel, shape: string, of: Of): string => {
  const found: [string, string][] = [];
  walkMembers(model, shape, (name, _member, inner) => {
    const mark = memberMark(name, leafOf(model, inner), of);
    if (mark !== undefined) found.push([mark, name]);
  });
  return writeMarks(found);
};

/** The same of a shape that only the CLI's code has. */
export const schemaMarks = (schema: RawSchema, of: Of): string => {
  const found: [string, string][] = [];
  const walk = (shape: RawSchema): void => {
    for (const [name, member] of Object.entries(shape.members ?? {})) {
      const mark = memberMark(name, leafSchema(member), of);
      if (mark !== undefined) found.push([mark, name]);
      walk(member);
    }
    const inner = shape.member ?? shape.value;
    if (inner !== undefined) walk(inner);
  };
  walk(schema);
  return writeMarks(found);
};

/** Marks with their members, grouped and sorted. */
export const writeMarks = (found: readonly (readonly [string, string])[]): string =>
  [...new Set(found.map(([mark]) => mark))]
    .sort()
    .map(
      (mark) => `${mark}=${[...new Set(found.filter(([m]) => m === mark).map(([, name]) => name))].sort().join(",")}`,
    )
    .join(";");

const leafSchema = (schema: RawSchema): RawSchema => {
  const inner = schema.member ?? schema.value;
  return inner === undefined ? schema : leafSchema(inner);
};
