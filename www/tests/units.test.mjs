// The page's modules that need no page: links, digests, places of diagnostics, mappings.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { join } from "node:path";
import { createServer } from "vite";

let vite;
const load = (name) => vite.ssrLoadModule(`/src/${name}.ts`);

before(async () => {
  const root = join(import.meta.dirname, "..");
  vite = await createServer({ root, configFile: false, logLevel: "error", server: { middlewareMode: true, ws: false }, appType: "custom", optimizeDeps: { noDiscovery: true } });
});
after(() => vite.close());

test("SHA-256 is that of every other program", async () => {
  const { sha256 } = await load("sha256");
  for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000, 100_003]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 255);
    assert.equal(sha256(bytes), createHash("sha256").update(bytes).digest("hex"), `of ${length} bytes`);
  }
});

test("a link holds the whole program", async () => {
  const { encodeLink, decodeLink } = await load("share");
  const { DEFAULT_OPTIONS } = await load("project");
  const project = {
    files: [
      { path: "main.rs", text: 'mod a;\nfn main() { println!("ünïcödé 🦀"); }\n' },
      { path: "a/b.rs", text: "" },
    ],
    options: { ...DEFAULT_OPTIONS, edition: "2018", optLevel: "s", debugAssertions: "on", crateName: "crab" },
  };
  const link = await encodeLink(project, "https://example.org/sub/?code=x#old");
  assert.match(link, /^https:\/\/example\.org\/sub\/#1\.[\w-]+$/);
  assert.deepEqual(await decodeLink(link), project);
  await assert.rejects(decodeLink(link.slice(0, -12)));
  await assert.rejects(decodeLink("https://example.org/#1.AAAA"));
});

test("a link that unpacks to too much is refused", async () => {
  const { encodeLink, decodeLink } = await load("share");
  const { helloProject } = await load("project");
  const project = helloProject();
  project.files[0].text = "a".repeat(9 * 1024 * 1024);
  await assert.rejects(decodeLink(await encodeLink(project, "https://example.org/")), /too large/);
});

test("the Playground's addresses are understood", async () => {
  const { decodeLink } = await load("share");
  const { DEFAULT_OPTIONS } = await load("project");
  const project = await decodeLink("https://x.org/?version=stable&mode=release&edition=2018&code=fn+main()+%7B%7D");
  assert.deepEqual(project, { files: [{ path: "main.rs", text: "fn main() {}" }], options: { ...DEFAULT_OPTIONS, edition: "2018", optLevel: "3" } });
  assert.equal(await decodeLink("https://x.org/?edition=2018"), null);
  const odd = await decodeLink("https://x.org/?edition=1999&code=x");
  assert.equal(odd.options.edition, DEFAULT_OPTIONS.edition);
});

test("what is no project is refused, what is odd in one gets its default", async () => {
  const { projectFrom, pathProblem } = await load("project");
  const files = [{ path: "main.rs", text: "" }];
  assert.equal(projectFrom(null), null);
  assert.equal(projectFrom({ files: [{ path: "lib.rs", text: "" }] }), null);
  assert.equal(projectFrom({ files: [...files, { path: "../x.rs", text: "" }] }), null);
  assert.equal(projectFrom({ files: [...files, ...files] }), null);
  assert.equal(projectFrom({ files, options: { target: "wasm32", crateName: "a b" } }).options.crateName, "main");
  assert.equal(pathProblem("shapes/circle.rs", []), null);
  assert.notEqual(pathProblem("/etc/passwd", []), null);
  assert.notEqual(pathProblem("a.rs", ["a.rs"]), null);
});

const span = (line, column, to, more = {}) => ({
  file_name: "main.rs",
  byte_start: 0,
  byte_end: 0,
  line_start: line,
  line_end: line,
  column_start: column,
  column_end: to,
  is_primary: true,
  label: null,
  suggested_replacement: null,
  suggestion_applicability: null,
  ...more,
});
const diagnostic = (spans, children = []) => ({ message: "m", code: null, level: "error", spans, children, rendered: "error: m\n" });

test("columns count code points, offsets do not", async () => {
  const { problemsOf } = await load("problems");
  const texts = new Map([["main.rs", "a\n🦀é x\n"]]);
  const [problem] = problemsOf([diagnostic([span(2, 4, 5)])], texts);
  assert.deepEqual([problem.place.from, problem.place.to], [6, 7]);
  assert.equal(texts.get("main.rs").slice(6, 7), "x");
  const [beyond] = problemsOf([diagnostic([span(9, 4, 5)])], texts);
  assert.equal(beyond.place.from, texts.get("main.rs").length);
  assert.deepEqual(problemsOf([diagnostic([span(1, 1, 2, { file_name: "/lib/core.rs" })])], texts), []);
});

test("parts of a suggestion are applied together, alternatives one by one, guesses not at all", async () => {
  const { problemsOf } = await load("problems");
  const texts = new Map([["main.rs", "let a = b;\n"]]);
  const help = (...spans) => ({ ...diagnostic(spans), level: "help" });
  const fit = (insert, column, applicability = "MachineApplicable") =>
    span(1, column, column, { suggested_replacement: insert, suggestion_applicability: applicability });
  const of = (child) => problemsOf([diagnostic([span(1, 1, 2)], [child])], texts)[0].remarks[0].suggestions;
  assert.deepEqual(of(help(fit("(", 9), fit(")", 10))).map((s) => s.edits.length), [2]);
  assert.deepEqual(of(help(fit("x", 1), fit("y", 1))).map((s) => s.title), ["Insert x", "Insert y"]);
  assert.deepEqual(of(help(fit("x", 1, "HasPlaceholders"))), []);
  assert.deepEqual(of(help(fit("x", 1, "MaybeIncorrect"))).length, 1);
});

test("the closing words of rustc are no problems", async () => {
  const { countProblems } = await load("problems");
  const said = (message, level) => ({ ...diagnostic([]), message, level });
  const all = [said("mismatched types", "error"), said("unused", "warning"), said("aborting due to 1 previous error; 1 warning emitted", "error"), said("1 warning emitted", "warning")];
  assert.deepEqual(countProblems(all), { errors: 1, warnings: 1 });
});

test("mappings lead to the innermost piece, and back to all pieces of the smallest place", async () => {
  const { mappingAt, mappingsOf } = await load("linked");
  const map = (start, end, sourceStart, sourceEnd) => ({ start, end, file: "main.rs", sourceStart, sourceEnd });
  const mappings = [map(0, 100, 0, 50), map(10, 20, 5, 9), map(12, 15, 6, 8), map(40, 50, 6, 8)];
  assert.equal(mappingAt(mappings, 13), mappings[2]);
  assert.equal(mappingAt(mappings, 16), mappings[1]);
  assert.equal(mappingAt(mappings, 100), null);
  assert.deepEqual(mappingsOf(mappings, "main.rs", 7), [mappings[2], mappings[3]]);
  assert.deepEqual(mappingsOf(mappings, "other.rs", 7), []);
});
