import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SpentSeals } from "../../../src/policy/approval/spent-seals.js";

/** Where spent seals are written down, as several look at it. */
export type Shared = {
  readonly views: readonly [SpentSeals, ...SpentSeals[]];
  readonly close: () => Promise<void>;
};

const LONG = 60_000;

/** What holds wherever spent seals are written down. */
export const describeSpentSeals = (what: string, open: () => Promise<Shared>): void => {
  describe(`spent seals ${what}`, () => {
    let shared: Shared;
    beforeAll(async () => {
      shared = await open();
    });
    afterAll(() => shared.close());

    const view = (turn: number): SpentSeals => shared.views[turn % shared.views.length] ?? shared.views[0];
    const spend = async (name: string, milliseconds = LONG, turn = 0): Promise<boolean | string> => {
      const first = await view(turn).spend(name, milliseconds);
      return first.ok ? first.value : first.error;
    };

    it("say of a name once that nobody has spent it", async () => {
      const name = randomUUID();
      const said: unknown[] = [];
      for (let turn = 0; turn < 6; turn++) said.push(await spend(name, LONG, turn));
      expect(said).toEqual([true, false, false, false, false, false]);
    });

    it("say it to one of many who ask at once, for each of many names", async () => {
      const names = Array.from({ length: 50 }, () => randomUUID());
      const said = await Promise.all(
        names.map(async (name) => Promise.all(Array.from({ length: 20 }, (_, turn) => spend(name, LONG, turn)))),
      );
      expect(said.map((each) => each.filter((first) => first === true).length)).toEqual(names.map(() => 1));
      expect(said.map((each) => each.filter((first) => first === false).length)).toEqual(names.map(() => 19));
    });

    it("keep names apart, whatever they are made of", async () => {
      const own = randomUUID();
      const endings = [
        "",
        " ",
        "\n",
        "\0",
        "*",
        "a",
        "A",
        "ä",
        "a\u0308",
        "\r\nDEL *\r\n",
        "x".repeat(10_000),
        "{1}",
        "{2}",
      ];
      for (const ending of endings) expect([ending, await spend(own + ending)]).toEqual([ending, true]);
      for (const ending of endings) expect([ending, await spend(own + ending)]).toEqual([ending, false]);
    });

    it("remember a name for as long as they were told, by whoever spent it first, and forget it later", async () => {
      const name = randomUUID();
      expect(await spend(name, 500)).toBe(true);
      expect(await spend(name, LONG, 1)).toBe(false);
      await pause(250);
      expect(await spend(name, 1, 2)).toBe(false);
      await pause(500);
      expect(await spend(name, LONG, 3)).toBe(true);
    });
  });
};
