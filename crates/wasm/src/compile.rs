//! A request of the page as a run of the driver.

use std::rc::Rc;

use driver::args::{self, Request};
use session::OutputType;

use crate::library::{Files, RequestFiles, SYSROOT};
use crate::protocol::{CompileOptions, CompileResult, SourceMapping, StageOutput};

/// The stages that are asked for by name, in the compiler's order.
const STAGES: [&str; 6] = ["expanded", "hir", "thir", "mir", "clif", "asm"];

/// Of a program with more errors than this the others are only counted: nobody reads them, and each takes its time on the
/// way to the page. `-Zmost-diagnostics` among the request's arguments says another number.
const MOST_DIAGNOSTICS: usize = 1000;

/// Compiles; diagnostics go out as rustc's JSON, one by one, and phases by their names.
pub fn compile(
    options: &CompileOptions,
    emit_diagnostic: Rc<dyn Fn(&str)>,
    on_phase: &dyn Fn(&'static str),
) -> CompileResult {
    let command = command(options);
    let mut result = CompileResult { command, ..CompileResult::default() };
    let arguments = arguments(options);
    let fail = |message: &str| emit_diagnostic(&plain_error(message));
    let parsed = match args::parse(&arguments, Vec::new()) {
        Ok(Request::Compile(options)) => *options,
        Ok(_) => {
            fail("only compilation is possible here");
            return result;
        }
        Err(error) => {
            fail(&error.to_string());
            return result;
        }
    };
    let fs = RequestFiles::new(files(options));
    let outcome = driver::run(parsed, Rc::new(fs), emit_diagnostic, on_phase);
    result.success = !outcome.failed;
    for stage in outcome.stages {
        let text = Utf16::new(&stage.text);
        let mappings = mappings(options, &stage.mappings, &text);
        result.outputs.push(StageOutput { emit: stage.name, text: stage.text, mappings });
    }
    let executable = outcome.files.into_iter().find(|f| f.kind == OutputType::Exe).map(|f| f.bytes);
    if let (Some(map), Some(bytes)) = (&outcome.link_map, &executable) {
        result.elf = wants(options, "elf").then(|| crate::elf::layout(map, bytes.len() as u64));
    }
    result.executable = executable.filter(|_| wants(options, "link"));
    result
}

/// The type or signature of what is at an offset (UTF-16) of a file, and its documentation.
pub fn hover(options: &CompileOptions, file: &str, offset: u32) -> Option<crate::protocol::Hover> {
    let options = CompileOptions { emit: Vec::new(), ..options.clone() };
    let Ok(Request::Compile(parsed)) = args::parse(&arguments(&options), Vec::new()) else { return None };
    let text = Utf16::new(options.files.get(file)?);
    let fs = RequestFiles::new(files(&options));
    let hover = driver::hover(*parsed, Rc::new(fs), file, text.byte_of(offset))?;
    Some(crate::protocol::Hover {
        file: file.to_owned(),
        text: hover.text,
        docs: hover.docs,
        start: text.utf16_of_byte(hover.start),
        end: text.utf16_of_byte(hover.end),
    })
}

fn wants(options: &CompileOptions, emit: &str) -> bool {
    options.emit.iter().any(|e| e == emit)
}

fn files(options: &CompileOptions) -> Files {
    options.files.iter().map(|(path, text)| (path.clone(), text.as_bytes().into())).collect()
}

/// The flags that the page's command shows, which decide what comes out.
fn flags(options: &CompileOptions) -> Vec<String> {
    let mut args = vec![options.main.clone().unwrap_or_else(|| "main.rs".to_owned())];
    args.push(format!("--edition={}", options.edition.as_deref().unwrap_or("2024")));
    if let Some(target) = &options.target {
        args.extend(["--target".to_owned(), target.clone()]);
    }
    if let Some(level) = options.opt_level.as_ref().filter(|l| *l != "0") {
        args.push(format!("-Copt-level={level}"));
    }
    if let Some(on) = options.debug_assertions {
        args.push(format!("-Cdebug-assertions={}", if on { "yes" } else { "no" }));
    }
    if let Some(name) = options.crate_name.as_ref().filter(|n| !n.is_empty()) {
        args.extend(["--crate-name".to_owned(), name.clone()]);
    }
    args.extend(options.args.iter().cloned());
    args
}

/// The equivalent command line.
fn command(options: &CompileOptions) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_=./,:+@%".contains(c);
    let quote = |arg: String| match !arg.is_empty() && arg.chars().all(plain) {
        true => arg,
        false => format!("'{}'", arg.replace('\'', "'\\''")),
    };
    let mut words = vec!["rcc".to_owned()];
    words.extend(flags(options).into_iter().map(quote));
    if !wants(options, "link") && !wants(options, "elf") {
        words.push("--emit=metadata".to_owned());
    }
    words.join(" ")
}

/// The driver's arguments: the flags, and how this shell wants its answer.
fn arguments(options: &CompileOptions) -> Vec<String> {
    let mut args = vec![format!("-Zmost-diagnostics={MOST_DIAGNOSTICS}")];
    args.extend(flags(options));
    let emit = if wants(options, "link") || wants(options, "elf") { "link" } else { "metadata" };
    args.extend([format!("--emit={emit}"), "--error-format=json".to_owned(), format!("--sysroot={SYSROOT}")]);
    let stages: Vec<&str> = STAGES.into_iter().filter(|s| wants(options, s)).collect();
    if !stages.is_empty() {
        args.push(format!("-Zstages={}", stages.join(",")));
    }
    args
}

/// A diagnostic that is about no place, as JSON.
fn plain_error(message: &str) -> String {
    let mut quoted = String::new();
    for c in message.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted += &format!("\\u{:04x}", c as u32),
            c => quoted.push(c),
        }
    }
    format!(
        r#"{{"$message_type":"diagnostic","message":"{quoted}","code":null,"level":"error","spans":[],"children":[],"rendered":"error: {quoted}\n\n"}}"#
    )
}

/// Mappings with UTF-16 offsets, those into files of the request only.
fn mappings(options: &CompileOptions, mappings: &[driver::Mapping], text: &Utf16) -> Vec<SourceMapping> {
    let mut sources = std::collections::BTreeMap::new();
    let mut out: Vec<SourceMapping> = mappings
        .iter()
        .filter_map(|m| {
            let source = match sources.get(&m.file) {
                Some(source) => source,
                None => sources.entry(m.file.clone()).or_insert(Utf16::new(options.files.get(&m.file)?)),
            };
            Some(SourceMapping {
                start: text.utf16_of_byte(m.start),
                end: text.utf16_of_byte(m.end),
                file: m.file.clone(),
                source_start: source.utf16_of_byte(m.source_start),
                source_end: source.utf16_of_byte(m.source_end),
            })
        })
        .collect();
    // Of nested ones the outer first.
    out.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
    out.dedup();
    out
}

/// Offsets of a text in bytes and in UTF-16 units: the places where they come apart.
struct Utf16 {
    /// After each character that is not ASCII: its end in bytes and in units.
    ends: Vec<(u32, u32)>,
}

impl Utf16 {
    fn new(text: &str) -> Self {
        let mut ends = Vec::new();
        let mut lost = 0;
        for (at, c) in text.char_indices().filter(|(_, c)| !c.is_ascii()) {
            lost += c.len_utf8() - c.len_utf16();
            let end = at + c.len_utf8();
            ends.push((end as u32, (end - lost) as u32));
        }
        Utf16 { ends }
    }
    fn utf16_of_byte(&self, byte: u32) -> u32 {
        match self.ends.partition_point(|(end, _)| *end <= byte) {
            0 => byte,
            i => self.ends[i - 1].1 + (byte - self.ends[i - 1].0),
        }
    }
    fn byte_of(&self, unit: u32) -> u32 {
        match self.ends.partition_point(|(_, end)| *end <= unit) {
            0 => unit,
            i => self.ends[i - 1].0 + (unit - self.ends[i - 1].1),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    fn options(source: &str) -> CompileOptions {
        CompileOptions { files: [("main.rs".to_owned(), source.to_owned())].into(), ..CompileOptions::default() }
    }

    fn diagnostics(options: &CompileOptions) -> (bool, String) {
        let text = Rc::new(RefCell::new(String::new()));
        let sink = text.clone();
        let result = compile(options, Rc::new(move |json: &str| sink.borrow_mut().push_str(json)), &|_| {});
        let text = text.borrow().clone();
        (result.success, text)
    }

    #[test]
    fn errors_come_as_json() {
        let (success, json) = diagnostics(&options("fn main() { let = 1; }"));
        assert!(!success);
        assert!(json.contains(r#""message":"expected pattern"#), "{json}");
        assert!(json.contains("main.rs:1:17"), "{json}");
    }

    #[test]
    fn of_very_many_errors_the_first_are_shown() {
        let o =
            CompileOptions { args: vec!["-Zmost-diagnostics=2".to_owned()], ..options("fn main() { a; b; c; d; e; }") };
        let (success, json) = diagnostics(&o);
        let messages: Vec<&str> = json.lines().map(|l| l.split('"').nth(7).unwrap_or_default()).collect();
        assert!(!success);
        // Two are about `std`, which is not there.
        let closing = ["5 more diagnostics are not shown", "aborting due to 7 previous errors"];
        assert_eq!(messages[2..4], closing, "{messages:?}");
    }

    #[test]
    fn wrong_options_are_diagnostics() {
        let wrong = CompileOptions { opt_level: Some("9".to_owned()), ..options("fn main() {}") };
        assert!(diagnostics(&wrong).1.contains("(instead was `9`)"));
    }

    #[test]
    fn the_command_says_what_is_not_usual() {
        let o = CompileOptions {
            opt_level: Some("2".to_owned()),
            crate_name: Some("it's".to_owned()),
            emit: vec!["link".to_owned()],
            ..options("")
        };
        assert_eq!(command(&o), r"rcc main.rs --edition=2024 -Copt-level=2 --crate-name 'it'\''s'");
    }

    #[test]
    fn offsets_are_in_utf16() {
        let text = Utf16::new("aß𝄞b");
        assert_eq!([0, 1, 3, 7, 8].map(|b| text.utf16_of_byte(b)), [0, 1, 2, 4, 5]);
        assert_eq!([0, 1, 2, 4, 5].map(|u| text.byte_of(u)), [0, 1, 3, 7, 8]);
    }
}
