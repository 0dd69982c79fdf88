/** Messages above the editor that ask for attention, with something to do about them. */

import { h, icon } from "./dom.js";

export interface Notice {
  text: string;
  severity?: "info" | "error";
  action?: { label: string; run: () => void };
  /** More text, to be unfolded. */
  details?: string;
}

export class Notices {
  private readonly host: HTMLElement;
  private readonly shown = new Map<string, HTMLElement>();

  constructor(host: HTMLElement) {
    this.host = host;
  }

  /** One at a time of each kind. */
  show(kind: string, notice: Notice): void {
    this.hide(kind);
    const { action } = notice;
    const run = () => {
      this.hide(kind);
      action?.run();
    };
    const element = h(
      "div",
      { class: `notice ${notice.severity ?? "info"}`, role: notice.severity === "error" ? "alert" : null },
      h("div", { class: "notice-text" }, h("p", {}, notice.text), notice.details && h("details", {}, h("summary", {}, "Details"), h("pre", { tabindex: "0" }, notice.details))),
      action && h("button", { type: "button", onclick: run }, action.label),
      h("button", { type: "button", class: "quiet", "aria-label": "Dismiss", onclick: () => this.hide(kind) }, icon("close")),
    );
    this.shown.set(kind, element);
    this.host.append(element);
  }

  hide(kind: string): void {
    this.shown.get(kind)?.remove();
    this.shown.delete(kind);
  }
}
