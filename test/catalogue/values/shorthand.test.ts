import { describe, expect, it } from "vitest";
import { parseShorthand } from "../../../src/catalogue/values/shorthand.js";
import { type From, file, value } from "./build.js";

describe("parseShorthand", () => {
  it.each<readonly [string, From]>([
    ["Name=instance-type,Values=t2.micro,t3.micro", { Name: "instance-type", Values: ["t2.micro", "t3.micro"] }],
    ["Name=tag:Owner,Values=my-team", { Name: "tag:Owner", Values: "my-team" }],
    ["Name=state,Values=[running, stopped,]", { Name: "state", Values: ["running", "stopped"] }],
    ["Key=webserver,Value=", { Key: "webserver", Value: "" }],
    [`Key="Cost Center",Value='a, b'`, { Key: "Cost Center", Value: "a, b" }],
    ["Key=Department,Value=R&D\\, Europe", { Key: "Department", Value: "R&D, Europe" }],
    [
      "ResourceType=instance,Tags=[{Key=webserver,Value=production},{Key=stack,Value=a b}]",
      {
        ResourceType: "instance",
        Tags: [
          { Key: "webserver", Value: "production" },
          { Key: "stack", Value: "a b" },
        ],
      },
    ],
    [
      `IpProtocol=tcp,FromPort=3389,IpRanges=[{CidrIp=172.31.0.0/16,Description="RDP access"}]`,
      { IpProtocol: "tcp", FromPort: "3389", IpRanges: [{ CidrIp: "172.31.0.0/16", Description: "RDP access" }] },
    ],
    ["IpRanges=[{CidrIp=::/0}]", { IpRanges: [{ CidrIp: "::/0" }] }],
    [
      "DeviceName=/dev/sdh,Ebs={VolumeSize=100,Encrypted=true}",
      { DeviceName: "/dev/sdh", Ebs: { VolumeSize: "100", Encrypted: "true" } },
    ],
    ["AttributeName=Artist,AttributeType=S", { AttributeName: "Artist", AttributeType: "S" }],
    ["a.b=c", { "a.b": "c" }],
    ["arn:aws:iam::1:role/x=1", { "arn:aws:iam::1:role/x": "1" }],
    ["=a", { "": "a" }],
    ["a=b=c", { a: "b=c" }],
    ["a=,b", { a: ["", "b"] }],
    ["a=[,b]", { a: ["", "b"] }],
    ["a=[]", { a: [] }],
    ["a={}", { a: {} }],
    ["a={b={c=[[d]]}}", { a: { b: { c: [["d"]] } } }],
    [" = a , b = c ", { "": "a", b: "c" }],
    ["a = 'b' , c = d ", { a: "b", c: "d" }],
    ["a=b\u00a0\u001c", { a: "b" }],
    ["a=b\ufeff", { a: "b\ufeff" }],
    ["a=漢", { a: "漢" }],
    ["a='😀'", { a: "😀" }],
    [`a='it\\'s'`, { a: "it's" }],
    [`a='C:\\dir\\'`, { a: "C:\\dir\\" }],
    [`a="\\\\"`, { a: "\\" }],
    [`a=b\\c`, { a: "b\\c" }],
    ["a=}", { a: "}" }],
    ["a=file://b", { a: "file://b" }],
    ["a='$&'", { a: "$&" }],
    ["__proto__=a,constructor=b", JSON.parse('{"__proto__":"a","constructor":"b"}')],
  ])("reads %j", (text, expected) => {
    expect(parseShorthand(text)).toEqual({ ok: true, value: value(expected) });
  });

  it("reads every word of a list on its own", () => {
    const words = ["Name=a,Values=b", "Name=c,Values=d,e"];
    const expected = [
      { Name: "a", Values: "b" },
      { Name: "c", Values: ["d", "e"] },
    ];
    expect(parseShorthand(words)).toEqual({ ok: true, value: value(expected) });
  });

  it.each<readonly [string, From]>([
    ["k@=file://x", { k: file("file://x") }],
    ["k@=fileb://x", { k: file("fileb://x") }],
    ["k @=file://x", { k: file("file://x") }],
    ["k@ =file://x", { k: file("file://x") }],
    ["k@= file://x", { k: file("file://x") }],
    ["k\t@\n=\r\v\ffile://x", { k: file("file://x") }],
    ["k @ = file://x ", { k: file("file://x") }],
    ["k@='file://x'", { k: file("file://x") }],
    [`k@="file://x"`, { k: file("file://x") }],
    [`k @ = "file://a b"`, { k: file("file://a b") }],
    ["k@=file://x=y", { k: file("file://x=y") }],
    ["k@=file://x\\,y", { k: file("file://x,y") }],
    ["k@=a,file://x", { k: ["a", file("file://x")] }],
    ["k@=file://x,file://y", { k: [file("file://x"), file("file://y")] }],
    ["k@=[file://x]", { k: [file("file://x")] }],
    ["k@=[[a,'file://x']]", { k: [["a", file("file://x")]] }],
    ["a={k@=file://x}", { a: { k: file("file://x") } }],
    ["a=[{k @= file://x}]", { a: [{ k: file("file://x") }] }],
    ["a=b,k@=file://x", { a: "b", k: file("file://x") }],
    ["a@={k@=fileb://x,l=file://y}", { a: { k: file("fileb://x"), l: "file://y" } }],
    ["@=file://x", { "": file("file://x") }],
    ["k@=file://", { k: file("file://") }],
  ])("sees the file in %j", (text, expected) => {
    expect(parseShorthand(text)).toEqual({ ok: true, value: value(expected) });
  });

  it.each<readonly [string, From]>([
    ["k@=File://x", { k: "File://x" }],
    ["k@=' file://x'", { k: " file://x" }],
    ["k@=http://x", { k: "http://x" }],
    ["k=@file://x", { k: "@file://x" }],
    ["k=file://x", { k: "file://x" }],
    ["k@=a,l=file://x", { k: "a", l: "file://x" }],
  ])("sees no file in %j", (text, expected) => {
    expect(parseShorthand(text)).toEqual({ ok: true, value: value(expected) });
  });

  it.each<readonly [string, string, number]>([
    ["", "value-shorthand", 0],
    ["a", "value-shorthand", 1],
    ["a b=c", "value-shorthand", 2],
    ["a=b,", "value-shorthand", 4],
    ["a=b]", "value-shorthand", 3],
    ["a=b}", "value-shorthand", 3],
    ["a='b", "value-shorthand", 2],
    ["a='b'c", "value-shorthand", 5],
    ["a=[b", "value-shorthand", 4],
    ["a=[b c,{d}]", "value-shorthand", 9],
    ["a=[b] ", "value-shorthand", 6],
    ["a={b=c", "value-shorthand", 6],
    ["a@@=b", "value-shorthand", 2],
    ["a=b😀", "value-shorthand", 3],
    ["a=\u0001", "value-shorthand", 2],
    ["a=b\u001b", "value-shorthand", 3],
    ["ä=b", "value-shorthand", 0],
    ["a=b,a=c", "value-duplicate-key", 4],
    ["a={b=c,b=d}", "value-duplicate-key", 7],
    ["a=\ud83d", "value-not-unicode", 2],
    // The CLI goes back to the last comma, wherever it stands, and drops what is before it.
    ["a=b,,c=d", "value-ambiguous", 3],
    ["a=b,c\\,d=e", "value-ambiguous", 3],
    [`a=b,"x,y='"z'`, "value-ambiguous", 3],
    // The CLI reads the file, drops it and goes on with a key `file://x`.
    ["a@=b,file://x=c", "value-ambiguous", 4],
    // The CLI reads this file, since the last `@=` is still in force.
    ["a=[{b@=c},file://x]", "value-ambiguous", 10],
    // And it does not read this one.
    ["a@=[{b=c},file://x]", "value-ambiguous", 10],
    [`a=${"[".repeat(64)}`, "value-too-deep", 65],
  ])("refuses %j", (text, code, offset) => {
    expect(parseShorthand(text)).toMatchObject({ ok: false, error: { code, offset, word: 0 } });
  });

  it("says in which word the problem is", () => {
    expect(parseShorthand(["a=b", "a=[b"])).toEqual({
      ok: false,
      error: {
        code: "value-shorthand",
        message: "the shorthand has the end where `,` or `]` belongs",
        hint: "write `Key=value,Other=a,b` with one pair of quotes around a value that holds blanks, commas or quotes, or write JSON",
        word: 1,
        offset: 4,
      },
    });
  });
});
