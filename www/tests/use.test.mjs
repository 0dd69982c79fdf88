// What a person does with the page besides compiling: keyboard, panes, links, files, examples, offline.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage, setUp } from "./page.mjs";
import { serve } from "./server.mjs";

const world = setUp({ csp: true });

async function withPage(use, options, url = world.server.url) {
  const page = await openPage(world.browser, url, options);
  await use(page);
  page.assertNoFaults();
  await page.close();
}

const focused = (page) =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return { label: element?.getAttribute("aria-label"), text: element?.textContent, tag: element?.tagName };
  });

test("F8 goes round the problems, opens their card, and the suggestions can be had by keyboard", { timeout: 60_000 }, () =>
  withPage(async (page) => {
    const { keyboard } = page.page;
    await page.setText("fn main() {\n    let a = 1;\n    a += 2;\n    let b = 1;\n    b += 2;\n    println!(\"{a}{b}\");\n}\n");
    await page.waitForProblems("2 errors");
    await keyboard.press("ControlOrMeta+Home");
    const card = page.page.locator("#editor .cm-card");
    await keyboard.press("F8");
    await card.getByText("immutable variable a").waitFor();
    assert.match(await page.page.locator(".cursor").textContent(), /^Line 3,/);
    await keyboard.press("F8");
    assert.match(await page.page.locator(".cursor").textContent(), /^Line 5,/);
    await keyboard.press("F8");
    assert.match(await page.page.locator(".cursor").textContent(), /^Line 3,/);
    await keyboard.press("Shift+F8");
    assert.match(await page.page.locator(".cursor").textContent(), /^Line 5,/);
    await keyboard.press("ControlOrMeta+.");
    await page.page.waitForFunction(() => document.querySelector("#editor").shadowRoot.activeElement?.matches("button.fix"));
    await keyboard.press("Enter");
    await page.waitForProblems("1 error");
    assert.match(await page.text(), /let mut b = 1/);
    await keyboard.press("ControlOrMeta+z");
    await page.waitForProblems("2 errors");
  }));

test("Tab indents, Escape and then Tab leaves the editor", { timeout: 60_000 }, () =>
  withPage(async (page) => {
    const { keyboard } = page.page;
    await page.setText("fn main() {}\n");
    await keyboard.press("ControlOrMeta+Home");
    await keyboard.press("Tab");
    assert.equal(await page.text(), "    fn main() {}\n");
    assert.equal((await focused(page.page)).label, "Source of main.rs");
    await keyboard.press("Escape");
    await keyboard.press("Tab");
    assert.notEqual((await focused(page.page)).label, "Source of main.rs");
  }));

test("? shows the keyboard, F6 and Alt with a digit move about", { timeout: 60_000 }, () =>
  withPage(async (page) => {
    const { keyboard } = page.page;
    await page.button("Share").focus();
    await keyboard.press("?");
    const dialog = page.page.getByRole("dialog");
    await dialog.getByText("Next and previous problem").waitFor();
    await keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await keyboard.press("F6");
    assert.equal((await focused(page.page)).label, "Source of main.rs");
    await keyboard.type("?");
    assert.match(await page.text(), /\?/, "in the editor it is a question mark");
    await keyboard.press("ControlOrMeta+z");
    await keyboard.press("Alt+6");
    assert.equal(await page.tab("MIR").getAttribute("aria-selected"), "true");
    await page.stage.waitFor();
    await keyboard.press("F6");
    assert.equal((await focused(page.page)).label, "MIR of the program");
  }));

test("an error code opens its explanation", { timeout: 60_000 }, () =>
  withPage(async (page) => {
    await page.setText('fn main() { let x: i32 = "a"; }');
    await page.waitForProblems("1 error");
    await page.diagnostics.getByRole("button", { name: "E0308" }).first().click();
    const panel = page.page.getByRole("complementary");
    await panel.locator("pre .tok-keyword").first().waitFor();
    assert.match(await panel.textContent(), /E0308/);
    await page.page.keyboard.press("Escape");
    await panel.waitFor({ state: "hidden" });
  }));

test("a place in the diagnostics leads to the source", { timeout: 60_000 }, () =>
  withPage(async (page) => {
    await page.setText('fn main() {\n    let x: i32 = "a";\n}\n');
    await page.waitForProblems("1 error");
    await page.diagnostics.getByRole("button", { name: "main.rs:2:18" }).click();
    assert.equal(await page.page.locator(".cursor").textContent(), "Line 2, column 18");
    assert.equal((await focused(page.page)).label, "Source of main.rs");
  }));

test("hovering over a name tells what it is", { timeout: 60_000 }, () =>
  withPage(async (page) => {
    await page.setText("/// Twice as much.\nfn double(x: u32) -> u32 { x * 2 }\nfn main() { println!(\"{}\", double(4)); }\n");
    await page.waitForProblems("No problems");
    const name = page.source.getByText("double").last();
    const box = await name.boundingBox();
    assert.ok(box);
    const line = page.page.locator("#editor .cm-line").nth(1);
    const at = await line.boundingBox();
    await page.page.mouse.move(at.x + 50, at.y + at.height / 2);
    const docs = page.page.locator("#editor .cm-hover-docs");
    await docs.waitFor({ timeout: 10_000 });
    assert.match(await docs.textContent(), /fn double\(x: u32\) -> u32/);
    assert.match(await docs.textContent(), /Twice as much/);
  }));

const STAGES = {
  Expanded: /_print/,
  HIR: /_print/,
  THIR: /Expr \{/,
  MIR: /bb0: \{/,
  CLIF: /function u0:/,
  Assembly: /(retq?|ret)\b/,
};

test("each stage is shown, and follows the source", { timeout: 90_000 }, () =>
  withPage(async (page) => {
    await page.setText("fn main() {\n    let answer = 6 * 7;\n    println!(\"{answer}\");\n}\n");
    for (const [name, pattern] of Object.entries(STAGES)) {
      await page.tab(name).click();
      await page.page.locator(`.stage-host .cm-content[aria-label="${name} of the program"]`).waitFor();
      assert.match(await page.text(page.stage), pattern, name);
    }
    await page.tab("MIR").click();
    await page.setText("fn other() {}\nfn main() { other(); }\n");
    await page.page.waitForFunction(() => {
      const content = document.querySelector(".stage-host").shadowRoot.querySelector(".cm-content");
      return content.cmTile.view.state.doc.toString().includes("fn other()");
    });
    await page.tab("ELF").click();
    await page.page.getByRole("rowheader", { name: ".text", exact: true }).waitFor();
    await page.page.getByRole("searchbox").fill("other");
    await page.page.getByRole("rowheader", { name: /other/ }).first().waitFor();
    await page.tab("Timings").click();
    assert.match(await page.page.locator(".timings").textContent(), /Last check.*Keystroke|Keystroke.*Last check/s);
  }));

test("the chosen target's machine code is shown", { timeout: 60_000 }, () =>
  withPage(async (page) => {
    await page.setText("fn main() {\n    println!(\"{}\", 6 * 7);\n}\n");
    await page.page.getByRole("button", { name: /^Options/ }).click();
    await page.page.getByLabel("Target").selectOption("aarch64-unknown-linux-musl");
    await page.page.keyboard.press("Escape");
    await page.tab("Assembly").click();
    await page.page.waitForFunction(() => {
      const content = document.querySelector(".stage-host").shadowRoot?.querySelector(".cm-content");
      return /\b(stp|adrp|ldp)\b/.test(content?.cmTile.view.state.doc.toString() ?? "");
    });
    await page.page.keyboard.press("ControlOrMeta+Enter");
    await page.page.getByRole("button", { name: "Download main-x86_64" }).waitFor({ timeout: 60_000 });
    await page.tab("Timings").click();
    assert.match(await page.page.locator(".timings").textContent(), /Last build for aarch64.*codegen.*link/s);
  }));

test("loading is shown with true percentages", { timeout: 60_000 }, async () => {
  const context = await world.browser.newContext();
  await context.addInitScript(() => {
    globalThis.said = [];
    new MutationObserver(() => {
      const text = document.querySelector(".activity")?.textContent;
      if (text && text !== globalThis.said.at(-1)) globalThis.said.push(text);
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  const page = await context.newPage();
  await page.goto(world.server.url);
  await page.locator(".problem-count", { hasText: "No problems" }).waitFor();
  const said = await page.evaluate(() => globalThis.said);
  const percents = said.flatMap((text) => /^Loading the compiler: (\d+) % of [\d.]+ MiB$/.exec(text)?.[1] ?? []).map(Number);
  assert.ok(percents.length >= 3 && percents.at(-1) <= 100, said.join("\n"));
  assert.deepEqual(percents, percents.toSorted((a, b) => a - b));
  await context.close();
});

test("a build that goes on too long for someone is stopped", { timeout: 60_000 }, () =>
  withPage(async (page) => {
    await page.waitForProblems("No problems");
    const loops = "macro_rules! m { ($($t:tt)*) => { m!($($t)* $($t)* x) } }\nfn main() { m!(a); }\n";
    await page.setText(loops);
    await page.page.keyboard.press("ControlOrMeta+Enter");
    await page.button("Stop").click();
    await page.button("Build for both targets").waitFor();
    await page.setText("fn main() {}\n");
    await page.waitForProblems("No problems");
  }));

test("source and stage mark each other, by pointer and by cursor", { timeout: 60_000 }, () =>
  withPage(async (page) => {
    const { keyboard } = page.page;
    await page.setText("fn first() -> u32 {\n    11 + 22\n}\n\nfn main() {\n    println!(\"{}\", first());\n}\n");
    await page.tab("MIR").click();
    await page.page.locator('.stage-host .cm-content[aria-label="MIR of the program"]').waitFor();
    await page.checked();
    const inSource = page.page.locator("#editor .cm-linked");
    const inStage = page.page.locator(".stage-host .cm-linked");
    // The cursor in the source, into `11`.
    await page.source.click();
    await keyboard.press("ControlOrMeta+Home");
    await keyboard.press("ArrowDown");
    for (let i = 0; i < 6; i++) await keyboard.press("ArrowRight");
    await inStage.first().waitFor();
    assert.match((await inSource.allTextContents()).join(""), /11/);
    // The pointer leaves no mark behind.
    const line = page.page.locator("#editor .cm-line").nth(1);
    const at = await line.boundingBox();
    await page.page.mouse.move(at.x + 60, at.y + at.height / 2);
    await inStage.first().waitFor();
    await page.page.mouse.move(5, 5);
    await inStage.first().waitFor({ state: "detached" });
    // The cursor in the stage: through all of its lines there is one that leads to the source.
    await page.stage.click();
    await keyboard.press("ControlOrMeta+Home");
    let found = false;
    for (let i = 0; i < 30 && !found; i++) {
      await keyboard.press("ArrowDown");
      await keyboard.press("End");
      await keyboard.press("ArrowLeft");
      found = (await inSource.count()) > 0;
    }
    assert.ok(found, "no line of MIR leads to the source");
  }));

test("a shared link brings the program, its files and its options", { timeout: 60_000 }, () =>
  withPage(async (page) => {
    await page.setText('mod a;\nfn main() { println!("🦀 <b>{}</b>", a::X); }\n');
    await page.button("Add a file").click();
    await page.page.getByLabel("Path").fill("a.rs");
    await page.page.keyboard.press("Enter");
    await page.setText("pub const X: u32 = 7;\n");
    await page.page.getByRole("button", { name: /^Options/ }).click();
    await page.page.getByLabel("Edition").selectOption("2018");
    await page.page.keyboard.press("Escape");
    await page.button("Share").click();
    const link = await page.page.getByLabel("Link", { exact: true }).inputValue();
    assert.equal(page.page.url(), link);
    const other = await openPage(world.browser, link);
    await other.waitForProblems("No problems");
    assert.deepEqual(await other.page.locator(".file-bar .tab").allTextContents(), ["main.rs", "a.rs"]);
    assert.equal(await other.text(), 'mod a;\nfn main() { println!("🦀 <b>{}</b>", a::X); }\n');
    assert.match(await other.page.locator(".tool .summary").textContent(), /^2018/);
    await other.close();
    const playground = await openPage(world.browser, `${world.server.url}?mode=release&edition=2021&code=${encodeURIComponent("fn main() { }")}`);
    assert.equal(await playground.text(), "fn main() { }");
    assert.match(await playground.page.locator(".tool .summary").textContent(), /^2021 · release/);
    await playground.close();
    const broken = await openPage(world.browser, `${world.server.url}#1.nonsense`);
    await broken.page.getByText("The link cannot be read").waitFor();
    await broken.close();
  }));

test("what is written is there again after a reload; a link does not take it away", { timeout: 60_000 }, () =>
  withPage(async (page) => {
    const mine = "fn main() { /* mine */ }\n";
    await page.setText(mine);
    await page.page.reload();
    await page.page.locator("body[data-ready]").waitFor();
    assert.equal(await page.text(), mine);
    await page.page.goto(`${world.server.url}?code=${encodeURIComponent("fn main() { /* theirs */ }")}`);
    await page.page.getByRole("button", { name: "Back to mine" }).click();
    assert.equal(await page.text(), mine);
  }));

test("files are added, renamed and deleted", { timeout: 60_000 }, () =>
  withPage(async (page) => {
    const tabs = page.page.locator(".file-bar .tab");
    await page.button("Add a file").click();
    await page.page.getByLabel("Path").fill("main.rs");
    await page.page.keyboard.press("Enter");
    await page.page.getByText("There is a main.rs already").waitFor();
    await page.page.getByLabel("Path").fill("deep/shape.rs");
    await page.page.keyboard.press("Enter");
    await page.page.keyboard.type("// here");
    await page.button("Rename").click();
    await page.page.getByLabel("Path").fill("shape.rs");
    await page.page.keyboard.press("Enter");
    assert.deepEqual(await tabs.allTextContents(), ["main.rs", "shape.rs"]);
    assert.equal(await page.text(), "// here");
    await page.tab("shape.rs").press("ArrowLeft");
    assert.equal(await page.tab("main.rs").getAttribute("aria-selected"), "true");
    assert.equal(await page.button("Delete").count(), 0, "the root stays");
    await page.tab("main.rs").press("ArrowRight");
    await page.button("Delete").click();
    await page.page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    assert.deepEqual(await tabs.allTextContents(), ["main.rs"]);
  }));

test("every example compiles without a complaint", { timeout: 120_000 }, () =>
  withPage(async (page) => {
    await page.button("Examples").click();
    const examples = page.page.locator(".gallery button");
    await examples.first().waitFor();
    const count = await examples.count();
    assert.ok(count >= 10);
    await page.page.keyboard.press("Escape");
    for (let i = 0; i < count; i++) {
      await page.button("Examples").click();
      const name = await examples.nth(i).locator("b").textContent();
      await examples.nth(i).click();
      await page.page.waitForFunction(() => !/^Checked/.test(document.querySelector(".activity").textContent ?? ""), null, { polling: 1 }).catch(() => {});
      await page.checked();
      assert.equal(await page.page.locator(".problem-count").textContent(), "No problems", name);
    }
  }));

test("user text is never HTML", { timeout: 60_000 }, () =>
  withPage(async (page) => {
    const evil = '<img src=x onerror="document.title=1">';
    await page.setText(`// ${evil}\nfn main() { let a: &str = 1; /* ${evil} */ ${evil} }\n`);
    await page.waitForProblems(/error/);
    await page.page.keyboard.press("F8");
    assert.equal(await page.page.locator("img[src]").count(), 0);
    assert.equal(await page.page.title(), "rcc: Rust in the browser");
  }));

test("works without a network after the first visit", { timeout: 90_000 }, async () => {
  const own = await serve();
  const page = await openPage(world.browser, own.url);
  await page.waitForProblems("No problems");
  await page.page.evaluate(() => navigator.serviceWorker.ready);
  await page.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await own.close();
  await page.page.goto(`${own.url}?code=${encodeURIComponent('fn main() { println!("offline"); }')}`);
  await page.waitForProblems("No problems");
  await page.page.keyboard.press("ControlOrMeta+Enter");
  await page.page.getByRole("button", { name: "Download main-aarch64" }).waitFor({ timeout: 60_000 });
  await page.close();
});

test("appearance is chosen, kept, and there before the first paint", { timeout: 60_000 }, () =>
  withPage(async (page) => {
    const background = () => page.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await background();
    await page.button("Appearance").click();
    await page.page.getByLabel("Light").check();
    const light = await background();
    assert.notEqual(light, dark);
    await page.page.reload();
    assert.equal(await background(), light);
  }, { colorScheme: "dark" }));
