import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // These need the image: `npm run test:image`.
    exclude: [...configDefaults.exclude, "test/image/**"],
    setupFiles: ["test/fixed-seed.ts"],
    globalSetup: ["test/provision/global-setup.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
