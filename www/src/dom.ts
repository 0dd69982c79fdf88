/** Making elements: the one way in which this page puts text into the document, and it is always text, never HTML. */

type Listener = (event: never) => void;
type Value = string | number | boolean | null | undefined | Listener;
export type Child = Node | string | null | undefined | false | readonly Child[];

/** An element; `on…` properties are listeners, `true` an empty attribute, `false`, `null` and `undefined` none. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Record<string, Value> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  append(element, children);
  return element;
}

function append(parent: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) append(parent, child as readonly Child[]);
    else if (child) parent.appendChild(typeof child === "string" ? document.createTextNode(child) : (child as Node));
  }
}

/** The element of `index.html` with this id. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no #${id}`);
  return element;
}

/** Outlines on a grid of 16, drawn with strokes. */
const ICONS = {
  add: "M8 3v10M3 8h10",
  check: "M3 8.500 6.500 12 13 4.500",
  close: "M4 4l8 8M12 4l-8 8",
  copy: "M6 6h7v7H6zM3 10V3h7",
  download: "M8 2.500v7M5 7l3 3 3-3M3 13h10",
  examples: "M2.500 3.500h4.500v9H2.500zM9 3.500h4.500M9 6.500h4.500M9 9.500h4.500M9 12.500h3",
  help: "M6 6.200c0-2.900 4.200-2.700 4.200 0C10.200 8 8 8 8 9.800M8 12.300v.2",
  more: "M3.500 8h.2M8 8h.2M12.500 8h.2",
  options: "M2.500 5h6M12 5h1.500M2.500 11H4M7.500 11h6M8.500 5a1.750 1.750 0 1 0 3.500 0 1.750 1.750 0 1 0-3.500 0M4 11a1.750 1.750 0 1 0 3.500 0A1.750 1.750 0 1 0 4 11",
  play: "M5 3.500v9l7.500-4.500z",
  share: "M8 9.500v-7M5.200 5 8 2.200 10.800 5M3 8.500v5h10v-5",
  stop: "M4.500 4.500h7v7h-7z",
  theme: "M8 2.500a5.500 5.500 0 1 0 0 11zM8 2.500a5.500 5.500 0 0 1 0 11",
} as const;

export type IconName = keyof typeof ICONS;

export function icon(name: IconName): SVGSVGElement {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(ns, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** Copies text; where the page may not (no HTTPS), by way of a selected field. Whether it worked. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = h("textarea", { class: "visually-hidden", "aria-hidden": "true" });
    field.value = text;
    (document.querySelector("dialog[open]") ?? document.body).append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    return copied;
  }
}

/** A button that copies and says so for a moment. */
export function copyButton(text: () => string, label: string): HTMLButtonElement {
  const said = h("span", {}, "Copy");
  const button = h(
    "button",
    {
      type: "button",
      class: "quiet small",
      "aria-label": label,
      onclick: async () => {
        said.textContent = (await copyText(text())) ? "Copied" : "Select and copy it by hand";
        setTimeout(() => (said.textContent = "Copy"), 1600);
      },
    },
    icon("copy"),
    said,
  );
  return button;
}

/** A modal dialog with a heading and a way out; it leaves the document when it closes. */
export function openDialog(title: string, className: string, ...children: Child[]): HTMLDialogElement {
  const dialog = h(
    "dialog",
    { class: `dialog ${className}`, "aria-labelledby": "dialog-title", onclose: () => dialog.remove() },
    h(
      "div",
      { class: "dialog-head" },
      h("h2", { id: "dialog-title" }, title),
      h("button", { type: "button", class: "quiet", "aria-label": "Close", onclick: () => dialog.close() }, icon("close")),
    ),
    h("div", { class: "dialog-body", tabindex: "0", role: "group", "aria-label": title }, ...children),
  );
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** `1234567` as `1.18 MiB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kib = bytes / 1024;
  return kib < 1024 ? `${kib.toFixed(1)} KiB` : `${(kib / 1024).toFixed(2)} MiB`;
}

export function formatMs(ms: number): string {
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  return ms < 9950 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** `1 error`, `2 errors`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
