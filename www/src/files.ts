/** The files as tabs above the editor: to switch, add, rename and delete. */

import { h, icon, openDialog } from "./dom.js";
import { ROOT, pathProblem } from "./project.js";
import { moveByArrows } from "./tabs.js";

export interface FileEvents {
  paths: () => string[];
  current: () => string;
  onShow: (path: string) => void;
  onAdd: (path: string) => void;
  onRename: (from: string, to: string) => void;
  onRemove: (path: string) => void;
}

export class FileBar {
  private readonly tabs = h("div", { class: "tabs", role: "tablist", "aria-label": "Files" });
  private readonly actions = h("div", { class: "file-actions" });
  private readonly events: FileEvents;

  constructor(host: HTMLElement, events: FileEvents) {
    this.events = events;
    moveByArrows(this.tabs);
    host.append(this.tabs, this.actions);
    this.render();
  }

  render(): void {
    const current = this.events.current();
    const focused = this.tabs.contains(document.activeElement);
    this.tabs.replaceChildren(
      ...this.events.paths().map((path) =>
        h(
          "button",
          {
            type: "button",
            class: "tab",
            role: "tab",
            "aria-selected": String(path === current),
            tabindex: path === current ? 0 : -1,
            onclick: () => this.events.onShow(path),
            ondblclick: () => this.askRename(path),
          },
          path,
        ),
      ),
    );
    if (focused) this.tabs.querySelector<HTMLElement>("[aria-selected=true]")?.focus();
    const fixed = current === ROOT;
    this.actions.replaceChildren(
      h("button", { type: "button", class: "quiet", title: "Add a file", "aria-label": "Add a file", onclick: () => this.askAdd() }, icon("add")),
      fixed ? "" : h("button", { type: "button", class: "quiet small", onclick: () => this.askRename(current) }, "Rename"),
      fixed ? "" : h("button", { type: "button", class: "quiet small", onclick: () => this.askRemove(current) }, "Delete"),
    );
  }

  private askAdd(): void {
    this.ask("Add a file", "", "Add", "Write mod shapes; in main.rs to use shapes.rs.", (path) => this.events.onAdd(path));
  }

  private askRename(path: string): void {
    if (path === ROOT) return;
    this.ask(`Rename ${path}`, path, "Rename", "", (to) => {
      if (to !== path) this.events.onRename(path, to);
    });
  }

  private ask(title: string, value: string, verb: string, hint: string, done: (path: string) => void): void {
    const others = this.events.paths().filter((path) => path !== value);
    const said = h("p", { class: "field-error", role: "alert" });
    const field = h("input", { id: "path", name: "path", type: "text", value, placeholder: "shapes.rs", autocomplete: "off", spellcheck: "false" });
    const submit = (event: SubmitEvent) => {
      event.preventDefault();
      const path = field.value.trim();
      const problem = pathProblem(path, others);
      said.textContent = problem ?? "";
      if (problem) return;
      dialog.close();
      done(path);
    };
    const dialog = openDialog(
      title,
      "narrow",
      h(
        "form",
        { class: "path-form", onsubmit: submit },
        h("label", { for: "path" }, "Path"),
        field,
        hint !== "" && h("p", { class: "hint" }, hint),
        said,
        h("button", { type: "submit", class: "primary" }, verb),
      ),
    );
    field.focus();
    field.setSelectionRange(0, value.lastIndexOf(".") < 0 ? 0 : value.lastIndexOf("."));
  }

  private askRemove(path: string): void {
    const remove = () => {
      dialog.close();
      this.events.onRemove(path);
    };
    const dialog = openDialog(
      `Delete ${path}?`,
      "narrow",
      h("p", {}, "Its text is gone then."),
      h(
        "div",
        { class: "row" },
        h("button", { type: "button", class: "primary", onclick: remove }, "Delete"),
        h("button", { type: "button", onclick: () => dialog.close() }, "Keep"),
      ),
    );
  }
}
