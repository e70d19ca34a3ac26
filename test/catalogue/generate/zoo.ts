import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { IamData } from "../../../src/catalogue/generate/access-levels.js";
import { catalogueTexts } from "../../../src/catalogue/generate/generate-catalogue.js";
import type { RawArgument, RawCommand, RawTables } from "../../../src/catalogue/generate/raw-tables.js";
import type { Member, ModelOperation, Shape } from "../../../src/catalogue/generate/service-model.js";

/** A service with one operation, `zoo feed`, whose parts a test may change. */
export type Zoo = {
  readonly members?: Readonly<Record<string, Member>>;
  readonly output?: Readonly<Record<string, Member>>;
  readonly shapes?: Readonly<Record<string, Shape>>;
  readonly operation?: Partial<ModelOperation>;
  readonly options?: readonly RawArgument[];
  readonly commands?: Readonly<Record<string, RawCommand>>;
  readonly rules?: readonly unknown[];
  readonly handlers?: readonly string[];
  readonly level?: string;
  /** Reviewed files by name, as YAML without the first line. */
  readonly reviewed?: Readonly<Record<string, string>>;
};

/** The files that the generator writes for it. Rejects with what nobody has read. */
export const zooTexts = async (zoo: Zoo): Promise<ReadonlyMap<string, string>> => {
  const folder = mkdtempSync(join(tmpdir(), "awspipe-zoo-"));
  writeModel(join(folder, "data"), zoo);
  writeReviewed(join(folder, "reviewed"), zoo);
  return catalogueTexts(
    { ...tables(zoo), data: join(folder, "data") },
    { reviewed: join(folder, "reviewed"), iam: iam(zoo) },
  );
};

/** The line of `zoo feed`. */
export const zooLine = async (zoo: Zoo): Promise<string> =>
  /^feed .*$/m.exec((await zooTexts(zoo)).get("zoo") ?? "")?.[0] ?? "";

/** A member's option as the CLI's tables have it. */
export const option = (name: string, serialized: string, more: Partial<RawArgument> = {}): RawArgument => ({
  name,
  class: "awscli.arguments.CLIArgument",
  type: "string",
  flags: [`--${name}`],
  serialized,
  ...more,
});

const tables = ({ options = [], commands = {}, handlers = [] }: Zoo): Omit<RawTables, "data"> => ({
  version: "9.9.9",
  globals: [],
  handlers,
  commands: {
    zoo: {
      class: "awscli.clidriver.ServiceCommand",
      service: { loader_name: "zoo", api_version: "2020-01-01", signing_name: "zoo" },
      commands: {
        feed: { class: "awscli.clidriver.ServiceOperation", operation: "Feed", model: "zoo", arguments: options },
        ...commands,
      },
    },
  },
});

const writeModel = (
  data: string,
  { members = {}, output = {}, shapes = {}, operation = {}, rules = [] }: Zoo,
): void => {
  const folder = join(data, "zoo", "2020-01-01");
  mkdirSync(folder, { recursive: true });
  const model = {
    operations: { Feed: { input: { shape: "In" }, output: { shape: "Out" }, ...operation } },
    shapes: {
      String: { type: "string" },
      In: { type: "structure", members },
      Out: { type: "structure", members: output },
      ...shapes,
    },
  };
  writeFileSync(join(folder, "service-2.json"), JSON.stringify(model));
  const parameters = { Region: {}, Zoo: {}, Kind: {} };
  writeFileSync(join(folder, "endpoint-rule-set-1.json"), JSON.stringify({ parameters, rules }));
};

const EMPTY: Readonly<Record<string, string>> = {
  "aws-iam-prefixes.yaml": "prefixes: {}",
  "aws-levels.yaml": "levels: []",
  "aws-custom-commands.yaml": "groups: []\ncommands: []",
  "aws-hosts.yaml": "members: []\npaths: []\nhandlers: []",
  "aws-roles.yaml": "not-roles: []",
  "aws-secret-output.yaml": "also: []\nnot: []",
  "aws-argument-classes.yaml": "classes: [{ class: awscli.arguments.CLIArgument, because: test }]",
};

const writeReviewed = (folder: string, { reviewed = {} }: Zoo): void => {
  mkdirSync(folder);
  for (const [name, text] of Object.entries({ ...EMPTY, ...reviewed }))
    writeFileSync(join(folder, name), `because: test\n${text}\n`);
};

const iam = ({ level = "Read" }: Zoo): IamData => ({
  iamServiceKeys: async () => ["zoo"],
  iamActionsForService: async () => ["Feed"],
  iamActionDetails: async () => ({ accessLevel: level }),
});
