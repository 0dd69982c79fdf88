//! The `rcc` command: files, arguments and exit codes around crate `driver`.
//!
//! Exit codes are rustc's: 0, 1 for errors, 101 for an internal error.

#![allow(clippy::disallowed_methods, reason = "a shell reads files, arguments and the environment")]

mod files;
mod sysroot;

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Instant;

use driver::args::{self, Request};
use session::{ColorConfig, Options};

/// Deep nesting in the input means deep recursion in the compiler; the nesting limits fit in this.
const STACK_SIZE: usize = 1 << 30;

fn main() -> ExitCode {
    let worker = std::thread::Builder::new().stack_size(STACK_SIZE).spawn(real_main);
    let code = worker.map(std::thread::JoinHandle::join);
    match code {
        Ok(Ok(code)) => ExitCode::from(code),
        Ok(Err(_)) => {
            complain("\nerror: the compiler unexpectedly panicked. This is a bug.\n\n");
            complain("note: we would appreciate a bug report with the input that caused it\n\n");
            ExitCode::from(101)
        }
        Err(e) => {
            complain(&format!("error: cannot start the compiler's thread: {e}\n"));
            ExitCode::from(1)
        }
    }
}

fn real_main() -> u8 {
    let args = match files::expand_args(std::env::args().skip(1)) {
        Ok(args) => args,
        Err(msg) => {
            complain(&format!("error: {msg}\n\n"));
            return 1;
        }
    };
    let env = std::env::vars().collect();
    match args::parse(&args, env) {
        Err(error) => {
            complain(&error.render());
            1
        }
        Ok(Request::Help { verbose }) => say(&args::help(verbose)),
        Ok(Request::OptionHelp(text)) => say(&text),
        Ok(Request::Version(false)) => say(&format!("{}\n", driver::VERSION)),
        Ok(Request::Version(true)) => say(&driver::print::version_verbose()),
        Ok(Request::Explain(code)) => explain(&code),
        Ok(Request::Print(what, mut opts)) => {
            if let Err(message) = sysroot::locate(&mut opts) {
                complain(&format!("error: {message}\n\n"));
                return 1;
            }
            for message in driver::print::dropped_crate_types(&opts) {
                complain(&format!("warning: {message}\n\n"));
            }
            print_requests(&what, &opts)
        }
        Ok(Request::Compile(opts)) => compile(*opts).0,
        Ok(Request::Run(opts, program_args)) => run(*opts, &program_args),
    }
}

/// `--print KIND[=FILE]`
fn print_requests(requests: &[String], opts: &Options) -> u8 {
    for request in requests {
        let (kind, file) = request.split_once('=').map_or((request.as_str(), None), |(k, f)| (k, Some(f)));
        let Some(text) = driver::print::print(kind, opts) else {
            complain(&format!("error: unknown print request: `{kind}`\n  |\n"));
            let kinds: Vec<String> = driver::print::KINDS.iter().map(|k| format!("`{k}`")).collect();
            if let Some((last, init)) = kinds.split_last() {
                complain(&format!("  = help: valid print requests are: {}, and {last}\n\n", init.join(", ")));
            }
            return 1;
        };
        match file {
            Some(path) => {
                if let Err(e) = std::fs::write(path, text) {
                    complain(&format!("error: failed to write file {path}: {e}\n\n"));
                    return 1;
                }
            }
            None if say(&text) != 0 => return 1,
            None => {}
        }
    }
    0
}

/// Writes to standard output; the exit code. That nobody reads on is no error.
fn say(text: &str) -> u8 {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
            complain(&format!("error: failed to write to standard output: {e}\n\n"));
            1
        }
        _ => 0,
    }
}

/// Writes to standard error, if that can be done.
fn complain(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

fn explain(code: &str) -> u8 {
    let number = code.trim_start_matches(['E', 'e']).parse::<u16>().ok();
    match number.and_then(driver::explain_code) {
        Some(text) => say(&format!("{text}\n")),
        None => {
            complain(&format!("error: {code} is not a valid error code\n\n"));
            1
        }
    }
}

/// Compiles and writes the outputs; the exit code and the paths written.
fn compile(mut opts: Options) -> (u8, Vec<String>) {
    if let Err(message) = sysroot::ensure(&mut opts) {
        complain(&format!("error: {message}\n\n"));
        return (1, Vec::new());
    }
    if opts.color == ColorConfig::Auto && std::io::stderr().is_terminal() {
        opts.color = ColorConfig::Always;
    }
    let json_artifacts = opts.json_artifacts;
    let out_dir = opts.out_dir.clone().filter(|_| opts.output.is_none());
    let time_passes = opts.z("time-passes");
    let clock = std::cell::RefCell::new((Instant::now(), ""));
    let on_phase = |name: &'static str| {
        let mut c = clock.borrow_mut();
        if time_passes && !c.1.is_empty() {
            let memory = peak_memory().map(|mb| format!("; peak rss: {mb:5}MB")).unwrap_or_default();
            complain(&format!("time: {:8.3}{memory}\t{}\n", c.0.elapsed().as_secs_f64(), c.1));
        }
        *c = (Instant::now(), name);
    };
    let emit: Rc<dyn Fn(&str)> = Rc::new(|text: &str| {
        let _ = std::io::stderr().write_all(text.as_bytes());
    });
    let fs = Rc::new(files::HostFiles);
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| driver::run(opts, fs, emit, &on_phase)));
    let outcome = match outcome {
        Ok(outcome) => outcome,
        Err(payload) if payload.is::<driver::FatalError>() => return (1, Vec::new()),
        Err(payload) => std::panic::resume_unwind(payload),
    };
    on_phase("done");
    if say(&outcome.stdout) != 0 {
        return (1, Vec::new());
    }
    let mut written = Vec::new();
    if let Some(dir) = out_dir.filter(|_| !outcome.files.is_empty())
        && std::fs::create_dir_all(dir).is_err()
    {
        complain("error: failed to find or create the directory specified by `--out-dir`\n\n");
        return (1, written);
    }
    for file in &outcome.files {
        if let Err(e) = files::write(&file.path, &file.bytes, file.executable) {
            complain(&format!("error: failed to write to `{}`: {e}\n\n", file.path));
            return (1, written);
        }
        if json_artifacts {
            complain(&driver::outputs::artifact_message(&file.path, file.kind));
        }
        written.push(file.path.clone());
    }
    (u8::from(outcome.failed), written)
}

/// The most memory that the process has had, in megabytes, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}

/// Compiles to a temporary file and runs it.
fn run(mut opts: Options, args: &[String]) -> u8 {
    let dir = std::env::temp_dir().join(format!("rcc-run-{}", std::process::id()));
    let exe = dir.join("program");
    if let Err(e) = std::fs::create_dir_all(&dir) {
        complain(&format!("error: cannot create `{}`: {e}\n", dir.display()));
        return 1;
    }
    opts.output = Some(exe.display().to_string());
    let aarch64 = opts.target_triple.starts_with("aarch64");
    let (code, _) = compile(opts);
    if code != 0 {
        let _ = std::fs::remove_dir_all(&dir);
        return code;
    }
    let mut command = if aarch64 && !cfg!(target_arch = "aarch64") {
        let mut c = std::process::Command::new("qemu-aarch64");
        c.arg(&exe);
        c
    } else {
        std::process::Command::new(&exe)
    };
    let status = command.args(args).status();
    let _ = std::fs::remove_dir_all(&dir);
    match status {
        Ok(status) => status.code().map_or(101, |c| c as u8),
        Err(e) => {
            complain(&format!("error: cannot run the program: {e}\n"));
            1
        }
    }
}
