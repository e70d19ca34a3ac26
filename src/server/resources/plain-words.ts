import { oneLine } from "../../language/visible.js";

/** Characters of what a program said that are shown. */
const MOST = 500;

/**
 * What a program said, on one line, cut, and without anything that has the form of a key: whoever runs a
 * `credential_process` may have it write one when it fails.
 */
export const plainWords = (text: string): string => oneLine(text.replace(KEYS, "…").trim().slice(0, MOST));

// Ids of keys (IAM user guide, "Unique identifiers"), secret keys of 40 characters, and session tokens, which are longer.
const KEYS =
  /\b(?:AKIA|ASIA)[A-Z0-9]{8,}\b|(?<![A-Za-z0-9/+=])(?=[^ ]*[A-Z])(?=[^ ]*[a-z])(?=[^ ]*\d)(?:[A-Za-z0-9/+]{40}|[A-Za-z0-9/+=]{100,})(?![A-Za-z0-9/+=])/g;
