// Loaded before a measured program: says on standard error how much memory it took at most.
process.on("exit", () => {
  process.stderr.write(`\npeak-memory-kb ${process.resourceUsage().maxRSS}\n`);
});
