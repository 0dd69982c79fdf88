/** Under Node: the compiler in a worker thread, behind the interface of a web worker. */

import { Worker as Thread } from "node:worker_threads";
import { createCompiler as createWith } from "./compiler.js";
import type { Compiler, CompilerSettings } from "./compiler.js";
import type { Reply } from "./protocol.js";

export { CancelledError, CrashedError, LoadError } from "./compiler.js";
export type { Compiler, CompilerSettings, RequestHandlers } from "./compiler.js";
export type * from "./protocol.js";

/** As `createCompiler` of the package's main entry. */
export function createCompiler(settings: CompilerSettings = {}): Compiler {
  return createWith({ createWorker, ...settings });
}

/** A thread that looks like a web worker, as far as the compiler's side of it goes. */
export function createWorker(): Worker {
  const thread = new Thread(new URL("./worker.js", import.meta.url), { resourceLimits: { stackSizeMb: 64 } });
  // The thread keeps the process alive while it owes an answer, and not longer.
  let owed = 0;
  const settle = (change: number) => {
    owed += change;
    if (owed > 0) thread.ref();
    else thread.unref();
  };
  const worker = {
    onmessage: null as ((event: MessageEvent<Reply>) => void) | null,
    onerror: null as ((event: ErrorEvent) => void) | null,
    postMessage: (message: unknown) => {
      settle(1);
      thread.postMessage(message);
    },
    terminate: () => void thread.terminate(),
  };
  thread.on("message", (data: Reply) => {
    if (data.kind !== "progress" && data.kind !== "diagnostic") settle(-1);
    worker.onmessage?.({ data } as MessageEvent<Reply>);
  });
  thread.on("error", (error: Error) => worker.onerror?.({ message: error.message } as ErrorEvent));
  return worker as unknown as Worker;
}
