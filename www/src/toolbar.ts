/** The buttons on top: examples, sharing, options, appearance, help, and the build. */

import { h, icon, type IconName } from "./dom.js";
import {
  DEFAULT_OPTIONS,
  EDITIONS,
  OPT_LEVELS,
  TARGETS,
  isCrateName,
  store,
  type Options,
} from "./project.js";
import { targetName } from "./session.js";

export interface ToolbarEvents {
  onExamples: () => void;
  onShare: () => void;
  onHelp: () => void;
  onBuild: () => void;
  onOptions: (options: Options) => void;
}

const LEVEL_NAMES: Record<string, string> = {
  "0": "0: debug",
  "1": "1",
  "2": "2",
  "3": "3: release",
  s: "s: small",
  z: "z: smallest",
};

export class Toolbar {
  private readonly events: ToolbarEvents;
  private readonly summary = h("span", { class: "summary" });
  private readonly form = h("form", { class: "popover options", popover: "auto", id: "options", "aria-label": "Options" });
  private options: Options = { ...DEFAULT_OPTIONS };

  constructor(host: HTMLElement, events: ToolbarEvents) {
    this.events = events;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.form.hidePopover();
    });
    const appearance = appearanceMenu();
    host.append(
      tool("examples", "Examples", { onclick: events.onExamples }),
      tool("share", "Share", { onclick: events.onShare }),
      tool("options", "Options", { popovertarget: "options" }, this.summary),
      tool("theme", "Appearance", { popovertarget: "appearance", class: "tool icon-only" }),
      tool("help", "Help", { onclick: events.onHelp, class: "tool icon-only" }),
      h("button", { type: "button", class: "primary build-button", title: "Build (Ctrl+Enter)", onclick: events.onBuild }, icon("play"), h("span", {}, "Build")),
      this.form,
      appearance,
    );
  }

  setOptions(options: Options): void {
    this.options = { ...options };
    const { edition, optLevel, target } = options;
    this.summary.textContent = `${edition} · ${optLevel === "0" ? "debug" : optLevel === "3" ? "release" : `-O${optLevel}`} · ${targetName(target)}`;
    this.renderForm();
  }

  private change(change: Partial<Options>): void {
    this.options = { ...this.options, ...change };
    const focused = (document.activeElement as HTMLElement | null)?.id;
    this.setOptions(this.options);
    if (focused) document.getElementById(focused)?.focus();
    this.events.onOptions(this.options);
  }

  private renderForm(): void {
    const o = this.options;
    const name = h("input", { id: "crate-name", type: "text", value: o.crateName, spellcheck: "false", autocomplete: "off" });
    name.addEventListener("change", () => {
      name.setCustomValidity(isCrateName(name.value) ? "" : "A crate's name has letters, digits and _ only");
      if (name.reportValidity()) this.change({ crateName: name.value });
    });
    this.form.replaceChildren(
      field("Edition", select("edition", EDITIONS, o.edition, (e) => e, (edition) => this.change({ edition }))),
      field("Target", select("target", TARGETS, o.target, (t) => t, (target) => this.change({ target }))),
      field("Optimisation", select("opt-level", OPT_LEVELS, o.optLevel, (l) => LEVEL_NAMES[l] ?? l, (optLevel) => this.change({ optLevel }))),
      field(
        "Debug assertions",
        select(
          "debug-assertions",
          ["default", "on", "off"] as const,
          o.debugAssertions,
          (value) => (value === "default" ? `default (${o.optLevel === "0" ? "on" : "off"})` : value),
          (debugAssertions) => this.change({ debugAssertions }),
        ),
      ),
      field("Crate name", name),
    );
  }
}

function tool(name: IconName, label: string, props: Record<string, string | (() => void)>, ...more: Node[]): HTMLButtonElement {
  return h("button", { type: "button", class: "tool", title: label, ...props }, icon(name), h("span", { class: "tool-label" }, label), ...more);
}

function field(label: string, input: HTMLElement): HTMLElement {
  return h("div", { class: "field" }, h("label", { for: input.id }, label), input);
}

function select<T extends string>(id: string, values: readonly T[], value: T, name: (value: T) => string, onChange: (value: T) => void): HTMLElement {
  const element = h("select", { id }, ...values.map((v) => h("option", { value: v, selected: v === value }, name(v))));
  element.addEventListener("change", () => onChange(element.value as T));
  return element;
}

/** Light, dark, or as the system has it. */
function appearanceMenu(): HTMLElement {
  const kept = store.read("theme");
  const choices = ["system", "light", "dark"].map((theme) => {
    const input = h("input", { type: "radio", name: "theme", value: theme, checked: theme === (kept ?? "system") });
    input.addEventListener("change", () => {
      store.write("theme", theme);
      if (theme === "system") delete document.documentElement.dataset["theme"];
      else document.documentElement.dataset["theme"] = theme;
    });
    return h("label", { class: "choice" }, input, theme === "system" ? "As the system" : theme === "light" ? "Light" : "Dark");
  });
  return h("fieldset", { class: "popover", popover: "auto", id: "appearance" }, h("legend", {}, "Appearance"), ...choices);
}
