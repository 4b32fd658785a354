import { request } from "node:http";

import { describeError } from "../../files/compose-text.js";
import { failure, success, type Result } from "../../../kit/result.js";

const TIMEOUT_MS = 8_000;
const MOST_BYTES = 64 * 2 ** 20;

/** Asks the engine itself, with GET only. A fault is a clause. */
export function askSocket(socketPath: string, path: string): Promise<Result<unknown, string>> {
  return new Promise((resolve) => {
    const fail = (why: string): void => resolve(failure(`${socketPath} ${why}`));
    const ask = request({ socketPath, path, method: "GET", timeout: TIMEOUT_MS }, (response) => {
      const parts: Buffer[] = [];
      let length = 0;
      response.on("data", (part: Buffer) => {
        length += part.length;
        if (length > MOST_BYTES) ask.destroy(new Error("its answer has no end"));
        else parts.push(part);
      });
      response.on("error", (error) => fail(`did not answer (${describeError(error)})`));
      response.on("end", () => {
        if (response.statusCode !== 200) return fail(`answered with status ${response.statusCode ?? 0}`);
        try {
          const json: unknown = JSON.parse(Buffer.concat(parts).toString("utf8"));
          resolve(success(json));
        } catch {
          fail("did not answer with JSON");
        }
      });
    });
    ask.on("timeout", () => ask.destroy(new Error("no answer in time")));
    ask.on("error", (error) => fail(`can't be asked (${describeError(error)})`));
    ask.end();
  });
}
