/** What chance is drawn from in the tests, so that two runs of one tree try the same; `TEST_SEED=$RANDOM npm test` tries others. */
export const SEED = Number(process.env.TEST_SEED ?? 20_260_728);
