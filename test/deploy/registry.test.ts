import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hardening } from "../../deploy/generate/hardening.js";
import { jsonText } from "../../deploy/generate/json-text.js";
import { registryEntry } from "../../deploy/generate/registry-entry.js";
import { idleSettings } from "../../src/commands/idle-settings.js";
import { readSettings, settingRows } from "../../src/settings.js";
import { repository } from "../provision/repository.js";
import { type RegistryPackage, registryForm } from "./registry-form.js";

const read = (name: string): string => readFileSync(join(repository, name), "utf8");
const entry = registryForm.parse(JSON.parse(read("server.json")));
const declared = JSON.parse(read("package.json"));
const [npm, image, listening] = entry.packages;

/** The command line that a client makes of a package's runtime arguments. */
const flagsOf = (
  { runtimeArguments = [] }: RegistryPackage,
  filled: Readonly<Record<string, string>>,
): readonly string[] =>
  runtimeArguments.flatMap((argument) => {
    if (argument.type === "positional") return [];
    const value = argument.value?.replaceAll(/\{([a-z_]+)\}/g, (open, name) => filled[name] ?? open);
    return [value === undefined ? argument.name : `${argument.name}=${value}`];
  });

/** The environment of a server whose person has changed nothing. */
const environmentOf = ({ environmentVariables }: RegistryPackage): Readonly<Record<string, string>> =>
  Object.fromEntries(
    environmentVariables.flatMap(({ name, value, default: otherwise }) => {
      const given = value ?? otherwise;
      return given === undefined ? [] : [[name, given]];
    }),
  );

describe("server.json", () => {
  it("is what `npm run docs` makes of the settings", () => {
    expect(read("server.json")).toBe(jsonText(registryEntry()));
  });

  it("has package.json's version, and package.json has its name", () => {
    expect([entry.name, entry.version]).toEqual([declared.mcpName, declared.version]);
    expect(declared.repository.url).toBe(`git+${entry.repository.url}.git`);
    expect(entry.packages.map((each) => ("version" in each ? each.version : each.identifier.split(":")[1]))).toEqual(
      entry.packages.map(() => declared.version),
    );
  });

  it("is the server whose name the image carries", () => {
    expect(read("Dockerfile")).toContain(`io.modelcontextprotocol.server.name="${entry.name}"`);
  });

  it("offers both packages over stdio, and the image over HTTP", () => {
    expect(
      entry.packages.map(({ registryType, identifier, transport }) => [registryType, identifier, transport.type]),
    ).toEqual([
      ["npm", "awspipe", "stdio"],
      ["oci", `ghcr.io/awspipe/awspipe:${declared.version}`, "stdio"],
      ["oci", `ghcr.io/awspipe/awspipe:${declared.version}`, "streamable-http"],
    ]);
  });

  it("starts containers that hold their server in", () => {
    const filled = { user: "1234", aws_folder: "/home/me/.aws", token_file: "/home/me/tokens" };
    const flags = [
      ...["--rm", "--interactive", "--user=1234:10001"],
      ...hardening("1234"),
      "--volume=/home/me/.aws:/home/awspipe/.aws:ro",
    ];
    expect(flagsOf(image as RegistryPackage, filled)).toEqual(flags);
    expect(flagsOf(listening as RegistryPackage, filled)).toEqual([
      ...flags,
      "--publish=127.0.0.1:8000:8000",
      "--volume=/home/me/tokens:/run/secrets/awspipe-tokens:ro",
    ]);
  });

  it("describes each setting that does something there, as the server does", () => {
    const everything = Object.fromEntries(settingRows.map(({ name }) => [name, "set"]));
    for (const { registryType, transport, environmentVariables } of entry.packages) {
      const idle = transport.type === "stdio" ? idleSettings(everything, "stdio") : [];
      const inImage = registryType === "oci" ? ["AWS_MCP_AWS_CLI", "AWS_MCP_ALLOW_V1"] : [];
      const rows = settingRows.filter(({ name }) => ![...idle, ...inImage].includes(name));
      const own = environmentVariables.filter(({ name }) => name.startsWith("AWS_MCP_"));
      expect(own.map(({ name, description }) => [name, description])).toEqual(
        rows.map(({ name, says }) => [name, says]),
      );
    }
  });

  it("gives a server settings that it takes, and mean what the server's own defaults mean", () => {
    const required = { ...readSettings({}), AWS_MCP_SANDBOX: "required" };
    const workspace = { AWS_MCP_WORKDIR: "/workspace" };
    const http = {
      ...{ AWS_MCP_TRANSPORT: "streamable-http", AWS_MCP_HOST: "0.0.0.0" },
      AWS_MCP_TOKEN_FILE: "/run/secrets/awspipe-tokens",
    };
    expect(entry.packages.map((each) => readSettings(environmentOf(each)))).toEqual([
      required,
      { ...required, ...workspace },
      { ...required, ...workspace, ...http },
    ]);
  });

  it("asks for keys and tokens as secrets", () => {
    const secrets = (npm as RegistryPackage).environmentVariables.filter(({ isSecret }) => isSecret === true);
    expect(secrets.map(({ name }) => name)).toEqual([
      "AWS_ACCESS_KEY_ID",
      "AWS_SECRET_ACCESS_KEY",
      "AWS_SESSION_TOKEN",
    ]);
    expect(listening?.transport).toMatchObject({
      headers: [{ name: "Authorization", variables: { token: { isSecret: true } } }],
    });
  });
});
