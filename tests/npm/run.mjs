// The package as people use it: plain modules, Vite, webpack, esbuild, Node, the element; in Chromium, from a sub-path, with
// the security policy on. The executables that the fixtures build are run, and compared with the command line's.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import * as esbuild from "esbuild";
import { chromium } from "playwright-core";
import { build as vite } from "vite";
import webpack from "webpack";
import { NESTING } from "./nesting.mjs";
import { serve } from "./server.mjs";

const here = import.meta.dirname;
const root = join(here, "../..");
const pkg = join(root, "crates/wasm/npm");
const out = mkdtempSync(join(tmpdir(), "rcc-npm-"));
const fixture = (name) => join(here, "fixtures", name);
/** The page around a fixture's `main.js`, the same for all. Vite wants it where it builds. */
const INDEX = join(fixture("vite"), "index.html");
/** Around where the limit of one construct or another is, and beyond. */
const DEPTHS = [50, 80, 120, 250, 900, 10_000];
const HELLO = "hello from a fixture\n";
let browser;

before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
});
after(async () => {
  await browser?.close();
  rmSync(out, { recursive: true, force: true });
});

/** Opens a page of a folder, hands it to `use`, and fails on errors in the console. */
async function withPage(folder, path, options, use) {
  const server = await serve(folder, options);
  const page = await browser.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && !/favicon/.test(message.location().url) && errors.push(message.text()));
  try {
    await page.goto(server.url + path);
    await use(page, server);
    assert.deepEqual(errors, []);
  } finally {
    await page.close();
    await server.close();
  }
}

/** What a fixture found out is right, and its executable runs. */
function examine(outcome) {
  assert.equal(outcome.error, undefined);
  assert.match(outcome.version, /^rcc /);
  assert.deepEqual(outcome.codes, ["E0308"]);
  assert.equal(outcome.rendered, "");
  assert.ok(outcome.complete && outcome.mir && outcome.symbols, JSON.stringify({ ...outcome, executable: undefined }));
  const path = join(out, "hello");
  writeFileSync(path, Buffer.from(outcome.executable, "base64"), { mode: 0o755 });
  if (process.arch === "x64" && process.platform === "linux") assert.equal(execFileSync(path, { encoding: "utf8" }), HELLO);
  rmSync(path);
}

const fixturePage = (folder, options = {}) =>
  withPage(folder, "", options, async (page) => examine(await page.evaluate(() => globalThis.outcome)));

test("plain modules", { timeout: 120_000 }, async () => {
  const folder = join(out, "esm");
  cpSync(fixture("esm"), folder, { recursive: true });
  cpSync(INDEX, join(folder, "index.html"));
  cpSync(fixture("program.js"), join(folder, "program.js"));
  for (const part of ["dist", "pkg"]) cpSync(join(pkg, part), join(folder, "rcc-wasm", part), { recursive: true });
  await fixturePage(folder);
});

test("plain modules, with a wrong type for wasm", { timeout: 120_000 }, () =>
  fixturePage(join(out, "esm"), { wasmType: "text/plain" }));

test("the element", { timeout: 120_000 }, () =>
  withPage(join(out, "esm"), "element.html", {}, async (page, server) => {
    const colours = page.locator("#first .keyword");
    assert.equal(await colours.first().textContent(), "fn");
    assert.ok(!server.requests.some((r) => r.endsWith(".wasm")), "the compiler is loaded before it is wanted");
    await page.locator("#second").getByRole("button", { name: "Check" }).click();
    await page.locator("#second .out .error").first().waitFor();
    assert.match(await page.locator("#second .out").textContent(), /error\[E0308\]: mismatched types/);
    assert.equal(await page.locator("#second .bad").textContent(), '"no"');
    await page.locator("#second pre").first().click();
    await page.locator("#second textarea").fill("fn main() {}\n");
    await page.locator("#second .status", { hasText: /^ok/ }).waitFor();
    await page.locator("#first").getByRole("button", { name: "Check" }).click();
    await page.locator("#first .status", { hasText: /^ok/ }).waitFor();
    const result = await page.evaluate(async () => (await document.querySelector("#first").compile()).executable.length);
    assert.ok(result > 1000);
    const modules = server.requests.filter((r) => r.endsWith("rcc.wasm"));
    assert.equal(modules.length, 1, "the snippets share one compiler, and its spare takes the module over");
  }));

test("what nests too deeply is told with its place, before the browser's stack ends", { timeout: 300_000 }, () =>
  withPage(join(out, "esm"), "", {}, async (page) => {
    const said = await page.evaluate(async (programs) => {
      const { createCompiler } = await import("./rcc-wasm/dist/index.js");
      const compiler = createCompiler();
      const said = [];
      for (const [name, text] of programs) {
        const { diagnostics } = await compiler.compile({ files: { "main.rs": text }, optLevel: "3" });
        const error = diagnostics.find((d) => d.level === "error");
        if (error && error.spans.length === 0) said.push(`${name}: ${error.message}`);
      }
      compiler.dispose();
      return said;
    }, DEPTHS.flatMap((n) => Object.entries(NESTING).map(([name, program]) => [`${n} ${name}`, program(n)])));
    assert.deepEqual(said, []);
  }));

test("vite", { timeout: 600_000 }, async () => {
  const outDir = join(out, "vite");
  await vite({ root: fixture("vite"), base: "./", logLevel: "warn", build: { outDir, emptyOutDir: true }, worker: { format: "es" } });
  await fixturePage(outDir);
});

test("webpack", { timeout: 600_000 }, async () => {
  const folder = join(out, "webpack");
  const config = {
    mode: "production",
    context: here,
    entry: join(fixture("webpack"), "main.js"),
    output: { path: folder, filename: "main.js", publicPath: "auto" },
    performance: { hints: false },
  };
  await new Promise((resolve, reject) => {
    webpack(config, (error, stats) => {
      if (error || stats.hasErrors()) reject(error ?? new Error(stats.toString({ all: false, errors: true })));
      else resolve();
    });
  });
  cpSync(INDEX, join(folder, "index.html"));
  await fixturePage(folder);
});

test("esbuild", { timeout: 600_000 }, async () => {
  const folder = join(out, "esbuild");
  await esbuild.build({
    absWorkingDir: here,
    entryPoints: { main: join(fixture("esbuild"), "main.js"), worker: "rcc-wasm/worker" },
    bundle: true,
    format: "esm",
    outdir: folder,
    logLevel: "error",
  });
  mkdirSync(join(folder, "rcc"), { recursive: true });
  cpSync(join(pkg, "pkg"), join(folder, "rcc"), { recursive: true, filter: (path) => !/\.(?:js|ts)$/.test(path) });
  cpSync(INDEX, join(folder, "index.html"));
  await fixturePage(folder);
});

test("node: compiles for both targets as the command line does", { timeout: 600_000 }, async () => {
  const { createCompiler } = await import("rcc-wasm/node");
  const compiler = createCompiler();
  const source = readFileSync(join(root, "examples/calculator.rs"), "utf8");
  const work = join(out, "cli");
  mkdirSync(work, { recursive: true });
  writeFileSync(join(work, "main.rs"), source);
  for (const triple of ["x86_64-unknown-linux-musl", "aarch64-unknown-linux-musl"]) {
    for (const optLevel of ["0", "3"]) {
      const result = await compiler.compile({ files: { "main.rs": source }, target: triple, optLevel });
      assert.ok(result.success, result.diagnostics.map((d) => d.rendered).join(""));
      const rcc = process.env.RCC ?? join(root, "target/debug/rcc");
      const args = result.command.split(" ").slice(1);
      execFileSync(rcc, [...args, "-o", "out"], { cwd: work });
      const same = readFileSync(join(work, "out")).equals(result.executable);
      assert.ok(same, `${triple} at ${optLevel}: the command line makes another executable`);
    }
  }
  compiler.dispose();
});

test("node: the limits are errors, and the compiler lives on", { timeout: 600_000 }, async () => {
  const { createCompiler } = await import("rcc-wasm/node");
  const compiler = createCompiler({ preload: null });
  const text = `const TEXT: &str = "${"text ".repeat(1_000_000)}";\n`;
  const programs = {
    blocks: `fn main() ${"{".repeat(10_000)}${"}".repeat(10_000)}\n`,
    macro: "macro_rules! m { ($($t:tt)*) => { m!($($t)* a) } }\nfn main() { m!(); }\n",
    text: `fn main() { let x: u8 = TEXT; }\n${text}`,
  };
  for (const [name, source] of Object.entries(programs)) {
    const result = await compiler.check({ files: { "main.rs": source } });
    assert.ok(!result.success && result.diagnostics.length > 0, name);
  }
  assert.ok((await compiler.check({ files: { "main.rs": "fn main() {}" } })).success);
  compiler.dispose();
});

test("the latest request of a lane counts, and a cancelled one is ended", { timeout: 120_000 }, async () => {
  const { CancelledError, createCompiler } = await import("rcc-wasm/node");
  const compiler = createCompiler();
  await compiler.ready;
  const files = { "main.rs": 'fn main() { println!("{}", 1); }' };
  const [first, second, third] = [0, 1, 2].map(() => compiler.check({ files }));
  await assert.rejects(first, CancelledError);
  await assert.rejects(second, CancelledError);
  assert.ok((await third).success);
  const abort = new AbortController();
  const slow = compiler.compile({ files }, { signal: abort.signal, onProgress: () => abort.abort() });
  await assert.rejects(slow, CancelledError);
  assert.ok((await compiler.check({ files })).success);
  compiler.dispose();
});

test("a server can import it all", async () => {
  assert.equal(typeof (await import("rcc-wasm")).createCompiler, "function");
  assert.equal(typeof (await import("rcc-wasm/element")).RustPlayground, "function");
  assert.ok(existsSync(new URL(import.meta.resolve("rcc-wasm/rcc.wasm"))));
});

test("explains, and knows types", { timeout: 120_000 }, async () => {
  const { createCompiler } = await import("rcc-wasm/node");
  const compiler = createCompiler();
  assert.match(await compiler.explain("E0382"), /moved/);
  assert.equal(await compiler.explain("E9999"), null);
  const text = "/// Adds.\nfn add(a: u8) -> u8 { a + 1 }\nfn main() { let sum = add(1); let _ = \"ä\".len() + sum as usize; }\n";
  const hover = (word, from = 0) => compiler.hover({ files: { "main.rs": text } }, "main.rs", text.indexOf(word, from));
  assert.deepEqual(await hover("add(1)"), {
    file: "main.rs",
    text: "fn add(a: u8) -> u8",
    docs: "Adds.",
    start: text.indexOf("add(1)"),
    end: text.indexOf("add(1)") + 3,
  });
  assert.equal((await hover("sum")).text, "let sum: u8");
  assert.match((await hover("len")).text, /^fn .*len\(&str\) -> usize$/);
  compiler.dispose();
});

test("publint and attw find nothing", { timeout: 600_000 }, async () => {
  const run = (tool, args) => execFileSync(join(here, "node_modules/.bin", tool), args, { cwd: here, encoding: "utf8" });
  run("publint", [pkg, "--strict"]);
  run("attw", ["--pack", pkg, "--profile", "esm-only", "--exclude-entrypoints", "./rcc.wasm", "./package.json"]);
});
