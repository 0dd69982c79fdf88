/**
 * What the compiler's worker and those who use it say to each other.
 *
 * A request has an id; everything that answers it carries the same. Of requests of one `lane` only the latest counts:
 * an older one that has not begun is dropped, and one that runs is answered with `cancelled`.
 */

/** The two targets, each from any host. */
export type Target = "x86_64-unknown-linux-musl" | "aarch64-unknown-linux-musl";
export type Edition = "2015" | "2018" | "2021" | "2024";
export type OptLevel = "0" | "1" | "2" | "3" | "s" | "z";

/** What a compilation is asked for. `link` is the executable; `elf` describes it; the others are stages as text. */
export type Emit = "link" | "elf" | "expanded" | "hir" | "thir" | "mir" | "clif" | "asm";

/** The program and how it is compiled; as `rcc`'s flags. */
export interface CompileOptions {
  /** Path to text, relative, with `/`. */
  files: Record<string, string>;
  /** The crate's root among `files`; `main.rs` unless said. */
  main?: string;
  edition?: Edition;
  target?: Target;
  optLevel?: OptLevel;
  /** `-C debug-assertions`; as rustc's default unless said. */
  debugAssertions?: boolean;
  crateName?: string;
  /** Empty: check only. */
  emit?: Emit[];
  /** More of rustc's flags. */
  args?: string[];
}

/** A place, as in rustc's `--error-format=json`: bytes from the file's start, lines and columns from 1, columns in chars. */
export interface DiagnosticSpan {
  file_name: string;
  byte_start: number;
  byte_end: number;
  line_start: number;
  line_end: number;
  column_start: number;
  column_end: number;
  is_primary: boolean;
  label: string | null;
  suggested_replacement: string | null;
  suggestion_applicability: "MachineApplicable" | "MaybeIncorrect" | "HasPlaceholders" | "Unspecified" | null;
}

/** A diagnostic as rustc's JSON has it, with the text that the command line prints in `rendered`. */
export interface Diagnostic {
  message: string;
  code: { code: string; explanation: string | null } | null;
  level: "error" | "warning" | "note" | "help" | "failure-note" | "error: internal compiler error";
  spans: DiagnosticSpan[];
  children: Diagnostic[];
  rendered: string | null;
}

/** A piece of a stage's text and the source that it came from; both as UTF-16 offsets, so that an editor can use them. */
export interface SourceMapping {
  start: number;
  end: number;
  file: string;
  sourceStart: number;
  sourceEnd: number;
}

/** A stage as text. `mappings` are sorted by `start`; of nested ones the inner comes later. */
export interface StageOutput {
  emit: Exclude<Emit, "link" | "elf">;
  text: string;
  mappings: SourceMapping[];
}

export interface ElfSection { name: string; address: number; offset: number; size: number; flags: string }
export interface ElfSymbol { name: string; address: number; size: number; section: string; kind: string }
/** What is in the executable. `name`s of symbols are demangled. */
export interface ElfLayout { fileSize: number; entry: number; sections: ElfSection[]; symbols: ElfSymbol[] }

/** How long a phase took, in milliseconds; in the order they began. */
export interface PhaseTiming { name: string; ms: number }

export interface CompileResult {
  success: boolean;
  diagnostics: Diagnostic[];
  outputs: StageOutput[];
  executable: Uint8Array | null;
  elf: ElfLayout | null;
  timings: PhaseTiming[];
  /** From the request's start in the worker to its end. */
  totalMs: number;
  /** The equivalent command. */
  command: string;
}

/** Progress of loading: bytes of what is known to come, or of the compiler: the phase that begins. */
export type Progress =
  | { kind: "download"; what: "compiler" | "library"; loaded: number; total: number }
  | { kind: "phase"; phase: string };

export type Request =
  | {
      id: number;
      kind: "init";
      wasmUrl?: string;
      wasmModule?: WebAssembly.Module;
      libraryUrl?: string;
      /** The target whose library is loaded with the compiler. */
      preload?: Target | null;
    }
  | { id: number; kind: "compile"; lane: string; options: CompileOptions }
  | { id: number; kind: "explain"; code: string }
  | { id: number; kind: "hover"; options: CompileOptions; file: string; offset: number };

/** `text` is a signature as Rust, `docs` markdown; `start` and `end` are UTF-16 offsets of what it is about. */
export interface HoverResult { file: string; text: string; docs: string; start: number; end: number }

export type Reply =
  | { id: number; kind: "ready"; module: WebAssembly.Module; version: string }
  | { id: number; kind: "progress"; progress: Progress }
  | { id: number; kind: "diagnostic"; diagnostic: Diagnostic }
  /** `retire`: the worker has used up its stack or memory, and another must answer what comes next. */
  | { id: number; kind: "compiled"; result: CompileResult; retire?: boolean }
  | { id: number; kind: "explained"; text: string | null }
  | { id: number; kind: "hovered"; hover: HoverResult | null }
  | { id: number; kind: "cancelled" }
  /** Something could not be loaded; the request may be made again. */
  | { id: number; kind: "failed"; message: string }
  /** The compiler died (a bug of ours): the worker is of no more use, the input is kept by who asked. */
  | { id: number; kind: "crashed"; message: string };
