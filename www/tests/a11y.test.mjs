// axe finds nothing, in light, dark and on a phone, in whatever state the page is.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { setUp } from "./page.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const world = setUp();

async function assertClean(page, state) {
  const violations = await page.page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => `${n.target.join(" ")} (${n.failureSummary})`).join("; ")}`);
  });
  assert.deepEqual(violations, [], state);
}

const LAYOUTS = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  "a phone in light": { colorScheme: "light", viewport: { width: 390, height: 844 }, hasTouch: true },
  "a phone in dark": { colorScheme: "dark", viewport: { width: 390, height: 844 }, hasTouch: true },
};

for (const [name, options] of Object.entries(LAYOUTS)) {
  test(`axe: ${name}`, { timeout: 150_000 }, async () => {
    // axe is put into the page past its policy.
    const page = await world.open({ ...options, bypassCSP: true });
    await page.page.evaluate(axe);
    const phone = options.viewport !== undefined;
    const output = async () => phone && (await page.button("Output").click());
    await page.waitForProblems("No problems");
    await assertClean(page, "at first");
    await page.setText("fn main() {\n    let a = 1;\n    a = 2;\n    let b = 3;\n    undefined_function(a);\n}\n");
    await page.waitForProblems(/error/);
    await page.page.keyboard.press("F8");
    await assertClean(page, "with errors and a card");
    await page.page.keyboard.press("Escape");
    await output();
    await page.diagnostics.getByRole("button", { name: /^E0/ }).first().click();
    await page.page.locator(".explanation pre").first().waitFor();
    await assertClean(page, "with an explanation");
    await page.button("Close the explanation").click();
    if (phone) await page.button("Code").click();
    await page.setText('fn main() {\n    println!("hi");\n}\n');
    await page.waitForProblems("No problems");
    await page.page.keyboard.press("ControlOrMeta+Enter");
    await page.page.getByRole("button", { name: "Download main-aarch64" }).waitFor({ timeout: 60_000 });
    await assertClean(page, "built");
    for (const pane of ["MIR", "Assembly", "ELF", "Timings"]) {
      await page.tab(pane).click();
      await page.page.locator(pane === "ELF" ? ".elf table" : pane === "Timings" ? ".timings table" : `.stage-host .cm-content[aria-label="${pane} of the program"]`).first().waitFor();
      await assertClean(page, pane);
    }
    for (const tool of ["Examples", "Share", "Help"]) {
      await page.button(tool).click();
      await page.page.getByRole("dialog").waitFor();
      await assertClean(page, tool);
      await page.page.keyboard.press("Escape");
    }
    for (const [tool, popover] of [[/^Options/, "#options"], ["Appearance", "#appearance"]]) {
      await page.page.getByRole("button", { name: tool }).click();
      await page.page.locator(popover).waitFor();
      await assertClean(page, popover);
      await page.page.keyboard.press("Escape");
    }
    const overflow = await page.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `the page is ${overflow} pixels too wide`);
    page.assertNoFaults();
    await page.close();
  });
}
