import { connect } from "../../bench/connect.js";

/** What a server says that it has, as a bundle's manifest repeats it. */
export type ServerOffers = {
  readonly tools: readonly Offer[];
  readonly prompts: readonly (Offer & { readonly arguments: readonly string[] })[];
};

type Offer = { readonly name: string; readonly description: string };

/** Starts the built server and asks it for its tools and prompts. */
export const serverOffers = async (server: string): Promise<ServerOffers> => {
  const { client, close } = await connect(server, {});
  try {
    const [{ tools }, { prompts }] = [await client.listTools(), await client.listPrompts()];
    return {
      tools: tools.map(({ name, description }) => ({ name, description: firstSentence(description) })),
      prompts: prompts.map(({ name, description = "", arguments: given = [] }) => ({
        ...{ name, description },
        arguments: given.map((argument) => argument.name),
      })),
    };
  } finally {
    await close();
  }
};

const firstSentence = (text = ""): string => /^[^.]*/.exec(text)?.[0] ?? text;
