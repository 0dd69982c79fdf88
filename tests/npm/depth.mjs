// How deep each construct may nest before Chromium's stack ends: `node depth.mjs`, for the levels of
// `crates/parser/src/parser/depth.rs`. Build the module with a high limit there, or all ends at that. The code that is
// measured is what V8 makes first, since that needs the most stack. Not a test.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { NESTING } from "./nesting.mjs";
import { serve } from "./server.mjs";

const out = mkdtempSync(join(tmpdir(), "rcc-depth-"));
for (const part of ["dist", "pkg"]) {
  cpSync(join(import.meta.dirname, "../../crates/wasm/npm", part), join(out, part), { recursive: true });
}
writeFileSync(join(out, "index.html"), '<!doctype html><script type="module" src="./main.js"></script>');
writeFileSync(
  join(out, "main.js"),
  `import { createCompiler } from "./dist/index.js";
   const wasmModule = await WebAssembly.compileStreaming(fetch("pkg/rcc.wasm"));
   globalThis.said = async (program) => {
     const compiler = createCompiler({ wasmModule, spare: false });
     const { diagnostics } = await compiler.compile({ files: { "main.rs": program } });
     compiler.dispose();
     const error = diagnostics.find((d) => d.level === "error");
     return error ? { message: error.message, placed: error.spans.length > 0 } : null;
   };
   document.title = "ready";`,
);
const server = await serve(out);
const args = ["--no-sandbox", "--js-flags=--no-wasm-tier-up"];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });
const page = await browser.newPage();
await page.goto(server.url);
await page.waitForFunction(() => document.title === "ready");
for (const [name, program] of Object.entries(NESTING)) {
  const said = (n) => page.evaluate((text) => globalThis.said(text), program(n));
  let [fits, ends] = [8, 1500];
  let last = await said(ends);
  while (last?.placed === false && ends - fits > 2) {
    const middle = (fits + ends) >> 1;
    if ((await said(middle))?.placed === false) ends = middle;
    else fits = middle;
  }
  console.log(name.padEnd(16), last?.placed === false ? fits : `not by the stack: ${last?.message ?? "all right"}`);
}
await browser.close();
await server.close();
rmSync(out, { recursive: true });
