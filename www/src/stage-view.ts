/** A stage of the compiler as text: read-only, to be searched and walked through by keyboard. */

import { defaultKeymap } from "@codemirror/commands";
import { rust } from "@codemirror/lang-rust";
import { syntaxHighlighting } from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import type { StageOutput } from "../../crates/wasm/npm/src/protocol.js";
import { codeRoot } from "./code-root.js";
import { pointing, showLinked, type By, type Range } from "./linked.js";
import { assembly, clif } from "./stage-language.js";

type Stage = StageOutput["emit"];

const LANGUAGES: Record<Stage, () => Extension> = {
  expanded: rust,
  hir: rust,
  thir: () => [],
  mir: rust,
  clif: () => clif,
  asm: () => assembly,
};

export class StageView {
  readonly view: EditorView;
  private readonly language = new Compartment();
  private readonly label = new Compartment();
  private stage: Stage | null = null;

  constructor(host: HTMLElement, onPoint: (pos: number | null, by: By) => void) {
    const root = codeRoot(host);
    this.view = new EditorView({
      parent: root as unknown as HTMLElement,
      root,
      state: EditorState.create({
        extensions: [
          lineNumbers(),
          highlightActiveLine(),
          drawSelection(),
          highlightSelectionMatches(),
          search({ top: true }),
          EditorState.readOnly.of(true),
          // A caret to walk with, but no keyboard on the screen.
          EditorView.contentAttributes.of({ inputmode: "none", tabindex: "0", "aria-readonly": "true" }),
          this.label.of([]),
          this.language.of([]),
          syntaxHighlighting(classHighlighter),
          keymap.of([...searchKeymap, ...defaultKeymap]),
          pointing(onPoint),
        ],
      }),
    });
  }

  /** Shows a text; of the same stage as before, at the same place. */
  show(output: StageOutput, title: string): void {
    const { state } = this.view;
    if (output.emit !== this.stage) {
      this.view.dispatch({
        effects: [
          this.language.reconfigure(LANGUAGES[output.emit]()),
          this.label.reconfigure(EditorView.contentAttributes.of({ "aria-label": `${title} of the program` })),
        ],
      });
    }
    if (state.doc.toString() === output.text) return;
    const top = output.emit === this.stage ? this.view.scrollDOM.scrollTop : 0;
    this.stage = output.emit;
    const anchor = Math.min(state.selection.main.anchor, output.text.length);
    this.view.dispatch({ changes: { from: 0, to: state.doc.length, insert: output.text }, selection: { anchor } });
    this.view.scrollDOM.scrollTop = top;
  }

  showLinked(ranges: readonly Range[], scroll: boolean): void {
    showLinked(this.view, ranges, scroll);
  }

  focus(): void {
    this.view.focus();
  }
}
