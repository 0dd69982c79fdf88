// The page in a real browser, with the few gestures that the tests are made of.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";
import { chromium } from "playwright-core";
import { DIST, serve } from "./server.mjs";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const ARGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A browser and a server for the tests of a file; both are there when the tests run. */
export function setUp(serverOptions = {}) {
  const world = {
    browser: null,
    server: null,
    /** Opens the page. */
    open: (options) => openPage(world.browser, world.server.url, options),
  };
  before(async () => {
    assert.ok(existsSync(join(DIST, "index.html")), "the page is not built: cargo xtask page");
    world.browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
    world.server = await serve(serverOptions);
  });
  after(async () => {
    await world.browser?.close();
    await world.server?.close();
  });
  return world;
}

/** Opens the page. Whatever goes wrong in it, a request to elsewhere too, is in `faults`. */
export async function openPage(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(`exception: ${error.stack}`));
  page.on("console", (message) => {
    // Chromium's own editing commands make style attributes, which the policy stops; the editor draws anew anyway.
    const ofEditing = message.text().startsWith("Applying inline style violates") && message.location().url === url;
    if (message.type() === "error" && !ofEditing) faults.push(`console: ${message.text()}`);
  });
  context.on("request", (request) => {
    const target = new URL(request.url());
    if (target.protocol !== "blob:" && target.origin !== new URL(url).origin) faults.push(`request to ${target.href}`);
  });
  await page.goto(url);
  return new Page(page, context, faults);
}

export class Page {
  constructor(page, context, faults) {
    this.page = page;
    this.context = context;
    this.faults = faults;
    this.source = page.locator("#editor .cm-content");
    this.stage = page.locator(".stage-host .cm-content");
    this.diagnostics = page.locator(".diagnostics");
  }

  tab(name) {
    return this.page.getByRole("tab", { name, exact: true });
  }

  button(name) {
    return this.page.getByRole("button", { name, exact: true });
  }

  /** Until the last edit is checked. */
  async checked() {
    await this.page.locator(".activity", { hasText: /^Checked in/ }).waitFor({ timeout: 60_000 });
  }

  /** Replaces the shown file, as by pasting. */
  async setText(text) {
    await this.source.click();
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.source.evaluate((element, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", pasted);
      element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  }

  /** The whole text of an editor, which shows only what is in sight. */
  async text(content = this.source) {
    return content.evaluate((element) => element.cmTile.view.state.doc.toString());
  }

  async waitForProblems(pattern) {
    await this.page.locator(".problem-count", { hasText: pattern }).waitFor({ timeout: 60_000 });
  }

  /** Builds for both targets and downloads; the bytes by architecture. */
  async build() {
    await this.page.keyboard.press("ControlOrMeta+Enter");
    const built = {};
    for (const name of ["x86_64", "aarch64"]) {
      const button = this.page.getByRole("button", { name: new RegExp(`^Download .*${name}$`) });
      await button.waitFor({ timeout: 90_000 });
      const [download] = await Promise.all([this.page.waitForEvent("download"), button.click()]);
      const path = await download.path();
      const card = this.page.locator(".build-card", { has: button });
      const [run, digest, command] = await card.locator("dd code").allTextContents();
      built[name] = { path, file: download.suggestedFilename(), run, digest, command };
    }
    return built;
  }

  /** Nothing went wrong that nobody asked for. */
  assertNoFaults() {
    assert.deepEqual(this.faults, []);
  }

  close() {
    return this.context.close();
  }
}
