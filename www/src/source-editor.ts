/** The editor: one view, a state for each file, diagnostics in all of them. */

import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { rust } from "@codemirror/lang-rust";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { forEachDiagnostic, lintGutter, setDiagnostics, type Diagnostic as LintDiagnostic } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, Text, type ChangeSpec, type Extension } from "@codemirror/state";
import {
  EditorView,
  drawSelection,
  dropCursor,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  tooltips,
} from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { codeRoot } from "./code-root.js";
import { hoverDocs, type AskHover } from "./hover.js";
import { inlineMessages } from "./inline-messages.js";
import { pointing, showLinked, type By, type Range } from "./linked.js";
import { cardAt, closeCard, openCard } from "./problem-tooltip.js";
import type { Edit, Problem, Severity, Suggestion } from "./problems.js";
import { problemCard, type ProblemActions } from "./problem-card.js";
import type { SourceFile } from "./project.js";

export interface EditorEvents {
  /** Some text changed, by the user or by a suggestion. */
  onEdit: () => void;
  /** Another file is shown. */
  onSwitch: (path: string) => void;
  onCursor: (line: number, column: number) => void;
  onPoint: (file: string, pos: number | null, by: By) => void;
  explain: (code: string) => void;
  askHover: AskHover;
  /** Says something to those who cannot see it. */
  announce: (text: string) => void;
}

/** More than this in one file would only slow the editor down. */
const MAX_SHOWN = 500;

export class SourceEditor {
  readonly view: EditorView;
  private readonly events: EditorEvents;
  private readonly actions: ProblemActions;
  private readonly states = new Map<string, EditorState>();
  private current: string;
  private problems: Problem[] = [];
  /** Whether `problems` are of the present texts; only then can their suggestions be applied. */
  private fresh = false;

  constructor(host: HTMLElement, files: readonly SourceFile[], events: EditorEvents) {
    this.events = events;
    const explain = (code: string) => {
      closeCard(this.view);
      events.explain(code);
    };
    this.actions = { explain, apply: (suggestion) => this.apply(suggestion) };
    for (const file of files) this.states.set(file.path, this.createState(file.path, file.text));
    this.current = files[0]?.path ?? "";
    const root = codeRoot(host);
    this.view = new EditorView({ parent: root as unknown as HTMLElement, root, state: this.stateOf(this.current) });
    queueMicrotask(() => this.tellCursor());
  }

  get path(): string {
    return this.current;
  }

  get paths(): string[] {
    return [...this.states.keys()];
  }

  files(): SourceFile[] {
    return this.paths.map((path) => ({ path, text: this.stateOf(path).doc.toString() }));
  }

  /** All files anew. */
  load(files: readonly SourceFile[]): void {
    this.states.clear();
    this.problems = [];
    for (const file of files) this.states.set(file.path, this.createState(file.path, file.text));
    this.current = "";
    this.show(files[0]?.path ?? "");
  }

  show(path: string): void {
    const state = this.states.get(path);
    if (!state || path === this.current) return;
    if (this.states.has(this.current)) this.states.set(this.current, this.view.state);
    this.current = path;
    this.view.setState(state);
    this.events.onSwitch(path);
    this.tellCursor();
  }

  add(path: string): void {
    this.states.set(path, this.createState(path, ""));
    this.show(path);
  }

  rename(from: string, to: string): void {
    const text = this.stateOf(from).doc.toString();
    const files = this.files().map((file) => (file.path === from ? { path: to, text } : file));
    this.load(files);
    this.show(to);
  }

  remove(path: string): void {
    const next = this.paths.find((other) => other !== path) ?? "";
    if (path === this.current) this.show(next);
    this.states.delete(path);
  }

  focus(): void {
    this.view.focus();
  }

  /** Line and column from 1, the column in code points. */
  goTo(path: string, line: number, column: number): void {
    this.show(path);
    const doc = this.view.state.doc;
    const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
    const before = [...at.text].slice(0, column - 1).join("");
    this.view.dispatch({ selection: { anchor: at.from + before.length }, scrollIntoView: true });
    this.view.focus();
  }

  /** Puts the diagnostics where they belong; `problems` are of the present texts. */
  setProblems(problems: Problem[]): void {
    this.problems = problems;
    this.fresh = true;
    for (const path of this.paths) {
      const state = this.stateOf(path);
      const shown = problems.filter((p) => p.place.file === path).slice(0, MAX_SHOWN);
      const spec = setDiagnostics(state, shown.map((p) => this.lintDiagnostic(p, state.doc)));
      if (path === this.current) this.view.dispatch(spec);
      else this.states.set(path, state.update(spec).state);
    }
  }

  /** Marks what a pane points at. */
  showLinked(file: string | null, ranges: readonly Range[], scroll: boolean): void {
    if (file !== null && file !== this.current) {
      if (!scroll) return;
      this.show(file);
    }
    showLinked(this.view, ranges, scroll);
  }

  /** To the next problem, or the one before, through all files; its card opens. */
  goToProblem(step: 1 | -1): void {
    if (this.problems.length === 0) return this.events.announce("No problems");
    const here = this.view.state.selection.main.head;
    const places = this.problems.map((p) => ({ path: p.place.file, from: this.startOf(p) }));
    const file = this.paths.indexOf(this.current);
    const compare = (p: { path: string; from: number }) => this.paths.indexOf(p.path) - file || p.from - here;
    const found = step > 0 ? places.findIndex((p) => compare(p) > 0) : places.findLastIndex((p) => compare(p) < 0);
    const index = found >= 0 ? found : step > 0 ? 0 : places.length - 1;
    const problem = this.problems[index];
    const place = places[index];
    if (!problem || !place) return;
    this.show(place.path);
    this.view.dispatch({ selection: { anchor: place.from }, scrollIntoView: true });
    this.view.focus();
    openCard(this.view, place.from);
    this.events.announce(`${index + 1} of ${this.problems.length}: ${problem.severity}: ${problem.message}`);
  }

  /** Applies a suggestion's edits, in whichever files they are. */
  private apply(suggestion: Suggestion): void {
    if (!this.fresh) return this.events.announce("The program has changed; its check is not done yet");
    this.fresh = false;
    const byFile = new Map<string, Edit[]>();
    for (const edit of suggestion.edits) byFile.set(edit.file, [...(byFile.get(edit.file) ?? []), edit]);
    for (const [path, edits] of byFile) {
      const state = this.stateOf(path);
      const changes: ChangeSpec[] = edits.map(({ from, to, insert }) => ({ from, to, insert }));
      const spec = { changes, userEvent: "input.suggestion" };
      if (path === this.current) this.view.dispatch(spec);
      else this.states.set(path, state.update(spec).state);
    }
    this.events.announce("Suggestion applied");
    this.events.onEdit();
    this.view.focus();
  }

  private stateOf(path: string): EditorState {
    if (path === this.current && this.view) return this.view.state;
    const state = this.states.get(path);
    if (!state) throw new Error(`no file ${path}`);
    return state;
  }

  /** Where a problem is now: the editor keeps its mark in place while the text changes. */
  private startOf(problem: Problem): number {
    let start = problem.place.from;
    forEachDiagnostic(this.stateOf(problem.place.file), (d, from) => {
      if ((d as ProblemDiagnostic).problem === problem) start = from;
    });
    return start;
  }

  private lintDiagnostic(problem: Problem, doc: Text): ProblemDiagnostic {
    const from = Math.min(problem.place.from, doc.length);
    let to = Math.min(problem.place.to, doc.length);
    // Of a long piece only the first line is underlined.
    const line = doc.lineAt(from);
    if (to > line.to) to = Math.max(line.to, from);
    return {
      from,
      to,
      severity: problem.severity,
      message: problem.message,
      problem,
      renderMessage: () => problemCard(problem, this.actions),
    };
  }

  private tellCursor(): void {
    const { head } = this.view.state.selection.main;
    const line = this.view.state.doc.lineAt(head);
    this.events.onCursor(line.number, [...line.text.slice(0, head - line.from)].length + 1);
  }

  private createState(path: string, text: string): EditorState {
    return EditorState.create({ doc: text, extensions: this.extensions(path) });
  }

  private extensions(path: string): Extension[] {
    return [
      lineNumbers(),
      lintGutter(),
      highlightActiveLineGutter(),
      highlightActiveLine(),
      highlightSpecialChars(),
      history(),
      drawSelection(),
      dropCursor(),
      EditorState.allowMultipleSelections.of(true),
      indentUnit.of("    "),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      highlightSelectionMatches(),
      search({ top: true }),
      path.endsWith(".rs") ? rust() : [],
      syntaxHighlighting(classHighlighter),
      inlineMessages,
      cardAt,
      // Cards stay over their editor.
      tooltips({ tooltipSpace: (view) => view.dom.getBoundingClientRect() }),
      hoverDocs((pos) => this.events.askHover(path, pos)),
      pointing((pos, by) => this.events.onPoint(path, pos, by)),
      keymap.of([
        { key: "Mod-.", run: (view) => openCard(view, view.state.selection.main.head, "button.fix") },
        ...closeBracketsKeymap,
        ...defaultKeymap,
        ...searchKeymap,
        ...historyKeymap,
        indentWithTab,
      ]),
      EditorView.contentAttributes.of({ "aria-label": `Source of ${path}`, tabindex: "0", autocapitalize: "off", spellcheck: "false" }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) this.fresh = false;
        if (update.docChanged && !update.transactions.some((t) => t.isUserEvent("input.suggestion"))) this.events.onEdit();
        if (update.docChanged || update.selectionSet) this.tellCursor();
      }),
    ];
  }
}

/** The editor's own kind of diagnostic, with ours beside it. */
export interface ProblemDiagnostic extends LintDiagnostic {
  severity: Severity;
  problem: Problem;
}
