// A static file server with the faults and habits that real ones have, each a switch.
import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { CONTENT_SECURITY_POLICY } from "../vite.config.mjs";

export const DIST = join(import.meta.dirname, "..", "dist");

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
  ".webmanifest": "application/manifest+json",
};

/**
 * Serves the built page.
 * - `base`: the folder it lies in, `/` or `/some/where/`;
 * - `csp`: the policy as a header too;
 * - `isolated`: with COOP and COEP; the page is to need neither;
 * - `wasmType`: the MIME type of `.wasm`.
 */
export async function serve({ base = "/", csp = false, isolated = false, wasmType = TYPES[".wasm"] } = {}) {
  const seen = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    seen.push(pathname);
    const missing = () => response.writeHead(404, { "content-type": "text/plain" }).end("not found");
    if (!pathname.startsWith(base)) return missing();
    let path = join(DIST, normalize(decodeURIComponent(pathname.slice(base.length))));
    let size;
    try {
      if (statSync(path).isDirectory()) path = join(path, "index.html");
      size = statSync(path).size;
    } catch {
      return missing();
    }
    const type = path.endsWith(".wasm") ? wasmType : (TYPES[extname(path)] ?? "application/octet-stream");
    const headers = { "content-type": type, "content-length": size };
    if (csp) headers["content-security-policy"] = CONTENT_SECURITY_POLICY;
    if (isolated) {
      headers["cross-origin-opener-policy"] = "same-origin";
      headers["cross-origin-embedder-policy"] = "require-corp";
    }
    response.writeHead(200, headers);
    createReadStream(path).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "localhost", resolve));
  const origin = `http://localhost:${server.address().port}`;
  return {
    origin,
    url: origin + base,
    seen,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
