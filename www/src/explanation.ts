/** What an error code means, at length: a panel over the output. */

import { h, icon } from "./dom.js";
import { markdown } from "./markdown.js";

export class Explanation {
  readonly element: HTMLElement;
  private readonly load: (code: string) => Promise<string | null>;
  private readonly heading = h("h2", { tabindex: "-1" });
  private readonly body = h("div", { class: "prose explanation-body", tabindex: "0", role: "group", "aria-label": "Explanation" });
  private before: HTMLElement | null = null;

  constructor(load: (code: string) => Promise<string | null>) {
    this.load = load;
    this.element = h(
      "aside",
      { class: "explanation", "aria-label": "Explanation of an error code", hidden: true },
      h(
        "div",
        { class: "dialog-head" },
        this.heading,
        h("button", { type: "button", class: "quiet", "aria-label": "Close the explanation", onclick: () => this.close() }, icon("close")),
      ),
      this.body,
    );
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
  }

  async open(code: string): Promise<void> {
    if (this.element.hidden) this.before = document.activeElement as HTMLElement | null;
    this.heading.textContent = code;
    this.body.replaceChildren("Loading…");
    this.element.hidden = false;
    this.heading.focus();
    let text: string | null;
    try {
      text = await this.load(code);
    } catch {
      text = null;
    }
    if (this.heading.textContent !== code) return;
    this.body.replaceChildren(text === null ? `There is no explanation of ${code}.` : markdown(text));
    this.body.scrollTop = 0;
  }

  close(): void {
    this.element.hidden = true;
    this.before?.focus();
  }
}
