// Starts the program that is named first: when it ends, it tells its starter what it has used. It costs nothing before.
// (Node itself looks into the package.json of the working directory for a module that --require names, be it a FIFO.)
process.on("exit", () => {
  const { isMainThread } = require("node:worker_threads");
  if (!isMainThread) return;
  try {
    require("node:fs").writeSync(3, JSON.stringify(process.resourceUsage()));
  } catch {
    // A program that was started by the program: nobody listens.
  }
});

process.argv.splice(1, 1);
void import(require("node:url").pathToFileURL(process.argv[1]).href);
