// One end of a TCP connection, to be run inside a namespace: "listen ADDRESS PORT" says every line back, as a shell at
// the far end would; "call ADDRESS PORT" sends its standard input. Both end with their standard input, so that none
// outlives the story.
import { connect, createServer } from "node:net";

const [role, host, port] = process.argv.slice(2);

process.stdin.on("end", () => process.exit());

if (role === "listen") {
  createServer((socket) => socket.on("error", () => socket.destroy()).pipe(socket)).listen({ host, port }, () =>
    process.stdout.write("listening\n"),
  );
  process.stdin.resume();
} else {
  const socket = connect({ host, port: Number(port) });
  process.stdout.write("calling\n");
  socket.pipe(process.stdout);
  process.stdin.pipe(socket);
}
