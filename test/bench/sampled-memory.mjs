// Loaded before a measured program: says on standard error how much memory it was seen to take at most.
// The system's own maximum is of no use here: a process begins with that of the one that has started it.
let peak = 0;
const look = () => {
  peak = Math.max(peak, process.memoryUsage.rss());
};
setInterval(look, 10).unref();
process.on("exit", () => {
  look();
  process.stderr.write(`\nsampled-memory ${peak}\n`);
});
