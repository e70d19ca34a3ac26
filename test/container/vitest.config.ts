import { defineConfig } from "vitest/config";

// The repository is read-only there and was built outside; nothing is got from anywhere.
export default defineConfig({
  cacheDir: "/tmp/vite",
  test: {
    include: ["test/executor/confine/*.test.ts", "test/executor/confine/elf/*.test.ts"],
    root: new URL("../..", import.meta.url).pathname,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    globalSetup: ["test/container/provided.ts"],
  },
});
