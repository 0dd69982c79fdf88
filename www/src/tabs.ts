/** Tab lists by keyboard: arrows, Home and End move between tabs and choose, as ARIA's practices say. */

export function moveByArrows(list: HTMLElement): void {
  list.addEventListener("keydown", (event) => {
    const tabs = [...list.querySelectorAll<HTMLElement>("[role=tab]")];
    const at = tabs.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
    const tab = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length];
    if (!tab || at < 0) return;
    event.preventDefault();
    tab.focus();
    tab.click();
  });
}
