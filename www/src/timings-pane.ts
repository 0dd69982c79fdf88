/** How long everything took: the compiler's phases of the last check and the last build, and the page itself. */

import type { CompileResult, Target } from "../../crates/wasm/npm/src/protocol.js";
import { formatMs, h } from "./dom.js";
import { targetName } from "./session.js";

interface Run {
  title: string;
  result: CompileResult;
}

export class TimingsPane {
  readonly element = h("div", { class: "timings" });
  private readonly page = new Map<string, number>();
  private check: Run | null = null;
  private readonly builds = new Map<Target, Run>();

  /** A time of the page's own, in milliseconds. */
  setPage(name: string, ms: number): void {
    this.page.set(name, ms);
    this.render();
  }

  setCheck(result: CompileResult, latency: number | null): void {
    this.check = { title: "Last check", result };
    if (latency !== null) this.page.set("Keystroke to diagnostics", latency);
    this.render();
  }

  setBuild(result: CompileResult, target: Target): void {
    this.builds.set(target, { title: `Last build for ${targetName(target)}`, result });
    this.render();
  }

  private render(): void {
    const runs = [...(this.check ? [this.check] : []), ...this.builds.values()];
    this.element.replaceChildren(
      h("h2", {}, "The page"),
      h(
        "table",
        { class: "times" },
        h("tbody", {}, ...[...this.page].map(([name, ms]) => h("tr", {}, h("th", { scope: "row" }, name), h("td", { class: "number" }, formatMs(ms))))),
      ),
      ...runs.flatMap(({ title, result }) => [h("h2", {}, title, h("span", { class: "hint" }, formatMs(result.totalMs))), phases(result)]),
    );
  }
}

function phases(result: CompileResult): HTMLElement {
  const longest = Math.max(0.001, ...result.timings.map((phase) => phase.ms));
  const rows = result.timings.map(({ name, ms }) => {
    const bar = h("span", { class: "bar", "aria-hidden": "true" });
    bar.style.setProperty("--part", String(ms / longest));
    return h("tr", {}, h("th", { scope: "row" }, name.replaceAll("_", " ")), h("td", { class: "size" }, h("span", { class: "size-text" }, formatMs(ms)), bar));
  });
  return h("table", { class: "times" }, h("tbody", {}, ...rows));
}
