import { writeFileSync } from "node:fs";

export type CacheEntry = { readonly flags: number; readonly name: string; readonly value: string };

/** Writes /etc/ld.so.cache; `old` puts the form for loaders before glibc 2.2 first, as ldconfig did until 2.32. */
export const writeCache = (path: string, entries: readonly CacheEntry[], old: boolean): void =>
  writeFileSync(path, Buffer.concat([old ? oldPart(entries.length) : Buffer.alloc(0), newPart(entries)]));

const oldPart = (count: number): Buffer => {
  const size = 16 + 12 * count;
  const part = Buffer.alloc(Math.ceil(size / 8) * 8);
  part.write("ld.so-1.7.0\0", "latin1");
  part.writeUInt32LE(count, 12);
  return part;
};

const newPart = (entries: readonly CacheEntry[]): Buffer => {
  const head = Buffer.alloc(48 + entries.length * 24);
  const texts: Buffer[] = [];
  let at = head.length;
  const text = (value: string): number => {
    const bytes = Buffer.from(`${value}\0`);
    texts.push(bytes);
    at += bytes.length;
    return at - bytes.length;
  };
  head.write("glibc-ld.so.cache1.1", "latin1");
  head.writeUInt32LE(entries.length, 20);
  for (const [index, { flags, name, value }] of entries.entries()) {
    head.writeInt32LE(flags, 48 + index * 24);
    head.writeUInt32LE(text(name), 52 + index * 24);
    head.writeUInt32LE(text(value), 56 + index * 24);
  }
  head.writeUInt32LE(at - head.length, 24);
  return Buffer.concat([head, ...texts]);
};
