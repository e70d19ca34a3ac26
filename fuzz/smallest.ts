/** The text without every part that does not matter: ever smaller parts are left out while it stays bad. */
export const smallest = (text: string, isBad: (text: string) => boolean, tries = 400): string => {
  let least = text;
  let left = tries;
  for (let size = Math.ceil(least.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < least.length && left > 0; ) {
      const less = least.slice(0, at) + least.slice(at + size);
      left--;
      if (isBad(less)) least = less;
      else at += size;
    }
  }
  return least;
};
