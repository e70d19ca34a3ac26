/** Waits until something is so. Throws where it is not within some milliseconds. */
export const until = async (isSo: () => boolean, milliseconds = 10_000): Promise<void> => {
  for (const deadline = Date.now() + milliseconds; !isSo(); ) {
    if (Date.now() > deadline) throw new Error("waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
