/** The line at the bottom: what the compiler does, how many problems there are, where the cursor is. */

import { formatBytes, formatMs, h, plural } from "./dom.js";
import { targetName, type Activity } from "./session.js";

export interface StatusEvents {
  onProblems: () => void;
  onView: (view: "code" | "output") => void;
}

export class StatusBar {
  private readonly problems: HTMLButtonElement;
  private readonly activity = h("span", { class: "activity", role: "status" });
  private readonly progress = h("progress", { max: 1, "aria-label": "Loading the compiler", hidden: true });
  private readonly cursor = h("span", { class: "cursor" });
  private readonly version = h("span", { class: "version" }, "rcc");
  private readonly announcer = h("span", { class: "visually-hidden", "aria-live": "polite" });
  private readonly views: Record<"code" | "output", HTMLButtonElement>;
  private idleText = "";

  constructor(host: HTMLElement, events: StatusEvents) {
    this.problems = h("button", { type: "button", class: "problem-count", onclick: events.onProblems }, "Not checked yet");
    const view = (name: "code" | "output", label: string) =>
      h("button", { type: "button", class: "view", "aria-pressed": String(name === "code"), onclick: () => events.onView(name) }, label);
    this.views = { code: view("code", "Code"), output: view("output", "Output") };
    host.append(
      h("div", { class: "views", role: "group", "aria-label": "What is shown" }, this.views.code, this.views.output),
      this.problems,
      this.progress,
      this.activity,
      this.cursor,
      this.version,
      this.announcer,
    );
  }

  setView(view: "code" | "output"): void {
    for (const [name, button] of Object.entries(this.views)) button.setAttribute("aria-pressed", String(name === view));
  }

  setProblems(errors: number, warnings: number): void {
    const text = errors + warnings === 0 ? "No problems" : [errors && plural(errors, "error"), warnings && plural(warnings, "warning")].filter(Boolean).join(", ");
    this.problems.textContent = text;
    this.problems.dataset["state"] = errors > 0 ? "error" : warnings > 0 ? "warning" : "good";
  }

  setChecked(ms: number): void {
    this.idleText = `Checked in ${formatMs(ms)}`;
  }

  setActivity(activity: Activity): void {
    this.progress.hidden = activity.kind !== "loading";
    this.activity.classList.toggle("c-error", activity.kind === "unavailable");
    switch (activity.kind) {
      case "loading": {
        const { loaded, total, what } = activity;
        this.progress.value = total > 0 ? loaded / total : 0;
        const percent = total > 0 ? Math.floor((100 * loaded) / total) : 0;
        this.activity.textContent = `Loading the ${what}: ${percent} % of ${formatBytes(total)}`;
        break;
      }
      case "checking":
        this.activity.textContent = activity.phase ? `Checking: ${activity.phase.replaceAll("_", " ")}` : "Checking";
        break;
      case "building":
        this.activity.textContent = `Building for ${targetName(activity.target)}`;
        break;
      case "idle":
        this.activity.textContent = this.idleText;
        break;
      case "unavailable":
        this.activity.textContent = "The compiler could not be loaded";
    }
  }

  setCursor(line: number, column: number): void {
    this.cursor.textContent = `Line ${line}, column ${column}`;
  }

  setVersion(version: string): void {
    this.version.textContent = version.split(" (")[0] ?? version;
    this.version.title = version;
  }

  announce(text: string): void {
    this.announcer.textContent = text;
  }
}
