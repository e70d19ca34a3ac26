import { basename } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type File, filesOf } from "./files.js";
import { componentsOf, sizeTable } from "./sizes.js";
import { UTILITIES } from "./utilities.js";

let files: readonly File[];

beforeAll(async () => {
  files = await filesOf();
});

const paths = (chosen: (file: File) => boolean): readonly string[] =>
  files
    .filter(chosen)
    .map(({ path }) => path)
    .sort();

/** What the server starts of its own accord, and the container's first process. */
const OWN = ["bwrap", "cat", "col", "groff", "grotty", "mkfifo", "nsenter", "prlimit", "setpriv"];
const OWN_TOO = ["timeout", "tini", "troff", "true"];

describe("the files of the image", () => {
  it("are programs that a grammar describes, or that the server starts, and no others", () => {
    const described = UTILITIES.flatMap(({ paths: [first] }) => (first === undefined ? [] : [basename(first)]));
    const programs = paths(({ path, mode }) => /^(?:usr\/)?(?:local\/)?s?bin\/./.test(path) && mode[0] !== "d");
    // What binutils calls by the processor that it is for.
    const plain = programs.map((path) => path.replace(/\/[a-z0-9_]+-linux-gnu-strings$/, "/strings"));
    expect([...new Set(plain)]).toEqual(
      [...new Set([...OWN, ...OWN_TOO, ...described])]
        .map((name) => `usr/bin/${name}`)
        .concat("usr/local/bin/node")
        .sort(),
    );
  });

  it("can be executed nowhere else but in the AWS CLI's folder and as libraries", () => {
    const elsewhere = paths(({ path, mode }) => {
      if (!mode.startsWith("-") || !mode.includes("x")) return false;
      return !/^usr\/(?:bin|local\/bin|local\/aws-cli)\/|^usr\/lib\/.*\.so(?:\.|$)/.test(path);
    });
    expect(elsewhere).toEqual([]);
    expect(
      paths(({ path, mode }) => /^-.*x/.test(mode) && /^usr\/local\/aws-cli\/(?!.*\.so(?:\.|$))/.test(path)),
    ).toEqual([expect.stringMatching(/^usr\/local\/aws-cli\/v2\/[\d.]+\/dist\/aws$/)]);
  });

  it.each([
    ["shell", /(?:^|\/)(?:sh|[abck]sh|bash|dash|zsh|fish|mksh|rbash|busybox|toybox)$/],
    ["package manager", /(?:^|\/)(?:apt|apt-get|dpkg|npm|npx|yarn|yarnpkg|pnpm|corepack|pip3?)$/],
    ["compiler or linker", /(?:^|\/)(?:gcc|cc|c\+\+|g\+\+|clang|as|ld|ld\.bfd|make|tsc)$/],
    ["interpreter of other languages", /(?:^|\/)(?:perl|python|python3|ruby|lua)$/],
    ["program that changes who one is", /(?:^|\/)(?:su|sudo|chsh|newgrp|mount|umount)$/],
    ["script", /\.(?:sh|bash|ps1|cmd|bat)$/],
    ["cache or list of packages", /^var\/(?:cache|lib\/apt)\/|^root\/\.npm/],
    ["type or map of the build", /^app\/.*\.(?:[cm]?ts|map)$/],
    ["manual page", /^usr\/share\/(?:man|info)\//],
  ])("hold no %s", (_, pattern) => {
    expect(paths(({ path, mode }) => mode[0] !== "d" && pattern.test(path))).toEqual([]);
  });

  it("hold no setuid or setgid program", () => {
    expect(paths(({ mode }) => /[sS]/.test(mode.slice(1)))).toEqual([]);
  });

  it("can be written to by nobody, but for /tmp and the server's own workspace", () => {
    const isLink = ({ mode }: File): boolean => mode.startsWith("l");
    expect(paths((file) => file.mode[8] === "w" && !isLink(file))).toEqual(["tmp"]);
    expect(files.filter((file) => file.mode[5] === "w" && !isLink(file)).map(({ path }) => path)).toEqual(["tmp"]);
    expect(paths(({ owner }) => owner !== "0/0")).toEqual(["workspace"]);
    expect(files.filter(({ path }) => path === "workspace" || path === "tmp")).toEqual([
      { mode: "drwxrwxrwt", owner: "0/0", bytes: 0, path: "tmp" },
      { mode: "drwx------", owner: "10001/10001", bytes: 0, path: "workspace" },
    ]);
  });

  it("bring nothing that is only for one processor but Debian's programs, Node and the AWS CLI", () => {
    expect(paths(({ path }) => /^app\/.*\.(?:node|so|wasm)$/.test(path))).toEqual([]);
  });

  it("tell scanners which packages they are from, and under which licence", () => {
    const described = paths(({ path }) => path.startsWith("var/lib/dpkg/status.d/")).map((path) => basename(path));
    expect(described).toEqual(expect.arrayContaining(["bubblewrap", "ca-certificates", "coreutils", "jq", "libc6"]));
    const licences = paths(({ path }) => /^usr\/share\/doc\/[^/]+\/copyright$/.test(path));
    expect(licences).toEqual(described.map((name) => `usr/share/doc/${name}/copyright`).sort());
    expect(paths(({ path }) => path === "app/LICENSE")).toEqual(["app/LICENSE"]);
  });

  it("take less than 450 MB, most of it Node and the AWS CLI", () => {
    const components = componentsOf(files);
    console.log(sizeTable(components));
    expect(components.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(450e6);
    const own = components.filter(({ name }) => !/^(?:Node|the AWS CLI)/.test(name));
    expect(own.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(70e6);
  });
});
