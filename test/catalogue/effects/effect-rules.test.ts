import { describe, expect, it } from "vitest";
import { compileEffects } from "../../../src/catalogue/generate/effect-compile.js";
import type { EffectSubject } from "../../../src/catalogue/generate/effect-subject.js";

const subject = (name: string, given: Partial<EffectSubject> = {}): EffectSubject => {
  const [service = "", operation = ""] = name.split(":");
  return { service, operation, kind: "api", levels: ["Write"], secrets: [], ...given };
};

const compile = (subjects: readonly EffectSubject[], rows: string, secrets = "[]") =>
  compileEffects(subjects, { name: "effects.yaml", text: `rows:\n${rows}\nsecrets: ${secrets}\n` });

const row = (effect: string, operations: string, more = ""): string =>
  `  - { effect: ${effect}, because: ${effect} for the test, operations: ${operations}${more} }`;

const named = row("write", "{ zoo: [feed] }");

describe("compileEffects", () => {
  it("starts from the worst of the levels", () => {
    const levels: readonly EffectSubject["levels"][] = [
      ["Read"],
      ["List"],
      ["Tagging"],
      ["Tagging", "Write"],
      ["Write", "Permissions"],
      [],
    ];
    const zoo = levels.map((each, index) => subject(`zoo:o${index}`, { levels: each }));
    const { effects } = compile([subject("zoo:feed"), ...zoo], named);
    expect(zoo.map(({ operation }) => effects.zoo?.[operation]?.effect)).toEqual([
      "read",
      "read",
      "write",
      "write",
      "permissions",
      "unknown",
    ]);
  });

  it("takes the worst of the patterns, and never less than the level", () => {
    const rows = [row("destroy", '{ "*": ["delete-*"] }'), row("disarm", '{ zoo: ["*-guard"] }')].join("\n");
    const subjects = [
      subject("zoo:delete-lion"),
      subject("zoo:delete-guard"),
      subject("zoo:delete-right", { levels: ["Permissions"] }),
      subject("zoo:delete-riddle", { levels: [] }),
    ];
    expect(compile(subjects, rows)).toEqual({
      effects: {
        zoo: {
          "delete-lion": { effect: "destroy", because: "destroy for the test" },
          "delete-guard": { effect: "disarm", because: "disarm for the test" },
          "delete-right": { effect: "permissions", because: "changes who may do what, as AWS itself classes it" },
          "delete-riddle": { effect: "unknown", because: "nobody has said what it does" },
        },
      },
      problems: [],
    });
  });

  it("lets a row that names the operation beat every pattern, and of two the worse", () => {
    const rows = [
      row("disarm", '{ "*": ["delete-*"] }'),
      row("egress", "{ zoo: [delete-lion] }", ", lower: true"),
      row("destroy", "{ zoo: [delete-lion] }", ", lower: true"),
    ].join("\n");
    const { effects, problems } = compile([subject("zoo:delete-lion"), subject("zoo:delete-cage")], rows);
    expect({ effects: effects.zoo, problems }).toEqual({
      effects: {
        "delete-lion": { effect: "destroy", because: "destroy for the test" },
        "delete-cage": { effect: "disarm", because: "disarm for the test" },
      },
      problems: [],
    });
  });

  it("keeps `among: write` from reads and tags", () => {
    const subjects = [
      subject("zoo:feed"),
      subject("zoo:list-lions", { levels: ["List"] }),
      subject("zoo:tag-lion", { levels: ["Tagging", "Write"] }),
    ];
    const { effects } = compile(subjects, row("permissions", '{ zoo: ["*"] }', ", among: write"));
    expect(Object.values(effects.zoo ?? {}).map(({ effect }) => effect)).toEqual(["permissions", "read", "write"]);
  });

  it("takes exceptions out of patterns", () => {
    const rows = row("destroy", '{ "*": ["delete-*"] }', ', except: { "*": [delete-tags] }');
    const { effects, problems } = compile([subject("zoo:delete-tags"), subject("zoo:delete-lion")], rows);
    expect([effects.zoo?.["delete-tags"]?.effect, problems]).toEqual(["write", []]);
  });

  it("calls a waiter a read when it polls with one", () => {
    const subjects = [
      subject("zoo:get-key", { levels: ["Read"], secrets: ["Key"] }),
      subject("zoo:wait key-ready", { levels: ["Read"], kind: "waiter" }),
    ];
    const { effects } = compile(subjects, row("sensitive-read", '{ zoo: [get-key, "wait*"] }'));
    expect(effects.zoo?.["wait key-ready"]?.effect).toBe("read");
  });

  it.each([
    ["a name of nothing", row("destroy", "{ zoo: [fed] }"), "effects.yaml:2: `zoo:fed` names no operation"],
    [
      "a pattern of nothing",
      row("destroy", '{ zoo: [feed], "*": [kill-*] }'),
      "effects.yaml:2: `*:kill-*` names no operation",
    ],
    [
      "an exception of nothing",
      row("destroy", '{ zoo: ["f*"] }', ", except: { zoo: [fed] }"),
      "effects.yaml:2: `zoo:fed` names no operation",
    ],
    [
      "a milder row that does not say so",
      row("read", "{ zoo: [feed] }"),
      "effects.yaml:2: `zoo:feed` is made milder than `write` without `lower: true`",
    ],
    [
      "a row that lowers nothing",
      row("destroy", "{ zoo: [feed] }", ", lower: true"),
      "effects.yaml:2: `zoo:feed` is not made milder; take `lower: true` away",
    ],
    [
      "a pattern that lowers",
      row("read", '{ zoo: ["f*"] }', ", lower: true"),
      "effects.yaml:2: `rows.0`: a row that lowers names its operations exactly",
    ],
    [
      "a reason that is none",
      "  - { effect: destroy, because: bad, operations: { zoo: [feed] } }",
      "effects.yaml:2: `rows.0.because`: too short to say why",
    ],
    [
      "an effect of its own making",
      row("eat", "{ zoo: [feed] }"),
      /^effects\.yaml:2: `rows\.0\.effect`: Invalid option/,
    ],
    ["what is no YAML", "  - {", /^effects\.yaml:\d+: /],
  ])("says where it finds %s", (_, rows, problem) => {
    expect(compile([subject("zoo:feed")], rows).problems[0]).toMatch(problem);
  });

  it("wants a verb that disagrees with its effect written down", () => {
    const subjects = [subject("zoo:feed"), subject("zoo:stop-lion", { levels: ["Read"] }), subject("zoo:get-lion")];
    expect(compile(subjects, named).problems).toEqual([
      "effects.yaml:2: `zoo:stop-lion` is called a change and is `read`; name it",
      "effects.yaml:2: `zoo:get-lion` is called a look and is `write`; name it",
    ]);
    const rows = [named, row("read", "{ zoo: [stop-lion] }"), row("write", "{ zoo: [get-lion] }")].join("\n");
    expect(compile(subjects, rows).problems).toEqual([]);
  });

  it("wants an answer with a secret to be more than a read or to be excused", () => {
    const subjects = [subject("zoo:feed"), subject("zoo:get-key", { levels: ["Read"], secrets: ["Key", "Token"] })];
    expect(compile(subjects, named).problems).toEqual([
      "effects.yaml:3: `zoo:get-key` is `read` and answers with `Key`, `Token`",
    ]);
    expect(compile(subjects, `${named}\n${row("sensitive-read", "{ zoo: [get-key] }")}`).problems).toEqual([]);
    const excuse = (members: string): string =>
      `[{ because: only looks like one, members: ${members}, operations: { zoo: [get-key] } }]`;
    expect(compile(subjects, named, excuse("[Key, Token]")).problems).toEqual([]);
    expect(compile(subjects, named, excuse("[Key]")).problems).toEqual([
      "effects.yaml:3: `zoo:get-key` is `read` and answers with `Token`",
    ]);
  });

  it("wants an excuse to excuse something", () => {
    const excuse = "[{ because: only looks like one, operations: { zoo: [feed] } }]";
    expect(compile([subject("zoo:feed")], named, excuse).problems).toEqual([
      "effects.yaml:3: this exemption exempts nothing",
    ]);
  });
});
