import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

const CHILD = path.join(import.meta.dirname, "server-child.ts");

/** A server that runs in another process. */
export interface ServerProcess {
  readonly url: string;
  /** Processor time of the server with all its threads up to now. */
  cpuMs(): Promise<number>;
  close(): Promise<void>;
}

/** Starts a server over a region and waits until it listens. */
export async function startServer(directory: string, threads: number): Promise<ServerProcess> {
  const child = fork(CHILD, [path.resolve(directory), String(threads)], {
    execArgv: ["--conditions=@gradeway/source"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const { url } = await reply<{ readonly url: string }>(child);
  return {
    url,
    async cpuMs() {
      const answered = reply<{ readonly cpuMs: number }>(child);
      child.send("cpu");
      return (await answered).cpuMs;
    },
    async close() {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}

/** The next message of a child; one that ends instead has failed. */
async function reply<T>(child: ChildProcess): Promise<T> {
  const settled = new AbortController();
  const { signal } = settled;
  try {
    const ended = once(child, "exit", { signal }).then(([code]) => {
      throw new Error(`the server ended with exit code ${code}`);
    });
    const said = once(child, "message", { signal });
    ended.catch(() => undefined);
    said.catch(() => undefined);
    const [message] = await Promise.race([said, ended]);
    return message as T;
  } finally {
    settled.abort();
  }
}
