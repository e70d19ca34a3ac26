/** What a server without settings has for the variables of a text. */
export const SETTINGS = { profiles: ["default"], regions: new Map([["default", "us-east-1"]]) } as const;
