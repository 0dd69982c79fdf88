/** The executables: one card for each target, with all that is needed to take it away and run it. */

import type { Target } from "../../crates/wasm/npm/src/protocol.js";
import { copyButton, formatBytes, formatMs, h, icon } from "./dom.js";
import { TARGETS, executableName, type Options } from "./project.js";
import { targetName, type Outcome } from "./session.js";
import { sha256 } from "./sha256.js";

export interface BuildEvents {
  onBuild: () => void;
  onStop: () => void;
}

interface Built {
  name: string;
  bytes: Uint8Array;
  digest: string;
  ms: number;
  command: string;
  stale: boolean;
}

const MACHINES: Record<string, string> = { "x86-64": "Most PCs and servers", aarch64: "Raspberry Pi, ARM servers, Linux on Apple silicon" };

export class Builds {
  readonly element: HTMLElement;
  private readonly cards = new Map<Target, HTMLElement>();
  private readonly built = new Map<Target, Built>();
  private readonly button: HTMLButtonElement;
  private readonly said = h("p", { class: "hint", role: "status" });
  private building: Target | null = null;

  constructor(events: BuildEvents) {
    this.button = h("button", { type: "button", class: "primary", onclick: () => (this.building ? events.onStop() : events.onBuild()) });
    for (const target of TARGETS) this.cards.set(target, h("section", { class: "build-card", "aria-label": `Executable for ${targetName(target)}` }));
    this.element = h("div", { class: "builds" }, h("div", { class: "row" }, this.button, this.said), ...this.cards.values());
    this.render();
  }

  setBuilding(target: Target | null, phase: string | null = null): void {
    const changed = target !== this.building;
    this.building = target;
    this.said.textContent = target ? `Building for ${targetName(target)}${phase ? `: ${phase}` : ""}` : "Static Linux executables; no library is needed to run them.";
    if (changed) this.render();
  }

  /** What a build came to. A failed one leaves what there was, as of an older text. */
  setOutcome({ result, target }: Outcome, options: Options): void {
    if (result.executable) {
      const bytes = result.executable;
      const name = executableName(options, target);
      this.built.set(target, { name, bytes, digest: sha256(bytes), ms: result.totalMs, command: result.command, stale: false });
    } else {
      this.markStale();
    }
    this.render();
  }

  markStale(): void {
    let changed = false;
    for (const built of this.built.values()) {
      changed ||= !built.stale;
      built.stale = true;
    }
    if (changed) this.render();
  }

  /** Another program: its executables are to come. */
  clear(): void {
    this.built.clear();
    this.render();
  }

  private render(): void {
    this.button.replaceChildren(icon(this.building ? "stop" : "play"), this.building ? "Stop" : "Build for both targets");
    if (!this.building) this.said.textContent = "Static Linux executables; no library is needed to run them.";
    for (const [target, card] of this.cards) {
      const built = this.built.get(target);
      const name = targetName(target);
      card.classList.toggle("stale", built?.stale ?? false);
      card.replaceChildren(
        h("h2", {}, name, h("span", { class: "hint" }, MACHINES[name] ?? "")),
        built ? details(built) : h("p", { class: "hint" }, this.building ? "To come." : "Not built yet."),
      );
    }
  }
}

function details(built: Built): HTMLElement {
  const run = `chmod +x ${built.name} && ./${built.name}`;
  return h(
    "div",
    { class: "build-details" },
    built.stale && h("p", { class: "c-warning" }, "The program has changed since."),
    h(
      "div",
      { class: "row" },
      h("button", { type: "button", class: "download", onclick: () => download(built) }, icon("download"), `Download ${built.name}`),
      h("span", { class: "hint" }, `${formatBytes(built.bytes.length)}, built in ${formatMs(built.ms)}`),
    ),
    h(
      "dl",
      {},
      line("Run it", run),
      line("SHA-256", built.digest),
      built.command !== "" && line("The same with rcc", built.command),
    ),
  );
}

function line(term: string, text: string): HTMLElement[] {
  return [h("dt", {}, term), h("dd", {}, h("code", {}, text), copyButton(() => text, `Copy: ${term}`))];
}

function download({ name, bytes }: Built): void {
  const url = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: "application/octet-stream" }));
  const link = h("a", { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
