/** The dialogs: the gallery of examples, the share link, the keyboard. */

import { copyButton, formatBytes, h, openDialog } from "./dom.js";
import type { SourceFile } from "./project.js";

export interface Example {
  id: string;
  title: string;
  description: string;
  files: SourceFile[];
}

export async function openGallery(choose: (example: Example) => void): Promise<void> {
  const { examples } = await import("virtual:examples");
  const dialog = openDialog(
    "Examples",
    "wide",
    h(
      "ul",
      { class: "gallery" },
      ...examples.map((example) =>
        h(
          "li",
          {},
          h(
            "button",
            {
              type: "button",
              onclick: () => {
                dialog.close();
                choose(example);
              },
            },
            h("b", {}, example.title),
            h("span", {}, example.description),
            h("small", {}, size(example)),
          ),
        ),
      ),
    ),
  );
}

function size({ files }: Example): string {
  const lines = files.reduce((sum, file) => sum + file.text.trimEnd().split("\n").length, 0);
  return files.length > 1 ? `${files.length} files, ${lines} lines` : `${lines} lines`;
}

export function openShare(link: string): void {
  const field = h("input", { type: "text", id: "share-link", readonly: true, value: link, onfocus: () => field.select() });
  const long = link.length > 8000;
  openDialog(
    "Share this program",
    "narrow",
    h("p", {}, "The link holds the whole program and its options. No server keeps it."),
    h("label", { for: "share-link" }, "Link"),
    h("div", { class: "row" }, field, copyButton(() => link, "Copy the link")),
    h("p", { class: "hint" }, `${formatBytes(link.length)}.${long ? " Some programs cut off links as long as this." : ""}`),
  );
  field.focus();
}

const KEYS: readonly (readonly [string, string])[] = [
  ["Mod+Enter", "Build for both targets"],
  ["F8, Shift+F8", "Next and previous problem"],
  ["Mod+.", "The suggestions for the problem at the cursor"],
  ["F6", "Between the source and the output"],
  ["Alt+1 … Alt+0", "Choose an output pane"],
  ["Esc, then Tab", "Leave the editor"],
  ["Mod+F", "Find and replace"],
  ["Mod+/", "Turn lines into comments and back"],
  ["Mod+Z, Mod+Shift+Z", "Undo, redo"],
  ["?", "This list (outside of the editor)"],
];

export function openShortcuts(): void {
  const mod = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl";
  openDialog(
    "Help",
    "narrow",
    h(
      "p",
      {},
      "This page is rcc, a Rust compiler, whole. It checks the program as you type, shows what each of its stages makes of it, and builds executables for Linux. All of that happens in this page: nothing you write is sent anywhere.",
    ),
    h("h3", {}, "Keyboard"),
    h(
      "dl",
      { class: "keys" },
      ...KEYS.flatMap(([keys, what]) => [
        h("dt", {}, ...keys.split(/(, then |, | … |\+)/).map((part) => (/^(, then |, | … |\+)$/.test(part) ? part : h("kbd", {}, part === "Mod" ? mod : part)))),
        h("dd", {}, what),
      ]),
    ),
    h(
      "p",
      {},
      "With the cursor in a stage such as MIR, the source that it came from is marked, and the other way round.",
    ),
  );
}
