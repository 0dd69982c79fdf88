// The times that the page shows of itself, against what was promised. Slack is for a busy machine of two cores.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setUp } from "../page.mjs";

const SLACK = Number(process.env.SLACK ?? 2);

const world = setUp();

/** Milliseconds as the page writes them. */
function ms(text) {
  const [, number, unit] = /([\d.]+) (ms|s)$/.exec(text.trim()) ?? assert.fail(`no time: ${text}`);
  return Number(number) * (unit === "s" ? 1000 : 1);
}

async function pageTime(page, name) {
  await page.tab("Timings").click();
  return ms(await page.page.getByRole("row", { name }).textContent());
}

async function best(times, measure) {
  let least = Infinity;
  for (let i = 0; i < times; i++) least = Math.min(least, await measure(i));
  return least;
}

test("ready to type within a second", { timeout: 60_000 }, async (t) => {
  const time = await best(3, async () => {
    const page = await world.open();
    const time = await pageTime(page, /Page ready to type/);
    await page.close();
    return time;
  });
  t.diagnostic(`${time} ms`);
  assert.ok(time <= 1000 * SLACK, `${time} ms`);
});

test("hello, warm, compiled and linked within half a second", { timeout: 90_000 }, async (t) => {
  const page = await world.open();
  await page.waitForProblems("No problems");
  const time = await best(4, async (i) => {
    await page.setText(`fn main() {\n    println!("hello {}", ${i});\n}\n`);
    await page.build();
    return ms((await page.page.locator(".build-card .row .hint").first().textContent()) ?? "");
  });
  t.diagnostic(`${time} ms`);
  assert.ok(time <= 500 * SLACK, `${time} ms`);
  await page.close();
});

test("200 lines: keystroke to diagnostics within 300 ms", { timeout: 90_000 }, async (t) => {
  const program = readFileSync(join(import.meta.dirname, "../../../examples/adventure.rs"), "utf8");
  assert.ok(program.split("\n").length >= 200);
  const page = await world.open();
  await page.setText(program);
  await page.waitForProblems("No problems");
  const time = await best(5, async () => {
    await page.source.click();
    await page.page.keyboard.press("ControlOrMeta+End");
    await page.page.keyboard.type("}");
    await page.waitForProblems(/error/);
    await page.page.keyboard.press("Backspace");
    await page.waitForProblems("No problems");
    return pageTime(page, /Keystroke to diagnostics/);
  });
  t.diagnostic(`${time} ms`);
  assert.ok(time <= 300 * SLACK, `${time} ms`);
  await page.close();
});
