// The shell and the editor, all that comes before the compiler, in at most 250 KB (gzip -9).
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { DIST } from "./server.mjs";

const LIMIT = 250 * 1000;

test("shell and editor fit in 250 KB", (t) => {
  const files = readdirSync(DIST, { recursive: true }).filter((name) => /\.(html|js|css|svg|woff2|webmanifest)$/.test(name));
  // Loaded with the compiler, or when the gallery is opened.
  const shell = files.filter((name) => !/worker|examples/.test(name));
  const sizes = shell.map((name) => [name, gzipSync(readFileSync(join(DIST, name)), { level: 9 }).length]);
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  for (const [name, size] of sizes) t.diagnostic(`${String(size).padStart(7)}  ${name}`);
  assert.ok(sizes.length >= 5, "the page is not built: cargo xtask page");
  assert.ok(total <= LIMIT, `${total} bytes, ${total - LIMIT} too many`);
  t.diagnostic(`${String(total).padStart(7)}  in all`);
});
