import { z } from "zod";
import { EFFECTS } from "../../catalogue/effect.js";

const line = z
  .string()
  .min(3)
  .regex(/\S/, "is blank")
  .max(300)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, "is one line without control characters");
const pattern = z.string().regex(/^[a-z0-9* -]+$/, "is no name or pattern: lower-case letters, digits, hyphens, `*`");
const regions = z
  .array(
    z.string().regex(/^[a-z0-9*-]+$/, "is no name or pattern of regions: lower-case letters, digits, hyphens, `*`"),
  )
  .min(1);
const profiles = z
  .array(
    z.string().regex(/^[^\s()[\]{}]+$/, "is no name or pattern of profiles: `*` is any characters, nothing else is"),
  )
  .min(1);
const texts = z.array(z.string()).min(1);
const commands = z.array(z.string().startsWith("aws ", "begins with `aws `")).min(1);

const PLAIN_TESTS = [
  "present",
  "absent",
  "true",
  "false",
  "cidr-open",
  "principal-wildcard",
  "action-wildcard",
  "not-select",
  "bucket-uri",
] as const;

const single = z
  .union([
    z.enum(PLAIN_TESTS),
    z.strictObject({
      equals: texts.describe(
        "some text, number or boolean there is one of these; `022` may be 22 and `False` false, but what must certainly hold is the very text",
      ),
    }),
    z.strictObject({ like: texts.describe("some text there fits one of these patterns; `*` is any characters") }),
    z.strictObject({ ilike: texts.describe("the same, whatever the case of letters") }),
    z.strictObject({ below: z.number().describe("some number there is less than this") }),
    z.strictObject({ above: z.number().describe("some number there is more than this") }),
  ])
  .meta({ id: "test", description: "what is asked of the value" });

const entry = z.strictObject({
  entry: z
    .strictObject({
      key: z.string().describe("the member that names the entry, such as `Key`"),
      is: texts.describe("the names that are meant"),
      value: z.string().describe("the member that holds the value, such as `Value`"),
      test: single.describe("what is asked of that value"),
    })
    .describe("some map there has one of `is` at `key` and passes `test` at `value`"),
});

const NO_TEST = `is no test; there are ${PLAIN_TESTS.join(", ")}, equals, like, ilike, below, above, entry`;

const option = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "is no full option name without hyphens before it");

const STEP = String.raw`(?:"[^"]+"|[^.[\]"*]+|\*\*?)(?:\[\])*`;

const FROM_ENVIRONMENT = (name: string): string => `\`${name}\` may be given by the environment; use \`${name}s\``;

/** A condition on one argument, as in the product's own rules. */
export const policyCondition = z
  .strictObject({
    option: option
      .optional()
      .describe(
        "full name of an option, global options but `region` and `profile` included, without hyphens before it",
      ),
    options: z.array(option).min(2).optional().describe("several options, each on its own"),
    operand: z.int().min(0).optional().describe("number of an operand, from 0"),
    path: z
      .string()
      .regex(new RegExp(String.raw`^(?:(?:\[\])+\.?)?${STEP}(?:\.${STEP})*$`), "is no path such as `Filters[].Name`")
      .optional()
      .describe(
        "place inside a structured value, such as `IpPermissions[].IpRanges[].CidrIp` or `**.Principal`; what must certainly hold wants it in every item of the lists on the way; other options that say the same, as `--cidr` beside `--ip-permissions`, need conditions of their own",
      ),
    test: z
      .union([single, entry], { error: NO_TEST })
      .describe(
        "what is asked of the value of an option that is given; where the option is missing no test holds, not even `absent`, and a rule about that says `unless: [{option: NAME, test: present}]`",
      ),
  })
  .refine(
    ({ option: one, options: some, operand }) => [one, some, operand].filter((each) => each !== undefined).length === 1,
    "needs one of `option`, `options` and `operand`",
  )
  .refine(({ option: one, options: some = [] }) => ![one, ...some].includes("region"), FROM_ENVIRONMENT("region"))
  .refine(({ option: one, options: some = [] }) => ![one, ...some].includes("profile"), FROM_ENVIRONMENT("profile"))
  .refine(({ test, path: place }) => test !== "absent" || place !== undefined, "`absent` needs a `path`")
  .meta({ id: "condition" });

const conditions = z.array(policyCondition).min(1).optional();

// These take what they cannot read for the worst, which is no ground for letting something through.
const WORST = ["cidr-open", "principal-wildcard", "action-wildcard", "not-select"];
const sureConditions = z
  .array(
    policyCondition.refine(
      ({ test: asked }) => typeof asked !== "string" || !WORST.includes(asked),
      `${WORST.join(", ")} take what they cannot read for a hit, so that nothing can be let through by them`,
    ),
  )
  .min(1)
  .optional();

const UNLESS = "conditions of which one that certainly holds keeps the rule from hitting";

const selectors = {
  id: z
    .string()
    .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, "is no lower-case words joined by hyphens")
    .describe("name of the rule, in lower-case words joined by hyphens; messages show it"),
  because: line.describe("the reason; messages show it"),
  hint: line.optional().describe("what to do instead; messages show it"),
  operations: z
    .record(pattern, z.array(pattern).min(1))
    .refine((all) => Object.keys(all).length > 0, "names no operation")
    .optional()
    .describe('operations by service, both with `*` for any characters: `{ec2: ["delete-*"]}`'),
  regions: regions
    .optional()
    .describe(
      "patterns of regions, `*` for any characters: of where the command goes and of those that its values name; to `ask` and `deny` one is enough, to `allow` all must fit",
    ),
  profiles: profiles.optional().describe("patterns of profiles, `*` for any characters"),
  any: conditions.describe("conditions of which one must hold"),
  all: conditions.describe("conditions that must all hold"),
  unless: conditions.describe(UNLESS),
};

const guard = z
  .strictObject({
    decision: z.enum(["ask", "deny"]).describe("`deny` refuses; `ask` wants a person's approval"),
    ...selectors,
    unless: sureConditions.describe(UNLESS),
    effects: z.array(z.enum(EFFECTS)).min(1).optional().describe("effects of which the command has one"),
    refuses: commands.describe("commands that the rule hits; checked at start"),
    accepts: commands.optional().describe("commands that the rule leaves alone; checked at start"),
  })
  .refine(
    ({ operations, effects, regions, profiles, any, all }) =>
      [operations, effects, regions, profiles, any, all].some((selector) => selector !== undefined),
    "needs one of `operations`, `effects`, `regions`, `profiles`, `any` and `all`",
  );

const permit = z.strictObject({
  decision: z.literal("allow").describe("lets the named effects through where the mode would not"),
  ...selectors,
  any: sureConditions.describe("conditions of which one must certainly hold"),
  all: sureConditions.describe("conditions that must all certainly hold"),
  effects: z
    .array(
      z.enum(EFFECTS, { error: "is no effect" }).exclude(["local", "unknown"], {
        error: "is no effect that a rule can allow",
      }),
    )
    .min(1)
    .describe("the effects that are let through; never `local` and `unknown`"),
  accepts: commands.describe("commands that the rule lets through; checked at start"),
  refuses: commands.optional().describe("commands that it does not let through; checked at start"),
});

const regex = z.strictObject({
  pattern: z
    .string()
    .min(1)
    .regex(/^\P{Cc}*$/u, "has a control character; write it in single quotes, where `\\b` stays what it is")
    .describe("RE2 syntax; looked for anywhere, `.` is any character"),
  description: line.describe("why; the hint shows it"),
  error_message: z
    .string()
    .regex(/\S/, "is blank")
    .optional()
    .describe("what the user reads when the pattern is found"),
});

const grouped = <T extends z.ZodType>(item: T) => z.record(z.string(), z.array(item).min(1));

const limits = z
  .strictObject({
    accounts: z
      .array(
        z
          .string({ error: 'is no text; write the account in quotes, as in `"012345678901"`' })
          .regex(/^\d{12}$/, "is not twelve digits"),
      )
      .min(1)
      .optional()
      .describe("accounts whose credentials may be used"),
    profiles: profiles.optional().describe("patterns of profiles that may be used"),
    regions: regions.optional().describe("patterns of regions that may be used"),
  })
  .refine((all) => Object.keys(all).length > 0, "limits nothing");

const test = z.strictObject({
  command: z.string().min(1).describe("a whole command, with pipes if it has any"),
  verdict: z.enum(["allow", "ask", "deny", "problem"]).describe("what must come out"),
  code: z.string().min(1).optional().describe("the code of the finding that decides"),
  mode: z.enum(["strict", "permissive", "read-only"]).optional().describe("the mode; else the server's"),
});

/** The operator's policy file. */
export const policyFile = z
  .strictObject({
    dangerous_commands: grouped(z.string().regex(/^[^*?]+$/, "is no pattern; `regex_rules` are"))
      .optional()
      .describe("commands that are denied, in groups whose names mean nothing: `{iam: [aws iam delete-]}`"),
    safe_patterns: grouped(z.string().min(1)).optional().describe("exceptions to `dangerous_commands`, in groups"),
    regex_rules: grouped(regex).optional().describe("patterns whose commands are denied, in groups"),
    rules: z
      .array(z.discriminatedUnion("decision", [guard, permit], { error: "has no `decision`: allow, ask or deny" }))
      .min(1)
      .optional()
      .describe("rules on what a command means"),
    limits: limits.optional().describe("an aws command outside of them is denied"),
    tests: z.array(test).min(1).optional().describe("what `awspipe policy test` checks"),
  })
  .describe("awspipe's policy file, named by AWS_MCP_SECURITY_CONFIG");

/** The file's JSON Schema, for editors. */
export const policyJsonSchema = (): object => ({
  ...z.toJSONSchema(policyFile, { io: "input" }),
  title: "awspipe policy",
});

export type PolicyFile = z.output<typeof policyFile>;
export type PolicyCondition = z.output<typeof policyCondition>;
export type FileRule = NonNullable<PolicyFile["rules"]>[number];
export type FileLimits = z.output<typeof limits>;
export type FileRegex = z.output<typeof regex>;
export type PolicyTest = z.output<typeof test>;
