// Loaded before each measured program: when that ends, it writes what the process has used. It costs nothing before.
process.on("exit", () => {
  const { isMainThread } = require("node:worker_threads");
  if (isMainThread)
    require("node:fs").writeFileSync(process.env.BENCH_USAGE_FILE, JSON.stringify(process.resourceUsage()));
});
