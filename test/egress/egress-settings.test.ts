import { describe, expect, it } from "vitest";
import { AWS_SUFFIXES } from "../../src/egress/aws-suffixes.js";
import { type EgressSettings, egressSettings, type Upstream } from "../../src/egress/egress-settings.js";
import { upstreamFor } from "../../src/egress/upstream-for.js";

const settingsOf = (operator: NodeJS.ProcessEnv): EgressSettings => {
  const read = egressSettings(operator);
  if (!read.ok) throw new Error(read.error);
  return read.value;
};

const upstream = (host: string, port: number, more: Partial<Upstream> = {}): Upstream => ({
  scheme: "http",
  host,
  port,
  authorization: undefined,
  ...more,
});

describe("egressSettings", () => {
  it("reads nothing where the operator set nothing", () => {
    expect(egressSettings({})).toEqual({
      ok: true,
      value: {
        rules: { suffixes: AWS_SUFFIXES, endpoint: undefined },
        upstreams: { http: undefined, https: undefined },
        direct: [],
      },
    });
  });

  it("reads the operator's endpoint in the words the CLI will use", () => {
    const texts = [
      "http://127.0.0.1:5000",
      "http://localhost:4566/",
      "https://MinIO.example.com",
      "http://minio.example.com/some/path?x",
      "HTTPS://[0:0::1]:9000",
      "",
    ];
    expect(texts.map((AWS_ENDPOINT_URL) => settingsOf({ AWS_ENDPOINT_URL }).rules.endpoint)).toEqual([
      { scheme: "http", host: "127.0.0.1", port: 5000 },
      { scheme: "http", host: "localhost", port: 4566 },
      { scheme: "https", host: "minio.example.com", port: 443 },
      { scheme: "http", host: "minio.example.com", port: 80 },
      { scheme: "https", host: "0:0::1", port: 9000 },
      undefined,
    ]);
  });

  it("says which variable it cannot read, without its value", () => {
    const endpoint = { ok: false, error: "AWS_ENDPOINT_URL is not `http://HOST:PORT` or `https://HOST:PORT`" };
    const texts = ["localhost:5000", "ftp://a", "http://", "http://u:p@a", "http://a:x", "http://a b"];
    expect(texts.map((AWS_ENDPOINT_URL) => egressSettings({ AWS_ENDPOINT_URL }))).toEqual(texts.map(() => endpoint));
    expect(egressSettings({ HTTPS_PROXY: "socks5://u:secret@a:1" })).toEqual({
      ok: false,
      error: "HTTPS_PROXY is not `http://HOST:PORT` or `https://HOST:PORT`",
    });
    expect(egressSettings({ http_proxy: "http://" })).toEqual({
      ok: false,
      error: "HTTP_PROXY is not `http://HOST:PORT` or `https://HOST:PORT`",
    });
  });

  it("reads the operator's proxies as the AWS CLI does", () => {
    const texts = [
      "http://p:3128",
      "p:3128",
      "//p",
      "https://P.Example",
      "http://u%40x:p%3Aw@p:1/",
      "http://[::1]:3128",
    ];
    const basic = `Basic ${Buffer.from("u@x:p:w").toString("base64")}`;
    expect(texts.map((HTTPS_PROXY) => settingsOf({ HTTPS_PROXY }).upstreams.https)).toEqual([
      upstream("p", 3128),
      upstream("p", 3128),
      upstream("p", 80),
      upstream("p.example", 443, { scheme: "https" }),
      upstream("p", 1, { authorization: basic }),
      upstream("::1", 3128),
    ]);
  });

  it("prefers the names in lower case, also when they are empty", () => {
    expect(
      settingsOf({ HTTPS_PROXY: "a:1", https_proxy: "b:2", HTTP_PROXY: "c:3", http_proxy: "", NO_PROXY: "x" }),
    ).toEqual({
      rules: { suffixes: AWS_SUFFIXES, endpoint: undefined },
      upstreams: { http: undefined, https: upstream("b", 2) },
      direct: ["x"],
    });
  });
});

describe("upstreamFor", () => {
  const chosen = (NO_PROXY: string, host: string, port = 443): string | undefined =>
    upstreamFor(settingsOf({ HTTPS_PROXY: "p:1", NO_PROXY }), "https", { host, port })?.host;

  it("goes through the operator's proxy of the scheme", () => {
    const settings = settingsOf({ HTTPS_PROXY: "secure:1", HTTP_PROXY: "plain:2" });
    const target = { host: "sts.amazonaws.com", port: 443 };
    expect([upstreamFor(settings, "https", target)?.host, upstreamFor(settings, "http", target)?.host]).toEqual([
      "secure",
      "plain",
    ]);
  });

  it("makes the exceptions of NO_PROXY that the AWS CLI makes", () => {
    const cases: readonly (readonly [string, string, number, string | undefined])[] = [
      ["", "sts.amazonaws.com", 443, "p"],
      ["*", "sts.amazonaws.com", 443, undefined],
      ["*,x", "sts.amazonaws.com", 443, "p"],
      ["amazonaws.com", "sts.amazonaws.com", 443, undefined],
      [".amazonaws.com", "sts.amazonaws.com", 443, undefined],
      ["AMAZONAWS.com", "sts.amazonaws.com", 443, undefined],
      ["naws.com", "sts.amazonaws.com", 443, "p"],
      [" localhost , 127.0.0.1 ", "127.0.0.1", 5000, undefined],
      ["127.0.0.1:5000", "127.0.0.1", 5000, undefined],
      ["127.0.0.1:5001", "127.0.0.1", 5000, "p"],
      ["127.0.0.0/8", "127.0.0.1", 5000, "p"],
      ["[::1]", "::1", 5000, undefined],
      ["sts.amazonaws.com.evil", "sts.amazonaws.com", 443, "p"],
    ];
    expect(cases.map(([direct, host, port]) => chosen(direct, host, port))).toEqual(
      cases.map(([, , , expected]) => expected),
    );
  });
});
