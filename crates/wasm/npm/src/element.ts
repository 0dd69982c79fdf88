/**
 * `<rust-playground>`: a snippet of Rust that can be edited and compiled where it stands.
 *
 * At first it is text with colours. The editor comes with the first click into it and the compiler, which all snippets of
 * a page share, with the first "Check". Attributes: `edition`, `target`, `opt-level`, `readonly`. An event
 * `rust-compiled` carries the `CompileResult`.
 *
 * Under a server there is no `HTMLElement`; importing this does nothing there.
 */

import { CancelledError, createCompiler } from "./compiler.js";
import type { Compiler, CompilerSettings } from "./compiler.js";
import { tokenize } from "./highlight.js";
import type { CompileOptions, CompileResult, Diagnostic, Edition, OptLevel, Target } from "./protocol.js";

let settings: CompilerSettings = {};
let shared: Compiler | undefined;

/** Says how the compiler that the page's snippets share is made; before the first of them is used. */
export function configure(how: CompilerSettings): void {
  settings = how;
}

/** The compiler that the page's snippets share. */
export function sharedCompiler(): Compiler {
  return (shared ??= createCompiler(settings));
}

const STYLE = `
:host { display: block; position: relative; border: 1px solid var(--rust-border, #8884); border-radius: 6px;
  font: 14px/1.5 var(--rust-font, ui-monospace, SFMono-Regular, Menlo, Consolas, monospace);
  color: var(--rust-text, CanvasText); background: var(--rust-background, Canvas); color-scheme: light dark; }
.code { position: relative; overflow: auto; }
pre, textarea { margin: 0; padding: 12px; font: inherit; tab-size: 4; white-space: pre; border: 0; box-sizing: border-box;
  letter-spacing: inherit; min-width: 100%; }
pre { width: max-content; min-height: 3em; }
textarea { position: absolute; inset: 0; width: 100%; height: 100%; resize: none; overflow: hidden; color: transparent;
  caret-color: var(--rust-text, CanvasText); background: transparent; }
textarea:focus-visible, button:focus-visible { outline: 2px solid var(--rust-accent, #1971c2); outline-offset: -2px; }
.bar { display: flex; gap: 8px; align-items: center; padding: 6px 12px; border-top: 1px solid var(--rust-border, #8884);
  font-family: system-ui, sans-serif; font-size: 13px; }
button { font: inherit; padding: 2px 10px; cursor: pointer; }
.out { border-top: 1px solid var(--rust-border, #8884); max-height: 20em; overflow: auto; min-height: 0; }
.out:empty { display: none; }
.keyword { color: light-dark(#7c3aad, #c792ea); } .type { color: light-dark(#0b6e75, #6bd4dc); }
.string { color: light-dark(#276b1f, #a5d68c); } .number { color: light-dark(#a3470a, #f0a875); }
.comment { color: light-dark(#616a73, #98a2ab); font-style: italic; } .macro, .function { color: light-dark(#1d5fa8, #82b1ff); }
.attribute, .lifetime { color: light-dark(#8a5a00, #e5c07b); }
.error { color: light-dark(#b3261e, #ff8a80); } .warning { color: light-dark(#8a5a00, #e5c07b); }
.bad { text-decoration: underline wavy light-dark(#b3261e, #ff8a80); }
`;

const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

export class RustPlayground extends Base {
  static observedAttributes = ["readonly"];
  #text = "";
  #diagnostics: Diagnostic[] = [];
  #pre: HTMLPreElement | undefined;
  #area: HTMLTextAreaElement | undefined;
  #status: HTMLElement | undefined;
  #out: HTMLElement | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    if (this.shadowRoot) return;
    this.#text = dedent(this.textContent ?? "");
    const root = this.attachShadow({ mode: "open" });
    // A sheet, since a page's policy may forbid style elements.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const code = root.appendChild(make("div", "code"));
    const pre = code.appendChild(make("pre", ""));
    pre.tabIndex = 0;
    pre.setAttribute("role", "region");
    pre.setAttribute("aria-label", "Rust source");
    this.#pre = pre;
    pre.addEventListener("click", () => this.#edit());
    pre.addEventListener("keydown", (event) => event.key === "Enter" && this.#edit());
    const bar = root.appendChild(make("div", "bar"));
    const button = (label: string, act: () => void) => {
      const b = bar.appendChild(make("button", ""));
      b.type = "button";
      b.textContent = label;
      b.addEventListener("click", act);
    };
    button("Check", () => void this.check());
    button("Build", () => void this.#build());
    this.#status = bar.appendChild(make("span", "status"));
    this.#status.setAttribute("role", "status");
    this.#out = root.appendChild(make("pre", "out"));
    this.#out.tabIndex = 0;
    this.#paint();
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer);
  }

  /** The program's text. */
  get value(): string {
    return this.#text;
  }
  set value(text: string) {
    this.#text = text;
    this.#diagnostics = [];
    if (this.#area) this.#area.value = text;
    this.#paint();
  }

  /** Shows what is wrong with the program. */
  check(): Promise<CompileResult | null> {
    return this.#run([]);
  }

  /** Compiles; the result has the executable. */
  compile(): Promise<CompileResult | null> {
    return this.#run(["link"]);
  }

  async #build(): Promise<void> {
    const result = await this.compile();
    if (!result?.executable) return;
    const url = URL.createObjectURL(new Blob([result.executable as BlobPart]));
    const link = make("a", "");
    link.href = url;
    link.download = this.getAttribute("name") ?? "main";
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }

  async #run(emit: NonNullable<CompileOptions["emit"]>): Promise<CompileResult | null> {
    const edition = this.getAttribute("edition") as Edition | null;
    const target = this.getAttribute("target") as Target | null;
    const optLevel = this.getAttribute("opt-level") as OptLevel | null;
    const options: CompileOptions = {
      files: { "main.rs": this.#text },
      emit,
      ...(edition && { edition }),
      ...(target && { target }),
      ...(optLevel && { optLevel }),
    };
    const compiler = sharedCompiler();
    this.#say("…");
    const stop = compiler.onProgress((p) => {
      if (p.kind === "download") this.#say(`loading the ${p.what}: ${Math.floor((100 * p.loaded) / p.total)} %`);
    });
    const text = this.#text;
    try {
      const result = await compiler.compile(options, { lane: "rust-playground" });
      if (text === this.#text) this.#show(result);
      this.dispatchEvent(new CustomEvent<CompileResult>("rust-compiled", { detail: result, bubbles: true }));
      return result;
    } catch (error) {
      this.#say(error instanceof CancelledError ? "" : String((error as Error).message));
      return null;
    } finally {
      stop();
    }
  }

  #show(result: CompileResult): void {
    this.#diagnostics = result.diagnostics;
    const errors = result.diagnostics.filter((d) => d.level.startsWith("error") && d.spans.length > 0).length;
    const size = result.executable ? `, ${result.executable.length.toLocaleString("en")} bytes` : "";
    const time = `${Math.round(result.totalMs)} ms${size}`;
    this.#say(result.success ? `ok, ${time}` : `${errors} error${errors === 1 ? "" : "s"}`);
    if (this.#out) {
      this.#out.replaceChildren(
        ...result.diagnostics.map((d) => {
          const line = make("span", d.level.startsWith("error") ? "error" : d.level);
          line.textContent = d.rendered ?? "";
          return line;
        }),
      );
    }
    this.#paint();
  }

  #say(text: string): void {
    if (this.#status) this.#status.textContent = text;
  }

  /** Puts the editor over the text. */
  #edit(): void {
    const pre = this.#pre;
    if (this.#area || !pre || this.hasAttribute("readonly")) return;
    const area = make("textarea", "");
    this.#area = area;
    area.value = this.#text;
    area.spellcheck = false;
    area.setAttribute("aria-label", "Rust source");
    area.autocapitalize = "off";
    area.addEventListener("input", () => {
      this.#text = area.value;
      this.#diagnostics = [];
      this.#paint();
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.check(), 250);
    });
    area.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key === "Enter") void this.check();
    });
    pre.setAttribute("aria-hidden", "true");
    pre.tabIndex = -1;
    pre.parentElement?.append(area);
    area.focus();
    // It will be wanted.
    sharedCompiler();
  }

  #paint(): void {
    const pre = this.#pre;
    if (!pre) return;
    const bad = lineRanges(this.#text, this.#diagnostics);
    let at = 0;
    const nodes: Node[] = [];
    for (const token of tokenize(this.#text)) {
      let rest = token.text;
      while (rest !== "") {
        const here = bad.find((r) => r.start <= at && at < r.end);
        const next = here?.end ?? bad.find((r) => r.start > at)?.start ?? Infinity;
        const piece = rest.slice(0, Math.max(1, next - at));
        const classes = [token.kind, here ? "bad" : ""].filter((c) => c !== "").join(" ");
        if (classes === "") {
          nodes.push(document.createTextNode(piece));
        } else {
          const span = make("span", classes);
          span.textContent = piece;
          nodes.push(span);
        }
        at += piece.length;
        rest = rest.slice(piece.length);
      }
    }
    nodes.push(document.createTextNode("\n"));
    pre.replaceChildren(...nodes);
  }
}

/** Where errors are, as UTF-16 offsets. */
function lineRanges(text: string, diagnostics: Diagnostic[]): { start: number; end: number }[] {
  const spans = diagnostics.filter((d) => d.level.startsWith("error")).flatMap((d) => d.spans.filter((s) => s.is_primary));
  const bytes = new TextEncoder().encode(text);
  const offset = (byte: number) => new TextDecoder().decode(bytes.subarray(0, byte)).length;
  return spans.map((s) => ({ start: offset(s.byte_start), end: Math.max(offset(s.byte_end), offset(s.byte_start) + 1) }));
}

function make<K extends keyof HTMLElementTagNameMap>(tag: K, classes: string): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (classes !== "") element.className = classes;
  return element;
}

/** Without the indentation that all lines share, and without empty lines around. */
function dedent(text: string): string {
  const lines = text.replace(/^(?:[ \t]*\n)+|\s+$/g, "").split("\n");
  const indents = lines.filter((l) => l.trim() !== "").map((l) => l.length - l.trimStart().length);
  const least = Math.min(...indents, 1000);
  return lines.map((l) => l.slice(Math.min(least, l.length - l.trimStart().length))).join("\n") + "\n";
}

if (typeof customElements !== "undefined" && !customElements.get("rust-playground")) {
  customElements.define("rust-playground", RustPlayground);
}

declare global {
  interface HTMLElementTagNameMap {
    "rust-playground": RustPlayground;
  }
}
