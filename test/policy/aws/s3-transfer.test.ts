import { describe, expect, it } from "vitest";
import { s3Transfer, withSchemes } from "../../../src/policy/aws/s3-transfer.js";
import { operation } from "./operation.js";

/** The effect and the files, or the refusal's code. */
const transfer = (text: string, ours: readonly string[] = []): string => {
  const read = s3Transfer(operation(`aws ${text}`).command, "/workspace", new Set(ours));
  if (!read.ok) return read.error.code;
  if (read.value === undefined) return "none";
  return [
    read.value.effects.map(({ effect }) => effect).join("+"),
    ...read.value.files.map(({ how, path }) => `${how} ${path}`),
  ].join(", ");
};

describe("s3Transfer", () => {
  it.each([
    ["s3 cp a.csv s3://b/", "write, bytes /workspace/a.csv"],
    ["s3 cp - s3://b/k", "write"],
    ["s3 cp s3://b/k -", "read"],
    ["s3 cp s3://b/k a.csv", "read, write /workspace/a.csv"],
    ["s3 cp s3://b/x/k.csv .", "read, write /workspace/k.csv"],
    ["s3 cp s3://b/x/k.csv reports/", "read, write /workspace/reports/k.csv"],
    ["s3 cp s3://b/x . --recursive", "read, write-folder /workspace"],
    ["s3 cp reports s3://b/ --recursive", "write, folder /workspace/reports"],
    ["s3 cp s3://b/k s3://b/l", "write"],
    ["s3 cp s3://b/k s3://c/k", "egress+write"],
    ["s3 sync s3://b s3://c", "egress+write"],
    ["s3 sync . s3://b", "write, folder /workspace"],
    ["s3 sync . s3://b --delete", "destroy+write, folder /workspace"],
    ["s3 sync s3://b /workspace/x", "read, write-folder /workspace/x"],
    ["s3 mv a.csv s3://b/", "destroy+write, bytes /workspace/a.csv"],
    ["s3 mv s3://b/k s3://b/l", "destroy+write"],
    ["s3 mv s3://b/k s3://c/k", "destroy+egress+write"],
    ["s3 sync s3://b s3://c --delete", "destroy+egress+write"],
    ["s3 cp 'price$.txt' s3://b/", "write, bytes /workspace/price$.txt"],
    ["s3 cp 'report~1.txt' s3://b/", "write, bytes /workspace/report~1.txt"],
    ["s3 ls", "none"],
    ["s3 ls s3://b", "none"],
    ["s3 rm s3://b/k", "none"],
    ["ec2 describe-vpcs", "none"],
  ])("tells what it does by its two ends: %s is %s", (text, expected) => {
    expect(transfer(text)).toBe(expected);
  });

  it("does not count a copy to a bucket of ours as leaving", () => {
    expect(transfer("s3 cp s3://b/k s3://c/k", ["c"])).toBe("write");
    expect(transfer("s3 cp s3://b/k s3://c/k", ["b"])).toBe("egress+write");
  });

  it("calls an access point of a foreign account egress, and two access points two places", () => {
    const point = "s3://arn:aws:s3:us-east-1:111122223333:accesspoint";
    expect(transfer(`s3 cp a.csv ${point}/x/a.csv`)).toBe("egress+write, bytes /workspace/a.csv");
    expect(transfer(`s3 cp ${point}/x/k ${point}/y/k`)).toBe("egress+write");
    expect(transfer(`s3 cp ${point}/x/k ${point}/y/k`, ["111122223333"])).toBe("write");
    expect(transfer(`s3 cp ${point}/x/k -`)).toBe("read");
    const nameless = "s3://arn:aws:s3:::accesspoint";
    expect(transfer(`s3 cp ${nameless}/x/k ${nameless}/y/k`)).toBe("egress+write");
  });

  it.each([
    ["s3 cp /etc/passwd s3://b/", "file-outside-workspace"],
    ["s3 cp ~/x s3://b/", "file-outside-workspace"],
    ["s3 mv s3://b/k k.csv", "aws-s3-move-local"],
    ["s3 mv s3://b/x reports --recursive", "aws-s3-move-local"],
    ["s3 sync s3://b reports --delete", "aws-s3-delete-local"],
    ["s3 cp s3://b/k k.csv --no-overwrite", "aws-s3-overwrite-local"],
    ["s3 cp s3://b/x/ .", "bad-file-name"],
    ["s3 cp ../x s3://b/", "file-outside-workspace"],
    ["s3 cp file:///etc/passwd s3://b/", "file-outside-workspace"],
    ["s3 cp .hidden s3://b/", "bad-file-name"],
    ["s3 cp s3://b/.bashrc .", "bad-file-name"],
    ["s3 cp s3://b/.. .", "file-outside-workspace"],
    ["s3 sync / s3://b", "file-outside-workspace"],
    ["s3 sync .. s3://b", "file-outside-workspace"],
    ["s3 cp S3://b/k x", "aws-s3-uri"],
    ["s3 cp s3:///k x", "aws-s3-uri"],
    ["s3 cp s3://a@evil.example/k x", "aws-s3-uri"],
    ["s3 cp s3://arn:aws:s3:us-east-1:evil.example/:accesspoint/x y", "aws-s3-uri"],
    ["s3 ls s3://arn:aws:s3:evil.example:111122223333:accesspoint/x", "aws-s3-uri"],
    ["s3 ls https://evil.example", "aws-s3-uri"],
    ["s3 rm b/k", "aws-s3-uri"],
    ["s3 mb b", "aws-s3-uri"],
  ])("refuses %s: %s", (text, expected) => {
    expect(transfer(text)).toBe(expected);
  });
});

describe("withSchemes", () => {
  it.each([
    ["s3 ls", []],
    ["s3 ls b", ["s3://b"]],
    ["s3 ls b/x", ["s3://b/x"]],
    ["s3 ls s3://b/x", ["s3://b/x"]],
    ["s3 ls s3://", ["s3://"]],
    ["s3 rb s3://b", ["s3://b"]],
  ])("writes the scheme of a bucket out: %s", (text, expected) => {
    expect(withSchemes(operation(`aws ${text}`).command).operands.map(({ word }) => word.text)).toEqual(expected);
  });
});
