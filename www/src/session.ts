/**
 * The page's dealings with the compiler: checks after each edit, builds on request, what to do when it takes too long or
 * dies. It knows nothing of the document.
 */

import { CancelledError, CrashedError, createCompiler, type Compiler } from "../../crates/wasm/npm/src/index.js";
import type { CompileOptions, CompileResult, Diagnostic, Emit, HoverResult, Progress, Target } from "../../crates/wasm/npm/src/protocol.js";
import { TARGETS, X86_64, compileOptions, type Project } from "./project.js";

/** After this a check is stopped: someone is typing and wants to go on. */
const CHECK_LIMIT_MS = 10_000;
/** Builds may take longer; they can be stopped by hand. */
const BUILD_LIMIT_MS = 120_000;

export type Activity =
  | { kind: "loading"; what: string; loaded: number; total: number }
  | { kind: "checking"; phase: string | null }
  | { kind: "building"; target: Target; phase: string | null }
  | { kind: "idle" }
  | { kind: "unavailable"; why: string };

/** What came of a check or a build, with the texts that it was about. */
export interface Outcome {
  result: CompileResult;
  texts: ReadonlyMap<string, string>;
  target: Target;
  /** From the keystroke that led to it, in milliseconds; for checks. */
  latency: number | null;
}

export interface SessionEvents {
  onActivity: (activity: Activity) => void;
  onVersion: (version: string) => void;
  /** The compiler is loaded, at the first try or a later one. */
  onReady: () => void;
  /** Diagnostics that have come while the check goes on. */
  onPartial: (diagnostics: readonly Diagnostic[], texts: ReadonlyMap<string, string>) => void;
  onChecked: (outcome: Outcome) => void;
  onBuilt: (outcome: Outcome) => void;
  /** The check or build of these texts ended without a result: it took too long. */
  onTimeout: (what: "check" | "build", seconds: number) => void;
  onCrash: (message: string) => void;
}

export class Session {
  private readonly compiler: Compiler;
  private readonly project: () => Project;
  private readonly emit: () => Emit[];
  private readonly events: SessionEvents;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private build: AbortController | null = null;
  private ready = false;
  private editedAt: number | null = null;
  private lastCheckMs = 60;
  /** Counts the edits: what came of an older text is not shown. */
  private edits = 0;

  constructor(project: () => Project, emit: () => Emit[], events: SessionEvents) {
    this.project = project;
    this.emit = emit;
    this.events = events;
    this.compiler = createCompiler({
      createWorker: () =>
        new Worker(new URL("../../crates/wasm/npm/src/worker.ts", import.meta.url), { type: "module", name: "rcc" }),
      preload: project().options.target,
    });
    this.compiler.onProgress((progress) => this.loading(progress));
    this.compiler.ready.then(
      (version) => {
        events.onVersion(version);
        this.setReady();
      },
      (why: Error) => events.onActivity({ kind: "unavailable", why: why.message }),
    );
  }

  /** The text changed: a check follows, soon. */
  edited(): void {
    this.editedAt = performance.now();
    this.edits++;
    clearTimeout(this.timer);
    // Whoever types fast should not start a check with each letter; a fast check need not wait.
    const delay = Math.min(Math.max(this.lastCheckMs / 2, 25), 400);
    this.timer = setTimeout(() => void this.check(), delay);
  }

  /** Checks, and asks for what the shown pane needs. */
  async check(): Promise<void> {
    clearTimeout(this.timer);
    const project = this.project();
    const { target } = project.options;
    const texts = textsOf(project);
    const editedAt = this.editedAt;
    this.editedAt = null;
    const activity = (phase: string | null) => {
      if (this.ready && !this.build) this.events.onActivity({ kind: "checking", phase });
    };
    activity(null);
    const partial: Diagnostic[] = [];
    let shown = performance.now();
    const { edits } = this;
    const outcome = await this.run("check", CHECK_LIMIT_MS, new AbortController(), compileOptions(project, this.emit(), target), {
      onPhase: activity,
      onDiagnostic: (diagnostic) => {
        partial.push(diagnostic);
        // With each, a second look at all of them: not too often.
        if (performance.now() - shown < 250 + partial.length || edits !== this.edits) return;
        shown = performance.now();
        this.events.onPartial(partial, texts);
      },
    });
    // Of an older text; the next check is on its way.
    if (!outcome || edits !== this.edits) return;
    this.lastCheckMs = outcome.totalMs;
    const latency = editedAt === null ? null : performance.now() - editedAt;
    this.events.onChecked({ result: outcome, texts, target, latency });
  }

  /** Builds for both targets, the chosen one first. */
  async buildAll(): Promise<void> {
    this.stop();
    const abort = new AbortController();
    this.build = abort;
    const project = this.project();
    const texts = textsOf(project);
    const chosen = project.options.target;
    for (const target of [chosen, ...TARGETS.filter((other) => other !== chosen)]) {
      this.events.onActivity({ kind: "building", target, phase: null });
      const result = await this.run("build", BUILD_LIMIT_MS, abort, compileOptions(project, ["link", "elf"], target), {
        onPhase: (phase) => this.events.onActivity({ kind: "building", target, phase }),
      });
      if (this.build !== abort) return;
      if (!result) break;
      this.events.onBuilt({ result, texts, target, latency: null });
      if (!result.success) break;
    }
    this.build = null;
    this.events.onActivity({ kind: "idle" });
  }

  /** Stops a build. */
  stop(): void {
    const running = this.build;
    this.build = null;
    running?.abort();
    if (running) this.events.onActivity({ kind: "idle" });
  }

  explain(code: string): Promise<string | null> {
    return this.compiler.explain(code);
  }

  /** What is at an offset; `null` too when the compiler has other things to do. */
  async hover(file: string, offset: number): Promise<HoverResult | null> {
    if (!this.ready || this.build) return null;
    const project = this.project();
    try {
      return await this.compiler.hover(compileOptions(project, [], project.options.target), file, offset);
    } catch (error) {
      if (error instanceof CrashedError) this.events.onCrash(error.message);
      return null;
    }
  }

  /** Runs a request within its time; `null` if it came to nothing, of which the events tell. */
  private async run(
    what: "check" | "build",
    limit: number,
    abort: AbortController,
    options: CompileOptions,
    { onPhase, onDiagnostic }: { onPhase: (phase: string) => void; onDiagnostic?: (diagnostic: Diagnostic) => void },
  ): Promise<CompileResult | null> {
    let timedOut = false;
    let clock: ReturnType<typeof setTimeout> | undefined;
    const onProgress = (progress: Progress) => {
      if (progress.kind !== "phase") return;
      // From the first phase on: neither what is still to be loaded counts nor what runs before.
      clock ??= setTimeout(() => {
        timedOut = true;
        abort.abort();
      }, limit);
      onPhase(progress.phase);
    };
    try {
      const handlers = { lane: what, signal: abort.signal, onProgress, ...(onDiagnostic ? { onDiagnostic } : {}) };
      const result = await this.compiler.compile(options, handlers);
      this.setReady();
      if (what === "check" && !this.build) this.events.onActivity({ kind: "idle" });
      return result;
    } catch (error) {
      if (timedOut) this.events.onTimeout(what, limit / 1000);
      else if (error instanceof CrashedError) this.events.onCrash(error.message);
      else if (!(error instanceof CancelledError)) this.events.onActivity({ kind: "unavailable", why: (error as Error).message });
      return null;
    } finally {
      clearTimeout(clock);
    }
  }

  private setReady(): void {
    if (this.ready) return;
    this.ready = true;
    this.events.onReady();
  }

  private loading(progress: Progress): void {
    if (progress.kind !== "download") return;
    const { what, loaded, total } = progress;
    this.events.onActivity({ kind: "loading", what, loaded, total });
  }
}

export function targetName(target: Target): string {
  return target === X86_64 ? "x86-64" : "aarch64";
}

function textsOf(project: Project): ReadonlyMap<string, string> {
  return new Map(project.files.map((file) => [file.path, file.text]));
}
