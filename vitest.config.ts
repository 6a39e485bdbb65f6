import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { findDesktop } from "./test/e2e/desktop-here.js";

const everything: TestProjectInlineConfiguration = {
  extends: true,
  test: {
    name: "all",
    include: ["test/**/*.test.{ts,tsx}"],
    globalSetup: ["test/browser/unpack.ts", "test/e2e/say-shells.ts"],
  },
};

/** The tests of the window once more, in the desktop application. */
const desktop: TestProjectInlineConfiguration = {
  extends: true,
  test: {
    name: "desktop",
    include: ["test/e2e/**/*.test.ts"],
    env: { OBISCOPE_SHELL: "electron" },
    // One application at a time has the focus.
    fileParallelism: false,
  },
};

export default defineConfig({
  test: {
    testTimeout: 30_000,
    pool: "threads",
    // Many tests wait for lines, browsers and processes, and leave the processor to others.
    maxWorkers: "100%",
    projects: findDesktop().kind === "desktop" ? [everything, desktop] : [everything],
  },
});
