/** A line of a classic BPF program: linux/filter.h, and of it what seccomp(2) takes. */
export type Line =
  /** `name:` */
  | { readonly kind: "label"; readonly name: string }
  /** `A = data[offset]`, 32 bits of struct seccomp_data */
  | { readonly kind: "load"; readonly offset: number }
  /** `A &= mask` */
  | { readonly kind: "and"; readonly mask: number }
  /** `if (A test value) goto yes else goto no`; where a label is left out, the next line follows */
  | {
      readonly kind: "jump";
      readonly test: "equal" | "at-least";
      readonly value: number;
      readonly yes?: string;
      readonly no?: string;
    }
  /** `return value` */
  | { readonly kind: "return"; readonly value: number };

type Jump = Extract<Line, { kind: "jump" }>;
type Instruction = { readonly code: number; readonly jt?: number; readonly jf?: number; readonly k: number };

/** BPF_MAXINSNS */
const MOST = 4096;
/** A conditional jump has one byte for each of its ways. */
const FARTHEST = 255;

/**
 * The program as an array of struct sock_filter, little endian. Jumps may be of any length. What the kernel would not
 * load throws: jumps back, labels that are not there, more than 4096 instructions.
 */
export const assemble = (lines: readonly Line[]): Uint8Array => {
  const far = farJumps(lines);
  const places = placesOf(lines, far);
  const instructions = lines.flatMap((line, index) => instructionsOf(line, places, index, far.has(line)));
  if (instructions.length > MOST) throw new Error(`${instructions.length} BPF instructions`);
  return encode(instructions);
};

/** The jumps that need long ones after them, which makes others longer in turn. */
const farJumps = (lines: readonly Line[]): ReadonlySet<Line> => {
  const far = new Set<Line>();
  for (let grown = true; grown; ) {
    const places = placesOf(lines, far);
    const found = lines.filter((line, index) => line.kind === "jump" && !far.has(line) && isFar(line, places, index));
    for (const line of found) far.add(line);
    grown = found.length > 0;
  }
  return far;
};

type Places = { readonly starts: readonly number[]; readonly labels: ReadonlyMap<string, number> };

const placesOf = (lines: readonly Line[], far: ReadonlySet<Line>): Places => {
  const starts: number[] = [0];
  const labels = new Map<string, number>();
  for (const line of lines) {
    const at = starts.at(-1) ?? 0;
    if (line.kind === "label") labels.set(line.name, at);
    starts.push(at + (line.kind === "label" ? 0 : far.has(line) ? 3 : 1));
  }
  return { starts, labels };
};

const isFar = (jump: Jump, places: Places, index: number): boolean => {
  const next = startOf(places, index) + 1;
  return waysOf(jump, places, index).some((way) => way - next > FARTHEST);
};

const startOf = (places: Places, index: number): number => places.starts[index] ?? 0;

const waysOf = (jump: Jump, places: Places, index: number): readonly [number, number] => [
  wayTo(jump.yes, places, index),
  wayTo(jump.no, places, index),
];

const wayTo = (label: string | undefined, places: Places, index: number): number => {
  const next = startOf(places, index + 1);
  const way = label === undefined ? next : places.labels.get(label);
  if (way === undefined || way < next) throw new Error(`no label ${label} ahead`);
  return way;
};

const LOAD = 0x20; // BPF_LD | BPF_W | BPF_ABS
const AND = 0x54; // BPF_ALU | BPF_AND | BPF_K
const GOTO = 0x05; // BPF_JMP | BPF_JA
const JUMP = { equal: 0x15, "at-least": 0x35 }; // BPF_JMP | BPF_JEQ or BPF_JGE | BPF_K
const RETURN = 0x06; // BPF_RET | BPF_K

const instructionsOf = (line: Line, places: Places, index: number, far: boolean): readonly Instruction[] => {
  switch (line.kind) {
    case "label":
      return [];
    case "load":
      return [{ code: LOAD, k: line.offset }];
    case "and":
      return [{ code: AND, k: line.mask }];
    case "jump":
      return jumpOf(line, waysOf(line, places, index), startOf(places, index), far);
    case "return":
      return [{ code: RETURN, k: line.value }];
  }
};

const jumpOf = (jump: Jump, [yes, no]: readonly [number, number], at: number, far: boolean) => {
  const code = JUMP[jump.test];
  const k = jump.value;
  if (!far) return [{ code, jt: yes - at - 1, jf: no - at - 1, k }];
  return [
    { code, jt: 0, jf: 1, k },
    { code: GOTO, k: yes - at - 2 },
    { code: GOTO, k: no - at - 3 },
  ];
};

/** __u16 code; __u8 jt; __u8 jf; __u32 k */
const encode = (instructions: readonly Instruction[]): Uint8Array => {
  const bytes = new DataView(new ArrayBuffer(instructions.length * 8));
  for (const [index, { code, jt = 0, jf = 0, k }] of instructions.entries()) {
    bytes.setUint16(index * 8, code, true);
    bytes.setUint8(index * 8 + 2, jt);
    bytes.setUint8(index * 8 + 3, jf);
    bytes.setUint32(index * 8 + 4, k, true);
  }
  return new Uint8Array(bytes.buffer);
};
