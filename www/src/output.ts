/** The right half: a tab for each pane, and the pane that is shown. What is in a pane, its own module knows. */

import type { Diagnostic, Emit, SourceMapping, StageOutput } from "../../crates/wasm/npm/src/protocol.js";
import { Builds, type BuildEvents } from "./builds.js";
import { h, plural } from "./dom.js";
import { ElfPane } from "./elf-pane.js";
import { Explanation } from "./explanation.js";
import { mappingAt, mappingsOf, type By, type Range } from "./linked.js";
import { countProblems } from "./problems.js";
import { renderedText, type RenderedLinks } from "./rendered.js";
import { store } from "./project.js";
import type { Outcome } from "./session.js";
import { StageView } from "./stage-view.js";
import { moveByArrows } from "./tabs.js";
import { TimingsPane } from "./timings-pane.js";

interface Pane {
  id: string;
  title: string;
  /** What the compiler is asked for while the pane is shown. */
  emit: Emit[];
}

const PANES = [
  { id: "diagnostics", title: "Diagnostics", emit: [] },
  { id: "build", title: "Build", emit: [] },
  { id: "expanded", title: "Expanded", emit: ["expanded"] },
  { id: "hir", title: "HIR", emit: ["hir"] },
  { id: "thir", title: "THIR", emit: ["thir"] },
  { id: "mir", title: "MIR", emit: ["mir"] },
  { id: "clif", title: "CLIF", emit: ["clif"] },
  { id: "asm", title: "Assembly", emit: ["asm"] },
  { id: "elf", title: "ELF", emit: ["elf"] },
  { id: "timings", title: "Timings", emit: [] },
] as const satisfies readonly Pane[];

export type PaneId = (typeof PANES)[number]["id"];

export interface OutputEvents extends BuildEvents {
  /** Another pane is shown; it may want something of the compiler. */
  onPane: () => void;
  goTo: (file: string, line: number, column: number) => void;
  loadExplanation: (code: string) => Promise<string | null>;
  /** Something in a stage is pointed at that came from here. */
  onStagePoint: (file: string | null, ranges: readonly Range[], by: By) => void;
}

/** So many diagnostics are shown in full; a program with more is to be mended from the top. */
const MAX_RENDERED = 100;

export class Output {
  readonly builds: Builds;
  readonly timings: TimingsPane;
  readonly explanation: Explanation;
  private readonly events: OutputEvents;
  private readonly host: HTMLElement;
  private readonly tabList = h("div", { class: "tabs", role: "tablist", "aria-label": "Output" });
  private readonly tabs = new Map<PaneId, HTMLButtonElement>();
  private readonly count = h("span", { class: "badge", hidden: true });
  private readonly diagnostics = h("div", { class: "diagnostics" });
  private readonly stageMessage = h("p", { class: "empty" });
  private readonly stageHost = h("div", { class: "stage-host" });
  private readonly panels: Record<"diagnostics" | "build" | "stage" | "elf" | "timings", HTMLElement>;
  private readonly stage: StageView;
  private readonly elf: ElfPane;
  private readonly outputs = new Map<string, StageOutput>();
  private mappings: readonly SourceMapping[] = [];
  private current: PaneId = "diagnostics";
  private links: RenderedLinks;

  constructor(host: HTMLElement, events: OutputEvents) {
    this.host = host;
    this.events = events;
    this.builds = new Builds(events);
    this.timings = new TimingsPane();
    this.elf = new ElfPane();
    this.explanation = new Explanation(events.loadExplanation);
    this.links = { explain: (code) => void this.explanation.open(code), goTo: events.goTo };
    this.panels = {
      diagnostics: this.panel("diagnostics", this.diagnostics),
      build: this.panel("build", this.builds.element),
      stage: this.panel("stage", this.stageMessage, this.stageHost),
      elf: this.panel("elf", this.elf.element),
      timings: this.panel("timings", this.timings.element),
    };
    for (const pane of PANES) {
      const tab = h(
        "button",
        { type: "button", class: "tab", role: "tab", id: `tab-${pane.id}`, "aria-controls": `panel-${panelOf(pane.id)}`, onclick: () => this.show(pane.id) },
        pane.title,
        pane.id === "diagnostics" && this.count,
      );
      this.tabs.set(pane.id, tab);
      this.tabList.append(tab);
    }
    moveByArrows(this.tabList);
    host.append(h("div", { class: "pane-bar" }, this.tabList), ...Object.values(this.panels), this.explanation.element);
    this.stage = new StageView(this.stageHost, (pos, by) => this.pointStage(pos, by));
    const kept = store.read("pane");
    this.show(PANES.find((pane) => pane.id === kept)?.id ?? "diagnostics", false);
  }

  get emit(): Emit[] {
    return [...(PANES.find((pane) => pane.id === this.current)?.emit ?? [])];
  }

  get pane(): PaneId {
    return this.current;
  }

  /** The pane at a place in the row, from 0. */
  showNth(index: number): void {
    const pane = PANES[index];
    if (pane) this.show(pane.id);
  }

  show(id: PaneId, tell = true): void {
    const changed = id !== this.current;
    this.current = id;
    store.write("pane", id);
    for (const [pane, tab] of this.tabs) {
      tab.setAttribute("aria-selected", String(pane === id));
      tab.tabIndex = pane === id ? 0 : -1;
    }
    this.tabs.get(id)?.scrollIntoView({ block: "nearest", inline: "nearest" });
    for (const [name, panel] of Object.entries(this.panels)) panel.hidden = name !== panelOf(id);
    this.panels.stage.setAttribute("aria-labelledby", `tab-${id}`);
    if (panelOf(id) === "stage") this.showStage();
    if (changed && tell) this.events.onPane();
  }

  focus(): void {
    if (panelOf(this.current) === "stage" && !this.stageHost.hidden) this.stage.focus();
    else this.tabs.get(this.current)?.focus();
  }

  setDiagnostics(diagnostics: readonly Diagnostic[]): void {
    const { errors, warnings } = countProblems(diagnostics);
    this.count.hidden = errors + warnings === 0;
    this.count.textContent = String(errors + warnings);
    this.count.classList.toggle("has-errors", errors > 0);
    this.count.setAttribute("aria-label", `${plural(errors, "error")}, ${plural(warnings, "warning")}`);
    const shown = diagnostics.slice(0, MAX_RENDERED).map((diagnostic) => renderedText(diagnostic, this.links));
    const more = diagnostics.length - shown.length;
    if (shown.length === 0) this.diagnostics.replaceChildren(h("p", { class: "empty" }, "No errors, no warnings."));
    else this.diagnostics.replaceChildren(...shown, more > 0 ? h("p", { class: "hint" }, `… and ${more} more.`) : "");
  }

  /** Says why there is nothing: loading, a crash, a check that took too long. */
  setMessage(text: string, severity: "info" | "error"): void {
    this.diagnostics.replaceChildren(h("p", { class: severity === "error" ? "empty c-error" : "empty" }, text));
    this.count.hidden = true;
  }

  setOutcome({ result, latency }: Outcome): void {
    this.setDiagnostics(result.diagnostics);
    for (const output of result.outputs) this.outputs.set(output.emit, output);
    // What was not asked for is of an older text now.
    for (const emit of [...this.outputs.keys()]) {
      if (!result.outputs.some((output) => output.emit === emit) && emit !== this.current) this.outputs.delete(emit);
    }
    this.host.classList.toggle("stale", !result.success);
    if (panelOf(this.current) === "stage") this.showStage(result.success);
    if (this.current === "elf") this.elf.show(result.elf);
    this.timings.setCheck(result, latency);
  }

  /** The source changed: mappings are no longer true. */
  edited(): void {
    this.mappings = [];
    this.stage.showLinked([], false);
    this.builds.markStale();
  }

  /** Marks what came from a place of the source; returns that place's whole extent. */
  pointSource(file: string, pos: number | null, by: By): Range | null {
    const found = pos === null ? [] : mappingsOf(this.mappings, file, pos);
    this.stage.showLinked(found.map(({ start, end }) => ({ from: start, to: end })), by === "cursor");
    const [first] = found;
    return first ? { from: first.sourceStart, to: first.sourceEnd } : null;
  }

  private pointStage(pos: number | null, by: By): void {
    const mapping = pos === null ? null : mappingAt(this.mappings, pos);
    this.stage.showLinked(mapping ? [{ from: mapping.start, to: mapping.end }] : [], false);
    this.events.onStagePoint(mapping?.file ?? null, mapping ? [{ from: mapping.sourceStart, to: mapping.sourceEnd }] : [], by);
  }

  private showStage(success = true): void {
    const title = PANES.find((pane) => pane.id === this.current)?.title ?? "";
    const output = this.outputs.get(this.current);
    this.stageHost.hidden = !output;
    this.stageMessage.hidden = Boolean(output);
    this.mappings = output?.mappings ?? [];
    if (output) this.stage.show(output, title);
    else this.stageMessage.textContent = success ? "Working…" : `The program has errors. ${title} is shown when they are mended.`;
  }

  private panel(name: string, ...children: HTMLElement[]): HTMLElement {
    return h(
      "div",
      { class: `panel panel-${name}`, role: "tabpanel", id: `panel-${name}`, tabindex: name === "stage" ? null : 0, "aria-labelledby": name === "stage" ? "tab-mir" : `tab-${name}` },
      ...children,
    );
  }
}

function panelOf(id: PaneId): "diagnostics" | "build" | "stage" | "elf" | "timings" {
  return id === "diagnostics" || id === "build" || id === "elf" || id === "timings" ? id : "stage";
}
