//! `bench FILES..`: parses the files and prints lines per second, next to rustc's time for the same files (as crate roots).
//!
//! `bench --errors FILES..` prints the errors instead, one JSON object a line; `--edition 2021` before the files sets the edition.

// It is a shell of its own: reads files, the clock, and runs rustc.
#![allow(clippy::disallowed_methods)]

use std::rc::Rc;
use std::time::Instant;

use session::{MemoryFileSystem, Options, Session, Target};
use span::{Edition, FileName};

fn main() {
    let mut edition = Edition::Edition2021;
    let mut errors = false;
    let mut with_rustc = true;
    let mut files = Vec::new();
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--edition" => edition = args.next().and_then(|e| e.parse().ok()).expect("an edition"),
            "--errors" => errors = true,
            "--no-rustc" => with_rustc = false,
            _ => files.push(arg),
        }
    }
    let thread = std::thread::Builder::new().stack_size(1 << 30);
    let run =
        thread.spawn(move || if errors { print_errors(&files, edition) } else { bench(&files, edition, with_rustc) });
    run.expect("a thread").join().expect("no panic");
}

fn session(edition: Edition) -> Session {
    let opts = Options { edition, ..Options::default() };
    Session::new(
        opts,
        Target::from_triple("x86_64-unknown-linux-musl").expect("a target"),
        Rc::new(MemoryFileSystem::default()),
    )
}

fn read(file: &str) -> Option<String> {
    let text = String::from_utf8(std::fs::read(file).ok()?).ok()?;
    Some(text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n"))
}

fn bench(files: &[String], edition: Edition, with_rustc: bool) {
    let texts: Vec<(String, String)> = files.iter().filter_map(|f| Some((f.clone(), read(f)?))).collect();
    let lines: usize = texts.iter().map(|(_, text)| text.lines().count()).sum();
    span::create_session_globals_then(edition, || {
        let sess = session(edition);
        let files: Vec<_> =
            texts.into_iter().map(|(name, text)| sess.source_map.new_source_file(FileName::Real(name), text)).collect();
        let mut trees = Vec::new();
        let start = Instant::now();
        let mut lexing = std::time::Duration::ZERO;
        for file in &files {
            let lex_start = Instant::now();
            let _ = lexer::lex_file(&sess.dcx, file, edition);
            lexing += lex_start.elapsed();
        }
        let start_parse = Instant::now();
        for file in &files {
            trees.push(parser::parse_crate_from_source(&sess, file));
        }
        let time = start_parse.elapsed();
        let _ = start;
        let bad = trees.iter().filter(|tree| tree.is_err()).count();
        println!(
            "{} files, {lines} lines, {bad} not parsed, {} errors: {:.3} s ({:.3} s of it lexing), {:.2} M lines/s",
            files.len(),
            sess.dcx.err_count(),
            time.as_secs_f64(),
            lexing.as_secs_f64(),
            lines as f64 / time.as_secs_f64() / 1e6
        );
    });
    if with_rustc {
        let start = Instant::now();
        for file in files {
            let _ = std::process::Command::new("rustc")
                .env("RUSTC_BOOTSTRAP", "1")
                .args(["-Zparse-crate-root-only", "--crate-type=lib", "--edition", edition.as_str(), file])
                .stderr(std::process::Stdio::null())
                .status();
        }
        let empty = std::env::temp_dir().join("empty-for-bench.rs");
        let _ = std::fs::write(&empty, "");
        let base_start = Instant::now();
        let all = base_start - start;
        for _ in 0..files.len().min(20) {
            let _ = std::process::Command::new("rustc")
                .env("RUSTC_BOOTSTRAP", "1")
                .args(["-Zparse-crate-root-only", "--crate-type=lib"])
                .arg(&empty)
                .stderr(std::process::Stdio::null())
                .status();
        }
        let base = base_start.elapsed().as_secs_f64() / files.len().min(20) as f64 * files.len() as f64;
        let time = all.as_secs_f64() - base;
        println!("rustc: {time:.3} s (start of the process taken off), {:.2} M lines/s", lines as f64 / time / 1e6);
    }
}

fn print_errors(files: &[String], edition: Edition) {
    for name in files {
        span::create_session_globals_then(edition, || {
            let Some(text) = read(name) else {
                println!("{{\"file\":{name:?},\"unreadable\":true}}");
                return;
            };
            let sess = session(edition);
            let file = sess.source_map.new_source_file(FileName::Real(name.clone()), text);
            let krate = parser::parse_crate_from_source(&sess, &file);
            drop(krate);
            for diag in sess.dcx.emitted() {
                let line = diag
                    .span
                    .primary_span()
                    .and_then(|span| sess.source_map.lookup_char_pos(span.lo()))
                    .map_or(0, |loc| loc.line);
                println!(
                    "{{\"file\":{name:?},\"line\":{line},\"level\":{:?},\"code\":{:?},\"message\":{:?}}}",
                    diag.level.to_str(),
                    diag.code.map(|code| code.to_string()).unwrap_or_default(),
                    diag.message
                );
            }
        });
    }
}
