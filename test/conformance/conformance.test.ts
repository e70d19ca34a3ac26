import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { modernHttp } from "../http/http-clients.js";
import { type HttpServer, startHttpServer } from "../http/start-http-server.js";
import { type Findings, listScenarios, runScenarios, type Suite } from "./conformance.js";
import { differences, type Scenarios, titleOf } from "./expected.js";
import { early20251125, revision20250618, revision20251125 } from "./scenarios-of-2025.js";
import { revision20260728 } from "./scenarios-of-2026.js";
import { extensions } from "./scenarios-of-extensions.js";

type Sessions = "off" | "on";

type Run = {
  readonly title: string;
  readonly suite: Suite;
  /** As the suite's option has it. Without one all scenarios are run, each at the last revision that has it. */
  readonly revision?: string;
  /** Those that are judged. */
  readonly judged: Scenarios;
  /** Those that there are. */
  readonly all: Scenarios;
};

const runOf = (revision: string, all: Scenarios): Run => ({
  ...{ title: revision, suite: "conformance2026", revision },
  ...{ judged: all, all },
});

const runsWith = (sessions: Sessions): readonly Run[] => [
  {
    ...{ title: "2025-11-25 by the suite of that time", suite: "conformance2025" },
    ...{ judged: early20251125[sessions], all: early20251125[sessions] },
  },
  runOf("2025-06-18", revision20250618[sessions]),
  runOf("2025-11-25", revision20251125[sessions]),
  runOf("2026-07-28", revision20260728),
];

const extensionsRun: Run = {
  ...{ title: "extensions", suite: "conformance2026" },
  ...{ judged: extensions, all: { ...revision20251125.off, ...revision20260728, ...extensions } },
};

describe.each([
  { sessions: "off", runs: [...runsWith("off"), extensionsRun] },
  { sessions: "on", runs: runsWith("on") },
] as const)("the server on HTTP, with sessions $sessions", ({ sessions, runs }) => {
  let server: HttpServer;
  beforeAll(async () => {
    server = await startHttpServer({ AWS_MCP_HTTP_AUTH: "none", AWS_MCP_HTTP_SESSIONS: sessions });
  });
  afterAll(() => server.stop());

  it("declares none of the capabilities that scenarios are left out for", async () => {
    const connected = await modernHttp(server);
    expect(connected.client.getServerCapabilities()).toEqual({
      tools: { listChanged: false },
      prompts: { listChanged: false },
      resources: { listChanged: true },
      completions: {},
    });
    await connected.close();
  });

  describe.each(runs)("$title", ({ suite, revision, judged, all }) => {
    let findings: Findings;
    beforeAll(async () => {
      findings = await runScenarios(suite, server.url, revision);
    });

    it("has these scenarios and no others", async () => {
      const listed = await listScenarios(suite, revision);
      expect(listed.toSorted()).toEqual(Object.keys(all).toSorted());
      expect([...findings.keys()].toSorted()).toEqual(listed.toSorted());
    });

    for (const [name, expected] of Object.entries(judged))
      it(titleOf(name, expected), () => {
        expect(differences(expected, findings.get(name) ?? [])).toEqual([]);
      });
  });
});
