import { ResourceNotFoundError } from "@modelcontextprotocol/server";
import { describe, expect, it, vi } from "vitest";
import { readResource } from "../../../src/server/resources/read-resource.js";

const logged = vi.hoisted((): unknown[] => []);
vi.mock("../../../src/log.js", () => ({ log: (entry: unknown) => void logged.push(entry) }));

const uri = new URL("awspipe://policy");

describe("readResource", () => {
  it("gives the text under its URI and type", async () => {
    expect(await readResource(uri, { mimeType: "text/plain" }, async () => "text")).toEqual({
      contents: [{ uri: "awspipe://policy", mimeType: "text/plain", text: "text" }],
    });
  });

  it("says that a read was stopped, and that a resource does not exist", async () => {
    await expect(readResource(uri, {}, async () => undefined)).rejects.toMatchObject({
      code: -32_603,
      message: "the read was stopped",
    });
    const missing = () => Promise.reject(new ResourceNotFoundError(uri.href));
    await expect(readResource(uri, {}, missing)).rejects.toMatchObject({ code: -32_602, data: { uri: uri.href } });
  });

  it("keeps what else went wrong to the log", async () => {
    const broken = () => Promise.reject("private words");
    await expect(readResource(uri, {}, broken)).rejects.toMatchObject({
      code: -32_603,
      message: expect.not.stringContaining("private"),
    });
    expect(logged).toMatchObject([{ status: "bug", message: "private words" }]);
  });
});
