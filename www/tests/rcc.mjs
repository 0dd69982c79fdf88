// The command-line compiler that the page is compared with, and what its executables print.
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const ROOT = join(import.meta.dirname, "..", "..");

/** `RCC`, or what `cargo` built last. */
export function rccPath() {
  const found = [process.env.RCC, join(ROOT, "target/debug/rcc"), join(ROOT, "target/release/rcc")].find((p) => p && existsSync(p));
  if (!found) throw new Error("there is no rcc to compare with: cargo xtask page");
  return found;
}

export function temporaryFolder() {
  return mkdtempSync(join(tmpdir(), "rcc-page-"));
}

/** Runs the command that the page shows, on the same files; the bytes of the executable. */
export function runCommand(command, files) {
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const words = command.split(" ");
  if (words.shift() !== "rcc") throw new Error(`not a command of rcc: ${command}`);
  execFileSync(rccPath(), [...words, "-o", "out"], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  return readFileSync(join(folder, "out"));
}

/** Runs a downloaded executable as its user would. */
export function runExecutable(path, architecture) {
  chmodSync(path, 0o755);
  const [program, ...args] = architecture === "aarch64" ? ["qemu-aarch64", path] : [path];
  return execFileSync(program, args, { encoding: "utf8", timeout: 20_000 });
}
