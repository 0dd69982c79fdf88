/**
 * The compiler's worker: answers the requests of `protocol.ts`, one after the other.
 *
 * It loads the module and the library itself and says how far it is; sizes come from the build's manifest, so they are
 * true whatever headers a server sends. Under Node the same file runs in a worker thread.
 */

import * as rcc from "../pkg/rcc.js";
import { manifest } from "../pkg/manifest.js";
import type { CompileOptions, CompileResult, Diagnostic, PhaseTiming, Progress, Reply, Request, Target } from "./protocol.js";

type Part = "meta" | "objects";

/** What this file needs of a worker's global scope, or of a Node thread's port. */
interface Port {
  postMessage(message: unknown, transfer?: Transferable[]): void;
}

const isNode = typeof (globalThis as { WorkerGlobalScope?: unknown }).WorkerGlobalScope === "undefined";
let port = globalThis as unknown as Port;
let libraryUrl: string | undefined;
let instance: WebAssembly.Module | undefined;
const mounted = new Map<string, Promise<void>>();

/** The library's files, each named in full so that bundlers see them. */
function libraryFile(target: Target, part: Part): URL {
  const { file } = manifest.library[target][part];
  if (libraryUrl) return new URL(file, libraryUrl.endsWith("/") ? libraryUrl : `${libraryUrl}/`);
  switch (`${target}.${part}` as const) {
    case "x86_64-unknown-linux-musl.meta":
      return new URL("../pkg/x86_64-unknown-linux-musl.meta.bin", import.meta.url);
    case "x86_64-unknown-linux-musl.objects":
      return new URL("../pkg/x86_64-unknown-linux-musl.objects.bin", import.meta.url);
    case "aarch64-unknown-linux-musl.meta":
      return new URL("../pkg/aarch64-unknown-linux-musl.meta.bin", import.meta.url);
    case "aarch64-unknown-linux-musl.objects":
      return new URL("../pkg/aarch64-unknown-linux-musl.objects.bin", import.meta.url);
  }
}

const send = (reply: Reply, transfer: Transferable[] = []) => port.postMessage(reply, transfer);

/** Fetches; under Node, files too. */
async function get(url: URL | string): Promise<Response> {
  const href = String(url);
  if (isNode && href.startsWith("file:")) {
    const fs = "node:fs/promises";
    const { readFile } = await import(/* @vite-ignore */ /* webpackIgnore: true */ fs);
    return new Response(await readFile(new URL(href)));
  }
  const response = await fetch(href);
  if (!response.ok) throw new Error(`${href}: ${response.status} ${response.statusText}`);
  return response;
}

/** The body, counted as it comes. */
function counted(response: Response, count: (bytes: number) => void): ReadableStream<Uint8Array> {
  if (!response.body) throw new Error(`${response.url} is empty`);
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      count(chunk.length);
      controller.enqueue(chunk);
    },
  });
  return response.body.pipeThrough(counter);
}

function meter(id: number, what: "compiler" | "library", total: number): (bytes: number) => void {
  let loaded = 0;
  let shown = -1;
  return (bytes) => {
    loaded = Math.min(total, loaded + bytes);
    const percent = Math.floor((100 * loaded) / total);
    if (percent === shown) return;
    shown = percent;
    send({ id, kind: "progress", progress: { kind: "download", what, loaded, total } });
  };
}

async function loadModule(id: number, url: string | undefined): Promise<WebAssembly.Module> {
  const response = await get(url ?? new URL("../pkg/rcc.wasm", import.meta.url));
  const body = counted(response, meter(id, "compiler", manifest.wasm.size));
  // A response of our own has the type that streaming compilation wants, whatever the server says.
  const typed = new Response(body as BodyInit, { headers: { "content-type": "application/wasm" } });
  if (!WebAssembly.compileStreaming) return WebAssembly.compile(await typed.arrayBuffer());
  return WebAssembly.compileStreaming(typed);
}

/** Fetches, unpacks and hands to the compiler a part of a target's library; once. */
function library(id: number, target: Target, part: Part): Promise<void> {
  const key = `${target}.${part}`;
  let done = mounted.get(key);
  if (!done) {
    done = (async () => {
      const info = manifest.library[target][part];
      const response = await get(libraryFile(target, part));
      const packed = new Uint8Array(
        await new Response(counted(response, meter(id, "library", info.packed)) as BodyInit).arrayBuffer(),
      );
      // Some servers unpack it on the way.
      let bytes = packed;
      if (packed[0] === 0x1f && packed[1] === 0x8b) {
        const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
        bytes = new Uint8Array(await new Response(unpacked as BodyInit).arrayBuffer());
      }
      await starting;
      rcc.mount(target, bytes);
    })();
    mounted.set(key, done);
    done.catch(() => mounted.delete(key));
  }
  return done;
}

let started: (() => void) | undefined;
/** Done when the module runs. */
const starting = new Promise<void>((resolve) => (started = resolve));

async function init(request: Extract<Request, { kind: "init" }>): Promise<void> {
  libraryUrl = request.libraryUrl;
  const preload = request.preload ? library(request.id, request.preload, "meta") : Promise.resolve();
  preload.catch(() => {});
  instance = request.wasmModule ?? (await loadModule(request.id, request.wasmUrl));
  rcc.initSync({ module: instance });
  started?.();
  await preload;
  send({ id: request.id, kind: "ready", module: instance, version: rcc.version() });
}

async function prepare(id: number, options: CompileOptions): Promise<void> {
  const target = options.target ?? "x86_64-unknown-linux-musl";
  if (!(target in manifest.library)) return;
  const links = (options.emit ?? []).some((e) => e === "link" || e === "elf");
  await Promise.all([library(id, target, "meta"), ...(links ? [library(id, target, "objects")] : [])]);
}

/** What the shell gives back; it becomes a `CompileResult`. */
type Outcome = Pick<CompileResult, "success" | "outputs" | "executable" | "elf" | "command">;

async function compile(id: number, options: CompileOptions): Promise<void> {
  await prepare(id, options);
  const diagnostics: Diagnostic[] = [];
  const timings: PhaseTiming[] = [];
  const begin = performance.now();
  let phase: { name: string; at: number } | undefined;
  const endPhase = () => {
    if (phase) timings.push({ name: phase.name, ms: performance.now() - phase.at });
    phase = undefined;
  };
  const onDiagnostic = (json: string) => {
    const diagnostic = JSON.parse(json) as Diagnostic;
    diagnostics.push(diagnostic);
    send({ id, kind: "diagnostic", diagnostic });
  };
  const onPhase = (name: string) => {
    endPhase();
    phase = { name, at: performance.now() };
    send({ id, kind: "progress", progress: { kind: "phase", phase: name } satisfies Progress });
  };
  let outcome: Outcome;
  let retire = false;
  try {
    outcome = rcc.compile(options, onDiagnostic, onPhase) as Outcome;
    retire = rcc.memory_bytes() > 1_500_000_000;
  } catch (error) {
    const message = explainEnd(error, phase?.name);
    if (message === undefined) throw error;
    retire = true;
    if (message !== "") onDiagnostic(JSON.stringify(plainError(message)));
    outcome = { success: false, outputs: [], executable: null, elf: null, command: "" };
  }
  endPhase();
  const result: CompileResult = { ...outcome, diagnostics, timings, totalMs: performance.now() - begin };
  const transfer = result.executable ? [result.executable.buffer as ArrayBuffer] : [];
  send({ id, kind: "compiled", result, retire }, transfer);
}

/**
 * What an exception out of the compiler means to the user: text for an error, nothing more to say (the diagnostics have
 * it all), or, `undefined`, a crash.
 */
function explainEnd(error: unknown, phase: string | undefined): string | undefined {
  // The parser limits what is nested by hand; what macros make of it may still be too much.
  if (error instanceof RangeError) {
    const when = phase ? ` (in phase ${phase.replaceAll("_", " ")})` : "";
    return `the program nests too deeply, or recurs too often, for the stack that the browser gives the compiler${when}`;
  }
  return rcc.ended_with_errors() ? "" : undefined;
}

function plainError(message: string): Diagnostic {
  return { message, code: null, level: "error", spans: [], children: [], rendered: `error: ${message}\n\n` };
}

async function answer(request: Request): Promise<void> {
  const { id } = request;
  try {
    switch (request.kind) {
      case "init":
        return await init(request);
      case "compile":
        return await compile(id, request.options);
      case "explain":
        return send({ id, kind: "explained", text: rcc.explain(request.code) ?? null });
      case "hover": {
        await prepare(id, { ...request.options, emit: [] });
        const hover = rcc.hover(request.options, request.file, request.offset);
        return send({ id, kind: "hovered", hover: hover ?? null });
      }
    }
  } catch (error) {
    const died = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    const panic = died && instance ? rcc.last_panic() : undefined;
    const message = panic ?? (error instanceof Error ? error.message : String(error));
    send({ id, kind: died ? "crashed" : "failed", message });
  }
}

/** One at a time: a request that waits for the library must not be overtaken. */
let last: Promise<void> = Promise.resolve();
function receive(request: Request): void {
  last = last.then(() => answer(request));
}

if (isNode) {
  const threads = "node:worker_threads";
  void import(/* @vite-ignore */ /* webpackIgnore: true */ threads).then(({ parentPort }) => {
    port = parentPort;
    parentPort.on("message", receive);
  });
} else {
  globalThis.addEventListener("message", (event) => receive((event as MessageEvent<Request>).data));
}
