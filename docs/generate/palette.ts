// Colours of the pictures, by scheme. A panel of their own lies below everything, so that the page around does not matter.

/** What a shape is filled and framed with, and what is written on it. */
export type Paint = {
  readonly fill: string;
  readonly stroke: string;
  readonly title: string;
  readonly says: string;
};

export const TONES = ["panel", "step", "piece", "good", "refusal", "person", "audit"] as const;
export type Tone = (typeof TONES)[number];

export type Palette = Readonly<Record<Tone, Paint>> & { readonly line: string };

export const light: Palette = {
  panel: { fill: "#ffffff", stroke: "#d1d9e0", title: "#1f2328", says: "#59636e" },
  step: { fill: "#f6f8fa", stroke: "#6e7781", title: "#1f2328", says: "#515a64" },
  piece: { fill: "#ffffff", stroke: "#c3cbd3", title: "#1f2328", says: "#515a64" },
  good: { fill: "#ebf7ee", stroke: "#1a7f37", title: "#0f4d22", says: "#2c5a3a" },
  refusal: { fill: "#fff1f0", stroke: "#c4232f", title: "#8b1620", says: "#7a3038" },
  person: { fill: "#fff8e0", stroke: "#8f6200", title: "#5c3c00", says: "#644a14" },
  audit: { fill: "#eef5ff", stroke: "#0a5fc2", title: "#0a3a75", says: "#2d4d77" },
  line: "#59636e",
};

export const dark: Palette = {
  panel: { fill: "#0d1117", stroke: "#30363d", title: "#f0f6fc", says: "#b1bac4" },
  step: { fill: "#171d25", stroke: "#7d8793", title: "#f0f6fc", says: "#b1bac4" },
  piece: { fill: "#262d36", stroke: "#4b545f", title: "#f0f6fc", says: "#b1bac4" },
  good: { fill: "#11261a", stroke: "#3fb950", title: "#a6ecb3", says: "#a3cfae" },
  refusal: { fill: "#2d1518", stroke: "#f4635c", title: "#ffc2bd", says: "#e6b3b0" },
  person: { fill: "#2b2210", stroke: "#d29922", title: "#f5d88a", says: "#dcc794" },
  audit: { fill: "#0f2038", stroke: "#58a6ff", title: "#b6d9ff", says: "#a9c6e8" },
  line: "#9aa4b0",
};

/**
 * The contrast ratio of two colours, from 1 to 21, as WCAG 2.2 defines it.
 *
 * @param one a colour as `#rrggbb`
 * @param other another one
 */
export const contrast = (one: string, other: string): number => {
  const [dimmer = 0, brighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (brighter + 0.05) / (dimmer + 0.05);
};

const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
