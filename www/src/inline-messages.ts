/** The message of a line's first problem, at the end of the line. The card and the output have all of it. */

import { forEachDiagnostic, setDiagnosticsEffect } from "@codemirror/lint";
import type { Range } from "@codemirror/state";
import { Decoration, ViewPlugin, WidgetType, type DecorationSet, type EditorView, type ViewUpdate } from "@codemirror/view";
import { h } from "./dom.js";
import type { ProblemDiagnostic } from "./source-editor.js";

class Message extends WidgetType {
  private readonly severity: string;
  private readonly text: string;

  constructor(severity: string, text: string) {
    super();
    this.severity = severity;
    this.text = text;
  }

  override eq(other: Message): boolean {
    return other.severity === this.severity && other.text === this.text;
  }

  override toDOM(): HTMLElement {
    return h("span", { class: `cm-inline-message ${this.severity}`, "aria-hidden": "true" }, this.text);
  }
}

function build(view: EditorView): DecorationSet {
  const { doc } = view.state;
  const lines = new Map<number, ProblemDiagnostic>();
  forEachDiagnostic(view.state, (diagnostic, from) => {
    if (!view.visibleRanges.some((range) => from >= range.from && from <= range.to)) return;
    const line = doc.lineAt(Math.min(from, doc.length)).to;
    const there = lines.get(line);
    if (!there || (there.severity !== "error" && diagnostic.severity === "error")) lines.set(line, diagnostic as ProblemDiagnostic);
  });
  const widgets = [...lines].map(([at, { severity, message, problem }]): Range<Decoration> => {
    const label = problem.labels.find((l) => l.primary)?.text;
    const text = label && !message.includes(label) ? `${message}: ${label}` : message;
    return Decoration.widget({ widget: new Message(severity, text.split("\n")[0] ?? ""), side: 1 }).range(at);
  });
  return Decoration.set(widgets, true);
}

export const inlineMessages = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = build(view);
    }

    update(update: ViewUpdate): void {
      const told = update.transactions.some((t) => t.effects.some((effect) => effect.is(setDiagnosticsEffect)));
      if (told || update.docChanged || update.viewportChanged) this.decorations = build(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);
