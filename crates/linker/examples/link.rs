//! The linker as a command, to try it and to time it: `link [-o OUT] [--aarch64] [--strip LEVEL] [--no-gc]
//! [--build-id] [--relro-at-start] [--time RUNS] [--map] FILE...`. With `--time` it also runs `ld.lld` on the same files.

use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use linker::{Input, LinkInput, LinkOptions, Machine, Relro, Strip};

fn main() -> ExitCode {
    let mut options = LinkOptions::new(Machine::X86_64);
    let (mut out, mut files, mut runs, mut map) = ("a.out".to_string(), Vec::new(), 0u32, false);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "-o" => out = args.next().unwrap_or_default(),
            "--aarch64" => options.machine = Machine::Aarch64,
            "--strip" => {
                options.strip = match args.next().as_deref() {
                    Some("debuginfo") => Strip::Debuginfo,
                    Some("symbols") => Strip::Symbols,
                    _ => Strip::None,
                }
            }
            "--no-gc" => options.gc_sections = false,
            "--build-id" => options.build_id = true,
            "--relro-at-start" => options.relro = Relro::AtStart,
            "--time" => runs = args.next().and_then(|runs| runs.parse().ok()).unwrap_or(10),
            "--map" => map = true,
            _ => files.push(arg),
        }
    }
    let bytes: Vec<Vec<u8>> = match files.iter().map(std::fs::read).collect() {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::FAILURE;
        }
    };
    let inputs: Vec<Input<'_>> = files
        .iter()
        .zip(&bytes)
        .map(|(name, bytes)| Input { name, bytes })
        .collect();
    let input = LinkInput {
        inputs: &inputs,
        options,
    };
    let linked = match linker::link(&input) {
        Ok(linked) => linked,
        Err(errors) => {
            for error in errors {
                eprintln!("error: {error}");
            }
            return ExitCode::FAILURE;
        }
    };
    if let Err(error) = std::fs::write(&out, &linked.bytes) {
        eprintln!("error: {out}: {error}");
        return ExitCode::FAILURE;
    }
    if map {
        println!("{:#x?}", linked.map);
    }
    if runs > 0 {
        let ours = median(runs, || drop(linker::link(&input)));
        println!(
            "rcc's linker: {ours:?}, {} bytes, from memory to memory",
            linked.bytes.len()
        );
        time_lld(&files, &options, runs);
    }
    ExitCode::SUCCESS
}

fn time_lld(files: &[String], options: &LinkOptions<'_>, runs: u32) {
    let out = std::env::temp_dir().join(format!("rcc-link-lld-{}", std::process::id()));
    let run = |threads: &str| {
        let mut lld = Command::new("ld.lld");
        lld.args(["-static", "--gc-sections", "--eh-frame-hdr", threads, "-o"])
            .arg(&out);
        match options.strip {
            Strip::None => {}
            Strip::Debuginfo => _ = lld.arg("--strip-debug"),
            Strip::Symbols => _ = lld.arg("--strip-all"),
        }
        lld.arg("--start-group")
            .args(files)
            .arg("--end-group")
            .status()
            .is_ok_and(|status| status.success())
    };
    for threads in ["--threads=1", "--threads=2"] {
        if !run(threads) {
            println!("ld.lld {threads}: not installed, or it failed");
            continue;
        }
        let size = std::fs::metadata(&out).map_or(0, |metadata| metadata.len());
        println!(
            "ld.lld {threads}: {:?}, {size} bytes, a process from file to file",
            median(runs, || _ = run(threads))
        );
    }
    let _ = std::fs::remove_file(out);
}

fn median(runs: u32, mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[times.len() / 2]
}
