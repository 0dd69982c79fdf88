/** The card of a problem, opened by keyboard: F8 opens it, typing, moving on or Escape closes it. */

import { forEachDiagnostic } from "@codemirror/lint";
import { StateEffect, StateField, type EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap, showTooltip, type Tooltip } from "@codemirror/view";
import { h } from "./dom.js";

const setCard = StateEffect.define<Tooltip | null>();

const card = StateField.define<Tooltip | null>({
  create: () => null,
  update(open, transaction) {
    for (const effect of transaction.effects) if (effect.is(setCard)) return effect.value;
    return transaction.docChanged || transaction.selection ? null : open;
  },
  provide: (field) => showTooltip.from(field),
});

export const cardAt: Extension = [
  card,
  keymap.of([
    {
      key: "Escape",
      run(view) {
        closeCard(view);
        // Not handled: Escape and then Tab is to leave the editor.
        return false;
      },
    },
  ]),
  EditorView.domEventObservers({
    blur(event, view) {
      const inCard = event.relatedTarget instanceof Node && view.dom.contains(event.relatedTarget);
      if (!inCard) closeCard(view);
    },
  }),
];

export function closeCard(view: EditorView): void {
  if (view.state.field(card, false)) view.dispatch({ effects: setCard.of(null) });
}

/** Opens the card of what is at `pos`, and moves the focus to the first `focus` in it. */
export function openCard(view: EditorView, pos: number, focus?: string): boolean {
  const tooltip = tooltipAt(view.state, pos);
  if (!tooltip) return false;
  view.dispatch({ effects: setCard.of(tooltip) });
  if (focus) requestAnimationFrame(() => view.dom.querySelector<HTMLElement>(`.cm-tooltip ${focus}`)?.focus());
  return true;
}

function tooltipAt(state: EditorState, pos: number): Tooltip | null {
  const line = state.doc.lineAt(pos);
  const cards: { from: number; make: (view: EditorView) => Node; near: boolean }[] = [];
  forEachDiagnostic(state, (diagnostic, from, to) => {
    const near = from <= pos && pos <= to;
    const render = diagnostic.renderMessage;
    if (render && (near || (from >= line.from && from <= line.to))) cards.push({ from, make: (view) => render(view), near });
  });
  const shown = cards.some((c) => c.near) ? cards.filter((c) => c.near) : cards;
  const first = shown[0];
  if (!first) return null;
  return {
    pos: first.from,
    above: false,
    create(view) {
      const dom = h("div", { class: "cm-card" }, ...shown.map((c) => c.make(view)));
      dom.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        closeCard(view);
        view.focus();
      });
      return { dom };
    },
  };
}
