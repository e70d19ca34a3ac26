import { describe, expect, it } from "vitest";
import { exampleWords } from "../../src/utilities/example-words.js";

describe("exampleWords", () => {
  it("gives the words of one command", () => {
    expect(exampleWords("cut -d$'\\t' 'a b' \"c\"")).toEqual(["cut", "-d\t", "a b", "c"]);
  });

  it("gives nothing for a text that is more than one command, that redirects or that expands", () => {
    const texts = ["a | b", "a; b", "a && b", "a\nb", "a 2>&1", "a >/dev/null", "a $(b)", 'a "$AWS_REGION"', "a 'b"];
    expect(texts.map(exampleWords)).toEqual(texts.map(() => undefined));
  });
});
