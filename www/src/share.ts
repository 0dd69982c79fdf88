/**
 * Links that hold a whole program, without a server: `#1.` and the program as JSON, packed (deflate) and in base64url.
 * The Rust Playground's `?code=`, `?edition=` and `?mode=` are understood as well.
 */

import { DEFAULT_OPTIONS, EDITIONS, ROOT, projectFrom, type Project } from "./project.js";

const PREFIX = "#1.";
/** No link holds more than this, unpacked; a small one that unpacks to more was made to fill the memory. */
const LIMIT = 8 * 1024 * 1024;

export async function encodeLink(project: Project, base: string): Promise<string> {
  const options = Object.fromEntries(
    Object.entries(project.options).filter(([key, value]) => DEFAULT_OPTIONS[key as keyof typeof DEFAULT_OPTIONS] !== value),
  );
  const json = JSON.stringify({ files: project.files, options });
  const packed = new Blob([json]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  let binary = "";
  for (let i = 0; i < bytes.length; i += 0x8000) binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  const text = btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  const url = new URL(base);
  url.search = "";
  url.hash = PREFIX + text;
  return url.href;
}

/** The program in an address; `null` if it holds none, an error if it holds a broken one. */
export async function decodeLink(address: string): Promise<Project | null> {
  const url = new URL(address);
  if (url.hash.startsWith(PREFIX)) {
    const project = projectFrom(JSON.parse(await unpack(url.hash.slice(PREFIX.length))));
    if (!project) throw new Error("it holds no program");
    return project;
  }
  return fromQuery(url.searchParams);
}

async function unpack(text: string): Promise<string> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const decoder = new TextDecoder();
  let out = "";
  for (let size = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return out + decoder.decode();
    size += value.length;
    if (size > LIMIT) throw new Error("it is too large");
    out += decoder.decode(value, { stream: true });
  }
}

/** As `play.rust-lang.org/?code=…&edition=2021&mode=release`. */
function fromQuery(query: URLSearchParams): Project | null {
  const code = query.get("code");
  if (code === null) return null;
  const edition = EDITIONS.find((e) => e === query.get("edition")) ?? DEFAULT_OPTIONS.edition;
  const optLevel = query.get("mode") === "release" ? "3" : "0";
  return { files: [{ path: ROOT, text: code }], options: { ...DEFAULT_OPTIONS, edition, optLevel } };
}
