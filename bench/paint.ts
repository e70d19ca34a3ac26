const colourful = process.stdout.isTTY === true && (process.env.NO_COLOR ?? "") === "";

const sgr = (code: number) => (text: string) => (colourful ? `\u001b[${code}m${text}\u001b[0m` : text);

/** Colours for people; plain text where stdout is not a terminal. */
export const paint = { bold: sgr(1), dim: sgr(2), red: sgr(31), green: sgr(32), cyan: sgr(36) };
