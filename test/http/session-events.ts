import type { Message } from "../server/approval-raw.js";

/** A stream of events, read as it comes. */
export type Events = {
  /** The stream's text so far. */
  readonly text: () => string;
  /** The first message so far, or to come, of which this is so. */
  readonly message: (is: (message: Message) => boolean) => Promise<Message>;
  readonly messages: () => readonly Message[];
  /** Settles when the other side, or `leave`, has ended the stream. */
  readonly ended: Promise<void>;
  readonly leave: () => void;
};

/** Reads the events of an answer. */
export const eventsOf = (answer: Response, leave: () => void = () => undefined): Events => {
  let text = "";
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of answer.body ?? []) text += decoder.decode(chunk, { stream: true });
    } catch {
      // It was left.
    }
  };
  const ended = read();
  const messages = (): readonly Message[] =>
    [...text.matchAll(/^event: message\n(?:id: .*\n)?data: (.*)$/gm)].map(
      ([, data = ""]) => JSON.parse(data) as Message,
    );
  return {
    text: () => text,
    messages,
    message: async (is) => {
      for (const deadline = Date.now() + 10_000; ; ) {
        const found = messages().find(is);
        if (found !== undefined) return found;
        if (Date.now() > deadline) throw new Error(`no such message: ${text}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    ended,
    leave,
  };
};
