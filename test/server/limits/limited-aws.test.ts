import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerOf } from "../../../src/server/answer.js";
import { limitedEngine } from "../../../src/server/limits/limited-engine.js";
import { type Bench, benchMachine } from "../../executor/bench-machine.js";
import { needAws, needMoto } from "../../provision/needs.js";
import { type Moto, startMoto } from "../../provision/start-moto.js";
import { call, codeOf, limitsOf, textOf } from "./limit-bench.js";

let moto: Moto;
let bench: Bench;
beforeAll(async () => {
  moto = await startMoto(needMoto());
  bench = benchMachine({ cli: needAws(), operator: moto.environment });
});
afterAll(async () => {
  bench.remove();
  await moto.stop();
});

describe("limitedEngine, with the AWS CLI", () => {
  it("lets AWS have as many changes as may be made, one of them a failure, and all reads", async () => {
    const engine = limitedEngine(bench.engine, limitsOf({ writes: 3 }));
    const run = (text: string) => engine.run(text, call({ milliseconds: 50_000 }));
    const failed = await run("aws sqs tag-queue --queue-url http://localhost/none --tags a=b");
    expect(answerOf(failed).structured.error?.code).toBe("aws-not-found");
    const names = ["a", "b", "c", "d"];
    const codes = (await Promise.all(names.map((name) => run(`aws sqs create-queue --queue-name ${name}`)))).map(
      codeOf,
    );
    expect(codes.toSorted()).toEqual(["ran", "ran", "writes-exhausted", "writes-exhausted"]);
    const made = textOf(await run("aws sqs list-queues --query 'length(QueueUrls)'"));
    expect(made).toBe("2\n");
  });
});
