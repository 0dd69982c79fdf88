// How the page is built: relative addresses everywhere, no inlined assets (the content security policy allows none),
// and three small plugins for what the page needs of its surroundings.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { defineConfig } from "vite";

const here = import.meta.dirname;

/** What the page may do: run its own scripts and compile WebAssembly. Servers may send the same as a header. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** `virtual:examples`: the programs of the gallery, each a file or a folder, with what their first line says of them. */
function examples() {
  const id = "virtual:examples";
  const read = (path) => {
    const folder = statSync(path).isDirectory();
    const paths = folder ? readdirSync(path).sort().map((name) => join(path, name)) : [path];
    const files = paths.map((file) => ({ path: folder ? basename(file) : "main.rs", text: readFileSync(file, "utf8") }));
    const name = basename(path, ".rs");
    const said = /^\/\/! (.*)/.exec(files[0].text)?.[1] ?? "";
    const title = name[0].toUpperCase() + name.slice(1).replaceAll("_", " ");
    return { id: name, title, description: said.replace(/\.$/, ""), files };
  };
  return {
    name: "examples",
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load(source) {
      if (source !== `\0${id}`) return null;
      const own = readdirSync(join(here, "examples")).sort().map((name) => join(here, "examples", name));
      const others = OTHER_EXAMPLES.map((name) => join(here, "..", name));
      const lines = ({ files }) => files.reduce((sum, { text }) => sum + text.split("\n").length, 0);
      const examples = [...own, ...others].map(read).sort((a, b) => lines(a) - lines(b));
      return `export const examples = ${JSON.stringify(examples)};`;
    },
  };
}

/** Programs of the repository that are good to look at; `cargo xtask test` compiles and runs them all. */
const OTHER_EXAMPLES = [
  "tests/run/life.rs",
  "tests/run/sudoku.rs",
  "tests/run/graph.rs",
  "tests/run/huffman.rs",
  "tests/run/bigint.rs",
  "examples/adventure.rs",
  "examples/calculator.rs",
  "examples/json.rs",
];

/** Puts the policy into the page itself, for servers that send no headers. Only when built: the dev server needs more. */
function contentSecurityPolicy() {
  return {
    name: "content-security-policy",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: CONTENT_SECURITY_POLICY },
        injectTo: "head-prepend",
      },
    ],
  };
}

/** Writes `sw.js`: the service worker of `src/sw.js` with the list of files to keep and a version made of their content. */
function serviceWorker() {
  return {
    name: "service-worker",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const hash = createHash("sha256");
        const files = ["./"];
        for (const [name, file] of Object.entries(bundle).sort(([a], [b]) => (a < b ? -1 : 1))) {
          if (name.endsWith(".map")) continue;
          hash.update(name).update(file.type === "chunk" ? file.code : file.source);
          if (name !== "index.html") files.push(`./${name}`);
        }
        for (const name of readdirSync(join(here, "public")).sort()) {
          hash.update(name).update(readFileSync(join(here, "public", name)));
          files.push(`./${name}`);
        }
        const template = readFileSync(join(here, "src", "sw.js"), "utf8");
        const version = hash.update(template).digest("hex").slice(0, 16);
        const source = template
          .replace('"@VERSION@"', JSON.stringify(version))
          .replace('["@FILES@"]', JSON.stringify(files, null, 1));
        this.emitFile({ type: "asset", fileName: "sw.js", source });
      },
    },
  };
}

export default defineConfig({
  base: "./",
  root: here,
  plugins: [examples(), contentSecurityPolicy(), serviceWorker()],
  build: {
    target: "es2022",
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 600,
  },
  worker: { format: "es" },
  server: { fs: { allow: [join(here, "..")] } },
});
