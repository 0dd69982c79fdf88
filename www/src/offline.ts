/** Keeps the page for use without a network, and offers a new version when there is one. */

import type { Notices } from "./notices.js";

export async function keepOffline(notices: Notices): Promise<void> {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (!workers || import.meta.env.DEV) return;
  const offer = (waiting: ServiceWorker) =>
    notices.show("version", {
      text: "There is a new version of this page.",
      action: {
        label: "Reload",
        run: () => {
          workers.addEventListener("controllerchange", () => location.reload(), { once: true });
          waiting.postMessage("take over");
        },
      },
    });
  try {
    const registration = await workers.register("./sw.js");
    if (registration.waiting && workers.controller) offer(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const next = registration.installing;
      next?.addEventListener("statechange", () => {
        if (next.state === "installed" && workers.controller) offer(next);
      });
    });
  } catch {
    // Private windows and odd servers: the page works, only not offline.
  }
}
