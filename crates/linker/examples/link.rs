//! The linker as a command, to try it: `cargo run -p linker --example link -- [-o OUT] [--aarch64]
//! [--strip debuginfo|symbols] [--no-gc] [--build-id] [--relro-at-start] [--map] FILE...`.

#![allow(clippy::disallowed_methods, reason = "a tool or test reads files and the clock")]

use std::process::ExitCode;

use linker::{Input, LinkInput, LinkOptions, Machine, Relro, Strip};

fn main() -> ExitCode {
    let mut options = LinkOptions::new(Machine::X86_64);
    let (mut out, mut files, mut map) = ("a.out".to_string(), Vec::new(), false);
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
    let inputs: Vec<Input<'_>> = files.iter().zip(&bytes).map(|(name, bytes)| Input { name, bytes }).collect();
    let input = LinkInput { inputs: &inputs, options };
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
    ExitCode::SUCCESS
}
