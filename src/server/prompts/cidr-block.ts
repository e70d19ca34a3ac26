/** An address range of IPv4: `10.0.0.0/16` as its first address and its number of fixed bits. */
export type CidrBlock = { readonly first: number; readonly bits: number };

/** Reads what a VPC may have: a private range that begins at a multiple of its size, between /16 and /28 (VPC user guide). */
export const readCidrBlock = (text: string): CidrBlock | undefined => {
  const found = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (found === null) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, bits = 0] = found.slice(1).map(Number);
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  const isRange = Math.max(a, b, c, d) < 256 && bits >= 16 && bits <= 28 && first % 2 ** (32 - bits) === 0;
  return isRange && isPrivate(a, b) ? { first, bits } : undefined;
};

// RFC 1918, and RFC 6598 which AWS takes too.
const isPrivate = (a: number, b: number): boolean =>
  a === 10 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168) || (a === 100 && b >= 64 && b < 128);

/** The first `count` of the sixteen equal parts of a range, each as text. */
export const sixteenths = ({ first, bits }: CidrBlock, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => {
    const start = first + index * 2 ** (28 - bits);
    return `${[24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join(".")}/${bits + 4}`;
  });
