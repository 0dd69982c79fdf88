/** What is in the executable: its sections and symbols, with how much room each takes. */

import type { ElfLayout, ElfSymbol } from "../../crates/wasm/npm/src/protocol.js";
import { formatBytes, h } from "./dom.js";

/** Rows of symbols before the filter is wanted. */
const MAX_ROWS = 300;

export class ElfPane {
  readonly element = h("div", { class: "elf" }, h("p", { class: "empty" }, "Working…"));

  show(elf: ElfLayout | null): void {
    if (!elf) {
      if (!this.element.querySelector("table")) {
        this.element.replaceChildren(h("p", { class: "empty" }, "The program has errors. Its executable is shown when they are mended."));
      }
      return;
    }
    this.element.replaceChildren(
      h("p", { class: "summary" }, h("b", {}, formatBytes(elf.fileSize)), ` in the file, starts at ${hex(elf.entry)}.`),
      h("h2", {}, "Sections"),
      sections(elf),
      h("h2", {}, `Symbols (${elf.symbols.length})`),
      symbols(elf.symbols),
    );
  }
}

function sections(elf: ElfLayout): HTMLElement {
  const largest = Math.max(1, ...elf.sections.map((section) => section.size));
  const rows = elf.sections
    .filter((section) => section.name !== "")
    .map((section) =>
      h(
        "tr",
        {},
        h("th", { scope: "row" }, section.name),
        h("td", { class: "number" }, hex(section.address)),
        h("td", { class: "number" }, hex(section.offset)),
        h("td", { class: "number" }, section.flags),
        sizeCell(section.size, largest),
      ),
    );
  return table(["Name", "Address", "Offset", "Flags", "Size"], rows);
}

function symbols(all: readonly ElfSymbol[]): HTMLElement {
  const sorted = all.filter((symbol) => symbol.size > 0 || symbol.kind === "func").sort((a, b) => b.size - a.size);
  const largest = Math.max(1, sorted[0]?.size ?? 1);
  const body = h("div");
  const filter = h("input", { type: "search", placeholder: "Filter by name", "aria-label": "Filter symbols by name", oninput: () => render() });
  const render = () => {
    const wanted = filter.value.toLowerCase();
    const found = sorted.filter((symbol) => symbol.name.toLowerCase().includes(wanted));
    const rows = found.slice(0, MAX_ROWS).map((symbol) =>
      h(
        "tr",
        {},
        h("th", { scope: "row", class: "symbol" }, symbol.name),
        h("td", { class: "number" }, symbol.section),
        h("td", { class: "number" }, hex(symbol.address)),
        sizeCell(symbol.size, largest),
      ),
    );
    const more = found.length - rows.length;
    body.replaceChildren(table(["Name", "Section", "Address", "Size"], rows), more > 0 ? h("p", { class: "hint" }, `… and ${more} smaller ones.`) : "");
  };
  render();
  return h("div", {}, filter, body);
}

function table(columns: readonly string[], rows: HTMLElement[]): HTMLElement {
  return h(
    "div",
    { class: "table-scroll", tabindex: "0", role: "group", "aria-label": `Table of ${(columns[1] === "Section" ? "symbols" : "sections")}` },
    h("table", {}, h("thead", {}, h("tr", {}, ...columns.map((name) => h("th", { scope: "col" }, name)))), h("tbody", {}, ...rows)),
  );
}

function sizeCell(size: number, largest: number): HTMLElement {
  const bar = h("span", { class: "bar", "aria-hidden": "true" });
  bar.style.setProperty("--part", String(size / largest));
  return h("td", { class: "size" }, h("span", { class: "size-text" }, formatBytes(size)), bar);
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}
