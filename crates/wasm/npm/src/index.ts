/** Rust in the page: a compiler to native Linux executables that runs in a worker. Start with {@link createCompiler}. */

export { CancelledError, CrashedError, LoadError, createCompiler } from "./compiler.js";
export type { Compiler, CompilerSettings, RequestHandlers } from "./compiler.js";
export type * from "./protocol.js";
