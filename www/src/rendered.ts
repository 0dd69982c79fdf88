/**
 * The text that the command line prints for a diagnostic, with the colours that it has in a terminal, codes and places
 * as links. Only the text is given; what stands where follows from rustc's layout.
 */

import type { Diagnostic } from "../../crates/wasm/npm/src/protocol.js";
import { h, type Child } from "./dom.js";
import { severityOf } from "./problems.js";

export interface RenderedLinks {
  explain: (code: string) => void;
  goTo: (file: string, line: number, column: number) => void;
}

/** A diagnostic may hold the user's whole program; no more than this of it is shown. */
const LIMIT = 20_000;

export function renderedText(diagnostic: Diagnostic, links: RenderedLinks): HTMLElement {
  let text = (diagnostic.rendered ?? `${diagnostic.level}: ${diagnostic.message}\n`).trimEnd();
  if (text.length > LIMIT) text = `${text.slice(0, LIMIT)}…`;
  let severity = severityOf(diagnostic) as string;
  const block = h("div", { class: `rendered ${severity}` });
  for (const line of text.split("\n")) {
    const header = /^(error|warning|note|help|failure-note|error: internal compiler error)(\[\w+\])?: /.exec(line);
    if (header) severity = { error: "error", warning: "warning", note: "note", help: "help" }[header[1] ?? ""] ?? severity;
    const shown = h("span", { class: "line" }, ...lineParts(line, severity, links));
    const hang = proseIndent(line);
    if (hang !== null) {
      shown.classList.add("prose");
      shown.style.setProperty("--hang", `${hang}ch`);
    }
    block.append(shown, "\n");
  }
  return block;
}

/** How far a line of words is indented where it goes on; `null` for a line of source, which stays one line. */
function proseIndent(line: string): number | null {
  if (/^\s*(\d* *\||-->|:::|\.\.\.|\d+ [+~-] )/.test(line)) return null;
  return /^\s*= \w+: |^ */.exec(line)?.[0].length ?? 0;
}

function lineParts(line: string, severity: string, links: RenderedLinks): Child[] {
  const header = /^(error|warning|note|help)(?:\[(E\d{4})\])?(: .*)$/.exec(line);
  if (header) {
    const [, level = "", code, rest = ""] = header;
    return [h("b", { class: `c-${severity}` }, level, code ? ["[", codeLink(code, links), "]"] : null), h("b", {}, rest)];
  }
  const place = /^(\s*(?:-->|:::) )(\S+?):(\d+):(\d+)$/.exec(line);
  if (place) {
    const [, arrow = "", file = "", row = "", column = ""] = place;
    const go = () => links.goTo(file, Number(row), Number(column));
    return [h("span", { class: "c-gutter" }, arrow), h("button", { type: "button", class: "link", onclick: go }, `${file}:${row}:${column}`)];
  }
  const remark = /^(\s*= )(note|help|warning)(: .*)$/.exec(line);
  if (remark) {
    return [h("span", { class: "c-gutter" }, remark[1]), h("b", {}, remark[2]), remark[3]];
  }
  const change = /^(\s*\d+ )([+~-] .*)$/.exec(line);
  if (change) {
    return [h("span", { class: "c-gutter" }, change[1]), h("span", { class: change[2]?.startsWith("-") ? "c-error" : "c-added" }, change[2])];
  }
  const source = /^(\s*\d*\s*\|)(.*)$/.exec(line);
  if (source) {
    const [, gutter = "", rest = ""] = source;
    const annotation = !/\d/.test(gutter);
    return [h("span", { class: "c-gutter" }, gutter), ...(annotation ? annotationParts(rest, severity) : [rest])];
  }
  const explained = /^(.*--explain )(E\d{4})(.*)$/.exec(line);
  if (explained) return [explained[1], codeLink(explained[2] ?? "", links), explained[3]];
  return [line];
}

/** `^^^` and what is said to it in the colour of the severity, the rest in that of secondary places. */
function annotationParts(text: string, severity: string): Child[] {
  const parts: Child[] = [];
  let colour = "c-secondary";
  for (const part of text.match(/\^+|-+|[~+]{2,}|[^\^~+-]+|[~+]/g) ?? []) {
    if (part.startsWith("^")) colour = `c-${severity}`;
    else if (/^-+$/.test(part)) colour = "c-secondary";
    else if (/^[~+]+$/.test(part)) colour = "c-added";
    parts.push(h("span", { class: colour }, part));
  }
  return parts;
}

export function codeLink(code: string, links: Pick<RenderedLinks, "explain">): HTMLElement {
  const open = () => links.explain(code);
  return h("button", { type: "button", class: "link", title: `Explain ${code}`, onclick: open }, code);
}
