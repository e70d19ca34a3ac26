import { ProtocolError } from "@modelcontextprotocol/server";
import { describe, expect, it } from "vitest";
import { drawPage } from "../../../src/server/limits/draw-page.js";
import { limitsOf } from "./limit-bench.js";

const thrownBy = (work: () => void): unknown => {
  try {
    work();
  } catch (cause) {
    return ProtocolError.isInstance(cause) ? [cause.code, cause.message] : cause;
  }
  return "nothing";
};

describe("drawPage", () => {
  it("counts pages among the bytes of the minute, and refuses one that does not fit", () => {
    let at = 0;
    const limits = limitsOf({ bytes: 120_000 }, () => at);
    const draw = drawPage(limits);
    draw(50_000);
    at = 1500;
    draw(50_000);
    expect(limits.bytes?.left()).toBe(20_000);
    expect(thrownBy(() => draw(50_000))).toEqual([
      -32600,
      "bytes-exhausted: the outputs of the last minute have come to 100000 bytes, and they may come to 120000\nhint: read it again in 59 seconds",
    ]);
    expect(limits.bytes?.left()).toBe(20_000);
    at = 60_000;
    draw(50_000);
  });

  it("lets a page through that is larger than the bound when the minute before was empty", () => {
    const draw = drawPage(limitsOf({ bytes: 1000 }));
    draw(50_000);
    expect(thrownBy(() => draw(1))).not.toBe("nothing");
  });

  it("bounds nothing where there is no bound", () => {
    const draw = drawPage(limitsOf({}));
    expect(thrownBy(() => draw(2 ** 40))).toBe("nothing");
  });
});
