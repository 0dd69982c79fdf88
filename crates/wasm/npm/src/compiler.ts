/**
 * The compiler from the outside: a promise for every request, one worker behind them, and a second one that waits warm.
 *
 * Requests run one at a time, in order. Of those of one lane only the latest counts. A worker in the middle of a
 * compilation hears nothing, so cancelling means ending it: the spare takes over, and the compiled module is handed to
 * the next spare, which then has nothing to download.
 */

import type { CompileOptions, CompileResult, Diagnostic, HoverResult, Progress, Reply, Request, Target } from "./protocol.js";

/** What a page may say differently. All of it is optional. */
export interface CompilerSettings {
  /** Where `rcc.wasm` is; beside this package's code unless said. */
  wasmUrl?: string | URL;
  /** The compiled module, if the page has it already. */
  wasmModule?: WebAssembly.Module;
  /** The folder with the library's files; beside this package's code unless said. */
  libraryUrl?: string | URL;
  /** Makes the worker, where a bundler wants it said in another way. A module worker of `./worker`. */
  createWorker?: () => Worker;
  /** The target whose library is fetched at once, with the compiler; the others come with their first use. */
  preload?: Target | null;
  /** Whether a second worker is kept warm for cancellation; yes unless the device has little memory. */
  spare?: boolean;
  /** How long a superseded request may go on before its worker is ended, in milliseconds. */
  graceMs?: number;
}

/** What a single request may say. */
export interface RequestHandlers {
  /** Of requests of one lane only the latest counts; `check` and `compile` have a lane of their own each. */
  lane?: string;
  onProgress?: (progress: Progress) => void;
  /** Each diagnostic as it comes; the result has them all again. */
  onDiagnostic?: (diagnostic: Diagnostic) => void;
  /** Cancels at once. */
  signal?: AbortSignal;
}

export interface Compiler {
  /** The compiler's version, once it can be used; rejected where it cannot be loaded. */
  readonly ready: Promise<string>;
  /** Diagnostics only. */
  check(options: CompileOptions, handlers?: RequestHandlers): Promise<CompileResult>;
  /** Diagnostics, and what `options.emit` says (`["link"]` unless said). */
  compile(options: CompileOptions, handlers?: RequestHandlers): Promise<CompileResult>;
  /** The long text about an error code, as markdown; `null` if there is none. */
  explain(code: string): Promise<string | null>;
  /** What is at an offset (UTF-16) of a file. */
  hover(options: CompileOptions, file: string, offset: number): Promise<HoverResult | null>;
  /** Hears the progress of loading, from now on; returns how to stop. */
  onProgress(listener: (progress: Progress) => void): () => void;
  /** Ends the workers. */
  dispose(): void;
}

/** A newer request of the same lane came, the signal was given, or the compiler was disposed of. */
export class CancelledError extends Error {
  override name = "CancelledError";
}

/** The compiler died of a bug of its own. It is started anew for the next request; the input is still with the caller. */
export class CrashedError extends Error {
  override name = "CrashedError";
}

/** Something could not be loaded; the next request tries again. */
export class LoadError extends Error {
  override name = "LoadError";
}

type Body = Request extends infer R ? (R extends { id: number } ? Omit<R, "id"> : never) : never;

interface Job {
  body: Body;
  lane: string | null;
  handlers: RequestHandlers;
  resolve: (reply: Reply) => void;
  reject: (why: Error) => void;
  /** Nobody waits for it any more. */
  dropped: boolean;
}

interface Slot {
  worker: Worker;
  ready: Promise<string>;
  isReady: boolean;
  /** It could not be loaded. */
  hasFailed: boolean;
  listeners: Map<number, (reply: Reply) => void>;
}

/** Starts the compiler. Nothing is loaded before the first call of this. */
export function createCompiler(settings: CompilerSettings = {}): Compiler {
  return new WorkerCompiler(settings);
}

class WorkerCompiler implements Compiler {
  readonly ready: Promise<string>;
  private current: Slot;
  private spare: Slot | null = null;
  private module: WebAssembly.Module | undefined;
  private running: Job | null = null;
  private readonly queue: Job[] = [];
  private readonly progressListeners = new Set<(progress: Progress) => void>();
  private nextId = 1;
  private disposed = false;
  private spareTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly settings: CompilerSettings;

  constructor(settings: CompilerSettings) {
    this.settings = settings;
    this.module = settings.wasmModule;
    this.current = this.start(true);
    this.ready = this.current.ready;
    this.ready.catch(() => {});
  }

  check(options: CompileOptions, handlers: RequestHandlers = {}): Promise<CompileResult> {
    return this.compileInLane({ ...options, emit: [] }, "check", handlers);
  }

  compile(options: CompileOptions, handlers: RequestHandlers = {}): Promise<CompileResult> {
    return this.compileInLane({ ...options, emit: options.emit ?? ["link"] }, "compile", handlers);
  }

  async explain(code: string): Promise<string | null> {
    const reply = await this.request({ kind: "explain", code }, null, {});
    return reply.kind === "explained" ? reply.text : null;
  }

  async hover(options: CompileOptions, file: string, offset: number): Promise<HoverResult | null> {
    const reply = await this.request({ kind: "hover", options, file, offset }, "hover", {});
    return reply.kind === "hovered" ? reply.hover : null;
  }

  onProgress(listener: (progress: Progress) => void): () => void {
    this.progressListeners.add(listener);
    return () => void this.progressListeners.delete(listener);
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.spareTimer);
    this.current.worker.terminate();
    this.spare?.worker.terminate();
    for (const job of [...this.queue.splice(0), ...(this.running ? [this.running] : [])]) drop(job);
    this.running = null;
  }

  private async compileInLane(options: CompileOptions, lane: string, handlers: RequestHandlers): Promise<CompileResult> {
    lane = handlers.lane ?? lane;
    const reply = await this.request({ kind: "compile", lane, options }, lane, handlers);
    if (reply.kind !== "compiled") throw new CrashedError(`unexpected answer \`${reply.kind}\``);
    return reply.result;
  }

  private request(body: Body, lane: string | null, handlers: RequestHandlers): Promise<Reply> {
    return new Promise((resolve, reject) => {
      if (this.disposed || handlers.signal?.aborted) return reject(new CancelledError("cancelled"));
      const job: Job = { body, lane, handlers, resolve, reject, dropped: false };
      handlers.signal?.addEventListener("abort", () => this.cancel(job), { once: true });
      if (lane !== null) this.supersede(lane);
      this.queue.push(job);
      this.pump();
    });
  }

  /** Drops what is older in a lane. */
  private supersede(lane: string): void {
    for (const job of this.queue.filter((j) => j.lane === lane)) {
      this.queue.splice(this.queue.indexOf(job), 1);
      drop(job);
    }
    const running = this.running;
    if (running?.lane !== lane || running.dropped) return;
    drop(running);
    // Most are nearly done, and to end a worker costs more than to wait for it.
    setTimeout(() => this.end(running), this.settings.graceMs ?? 300);
  }

  private cancel(job: Job): void {
    const at = this.queue.indexOf(job);
    if (at >= 0) this.queue.splice(at, 1);
    drop(job);
    this.end(job);
  }

  /** Ends the worker if it is still at this job. */
  private end(job: Job): void {
    if (this.running === job && !this.disposed) this.replace();
  }

  /** Puts the spare, or a new worker, in the place of the current one. */
  private replace(): void {
    this.current.worker.terminate();
    this.running = null;
    this.current = this.spare ?? this.start(false);
    this.spare = null;
    this.pump();
  }

  private pump(): void {
    const slot = this.current;
    if (this.running || this.queue.length === 0 || this.disposed) return;
    if (slot.hasFailed) return this.replace();
    if (!slot.isReady) {
      slot.ready.then(
        () => this.pump(),
        (why: Error) => {
          // Whoever waits is told; the next request tries again.
          if (this.current !== slot) return;
          for (const job of this.queue.splice(0)) job.reject(why);
        },
      );
      return;
    }
    const job = this.queue.shift();
    if (!job) return;
    this.running = job;
    const id = this.nextId++;
    slot.listeners.set(id, (reply) => this.answer(slot, id, job, reply));
    slot.worker.postMessage({ ...job.body, id } as Request);
  }

  private answer(slot: Slot, id: number, job: Job, reply: Reply): void {
    switch (reply.kind) {
      case "progress":
        if (!job.dropped) job.handlers.onProgress?.(reply.progress);
        for (const listener of this.progressListeners) listener(reply.progress);
        return;
      case "diagnostic":
        if (!job.dropped) job.handlers.onDiagnostic?.(reply.diagnostic);
        return;
      case "crashed":
        job.reject(new CrashedError(reply.message));
        break;
      case "failed":
        job.reject(new LoadError(reply.message));
        break;
      default:
        job.resolve(reply);
    }
    slot.listeners.delete(id);
    if (this.running !== job || this.current !== slot) return;
    this.running = null;
    if (reply.kind === "crashed" || (reply.kind === "compiled" && reply.retire)) return this.replace();
    this.pump();
    if (!this.running) this.prepareSpare();
  }

  /** Makes the spare when nothing else is to be done. */
  private prepareSpare(): void {
    const memory = (globalThis.navigator as { deviceMemory?: number } | undefined)?.deviceMemory ?? 8;
    const wanted = this.settings.spare ?? (typeof document !== "undefined" && memory > 2);
    if (!wanted || this.spare || this.disposed) return;
    clearTimeout(this.spareTimer);
    this.spareTimer = setTimeout(() => {
      if (this.running || this.spare || this.disposed) return;
      const spare = this.start(false);
      this.spare = spare;
      spare.ready.catch(() => {
        if (this.spare === spare) this.spare = null;
      });
    }, 1500);
  }

  private start(first: boolean): Slot {
    const worker = this.settings.createWorker ? this.settings.createWorker() : defaultWorker();
    const listeners = new Map<number, (reply: Reply) => void>();
    const slot: Slot = { worker, ready: Promise.resolve(""), isReady: false, hasFailed: false, listeners };
    const id = this.nextId++;
    slot.ready = new Promise((resolve, reject) => {
      const fail = (message: string) => {
        reject(new LoadError(message));
        for (const [other, listener] of [...listeners]) listener({ id: other, kind: "crashed", message });
      };
      worker.onmessage = (event: MessageEvent<Reply>) => listeners.get(event.data.id)?.(event.data);
      worker.onerror = (event: ErrorEvent) => fail(event.message || "the compiler's worker cannot be loaded");
      listeners.set(id, (reply) => {
        if (reply.kind === "progress" && first) for (const listener of this.progressListeners) listener(reply.progress);
        if (reply.kind === "ready") {
          listeners.delete(id);
          this.module = reply.module;
          slot.isReady = true;
          resolve(reply.version);
        } else if (reply.kind === "failed" || reply.kind === "crashed") {
          listeners.delete(id);
          reject(new LoadError(reply.message));
        }
      });
    });
    slot.ready.catch(() => (slot.hasFailed = true));
    const preload = this.settings.preload;
    const init: Request = {
      id,
      kind: "init",
      ...(this.settings.wasmUrl ? { wasmUrl: absolute(this.settings.wasmUrl) } : {}),
      ...(this.module ? { wasmModule: this.module } : {}),
      ...(this.settings.libraryUrl ? { libraryUrl: absolute(this.settings.libraryUrl) } : {}),
      preload: preload === undefined ? "x86_64-unknown-linux-musl" : preload,
    };
    worker.postMessage(init);
    return slot;
  }
}

function drop(job: Job): void {
  if (job.dropped) return;
  job.dropped = true;
  job.reject(new CancelledError("cancelled"));
}

function absolute(url: string | URL): string {
  const base = typeof document !== "undefined" ? document.baseURI : import.meta.url;
  return new URL(url, base).href;
}

function defaultWorker(): Worker {
  if (typeof Worker === "undefined") {
    throw new Error("there are no web workers here: give `createWorker` (under Node, that of `rcc-wasm/node`)");
  }
  return new Worker(new URL("./worker.js", import.meta.url), { type: "module", name: "rcc" });
}
