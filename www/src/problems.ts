/** The compiler's diagnostics as an editor wants them: offsets in a file's text instead of lines and columns. */

import type { Diagnostic, DiagnosticSpan } from "../../crates/wasm/npm/src/protocol.js";

export type Severity = "error" | "warning" | "info";

export interface Place {
  file: string;
  from: number;
  to: number;
}

export interface Label extends Place {
  text: string;
  primary: boolean;
}

export interface Edit extends Place {
  insert: string;
}

/** A change that the compiler proposes; all of its edits together. */
export interface Suggestion {
  title: string;
  edits: Edit[];
}

/** A note or a help below a diagnostic. */
export interface Remark {
  level: string;
  text: string;
  suggestions: Suggestion[];
}

export interface Problem {
  severity: Severity;
  message: string;
  code: string | null;
  place: Place;
  labels: Label[];
  remarks: Remark[];
}

/** Nobody goes through more than these. */
const MAX_PROBLEMS = 2000;

/** Those diagnostics that have a place in one of `texts`, in the order in which one goes through them. */
export function problemsOf(diagnostics: readonly Diagnostic[], texts: ReadonlyMap<string, string>): Problem[] {
  const places = new Places(texts);
  const problems = diagnostics.slice(0, MAX_PROBLEMS).flatMap((diagnostic) => {
    const primary = diagnostic.spans.find((span) => span.is_primary) ?? diagnostic.spans[0];
    const place = primary && places.of(primary);
    if (!place) return [];
    const labels = diagnostic.spans.flatMap((span): Label[] => {
      const at = places.of(span);
      return at && (span.label || span === primary) ? [{ ...at, text: span.label ?? "", primary: span.is_primary }] : [];
    });
    const remarks = diagnostic.children.map((child): Remark => ({
      level: child.level,
      text: child.message,
      suggestions: suggestionsOf(child, places),
    }));
    const { message } = diagnostic;
    return [{ severity: severityOf(diagnostic), message, code: diagnostic.code?.code ?? null, place, labels, remarks }];
  });
  const order = [...texts.keys()];
  return problems.sort((a, b) => order.indexOf(a.place.file) - order.indexOf(b.place.file) || a.place.from - b.place.from);
}

export function severityOf(diagnostic: Diagnostic): Severity {
  if (diagnostic.level.startsWith("error")) return "error";
  return diagnostic.level === "warning" ? "warning" : "info";
}

/** How many errors and warnings there are, as rustc counts: its closing words are none. */
export function countProblems(diagnostics: readonly Diagnostic[]): { errors: number; warnings: number } {
  let errors = 0;
  let warnings = 0;
  for (const diagnostic of diagnostics) {
    if (/^(aborting due to|\d+ warnings? emitted)/.test(diagnostic.message)) continue;
    if (severityOf(diagnostic) === "error") errors++;
    else if (diagnostic.level === "warning") warnings++;
  }
  return { errors, warnings };
}

/**
 * What can be applied at a click. rustc puts the parts of one suggestion and alternative suggestions into the same list;
 * parts lie apart, alternatives are of the same place.
 */
function suggestionsOf(child: Diagnostic, places: Places): Suggestion[] {
  const edits = child.spans.flatMap((span): Edit[] => {
    const place = places.of(span);
    const fit = span.suggestion_applicability === "MachineApplicable" || span.suggestion_applicability === "MaybeIncorrect";
    return place && fit && span.suggested_replacement !== null ? [{ ...place, insert: span.suggested_replacement }] : [];
  });
  const first = edits[0];
  if (!first || edits.length !== child.spans.length) return [];
  const alternatives = edits.length > 1 && edits.every((e) => e.file === first.file && e.from === first.from && e.to === first.to);
  if (alternatives) return edits.map((edit) => ({ title: titleOf([edit]), edits: [edit] }));
  return [{ title: titleOf(edits), edits }];
}

function titleOf(edits: readonly Edit[]): string {
  const shorten = (text: string) => {
    const line = text.trim().replaceAll(/\s+/g, " ");
    return line.length > 40 ? `${line.slice(0, 39)}…` : line;
  };
  const [only] = edits;
  if (edits.length > 1 || !only) return `Apply: ${edits.map((e) => shorten(e.insert)).filter(Boolean).join(" … ") || "remove"}`;
  if (only.insert === "") return "Remove it";
  return `${only.from === only.to ? "Insert" : "Replace by"} ${shorten(only.insert)}`;
}

/** Finds offsets; the lines of a text are looked for once. */
class Places {
  private readonly texts: ReadonlyMap<string, string>;
  private readonly lines = new Map<string, number[]>();

  constructor(texts: ReadonlyMap<string, string>) {
    this.texts = texts;
  }

  of(span: DiagnosticSpan): Place | null {
    const file = span.file_name.replace(/^\.\//, "");
    const text = this.texts.get(file);
    if (text === undefined) return null;
    const from = this.offset(file, text, span.line_start, span.column_start);
    const to = Math.max(from, this.offset(file, text, span.line_end, span.column_end));
    return { file, from, to };
  }

  /** Lines and columns count from 1, columns in code points. */
  private offset(file: string, text: string, line: number, column: number): number {
    let starts = this.lines.get(file);
    if (!starts) {
      starts = [0];
      for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
      this.lines.set(file, starts);
    }
    let offset = starts[line - 1] ?? text.length;
    for (let i = 1; i < column && offset < text.length && text[offset] !== "\n"; i++) {
      offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
    }
    return offset;
  }
}
