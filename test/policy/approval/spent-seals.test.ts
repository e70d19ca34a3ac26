import { spentInMemory } from "../../../src/policy/approval/spent-seals.js";
import { describeSpentSeals } from "./spent-law.js";

describeSpentSeals("in memory", async () => ({ views: [spentInMemory(Date.now)], close: async () => undefined }));
