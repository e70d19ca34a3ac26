/** The words of a member's name in lower case: `SecretAccessKey` is secret, access, key; `DBPassword` is db, password. */
export const memberWords = (name: string): readonly string[] =>
  (name.match(/[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+/g) ?? []).map((word) => word.toLowerCase());
