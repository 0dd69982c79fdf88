// Times in Chromium: `node measure.mjs`. Not a test: machines differ.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

const root = join(import.meta.dirname, "../..");
const out = mkdtempSync(join(tmpdir(), "rcc-measure-"));
for (const part of ["dist", "pkg"]) cpSync(join(root, "crates/wasm/npm", part), join(out, part), { recursive: true });
writeFileSync(join(out, "index.html"), '<!doctype html><script type="module" src="./main.js"></script>');
writeFileSync(
  join(out, "main.js"),
  `import { createCompiler } from "./dist/index.js";
   globalThis.begin = performance.now();
   globalThis.compiler = createCompiler();`,
);
const server = await serve(out);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage();
await page.goto(server.url);
const lines = readFileSync(join(root, "examples/calculator.rs"), "utf8").split("\n").length;
const result = await page.evaluate(async (program) => {
  const { compiler, begin } = globalThis;
  await compiler.ready;
  const ready = performance.now() - begin;
  const hello = { files: { "main.rs": 'fn main() { println!("hello"); }\n' } };
  const times = async (run) => {
    const all = [];
    for (let i = 0; i < 8; i++) {
      const at = performance.now();
      const result = await run(i);
      all.push({ ms: performance.now() - at, inside: result.totalMs, ok: result.success });
    }
    return { first: Math.round(all[0].ms), median: Math.round(all.map((a) => a.ms).sort((a, b) => a - b)[4]), ok: all.every((a) => a.ok) };
  };
  const link = await times(() => compiler.compile(hello));
  const check = await times((i) => compiler.check({ files: { "main.rs": program + "\n// " + i } }));
  const limits = {};
  const programs = {
    "10,000 blocks": "fn main() " + "{".repeat(10_000) + "}".repeat(10_000),
    "900 blocks": "fn main() " + "{".repeat(900) + "}".repeat(900),
    "endless macro": "macro_rules! m { ($($t:tt)*) => { m!($($t)* a) } }\nfn main() { m!(); }",
    "5 MB": "fn main() { let x: u8 = T; }\nconst T: &str = \"" + "text ".repeat(1_000_000) + "\";\n",
  };
  for (const [name, text] of Object.entries(programs)) {
    const at = performance.now();
    const said = await compiler.check({ files: { "main.rs": text } }).then((r) => r.diagnostics[0]?.message ?? "accepted", (e) => String(e));
    limits[name] = Math.round(performance.now() - at) + " ms: " + said;
  }
  return { ready: Math.round(ready), link, check, limits };
}, readFileSync(join(root, "examples/calculator.rs"), "utf8"));
console.log(JSON.stringify({ lines, ...result }, null, 1));
await browser.close();
await server.close();
rmSync(out, { recursive: true });
