/** Texts that many options of a file share, each under its shape's name. */
export type Interned = {
  readonly key: (shape: string, text: string) => string;
  readonly lines: () => readonly string[];
};

/** `word` begins each line: `@values Tenancy default|dedicated`. Another text under the same name gets `.2` and so on. */
export const interned = (word: string): Interned => {
  const texts = new Map<string, string>();
  const key = (shape: string, text: string): string => {
    for (let count = 1; ; count += 1) {
      const name = count === 1 ? shape : `${shape}.${count}`;
      const known = texts.get(name);
      if (known === undefined) texts.set(name, text);
      if (known === undefined || known === text) return name;
    }
  };
  const lines = (): readonly string[] => [...texts].map(([name, text]) => `${word} ${name} ${text}`).sort();
  return { key, lines };
};
