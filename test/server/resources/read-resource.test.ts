import { ResourceNotFoundError } from "@modelcontextprotocol/server";
import { describe, expect, it, vi } from "vitest";
import { readResource } from "../../../src/server/resources/read-resource.js";

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
    const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    try {
      const broken = () => Promise.reject("private words");
      await expect(readResource(uri, {}, broken)).rejects.toMatchObject({
        code: -32_603,
        message: expect.not.stringContaining("private"),
      });
      expect(JSON.parse(String(write.mock.calls[0]?.[0]))).toMatchObject({ status: "bug", message: "private words" });
    } finally {
      write.mockRestore();
    }
  });
});
