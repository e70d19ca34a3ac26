import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findSecrets } from "../../../src/server/redact/find-secrets.js";
import { hiddenAs, hideSecrets } from "../../../src/server/redact/hide-secrets.js";
import { PIECES } from "./hostile.js";

describe("hideSecrets", () => {
  it("says what it has hidden, by which rule, and how often", async () => {
    expect(await hideSecrets("user=bob password=hunter2 password=hunter2\n")).toEqual({
      text: "user=bob password=[redacted: password] password=[redacted: password]\n",
      hidden: 2,
    });
  });

  it("gives a text without secrets back", async () => {
    for (const text of ["", "\n", '{"Buckets": []}', "no secret here"])
      expect(await hideSecrets(text)).toEqual({ text, hidden: 0 });
  });

  it("changes nothing but the secrets, whatever the text", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string()), { maxLength: 30 }),
        async (pieces) => {
          const text = pieces.join("");
          const secrets = await findSecrets(text);
          const { text: shown, hidden } = await hideSecrets(text);
          let rest = shown;
          let at = 0;
          for (const { start, end, rule } of secrets) {
            const kept = text.slice(at, start) + hiddenAs(rule);
            expect(rest.startsWith(kept)).toBe(true);
            rest = rest.slice(kept.length);
            at = end;
          }
          expect(rest).toBe(text.slice(at));
          expect(hidden).toBe(secrets.length);
        },
      ),
    );
  });

  it("is no defence against who wants to read a secret", async () => {
    for (const disguised of ["2retnuh", Buffer.from("password=hunter2").toString("base64"), "hunter2"])
      expect(await hideSecrets(disguised)).toEqual({ text: disguised, hidden: 0 });
  });
});
