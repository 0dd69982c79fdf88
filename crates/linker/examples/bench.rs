//! How long the link of a Rust hello world over std takes, for both machines, next to ld.lld on the same files:
//! `cargo run --release -p linker --example bench`.

#![allow(clippy::disallowed_methods, reason = "a tool or test reads files and the clock")]

use std::process::Command;
use std::time::{Duration, Instant};

use linker::{Input, LinkInput, LinkOptions, Strip};

#[path = "../tests/linker/support.rs"]
#[allow(dead_code)]
mod support;

use support::{File, MACHINES, Scratch, is_installed, std_files, target_libdir};

const RUNS: usize = 21;

fn main() {
    for machine in MACHINES {
        let Some(libdir) = target_libdir(machine) else {
            continue;
        };
        let scratch = Scratch::new("bench");
        let files = std_files(&scratch, &libdir, machine);
        for strip in [Strip::None, Strip::Symbols] {
            let options = LinkOptions { strip, ..LinkOptions::new(machine) };
            println!("{machine:?}, strip {strip:?}, {} files, medians of {RUNS} runs", files.len());
            time_ours(&files, options);
            time_lld(&scratch, &files, strip);
        }
    }
}

fn time_ours(files: &[File], options: LinkOptions<'_>) {
    let inputs: Vec<Input<'_>> = files.iter().map(|(name, bytes)| Input { name, bytes }).collect();
    let input = LinkInput { inputs: &inputs, options };
    let size = linker::link(&input).map_or(0, |linked| linked.bytes.len());
    println!("  link():              {:>9.2?}  {size} bytes", median(|| drop(linker::link(&input))));
    let read = || files.iter().map(|(name, _)| std::fs::read(name).map_or(0, |bytes| bytes.len())).sum::<usize>();
    println!("  reading the files:   {:>9.2?}  {} bytes", median(|| _ = read()), read());
}

fn time_lld(scratch: &Scratch, files: &[File], strip: Strip) {
    if !is_installed("ld.lld") {
        return println!("  ld.lld is not installed");
    }
    let out = scratch.path().join("lld");
    for threads in ["--threads=1", "--threads=2"] {
        let run = || {
            let mut lld = Command::new("ld.lld");
            lld.args(["-static", "--gc-sections", "--eh-frame-hdr", threads, "-o"]).arg(&out);
            if strip == Strip::Symbols {
                lld.arg("--strip-all");
            }
            let files = files.iter().map(|(name, _)| name);
            lld.arg("--start-group").args(files).arg("--end-group").status().is_ok_and(|status| status.success())
        };
        let (time, linked) = (median(|| _ = run()), run());
        let size = std::fs::metadata(&out).map_or(0, |metadata| metadata.len());
        println!("  ld.lld {threads}: {time:>10.2?}  {size} bytes{}", if linked { "" } else { ", failed" });
    }
}

fn median(mut run: impl FnMut()) -> Duration {
    let mut times = [Duration::ZERO; RUNS];
    for time in &mut times {
        let start = Instant::now();
        run();
        *time = start.elapsed();
    }
    times.sort();
    times[RUNS / 2]
}
