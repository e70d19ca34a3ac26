import { expect, test } from "vitest";
import { needMoto } from "./needs.js";
import { startMoto } from "./start-moto.js";

test("a stand-in answers, and no longer once it is stopped", async () => {
  const moto = await startMoto(needMoto());
  expect((await fetch(`${moto.endpoint}/moto-api/`)).status).toBe(200);
  await moto.stop();
  await expect(fetch(moto.endpoint)).rejects.toThrow();
});

test("each caller has its own", async () => {
  const [one, two] = await Promise.all([startMoto(needMoto()), startMoto(needMoto())]);
  expect(one.endpoint).not.toBe(two.endpoint);
  await Promise.all([one.stop(), two.stop()]);
});

test("one that can't start says so in one line", async () => {
  await expect(startMoto(["/bin/sh", "-c", "echo no flask here >&2"])).rejects.toThrow(
    "moto_server did not start: no flask here",
  );
});
