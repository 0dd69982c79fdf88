/** The bar between source and output: dragged by pointer, moved by arrow keys. */

import { store } from "./project.js";

export function makeSplitter(bar: HTMLElement, work: HTMLElement): void {
  const set = (percent: number) => {
    const part = Math.round(Math.min(80, Math.max(20, percent)));
    work.style.setProperty("--code-part", `${part}%`);
    bar.setAttribute("aria-valuenow", String(part));
    store.write("split", String(part));
  };
  const now = () => Number(bar.getAttribute("aria-valuenow"));
  set(Number(store.read("split") ?? 52) || 52);

  bar.addEventListener("pointerdown", (event) => {
    bar.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  bar.addEventListener("pointermove", (event) => {
    if (!bar.hasPointerCapture(event.pointerId)) return;
    const box = work.getBoundingClientRect();
    set((100 * (event.clientX - box.left)) / box.width);
  });
  bar.addEventListener("dblclick", () => set(52));
  bar.addEventListener("keydown", (event) => {
    const to = { ArrowLeft: now() - 2, ArrowRight: now() + 2, Home: 20, End: 80 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    set(to);
  });
}
