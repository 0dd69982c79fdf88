// From typing a program to running its executables, on servers of many kinds.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { openPage, setUp } from "./page.mjs";
import { runCommand, runExecutable } from "./rcc.mjs";
import { serve } from "./server.mjs";

const world = setUp();

async function withPage(serverOptions, use) {
  const server = await serve(serverOptions);
  try {
    const page = await openPage(world.browser, server.url);
    await use(page, server);
    page.assertNoFaults();
    await page.close();
  } finally {
    await server.close();
  }
}

test("type, see the squiggle, take the suggestion, build, download, run", { timeout: 150_000 }, async () => {
  await withPage({ base: "/some/where/", csp: true, wasmType: "text/plain" }, async (page, server) => {
    const { keyboard } = page.page;
    await page.source.click();
    await keyboard.press("ControlOrMeta+a");
    // As by hand: the editor closes brackets and indents.
    await keyboard.type("fn main() {\nlet total = 0;\nfor n in 1..=10 {\ntotal += n * n;");
    await keyboard.press("ArrowDown");
    await keyboard.press("End");
    await keyboard.type('\nprintln!("the sum is {total}");');
    await page.waitForProblems("1 error");
    const squiggle = page.page.locator("#editor .cm-lintRange-error");
    assert.equal(await squiggle.first().textContent(), "total += n * n");
    assert.match(await page.diagnostics.textContent(), /error\[E0384\]: cannot assign twice to immutable variable `total`/);

    await squiggle.first().hover();
    const fix = page.page.getByRole("button", { name: "Insert mut" });
    await fix.click();
    await page.waitForProblems("No problems");
    const text = await page.text();
    assert.match(text, /let mut total = 0;/);

    const built = await page.build();
    for (const [architecture, { path, file, run, digest, command }] of Object.entries(built)) {
      const bytes = readFileSync(path);
      assert.equal(file, `main-${architecture}`);
      assert.equal(run, `chmod +x ${file} && ./${file}`);
      assert.equal(digest, createHash("sha256").update(bytes).digest("hex"));
      assert.equal(runExecutable(path, architecture), "the sum is 385\n");
      assert.ok(bytes.equals(runCommand(command, { "main.rs": text })), `${command} makes other bytes than the page`);
    }
    assert.ok(server.seen.every((path) => path.startsWith("/some/where/")), "a request left the folder of the page");
  });
});

test("several files and options make the same bytes as the command line", { timeout: 120_000 }, async () => {
  await withPage({}, async (page) => {
    await page.setText("mod shapes;\n\nfn main() {\n    println!(\"{}\", shapes::area(3, 4));\n}\n");
    await page.waitForProblems("1 error");
    await page.button("Add a file").click();
    await page.page.getByLabel("Path").fill("shapes.rs");
    await page.page.keyboard.press("Enter");
    await page.setText("pub fn area(a: u32, b: u32) -> u32 {\n    debug_assert!(a < 100);\n    a * b\n}\n");
    await page.waitForProblems("No problems");
    await page.page.getByRole("button", { name: /^Options/ }).click();
    await page.page.getByLabel("Optimisation").selectOption("3");
    await page.page.getByLabel("Edition").selectOption("2021");
    await page.page.getByLabel("Debug assertions").selectOption("on");
    await page.page.getByLabel("Crate name").fill("areas");
    await page.page.keyboard.press("Enter");
    await page.page.keyboard.press("Escape");
    const built = await page.build();
    const files = { "main.rs": await page.text(), "shapes.rs": "" };
    await page.tab("shapes.rs").click();
    files["shapes.rs"] = await page.text();
    await page.tab("main.rs").click();
    files["main.rs"] = await page.text();
    for (const [architecture, { path, file, command }] of Object.entries(built)) {
      assert.equal(file, `areas-${architecture}`);
      assert.match(command, /opt-level=3/);
      assert.equal(runExecutable(path, architecture), "12\n");
      assert.ok(readFileSync(path).equals(runCommand(command, files)), `${command} makes other bytes than the page`);
    }
  });
});

for (const [name, options] of [
  ["no special headers", {}],
  ["cross-origin isolation", { isolated: true }],
  ["the policy as a header", { csp: true }],
  ["WebAssembly as octets", { wasmType: "application/octet-stream" }],
]) {
  test(`works with ${name}`, { timeout: 60_000 }, async () => {
    await withPage(options, async (page) => {
      await page.waitForProblems("No problems");
      await page.setText('fn main() { let x: i32 = "no"; }');
      await page.waitForProblems(/1 error/);
      assert.equal(await page.page.evaluate(() => crossOriginIsolated), options.isolated ?? false);
    });
  });
}
