declare module "jmespath" {
  /** Parses an expression; throws when it is none. The published types leave it out. */
  export const compile: (expression: string) => unknown;
}
