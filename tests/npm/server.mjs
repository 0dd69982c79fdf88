// A static server as simple as they come, below a sub-path, with the security policy on and without special headers;
// `wasmType` is what it says of `.wasm` files.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
};

export async function serve(root, { wasmType = "application/wasm" } = {}) {
  const requests = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://localhost");
    requests.push(url.pathname);
    const path = decodeURIComponent(url.pathname).replace(/^\/some\/where\//, "/");
    const file = join(root, normalize(path.endsWith("/") ? `${path}index.html` : path));
    const info = file.startsWith(root) && url.pathname.startsWith("/some/where/") ? await stat(file).catch(() => null) : null;
    if (!info?.isFile()) return response.writeHead(404).end("not found");
    const type = extname(file) === ".wasm" ? wasmType : (TYPES[extname(file)] ?? "application/octet-stream");
    response.writeHead(200, {
      "content-type": type,
      "content-length": info.size,
      "content-security-policy": "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
    });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${server.address().port}/some/where/`;
  return { url, requests, close: () => new Promise((resolve) => server.close(resolve)) };
}
