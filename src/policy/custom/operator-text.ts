/** The operator's words as one line for people: control characters are blanks, and what is long is cut. */
export const operatorText = (text: string, most = 300): string => {
  const characters = Array.from(text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, " ").trim());
  return characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : characters.join("");
};
