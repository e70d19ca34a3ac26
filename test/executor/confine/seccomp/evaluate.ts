/** What the kernel hands to a filter: struct seccomp_data, without the instruction pointer. */
export type Call = { readonly arch: number; readonly number: number; readonly args: readonly (number | bigint)[] };

/**
 * What a filter returns for a call, evaluated as `Documentation/networking/filter.rst` and kernel/seccomp.c say. What the
 * kernel would not load throws.
 */
export const evaluate = (program: Uint8Array, call: Call): number => {
  const data = dataOf(call);
  const instructions = instructionsOf(program);
  let accumulator = 0;
  for (let at = 0; at < instructions.length; ) {
    const { code, jt, jf, k } = instructions[at] ?? fail("past the end");
    const jump = (taken: boolean) => at + 1 + (taken ? jt : jf);
    switch (code) {
      case 0x20:
        if (k % 4 !== 0 || k >= 64) fail(`load at ${k}`);
        accumulator = data.getUint32(k, true);
        at += 1;
        break;
      case 0x54:
        accumulator = (accumulator & k) >>> 0;
        at += 1;
        break;
      case 0x05:
        at += 1 + k;
        break;
      case 0x15:
        at = jump(accumulator === k);
        break;
      case 0x35:
        at = jump(accumulator >= k);
        break;
      case 0x06:
        return k;
      default:
        fail(`code ${code}`);
    }
  }
  return fail("past the end");
};

const fail = (what: string): never => {
  throw new Error(`not a filter: ${what}`);
};

const dataOf = ({ number, arch, args }: Call): DataView => {
  const data = new DataView(new ArrayBuffer(64));
  data.setUint32(0, number, true);
  data.setUint32(4, arch, true);
  for (const [index, argument] of args.entries())
    data.setBigUint64(16 + index * 8, BigInt.asUintN(64, BigInt(argument)), true);
  return data;
};

const instructionsOf = (program: Uint8Array) => {
  if (program.length === 0 || program.length % 8 !== 0 || program.length > 4096 * 8) fail(`${program.length} bytes`);
  const bytes = new DataView(program.buffer, program.byteOffset, program.length);
  return Array.from({ length: program.length / 8 }, (_, index) => ({
    code: bytes.getUint16(index * 8, true),
    jt: bytes.getUint8(index * 8 + 2),
    jf: bytes.getUint8(index * 8 + 3),
    k: bytes.getUint32(index * 8 + 4, true),
  }));
};
