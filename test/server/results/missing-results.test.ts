import { describe, expect, it } from "vitest";
import { missingResults } from "../../../src/server/results/missing-results.js";

const [HERE, GONE, LOST] = ["a".repeat(32), "b".repeat(32), "c".repeat(32)];
const results = (lasting: boolean) => ({ lasting, hasFile: async (id: string) => id === HERE });

describe("missingResults", () => {
  it("names the results that are not here, each once, and says what to do", async () => {
    expect(
      await missingResults([`cat @result/${GONE} | wc -l`, `cmp @result/${GONE} @result/${HERE}`], results(false)),
    ).toEqual([
      `@result/${GONE} is not here: newer ones may have taken its place, the server was restarted, or another replica has it; run the command again, and filter its output in the same call`,
    ]);
    expect(await missingResults([`cmp @result/${GONE} @result/${LOST}`], results(true))).toEqual([
      `@result/${GONE}, @result/${LOST} are not here: newer ones may have taken its place, the workspace was emptied (a container's is, by a restart, where it is memory), or a replica has it that does not share this server's AWS_MCP_WORKDIR; run the command again, and filter its output in the same call`,
    ]);
  });

  it("says nothing of what is here, or is no result's name", async () => {
    const commands = [
      `cat @result/${HERE}`,
      "cat @result/x",
      `cat @result/${GONE}0`,
      `cat @result/${"B".repeat(32)}`,
      "",
    ];
    expect(await missingResults(commands, results(false))).toEqual([]);
  });

  it("looks for a few only", async () => {
    let looks = 0;
    const hasFile = async (): Promise<boolean> => {
      looks += 1;
      return true;
    };
    const names = Array.from({ length: 50 }, (_, index) => `@result/${index.toString(16).padStart(32, "0")}`);
    await missingResults([`cat ${names.join(" ")}`], { lasting: true, hasFile });
    expect(looks).toBe(4);
  });
});
