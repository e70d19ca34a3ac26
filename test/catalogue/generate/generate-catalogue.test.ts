import { describe, expect, it } from "vitest";
import { option, type Zoo, zooLine, zooTexts } from "./zoo.js";

const string = { shape: "String" };

describe("catalogueTexts", () => {
  it("writes an operation with its level, options and members", async () => {
    const options = [
      option("food", "Food", { required: true }),
      option("times", "Times", { type: "integer", undocumented: true }),
      option("id", "ZooID"),
    ];
    expect(await zooLine({ members: { Food: string, Times: string, ZooID: string }, options })).toBe(
      "feed Feed R food:s! id:s=ZooID times:i-",
    );
  });

  it("joins a flag with its opposite, also where both have names of their own", async () => {
    const flag = (name: string, action: string, group: string) =>
      option(name, "Group", { type: "boolean", argparse_action: action, group });
    const options = [flag("no-wet", "store_false", "wet"), flag("wet", "store_true", "wet")];
    expect(await zooLine({ options })).toBe("feed Feed R wet:b=Group");
    const named = [flag("up", "store_true", "way"), flag("down", "store_false", "way")];
    expect(await zooLine({ options: named })).toBe("feed Feed R up:q~down=Group");
  });

  it("takes known values and marked members from the model, once per shape", async () => {
    const zoo: Zoo = {
      members: { Kind: { shape: "Kind" }, Kinds: { shape: "Kinds" }, Cage: { shape: "Cage" } },
      shapes: {
        Kind: { type: "string", enum: ["lion", "polar bear"] },
        Kinds: { type: "list", member: { shape: "Kind" } },
        Cage: {
          type: "structure",
          members: { KeeperRole: string, Inner: { shape: "Cage" }, OwnerAccountId: string, Webhook: string },
        },
      },
      options: [
        option("kind", "Kind", { shape: "Kind" }),
        option("kinds", "Kinds", { type: "list", argparse_nargs: "*" }),
        option("cage", "Cage", { type: "structure" }),
      ],
    };
    expect((await zooTexts(zoo)).get("zoo")).toBe(
      [
        "@awspipe-services 1 aws-cli 9.9.9",
        "@model zoo 2020-01-01 zoo zoo P",
        "@values Kind lion|polar%20bear",
        "@nested Cage a=OwnerAccountId;r=KeeperRole;u=Webhook",
        "feed Feed R cage:m{Cage} kind:s&Kind kinds:[s&Kind",
        "",
      ].join("\n"),
    );
  });

  it("splits composite access levels and leaves what AWS does not name unknown", async () => {
    expect(await zooLine({ level: "Permissions management, Write" })).toBe("feed Feed PW");
    await expect(zooLine({ level: "Guesswork" })).rejects.toThrow("`Guesswork`");
    const none = { "aws-iam-prefixes.yaml": "prefixes: { zoo: none }" };
    expect(await zooLine({ reviewed: none })).toBe("feed Feed ?");
    const row = "levels: [{ service: zoo, levels: [List], because: test, operations: [Feed] }]";
    expect(await zooLine({ reviewed: { ...none, "aws-levels.yaml": row } })).toBe("feed Feed L");
  });

  it("finds secrets of the answer by their names and by review", async () => {
    const output = {
      NextToken: string,
      AccessToken: string,
      DbPassword: string,
      PrivateKey: string,
      SecretArn: string,
      Odd: string,
    };
    expect(await zooLine({ output })).toBe("feed Feed R !AccessToken,DbPassword,PrivateKey");
    const reviewed = {
      "aws-secret-output.yaml":
        "also: [{ model: zoo, member: Odd, because: test }]\nnot: [{ model: zoo, member: DbPassword, because: test }]",
    };
    expect(await zooLine({ output, reviewed })).toBe("feed Feed R !AccessToken,Odd,PrivateKey");
  });

  it("finds members of the input that belong in no log, by the model's mark and by review", async () => {
    const shapes = {
      Note: { type: "string", sensitive: true },
      Kind: { type: "string", sensitive: true, enum: ["lion"] },
      Notes: { type: "map", value: { shape: "Note" } },
      Hidden: { type: "list", sensitive: true, member: { shape: "String" } },
      Cage: { type: "structure", members: { Note: { shape: "Note" }, Odd: string, Inner: { shape: "Cage" } } },
    };
    const members = {
      ...{ Note: { shape: "Note" }, Notes: { shape: "Notes" }, Hidden: { shape: "Hidden" }, Cage: { shape: "Cage" } },
      // These only name something.
      ...{ Kind: { shape: "Kind" }, NoteId: { shape: "Note" }, UserName: { shape: "Note" }, Odd: string },
    };
    expect(await zooLine({ members, shapes })).toBe("feed Feed R *.Note,Hidden,Note,Notes");
    const reviewed = { "aws-secret-output.yaml": "also: [{ model: zoo, member: Odd, because: test }]\nnot: []" };
    expect(await zooLine({ members, shapes, reviewed })).toBe("feed Feed R *.Note,.Odd,Hidden,Note,Notes,Odd");
  });

  it("reads a streamed body from a file and fails on a stream that nobody has read", async () => {
    const shapes = {
      Body: { type: "blob", streaming: true },
      Bytes: { type: "blob" },
      Deep: { type: "structure", members: { Body: { shape: "Body" } } },
    };
    const body = option("body", "Body", { type: "blob" });
    expect(await zooLine({ shapes, members: { Body: { shape: "Body" } }, options: [body] })).toBe(
      "feed Feed R body:y@i",
    );
    const bytes = { members: { Body: { shape: "Bytes" } }, shapes };
    expect(await zooLine({ ...bytes, options: [body] })).toBe("feed Feed R body:y");
    await expect(zooLine({ ...bytes, options: [option("body", "Body")] })).rejects.toThrow("Body is bytes");
    const deep = {
      shapes,
      members: { Deep: { shape: "Deep" } },
      options: [option("deep", "Deep", { type: "structure" })],
    };
    await expect(zooLine(deep)).rejects.toThrow("Body is streamed and is no option of type blob");
  });

  it("fails on a member that chooses the host and that nobody has read", async () => {
    const reviewed = {
      "aws-hosts.yaml": "members: [{ model: zoo, member: Zoo, form: label, because: test }]\npaths: []\nhandlers: []",
    };
    const options = [option("zoo", "Zoo")];
    const label = {
      members: { Zoo: { ...string, hostLabel: true } },
      options,
      operation: { endpoint: { hostPrefix: "{Zoo}." } },
    };
    await expect(zooLine(label)).rejects.toThrow("zoo Feed: Zoo chooses the host");
    expect(await zooLine({ ...label, reviewed })).toBe("feed Feed R ^{Zoo}. zoo:s^label");

    const parameter = { members: { Zoo: { ...string, contextParam: { name: "Zoo" } } }, options };
    const rules = (url: string) => [
      { conditions: [{ fn: "aws.parseArn", argv: [{ ref: "Zoo" }], assign: "arn" }], rules: [{ endpoint: { url } }] },
    ];
    await expect(zooLine({ ...parameter, rules: rules("https://{arn#accountId}.zoo") })).rejects.toThrow(
      "Zoo chooses the host",
    );
    expect(await zooLine({ ...parameter, rules: rules("https://{Region}.zoo") })).toBe("feed Feed R zoo:s");
    expect(await zooLine({ ...parameter, reviewed, rules: rules("https://{arn#region}.zoo") })).toBe(
      "feed Feed R zoo:s^label",
    );
  });

  it("fails on a path into the input that chooses the host and that nobody has read", async () => {
    const zoo = {
      members: { Items: { shape: "Items" } },
      shapes: { Items: { type: "map", value: { shape: "String" } } },
      options: [option("items", "Items", { type: "map" })],
      operation: { operationContextParams: { Zoo: { path: "keys(Items)" } } },
      rules: [{ endpoint: { url: "https://{Zoo}.zoo" } }],
    };
    await expect(zooLine(zoo)).rejects.toThrow("keys(Items) chooses the host");
    const reviewed = {
      "aws-hosts.yaml": "members: []\npaths: [{ model: zoo, path: keys(Items), because: test }]\nhandlers: []",
    };
    expect(await zooLine({ ...zoo, reviewed })).toBe("feed Feed R items:k^arn-keys");
  });

  it("fails on code, commands and classes of arguments that nobody has read", async () => {
    await expect(zooTexts({ handlers: ["move_request"] })).rejects.toThrow("botocore's move_request sees requests");
    const pet = { pet: { class: "awscli.zoo.PetCommand" } };
    await expect(zooTexts({ commands: pet })).rejects.toThrow("`zoo pet` (awscli.zoo.PetCommand) is no API operation");
    const shell = { feed: { class: "awscli.zoo.Shell", operation: "Feed", model: "zoo" } };
    await expect(zooTexts({ commands: shell })).rejects.toThrow("`zoo feed` (awscli.zoo.Shell) is no API operation");
    const odd = [option("odd", "Odd", { class: "awscli.zoo.OddArgument" })];
    await expect(zooTexts({ options: odd })).rejects.toThrow("`zoo Feed --odd` is a awscli.zoo.OddArgument");
  });

  it("writes the CLI's own commands with the effect and the marks that people gave", async () => {
    const path = option("path", "Path", { serialized: undefined, flags: ["path"], argparse_nargs: 2 });
    const commands = {
      pet: { class: "awscli.zoo.PetCommand", arguments: [option("out", "Out", { serialized: undefined }), path] },
    };
    const reviewed = (marks: string) => ({
      "aws-custom-commands.yaml": `groups: []\ncommands: [{ command: zoo pet, effect: write, because: test, marks: ${marks} }]`,
    });
    const texts = await zooTexts({ commands, reviewed: reviewed("{ out: writes-file }") });
    expect(texts.get("zoo")).toContain("\npet =write - <path:s!#2 out:s@o\n");
    await expect(zooTexts({ commands, reviewed: reviewed("{ gone: role }") })).rejects.toThrow(
      "`zoo pet` has no `gone`",
    );
  });

  it("joins the flags of the CLI's own commands by their names alone", async () => {
    const flag = (name: string, action: string) =>
      option(name, "", { serialized: undefined, type: "boolean", argparse_action: action });
    const all = [flag("fail", "store_true"), flag("no-fail", "store_false"), flag("no-guess", "store_false")];
    const reviewed = {
      "aws-custom-commands.yaml": "groups: []\ncommands: [{ command: zoo pet, effect: read, because: test }]",
    };
    const texts = await zooTexts({ commands: { pet: { class: "awscli.zoo.PetCommand", arguments: all } }, reviewed });
    expect(texts.get("zoo")).toContain("\npet =read - fail:b no-guess:q\n");
  });

  it("refuses a reviewed file with a key that it does not know", async () => {
    await expect(zooTexts({ reviewed: { "aws-roles.yaml": "not-roles: []\nroles: []" } })).rejects.toThrow(
      "aws-roles.yaml",
    );
  });
});
