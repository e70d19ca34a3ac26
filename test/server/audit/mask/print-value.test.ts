import { describe, expect, it } from "vitest";
import { parseShorthand } from "../../../../src/catalogue/values/shorthand.js";
import { parseStrictJson } from "../../../../src/catalogue/values/strict-json.js";
import { printJson, printShorthand } from "../../../../src/server/audit/mask/print-value.js";

describe("printShorthand", () => {
  it.each([
    "Key=a,Value=b",
    "Name=tag:env,Values=a,b",
    "A={B=[c,d],E={F=g}},H=[{I=j}]",
    "A='b c',D='it\\'s',E='f\\\\g',H=''",
    'A="b,c",D=[e,"f]g"]',
    "A@=file://b",
  ])("means what %s means", (text) => {
    const value = parseShorthand(text);
    if (!value.ok) throw new Error(value.error.message);
    expect(parseShorthand(printShorthand(value.value))).toEqual(value);
  });
});

describe("printJson", () => {
  it.each(['{"a":[1.50,true,null,"\\u00e9\\"\\\\"],"b":{}}', '"a"', "[]"])("means what %s means", (text) => {
    const value = parseStrictJson(text);
    if (!value.ok) throw new Error(value.error.message);
    expect(parseStrictJson(printJson(value.value))).toEqual(value);
  });
});
