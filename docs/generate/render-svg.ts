import type { Drawing, Point, Shape } from "./drawing.js";
import { dark, light, type Palette, TONES } from "./palette.js";
import { SIZES } from "./text-width.js";

const SANS = `system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif`;
const MONO = `ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace`;

/**
 * A picture as SVG. Its colours follow the reader's scheme by a media query, which an image of a page has too; texts are
 * texts, and a title and a description say in words what it shows.
 */
export const renderSvg = (drawing: Drawing, title: string, description: string): string => {
  const { width, height, shapes } = drawing;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="description">${escaped(description)}</desc>`,
    `<style>`,
    `text { font-family: ${SANS}; font-size: ${SIZES.says}px }`,
    `.title { font-size: ${SIZES.title}px; font-weight: 600 }`,
    `.code { font-family: ${MONO}; font-size: ${SIZES.code}px; white-space: pre }`,
    `.line { fill: none; stroke-width: 1.5; stroke-linejoin: round }`,
    `.dashed { stroke-dasharray: 5 4 }`,
    colours(light),
    `@media (prefers-color-scheme: dark) {`,
    colours(dark),
    `}`,
    `</style>`,
    ...shapes.map(element),
    `</svg>`,
    "",
  ].join("\n");
};

const colours = (palette: Palette): string =>
  [
    ...TONES.flatMap((tone) => {
      const { fill, stroke, title, says } = palette[tone];
      return [
        `.${tone} { fill: ${fill}; stroke: ${stroke} }`,
        `.on-${tone} { fill: ${says} } .title.on-${tone}, .code.on-${tone} { fill: ${title} }`,
      ];
    }),
    `.line { stroke: ${palette.line} } .head { fill: ${palette.line} }`,
  ].join("\n");

const element = (shape: Shape): string => {
  switch (shape.kind) {
    case "box": {
      const { tone, x, y, width, height, dashed } = shape;
      const radius = tone === "piece" ? 4 : 8;
      return `<rect class="${tone}${dashed === true ? " dashed" : ""}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}"/>`;
    }
    case "text": {
      const { face, on, x, y, text } = shape;
      return `<text class="${face} on-${on}" x="${x}" y="${y}">${escaped(text)}</text>`;
    }
    case "arrow": {
      const path = shape.points.map(([x, y], at) => `${at === 0 ? "M" : "L"}${x} ${y}`).join(" ");
      const line = `<path class="line${shape.stroke === "solid" ? "" : " dashed"}" d="${path}"/>`;
      return shape.stroke === "line" ? line : `${line}\n<path class="head" d="${head(shape.points)}"/>`;
    }
  }
};

/** The triangle at the end of an arrow, in the direction of its last part. */
const head = (points: readonly Point[]): string => {
  const [toX, toY] = points.at(-1) ?? [0, 0];
  const [fromX, fromY] = points.at(-2) ?? [0, 0];
  const [dx, dy] = [Math.sign(toX - fromX), Math.sign(toY - fromY)];
  const corner = (side: number): string => `L${toX - 8 * dx + 4.5 * side * dy} ${toY - 8 * dy + 4.5 * side * dx}`;
  return `M${toX} ${toY} ${corner(1)} ${corner(-1)} Z`;
};

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
