/** The little markdown that explanations and documentation use, as elements: text in, never HTML. */

import { classHighlighter, highlightCode } from "@lezer/highlight";
import { parser } from "@lezer/rust";
import { h } from "./dom.js";

/** Blocks: fenced code, headings, lists, block quotes and paragraphs. */
export function markdown(text: string): DocumentFragment {
  const out = document.createDocumentFragment();
  const lines = text.split("\n");
  for (let i = 0; i < lines.length; ) {
    const line = lines[i] ?? "";
    const fence = /^\s*(```+|~~~+)\s*(.*)$/.exec(line);
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (fence) {
      const body: string[] = [];
      for (i++; i < lines.length && !(lines[i] ?? "").trim().startsWith(fence[1] ?? "```"); i++) body.push(lines[i] ?? "");
      i++;
      out.append(codeBlock(body, fence[2] ?? ""));
    } else if (heading) {
      out.append(h("h3", {}, ...inline(heading[2] ?? "")));
      i++;
    } else if (/^\s*[-*+]\s+/.test(line)) {
      const items: string[] = [];
      for (; i < lines.length && (lines[i] ?? "").trim() !== ""; i++) {
        const item = /^\s*[-*+]\s+(.*)$/.exec(lines[i] ?? "");
        if (item) items.push(item[1] ?? "");
        else items[items.length - 1] += ` ${(lines[i] ?? "").trim()}`;
      }
      out.append(h("ul", {}, ...items.map((item) => h("li", {}, ...inline(item)))));
    } else if (line.trim() === "") {
      i++;
    } else {
      const body: string[] = [];
      for (; i < lines.length && /^(?!\s*(```|~~~|[-*+]\s)|#)\s*\S/.test(lines[i] ?? ""); i++) body.push((lines[i] ?? "").replace(/^>\s?/, ""));
      if (body.length === 0) body.push(lines[i++] ?? "");
      out.append(h("p", {}, ...inline(body.join(" "))));
    }
  }
  return out;
}

/** Rust unless it says otherwise; lines that rustdoc hides are left out. */
function codeBlock(lines: readonly string[], info: string): HTMLElement {
  const isRust = !/\b(text|toml|sh|console|ignore-text|none)\b/.test(info);
  const shown = isRust ? lines.filter((line) => !/^\s*#( |$)/.test(line)) : lines;
  return h("pre", { tabindex: "0", role: "group", "aria-label": "Code" }, isRust ? rustCode(shown.join("\n")) : h("code", {}, shown.join("\n")));
}

/** Rust with its colours. */
export function rustCode(code: string): HTMLElement {
  const out = h("code", { class: "rust" });
  highlightCode(
    code,
    parser.parse(code),
    classHighlighter,
    (text, classes) => out.append(classes ? h("span", { class: classes }, text) : text),
    () => out.append("\n"),
  );
  return out;
}

/** Code, emphasis and links in a line. */
export function inline(text: string): (Node | string)[] {
  const out: (Node | string)[] = [];
  const pattern = /(`+)(.+?)\1|\*\*(.+?)\*\*|\*(\S.*?)\*|\[([^\]]+)\](?:\(([^)\s]+)\)|\[[^\]]*\])?|<(https:\/\/[^>\s]+)>/g;
  let last = 0;
  for (const match of text.matchAll(pattern)) {
    const [whole, , code, strong, emphasis, label, target, url] = match;
    out.push(text.slice(last, match.index));
    last = match.index + whole.length;
    if (code !== undefined) out.push(h("code", {}, code.trim()));
    else if (strong !== undefined) out.push(h("strong", {}, ...inline(strong)));
    else if (emphasis !== undefined) out.push(h("em", {}, ...inline(emphasis)));
    else if (url !== undefined) out.push(link(url, [url]));
    else if (label !== undefined && target?.startsWith("https://")) out.push(link(target, inline(label)));
    else if (label !== undefined) out.push(target || label.startsWith("`") ? h("span", {}, ...inline(label)) : whole);
  }
  out.push(text.slice(last));
  return out;
}

function link(url: string, children: (Node | string)[]): HTMLElement {
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...children);
}
