import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, extname } from "node:path";
import { gzipSync } from "node:zlib";

/** Text that no program can know without having read what it must not. */
export type Canaries = {
  /** Sixteen letters and digits. */
  readonly token: string;
  /** Puts a file there that shows the token when it is read, and when it is run. Existing files stay. */
  readonly put: (path: string) => void;
  /** How a canary shows in what a program wrote, whatever the program made of it: undefined when it does not. */
  readonly leakIn: (text: string) => string | undefined;
};

export const makeCanaries = (): Canaries => {
  const token = `canary${randomBytes(5).toString("hex")}`;
  const contents = new Map(KINDS.map((kind) => [kind, contentOf(kind, token)]));
  const shapes = [
    ["the token", token],
    ["the token, backwards", backwards(token)],
    ...[...contents].flatMap(([kind, bytes]) => shapesOf(`a canary${kind}`, bytes)),
    ...SYSTEM.flatMap(systemShapes),
  ] as const;
  return {
    token,
    put: (path) => {
      if (existsSync(path)) return;
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, contents.get(extname(path)) ?? contents.get("") ?? "", { mode: 0o755 });
    },
    leakIn: (text) => {
      const plain = plainOf(text);
      return shapes.find(([, shape]) => plain.includes(shape))?.[0];
    },
  };
};

const KINDS = ["", ".json", ".jq", ".gz", ".b64"];

/** Each a script that says the token, which starts at byte 16, where dumps begin a line. */
const contentOf = (kind: string, token: string): Buffer => {
  const script = Buffer.from(`#!/bin/sh\n#---\n\n${token}\necho ${token}\n`);
  switch (kind) {
    case ".json":
      return Buffer.from(`{"a":"---------",\n"${token}":"${token}"}\n`);
    case ".jq":
      return Buffer.from(`def f:   "-----" | "${token}";\n`);
    case ".gz":
      return gzipSync(script);
    case ".b64":
      return Buffer.from(`${script.toString("base64")}\n`);
    default:
      return script;
  }
};

/** Files of the machine that attacks aim at, which say the same on every machine for sixteen bytes at least. */
const SYSTEM = ["/etc/passwd", "/etc/shadow"];

type Shape = readonly [name: string, shape: string];

const systemShapes = (path: string): readonly Shape[] => {
  try {
    const bytes = readFileSync(path);
    const beginning = plainOf(bytes.toString("latin1", 0, 16));
    return [[path, beginning], [`${path}, backwards`, backwards(beginning)], ...shapesOf(path, bytes)];
  } catch {
    return []; // the tests' own user may not read it either
  }
};

// What the dumps, encoders and digests of coreutils, util-linux and vim print of bytes.
const shapesOf = (name: string, bytes: Buffer): readonly Shape[] => {
  const line = bytes.subarray(16, 32);
  const shapes: readonly Shape[] = [
    ["base64", bytes.toString("base64").slice(24, 48)],
    ["base32", base32(bytes).slice(24, 48)],
    ["hexadecimal", line.toString("hex")],
    ["hexadecimal words", Buffer.from(line).swap16().toString("hex")],
    ["octal words", octalWords(line)],
    ...["md5", "sha1", "sha224", "sha256", "sha384", "sha512", "blake2b512"].map(
      (digest) => [digest, createHash(digest).update(bytes).digest("hex")] as const,
    ),
  ];
  return shapes.map(([how, shape]) => [`${name} as ${how}`, plainOf(shape)]);
};

const backwards = (text: string): string => [...text].reverse().join("");

const octalWords = (bytes: Buffer): string =>
  Array.from({ length: bytes.length / 2 }, (_, index) =>
    bytes
      .readUInt16LE(index * 2)
      .toString(8)
      .padStart(6, "0"),
  ).join("");

const base32 = (bytes: Buffer): string => {
  const bits = [...bytes.subarray(0, 40)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const digits = bits.match(/.{5}/g) ?? [];
  return digits.map((digit) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[Number.parseInt(digit, 2)]).join("");
};

/** Without case, blanks and punctuation, which filters change and dumps add. */
const plainOf = (text: string): string => text.replace(/[^A-Za-z0-9]/g, "").toLowerCase();
