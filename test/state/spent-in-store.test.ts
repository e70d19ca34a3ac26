import { describeSpentSeals } from "../policy/approval/spent-law.js";
import { closeStates, openState } from "./open-state.js";
import { startRedis } from "./start-redis.js";

describeSpentSeals("in a store that three look into", async () => {
  const redis = await startRedis();
  const [one, two, three] = [openState(redis.url).store, openState(redis.url).store, openState(`${redis.url}/0`).store];
  return {
    views: [one, two, three],
    close: async () => {
      closeStates();
      await redis.remove();
    },
  };
});
