/** The program on the page: its files, how it is compiled, and how it is kept between visits. */

import type { CompileOptions, Edition, Emit, OptLevel, Target } from "../../crates/wasm/npm/src/protocol.js";

export interface SourceFile {
  /** Relative, with `/`. */
  path: string;
  text: string;
}

export interface Options {
  edition: Edition;
  target: Target;
  optLevel: OptLevel;
  debugAssertions: "default" | "on" | "off";
  crateName: string;
}

export interface Project {
  files: SourceFile[];
  options: Options;
}

/** The crate's root; it is always there. */
export const ROOT = "main.rs";
export const X86_64: Target = "x86_64-unknown-linux-musl";
export const AARCH64: Target = "aarch64-unknown-linux-musl";
export const TARGETS: readonly Target[] = [X86_64, AARCH64];
export const EDITIONS: readonly Edition[] = ["2015", "2018", "2021", "2024"];
export const OPT_LEVELS: readonly OptLevel[] = ["0", "1", "2", "3", "s", "z"];

export const DEFAULT_OPTIONS: Readonly<Options> = {
  edition: "2024",
  target: X86_64,
  optLevel: "0",
  debugAssertions: "default",
  crateName: "main",
};

const HELLO = `fn main() {
    let name = "world";
    println!("Hello, {name}!");
}
`;

export function helloProject(): Project {
  return { files: [{ path: ROOT, text: HELLO }], options: { ...DEFAULT_OPTIONS } };
}

/** Why a path cannot be a file's, or `null`. */
export function pathProblem(path: string, others: readonly string[]): string | null {
  if (!/^(?:[\w-]+\/)*[\w-]+(?:\.[\w-]+)+$/.test(path)) return "Use letters, digits, _ and -, with an ending: shapes.rs or shapes/circle.rs";
  if (others.includes(path)) return `There is a ${path} already`;
  return null;
}

/** What the worker is to be sent. */
export function compileOptions(project: Project, emit: Emit[], target: Target): CompileOptions {
  const { edition, optLevel, debugAssertions, crateName } = project.options;
  return {
    files: Object.fromEntries(project.files.map((file) => [file.path, file.text])),
    main: ROOT,
    edition,
    target,
    optLevel,
    crateName,
    emit,
    ...(debugAssertions === "default" ? {} : { debugAssertions: debugAssertions === "on" }),
  };
}

/** A project from data that anyone may have written; `null` if it is none. Options that are not known get their default. */
export function projectFrom(data: unknown): Project | null {
  if (typeof data !== "object" || data === null) return null;
  const { files, options } = data as { files?: unknown; options?: unknown };
  if (!Array.isArray(files) || files.length > 200) return null;
  const read: SourceFile[] = [];
  for (const file of files as unknown[]) {
    const { path, text } = (file ?? {}) as { path?: unknown; text?: unknown };
    if (typeof path !== "string" || typeof text !== "string") return null;
    if (pathProblem(path, read.map((f) => f.path)) !== null) return null;
    read.push({ path, text });
  }
  if (!read.some((file) => file.path === ROOT)) return null;
  return { files: read, options: optionsFrom(options) };
}

function optionsFrom(data: unknown): Options {
  const given = (typeof data === "object" && data !== null ? data : {}) as Record<string, unknown>;
  const pick = <T>(allowed: readonly T[], value: unknown, fallback: T): T =>
    allowed.includes(value as T) ? (value as T) : fallback;
  const name = given["crateName"];
  return {
    edition: pick(EDITIONS, given["edition"], DEFAULT_OPTIONS.edition),
    target: pick(TARGETS, given["target"], DEFAULT_OPTIONS.target),
    optLevel: pick(OPT_LEVELS, given["optLevel"], DEFAULT_OPTIONS.optLevel),
    debugAssertions: pick(["default", "on", "off"] as const, given["debugAssertions"], "default"),
    crateName: typeof name === "string" && isCrateName(name) ? name : DEFAULT_OPTIONS.crateName,
  };
}

export function isCrateName(name: string): boolean {
  return /^[A-Za-z_]\w{0,63}$/.test(name);
}

/** The name that the executable for a target is downloaded under. */
export function executableName(options: Options, target: Target): string {
  return `${options.crateName}-${target.split("-")[0] ?? target}`;
}

/** What the browser keeps for this page. Where storage is forbidden or full, nothing is kept, and the page goes on. */
export const store = {
  read(key: string): string | null {
    try {
      return localStorage.getItem(`rcc.${key}`);
    } catch {
      return null;
    }
  },
  /** Whether it was kept. */
  write(key: string, value: string): boolean {
    try {
      localStorage.setItem(`rcc.${key}`, value);
      return true;
    } catch {
      return false;
    }
  },
};

export function savedProject(key: "project" | "previous"): Project | null {
  try {
    return projectFrom(JSON.parse(store.read(key) ?? "null"));
  } catch {
    return null;
  }
}
