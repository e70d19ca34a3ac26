/** Why commands that change something may not start. */
export type WritesProblem = { readonly code: "writes-exhausted"; readonly message: string; readonly hint: string };

/** How many aws commands of one principal that change something may still start. All that it sends shares it. */
export type WritesLeft = {
  /** Why so many may not start; nothing where they may. Takes none. */
  readonly problem: (count: number) => WritesProblem | undefined;
  /** Takes so many, or none of them and says why. */
  readonly take: (count: number) => WritesProblem | undefined;
  /** What was taken for commands that have not started. */
  readonly giveBack: (count: number) => void;
};

/** @param most how many may start as long as the server runs; 0 is none */
export const createWritesLeft = (most: number): WritesLeft => {
  let left = most;
  const problem = (count: number): WritesProblem | undefined =>
    count > left ? exhausted(count, left, most) : undefined;
  return {
    problem,
    take: (count) => {
      const found = problem(count);
      if (found === undefined) left -= count;
      return found;
    },
    giveBack: (count) => {
      left += count;
    },
  };
};

const exhausted = (count: number, left: number, most: number): WritesProblem => ({
  code: "writes-exhausted",
  message: left === 0 ? noneLeft(most) : tooMany(count, left, most),
  hint: `${left === 0 ? "" : `send at most ${left} of them in one text; `}reads still run; for more a person runs it, or the operator starts the server with a larger AWS_MCP_MAX_WRITES`,
});

const noneLeft = (most: number): string =>
  most === 0
    ? "AWS_MCP_MAX_WRITES is 0: no command may change anything through this server"
    : `the server lets ${commands(most)} change something as long as it runs, and none is left`;

const tooMany = (count: number, left: number, most: number): string =>
  `the text changes something with ${commands(count)}, and of the ${most} that may as long as the server runs ${left === 1 ? "1 is" : `${left} are`} left`;

const commands = (count: number): string => `${count} ${count === 1 ? "command" : "commands"}`;
