// Drives the wasm build under node as the page's worker does; prints the diagnostics of the files given.
// `--mount=DIR` gives the compiler the files in DIR, too, by their paths; `--sources=DIR`
// those of the library's source, by the paths that its metadata knows; `--write` writes the outputs.
import { readFile, readdir, writeFile } from "node:fs/promises";

const [wasmPath, ...rest] = process.argv.slice(2);
const write = rest.includes("--write");
const args = rest.filter((a) => a !== "--write" && !a.startsWith("--mount=") && !a.startsWith("--sources="));
const files = args.filter((a) => a.endsWith(".rs"));
const places = new Map();
for (const dir of rest.filter((a) => a.startsWith("--mount=")).map((a) => a.slice("--mount=".length))) {
  for (const name of (await readdir(dir)).sort()) files.push(`${dir}/${name}`);
}

for (const dir of rest.filter((a) => a.startsWith("--sources=")).map((a) => a.slice("--sources=".length))) {
  for (const name of (await readdir(dir, { recursive: true })).filter((n) => n.endsWith(".rs")).sort()) {
    files.push(`/rustc/rcc/library/${name}`);
    places.set(files.at(-1), `${dir}/${name}`);
  }
}

// What the shell imports of JavaScript is not called on this way in.
const absent = new Proxy({}, { get: () => () => {} });
const imports = new Proxy({}, { get: () => absent });
const { instance } = await WebAssembly.instantiate(await readFile(wasmPath), imports);
const { memory, rcc_alloc, rcc_compile, rcc_free } = instance.exports;

const parts = [];
const number = (n) => {
  const b = Buffer.alloc(4);
  b.writeUInt32LE(n);
  parts.push(b);
};
const bytes = (b) => {
  number(b.length);
  parts.push(b);
};
number(args.length);
for (const a of args) bytes(Buffer.from(a));
number(files.length);
for (const f of files) {
  bytes(Buffer.from(f));
  bytes(await readFile(places.get(f) ?? f));
}
const request = Buffer.concat(parts);
const ptr = rcc_alloc(request.length);
new Uint8Array(memory.buffer, ptr, request.length).set(request);
const out = rcc_compile(ptr, request.length);
rcc_free(ptr, request.length);

let view = new DataView(memory.buffer);
let at = out + 4;
const read = () => {
  const n = view.getUint32(at, true);
  at += 4;
  const b = Buffer.from(memory.buffer, at, n);
  at += n;
  return b;
};
const failed = read()[0];
process.stderr.write(read());
process.stdout.write(read());
const outputs = view.getUint32(at, true);
at += 4;
for (let i = 0; i < outputs; i++) {
  const path = read().toString();
  const content = read();
  if (write) await writeFile(path, content);
}
process.exitCode = failed;
