import { z } from "zod";

/** One argument of a command as `dump_command_tables.py` wrote it; `class` is Python's. */
export type RawArgument = {
  readonly name: string;
  readonly class: string;
  readonly type: string;
  /** `--name`, or the bare name of a positional. */
  readonly flags: readonly string[];
  readonly required?: boolean | undefined;
  readonly undocumented?: boolean | undefined;
  readonly group?: string | undefined;
  readonly serialized?: string | undefined;
  readonly shape?: string | undefined;
  readonly schema?: RawSchema | undefined;
  readonly choices?: readonly (string | number)[] | undefined;
  readonly argparse_action?: string | undefined;
  readonly argparse_nargs?: string | number | undefined;
  readonly argparse_required?: boolean | undefined;
};

/** The shape of an argument that only the CLI's code knows. */
export type RawSchema = {
  readonly type: string;
  readonly members?: Readonly<Record<string, RawSchema>> | undefined;
  readonly member?: RawSchema | undefined;
  readonly value?: RawSchema | undefined;
};

export type RawService = {
  readonly loader_name: string;
  readonly api_version: string;
  readonly signing_name: string;
};

export type RawCommand = {
  readonly class: string;
  readonly service?: RawService | undefined;
  readonly operation?: string | undefined;
  readonly model?: string | undefined;
  readonly waiter?: string | undefined;
  readonly arguments?: readonly RawArgument[] | undefined;
  readonly commands?: Readonly<Record<string, RawCommand>> | undefined;
};

export type RawTables = {
  readonly version: string;
  /** The folder of botocore's models that belong to this CLI. */
  readonly data: string;
  readonly globals: readonly RawArgument[];
  /** The names of botocore's own code that sees requests before they are sent. */
  readonly handlers: readonly string[];
  readonly commands: Readonly<Record<string, RawCommand>>;
};

/** The dump as its JSON has it. Throws where it is not what `dump_command_tables.py` of this version writes. */
export const parseRawTables = (json: string): RawTables => tables.parse(JSON.parse(json));

const schema: z.ZodType<RawSchema> = z.lazy(() =>
  z.object({
    type: z.string(),
    members: z.record(z.string(), schema).optional(),
    member: schema.optional(),
    value: schema.optional(),
  }),
);

const argument: z.ZodType<RawArgument> = z.object({
  name: z.string(),
  class: z.string(),
  type: z.string(),
  flags: z.array(z.string()).length(1),
  required: z.boolean().optional(),
  undocumented: z.boolean().optional(),
  group: z.string().optional(),
  serialized: z.string().optional(),
  shape: z.string().optional(),
  schema: schema.optional(),
  choices: z.array(z.union([z.string(), z.number()])).optional(),
  argparse_action: z.string().optional(),
  argparse_nargs: z.union([z.string(), z.number()]).optional(),
  argparse_required: z.boolean().optional(),
});

const command: z.ZodType<RawCommand> = z.lazy(() =>
  z.object({
    class: z.string(),
    service: z.object({ loader_name: z.string(), api_version: z.string(), signing_name: z.string() }).optional(),
    operation: z.string().optional(),
    model: z.string().optional(),
    waiter: z.string().optional(),
    arguments: z.array(argument).optional(),
    commands: z.record(z.string(), command).optional(),
  }),
);

const tables: z.ZodType<RawTables> = z.object({
  format: z.literal(1),
  version: z.string(),
  data: z.string(),
  globals: z.array(argument),
  handlers: z.array(z.string()),
  commands: z.record(z.string(), command),
});
