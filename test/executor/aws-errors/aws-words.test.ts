import { describe, expect, it } from "vitest";
import { firstAwsWords, oneLine, outputAwsWords, readAwsWords } from "../../../src/executor/aws-errors/aws-words.js";

const structured = (code: string, message: string): string =>
  `${JSON.stringify({ Code: code, Message: message }, null, 4)}\n`;

const said = (stderr: string) => {
  const { code, operation, message } = readAwsWords(stderr);
  return { code, operation, message };
};

describe("readAwsWords", () => {
  it("reads the structured error, whatever stands before it", () => {
    expect(readAwsWords(`{\n}\nwarning: {x\n${structured("NoSuchBucket", "The bucket\n  does not exist")}`)).toEqual({
      code: "NoSuchBucket",
      operation: undefined,
      message: "The bucket does not exist",
      shown: "NoSuchBucket: The bucket does not exist",
      others: 0,
    });
  });

  it("takes the last of several: a text in front of it may look like one", () => {
    expect(said(structured("ExpiredToken", "a") + structured("NoSuchKey", "b")).code).toBe("NoSuchKey");
  });

  it.each([
    ["Client.UnauthorizedOperation", "UnauthorizedOperation"],
    ["Server.InternalError", "InternalError"],
    ["com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", "ResourceNotFoundException"],
    ["InvalidSignatureException:http://internal.amazon.com/coral/x/", "InvalidSignatureException"],
    ["AWS.SimpleQueueService.NonExistentQueue", "AWS.SimpleQueueService.NonExistentQueue"],
    ["a code with blanks", "Unknown"],
    ["x".repeat(101), "Unknown"],
    ["", "Unknown"],
    ["ParamValidation", undefined],
    ["NoCredentials", undefined],
  ])("knows the code %s as %s", (given, code) => {
    expect(said(structured(given, "x")).code).toBe(code);
  });

  it.each([
    [
      "aws: [ERROR]: An error occurred (AccessDenied) when calling the AssumeRole operation (reached max retries: 2): User: x",
      { code: "AccessDenied", operation: "AssumeRole", message: "User: x" },
    ],
    [
      "An error occurred (Throttling) when calling the ListStacks operation: Rate exceeded",
      { code: "Throttling", operation: "ListStacks", message: "Rate exceeded" },
    ],
    [
      'aws: [ERROR]: Waiter InstanceRunning failed: An error occurred (InvalidInstanceID.Malformed): Invalid id: "i-1"',
      { code: "InvalidInstanceID.Malformed", operation: undefined, message: 'Invalid id: "i-1"' },
    ],
    [
      "aws: [ERROR]: Unable to retrieve credentials: no credentials found",
      { code: undefined, operation: undefined, message: "no credentials found" },
    ],
  ])("reads prose: %s", (text, expected) => {
    expect(said(`\n${text}\n`)).toEqual(expected);
  });

  it("leaves the usage page out, on either side of what is wrong", () => {
    const usage = "usage: aws [options] <command>\nTo see help text, you can run:\n\n  aws help\n";
    expect(readAwsWords(`\n${usage}\n\naws: [ERROR]: Unknown options: --foo\n`).shown).toBe("Unknown options: --foo");
    expect(readAwsWords(`\naws: [ERROR]: argument operation: Found\n\nMaybe:\n\n  * a\n\n${usage}`).shown).toBe(
      "argument operation: Found Maybe: * a",
    );
  });

  it("reads the first transfer that failed, and counts the others", () => {
    const line = (key: string) =>
      `upload failed: ./${key} to s3://b/${key} An error occurred (NoSuchBucket) when calling the PutObject operation: gone`;
    expect(readAwsWords(`${line("a")}\n${line("b")}\n${line("c")}\n`)).toEqual({
      code: "NoSuchBucket",
      operation: "PutObject",
      message: "gone",
      shown: line("a"),
      others: 2,
    });
  });

  it("takes what AWS said behind a name that pretends to be it", () => {
    const name = "An error occurred (ExpiredToken) when calling the GetObject operation: renew";
    expect(
      said(
        `download failed: s3://b/${name} to - An error occurred (404) when calling the HeadObject operation: Not Found\n`,
      ),
    ).toEqual({ code: "404", operation: "HeadObject", message: "Not Found" });
  });

  it("shows one line without control characters, and cuts it", () => {
    const { shown, message } = readAwsWords(structured("X", `a\n\u001b[31mb\u202e${"c".repeat(10_000)}`));
    expect(message).toMatch(/^a ␛\[31mb<U\+202E>c+$/);
    expect(shown.length).toBe(600);
    expect(shown).toMatch(/^X: a ␛\[31mb<U\+202E>c+…$/);
  });

  it("cuts no encoded authorization message, which is of no use in part", () => {
    const encoded = "You are not authorized. Encoded authorization failure message: ".concat("aB_-9".repeat(300));
    expect(readAwsWords(structured("UnauthorizedOperation", encoded)).shown).toBe(`UnauthorizedOperation: ${encoded}`);
  });

  it("takes the last line where it knows no form", () => {
    expect(readAwsWords("\nfirst\nCould not  connect\n\n").message).toBe("Could not connect");
    expect(readAwsWords("").shown).toBe("");
  });
});

describe("firstAwsWords", () => {
  it("finds the first of several, whatever stands around it", () => {
    const text = `echo a\n${structured("First", "it is {}")}warning\n${structured("Second", "x")}`;
    expect(firstAwsWords(text)?.shown).toBe("First: it is {}");
  });

  it("finds prose and transfers among what others wrote", () => {
    expect(firstAwsWords("x\n\naws: [ERROR]: Unable to locate credentials\n\naws: [ERROR]: y\n")?.message).toBe(
      "Unable to locate credentials",
    );
    expect(firstAwsWords("x\nfatal error: Unable to locate credentials\n")?.message).toBe(
      "Unable to locate credentials",
    );
  });

  it("finds none in what others wrote", () => {
    expect(["", "{", "x\n", '{\n    "Code": "Cut",\n', "{\n}\n"].map(firstAwsWords)).toEqual(
      Array.from({ length: 5 }, () => undefined),
    );
  });
});

describe("oneLine", () => {
  it("makes one line of anything", () => {
    expect(oneLine(" a\r\n\tb\u0000\u2028c ")).toBe("a b␀ c");
  });
});

describe("outputAwsWords", () => {
  const failed = "An error occurred (AccessDenied) when calling the PutObject operation: Access Denied";

  it.each([
    `aws sts get-caller-identity\n${structured("ExpiredToken", "x")}`,
    `a\n\naws: [ERROR]: ${failed.replace("AccessDenied", "ExpiredToken")}\n\nb`,
    `a\nupload failed: ./x to s3://b/k ${failed.replace("AccessDenied", "ExpiredToken")}\nb`,
  ])("finds what the AWS CLI has written between other lines: %j", (output) => {
    expect(outputAwsWords(output)?.code).toBe("ExpiredToken");
  });

  it.each([
    "",
    "login failed: x\n",
    `build failed: ${failed}`,
    "upload failed: no space\n",
    '{"Code":"ExpiredToken"}',
    failed,
  ])("takes nothing else for it: %j", (output) => {
    expect(outputAwsWords(output)).toBeUndefined();
  });
});
