// Programs that no compiler likes: the page stays alive, says what is wrong, and goes on with the next program.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setUp } from "./page.mjs";

const world = setUp();

const HELLO = 'fn main() {\n    println!("alive");\n}\n';

const NESTED = /recursion limit reached while parsing.*main\.rs:\d+:\d+.*nesting is limited to \d+ levels/s;

/** Each with what the page says of it. */
const PROGRAMS = {
  "an endless macro": [
    "macro_rules! endless { ($($t:tt)*) => { endless!($($t)* $($t)* x) } }\nfn main() { endless!(a); }\n",
    /main\.rs:\d+:\d+|took more than/,
  ],
  "an endless macro that stays small": [
    "macro_rules! endless { () => { endless!() } }\nfn main() { endless!(); }\n",
    /recursion limit reached while expanding `endless!`.*main\.rs:1/s,
  ],
  "10,000 nested blocks": [`fn main() {\n${"{".repeat(10_000)}${"}".repeat(10_000)}\n}\n`, NESTED],
  "900 nested blocks": [`fn main() {\n${"{".repeat(900)}${"}".repeat(900)}\n}\n`, NESTED],
  "10,000 nested parentheses": [`fn main() {\nlet _ = ${"(".repeat(10_000)}1${")".repeat(10_000)};\n}\n`, NESTED],
  "5 MB of words": ["word ".repeat(1_000_000), /main\.rs:1:6/],
  "5 MB of functions": [
    Array.from({ length: 110_000 }, (_, i) => `fn function_${i}(x: u32) -> u32 { x + "" }\n`).join(""),
    /main\.rs:1:\d+|took more than/,
  ],
  "200,000 errors": ["fn main() {\n" + "x;\n".repeat(200_000) + "}\n", /cannot find value `x`.*main\.rs:2:1|took more than/s],
};

for (const [name, [program, says]] of Object.entries(PROGRAMS)) {
  test(`${name} leave an error and a page that works`, { timeout: 90_000 }, async () => {
    const page = await world.open();
    await page.waitForProblems("No problems");
    await page.setText(program);
    const error = page.page.locator(".diagnostics .error, .diagnostics .c-error, .notice.error").first();
    await error.waitFor({ timeout: 45_000 });
    assert.match(await page.page.locator("body").innerText(), says);
    assert.equal(await page.text(), program, "the program is kept");
    await page.setText(HELLO);
    await page.waitForProblems("No problems");
    assert.deepEqual(page.faults.filter((fault) => !fault.startsWith("console:")), []);
    await page.close();
  });
}

test("a compiler that dies is started anew, and the program kept", { timeout: 60_000 }, async () => {
  const page = await world.open();
  await page.waitForProblems("No problems");
  // From here on each worker dies of its first request, as of a bug.
  await page.page.evaluate(() => {
    const post = Worker.prototype.postMessage;
    let armed = true;
    Worker.prototype.postMessage = function (message, ...rest) {
      if (!armed || message.kind !== "compile") return post.call(this, message, ...rest);
      armed = false;
      this.onmessage(new MessageEvent("message", { data: { id: message.id, kind: "crashed", message: "index out of bounds" } }));
    };
  });
  const program = HELLO.replace("alive", "kept");
  await page.setText(program);
  const notice = page.page.getByRole("alert").filter({ hasText: "Internal compiler error" });
  await notice.waitFor();
  await notice.getByText("Details").click();
  assert.match(await notice.textContent(), /index out of bounds/);
  assert.equal(await page.text(), program);
  await page.page.keyboard.press("ControlOrMeta+Enter");
  await page.page.getByRole("button", { name: "Download main-x86_64" }).waitFor();
  await page.close();
});

test("a compiler that cannot be loaded is told of, and loaded when it can be", { timeout: 60_000 }, async () => {
  const context = await world.browser.newContext();
  await context.route("**/*.wasm", (route) => route.abort());
  const page = await context.newPage();
  await page.goto(world.server.url);
  const notice = page.getByRole("alert").filter({ hasText: "could not be loaded" });
  await notice.waitFor();
  await context.unroute("**/*.wasm");
  await notice.getByRole("button", { name: "Try again" }).click();
  await page.locator(".problem-count", { hasText: "No problems" }).waitFor();
  await context.close();
});
