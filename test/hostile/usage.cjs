// Loaded before each program: when it ends, it tells its starter what it has used. It costs nothing before.
process.on("exit", () => {
  const { isMainThread } = require("node:worker_threads");
  if (!isMainThread) return;
  try {
    require("node:fs").writeSync(3, JSON.stringify(process.resourceUsage()));
  } catch {
    // A program that was started by the program: nobody listens.
  }
});
