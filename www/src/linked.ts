/**
 * Source and stages highlight each other: what the pointer or the cursor is on in one is marked in the other.
 *
 * Each mapping ties a piece of a stage's text to the piece of source that it came from. They are of one compilation; the
 * page drops them as soon as the source changes.
 */

import { StateEffect, StateField, type Extension } from "@codemirror/state";
import { Decoration, EditorView, type DecorationSet } from "@codemirror/view";
import type { SourceMapping } from "../../crates/wasm/npm/src/protocol.js";

export interface Range {
  from: number;
  to: number;
}

/** What led to a place: the pointer only marks, the cursor also scrolls the other side there. */
export type By = "pointer" | "cursor";

const setLinked = StateEffect.define<readonly Range[]>();
const mark = Decoration.mark({ class: "cm-linked" });

const linked = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setLinked)) {
        const length = transaction.newDoc.length;
        return Decoration.set(
          effect.value.filter((r) => r.from < r.to && r.to <= length).map((r) => mark.range(r.from, r.to)),
          true,
        );
      }
    }
    return transaction.docChanged ? Decoration.none : marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Marks the ranges, and scrolls to the first if it is wanted and out of sight. */
export function showLinked(view: EditorView, ranges: readonly Range[], scroll: boolean): void {
  const first = ranges[0];
  if (!first && view.state.field(linked, false)?.size === 0) return;
  const effects: StateEffect<unknown>[] = [setLinked.of(ranges)];
  if (scroll && first && first.to <= view.state.doc.length && !isVisible(view, first.from)) {
    effects.push(EditorView.scrollIntoView(first.from, { y: "center" }));
  }
  view.dispatch({ effects });
}

function isVisible(view: EditorView, pos: number): boolean {
  const box = view.scrollDOM.getBoundingClientRect();
  const at = view.coordsAtPos(pos);
  return at !== null && at.top >= box.top && at.bottom <= box.bottom;
}

/** Tells what is pointed at: an offset, or `null` when the pointer leaves. */
export function pointing(tell: (pos: number | null, by: By) => void): Extension {
  let frame = 0;
  return [
    linked,
    EditorView.domEventHandlers({
      mousemove(event, view) {
        if (frame) return;
        frame = requestAnimationFrame(() => {
          frame = 0;
          tell(view.posAtCoords({ x: event.clientX, y: event.clientY }), "pointer");
        });
      },
      mouseleave() {
        cancelAnimationFrame(frame);
        frame = 0;
        tell(null, "pointer");
      },
    }),
    EditorView.updateListener.of((update) => {
      if (update.selectionSet && !update.docChanged && update.view.hasFocus) tell(update.state.selection.main.head, "cursor");
    }),
  ];
}

/** The innermost piece of a stage at an offset; mappings are sorted by start, inner ones later. */
export function mappingAt(mappings: readonly SourceMapping[], pos: number): SourceMapping | null {
  let found: SourceMapping | null = null;
  for (const mapping of mappings) {
    if (mapping.start > pos) break;
    if (pos < mapping.end && (!found || mapping.end - mapping.start <= found.end - found.start)) found = mapping;
  }
  return found;
}

/** What came from the smallest piece of source around an offset: all pieces of the stage with that origin. */
export function mappingsOf(mappings: readonly SourceMapping[], file: string, pos: number): SourceMapping[] {
  let best = Infinity;
  let found: SourceMapping[] = [];
  for (const mapping of mappings) {
    if (mapping.file !== file || pos < mapping.sourceStart || pos > mapping.sourceEnd) continue;
    const width = mapping.sourceEnd - mapping.sourceStart;
    if (width > best) continue;
    if (width < best) found = [];
    best = width;
    found.push(mapping);
  }
  return found;
}
