import { defineConfig } from "vitest/config";

// Containers are slow to start, and share two cores with what they are driven by.
export default defineConfig({
  test: {
    include: ["test/image/**/*.test.ts"],
    root: new URL("../..", import.meta.url).pathname,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 3,
    globalSetup: ["test/image/provided.ts"],
  },
});
