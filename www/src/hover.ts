/** What a name is: its signature and documentation, asked of the compiler when the pointer rests on it. */

import { hoverTooltip, type Tooltip } from "@codemirror/view";
import type { Extension } from "@codemirror/state";
import type { HoverResult } from "../../crates/wasm/npm/src/protocol.js";
import { h } from "./dom.js";
import { markdown, rustCode } from "./markdown.js";

export type AskHover = (file: string, offset: number) => Promise<HoverResult | null>;

export function hoverDocs(ask: (offset: number) => Promise<HoverResult | null>): Extension {
  return hoverTooltip(
    async (view, pos): Promise<Tooltip | null> => {
      const word = view.state.wordAt(pos);
      if (!word) return null;
      const doc = view.state.doc;
      const hover = await ask(pos);
      if (!hover || view.state.doc !== doc) return null;
      // What a macro made of a string or more is no name.
      if (!/^[\w!]+$/.test(doc.sliceString(hover.start, hover.end))) return null;
      return {
        pos: Math.min(hover.start, doc.length),
        end: Math.min(hover.end, doc.length),
        above: true,
        create: () => ({ dom: hoverCard(hover) }),
      };
    },
    { hoverTime: 350 },
  );
}

function hoverCard(hover: HoverResult): HTMLElement {
  const docs = hover.docs.trim();
  return h(
    "div",
    { class: "cm-hover-docs" },
    h("pre", {}, rustCode(hover.text)),
    docs !== "" && h("div", { class: "prose" }, markdown(docs)),
  );
}
