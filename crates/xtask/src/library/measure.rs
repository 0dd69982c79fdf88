//! Runs `rcc -Zlibrary-report` on one crate and reads what it prints: the counts on standard output; the errors, in rustc's
//! short format, and the time and memory of each stage on standard error.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use super::plan::Unit;

/// What came of one crate.
pub struct Figures {
    pub name: String,
    pub counts: BTreeMap<String, u64>,
    /// Name, seconds, peak memory in megabytes.
    pub stages: Vec<(String, f64, u64)>,
    /// Kind and place.
    errors: Vec<(String, String)>,
}

impl Figures {
    pub fn get(&self, name: &str) -> u64 {
        self.counts.get(name).copied().unwrap_or(0)
    }

    /// The sum of several counts.
    pub fn get_all(&self, names: &[&str]) -> u64 {
        names.iter().map(|n| self.get(n)).sum()
    }

    /// Of a crate that the compiler did not come to the end of.
    pub fn crashed(name: &str) -> Figures {
        let counts = [("crashes".to_owned(), 1)].into();
        Figures { name: name.to_owned(), counts, stages: Vec::new(), errors: Vec::new() }
    }

    /// One line for the reader.
    pub fn line(&self) -> String {
        let bodies = self.get("bodies");
        let typed = bodies - self.get("bodies-failed");
        let mir = typed - self.get("mir-bodies-failed");
        let percent = |n: u64, of: u64| if of == 0 { 100.0 } else { 100.0 * n as f64 / of as f64 };
        let time: f64 = self.stages.iter().map(|s| s.1).sum();
        let memory = self.stages.iter().map(|s| s.2).max().unwrap_or(0);
        format!(
            "{}: {} files, {} lines, {} macro calls, {} items, {} names, {} errors before types; \
             signatures: {} errors; bodies typed: {typed} of {bodies} ({:.2} %), {} errors; \
             MIR borrow-checked: {mir} of {typed} ({:.2} %), {} errors; constants: {} errors; else: {} errors; {time:.1} s, {memory} MB",
            self.name,
            self.get("files"),
            self.get("lines"),
            self.get("expansions"),
            self.get("items"),
            self.get("names"),
            self.get_all(&["resolve-errors", "lowering-errors"]),
            self.get("item-errors"),
            percent(typed, bodies),
            self.get("body-errors"),
            percent(mir, typed),
            self.get("mir-errors"),
            self.get("constant-errors"),
            self.get("late-errors"),
        )
    }
}

/// Runs the front half on a crate; it leaves the crate's metadata where the plan says.
pub fn run(rcc: &Path, unit: &Unit) -> Result<Figures, String> {
    // Cargo asks for more than metadata, and for another form of the diagnostics.
    let args = unit
        .args
        .iter()
        .filter(|a| !a.starts_with("--emit=") && !a.starts_with("--error-format=") && !a.starts_with("--json="));
    let output = Command::new(rcc)
        .args(args)
        .args([
            "--emit=metadata",
            "--error-format=short",
            "-Zlibrary-report",
            "-Zmetadata-with-errors",
            "-Ztime-passes",
        ])
        .current_dir(&unit.cwd)
        .envs(unit.env.iter().map(|(k, v)| (k, v)))
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null())
        .output()
        .map_err(|e| format!("{}: {e}", rcc.display()))?;
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let counts: BTreeMap<String, u64> = stdout
        .lines()
        .filter_map(|l| l.split_once(' '))
        .filter_map(|(name, n)| Some((name.to_owned(), n.parse().ok()?)))
        .collect();
    if !counts.contains_key("late-errors") {
        let last: Vec<&str> = stderr.lines().rev().take(12).collect();
        let last: Vec<&str> = last.into_iter().rev().collect();
        return Err(format!("rcc did not reach the end: {}\n{}", output.status, last.join("\n")));
    }
    let stages = stderr.lines().filter_map(stage).collect();
    let errors = stderr.lines().filter_map(error).collect();
    Ok(Figures { name: unit.name.clone(), counts, stages, errors })
}

/// `time:    1.234; peak rss:   100MB    name`
fn stage(line: &str) -> Option<(String, f64, u64)> {
    let (figures, name) = line.strip_prefix("time:")?.split_once('\t')?;
    let (time, memory) = figures.split_once(';')?;
    let memory = memory.trim().strip_prefix("peak rss:")?.trim().strip_suffix("MB")?;
    Some((name.to_owned(), time.trim().parse().ok()?, memory.trim().parse().ok()?))
}

/// `path:1:2: error[E0308]: message`: its kind and its place.
fn error(line: &str) -> Option<(String, String)> {
    let at = line.find(": error").map(|i| (i, 2)).or_else(|| line.starts_with("error").then_some((0, 0)))?;
    let (place, message) = (&line[..at.0], &line[at.0 + at.1..]);
    if message.starts_with("error: aborting due to") {
        return None;
    }
    let place = place.rsplit_once("/library/").map_or(place, |p| p.1);
    let place = place.rsplit_once("/index.crates.io-").map_or(place, |p| p.1);
    Some((message.to_owned(), place.to_owned()))
}

/// A message with what it quotes left out.
fn kind(message: &str) -> String {
    let parts = message.split('`').enumerate();
    parts.map(|(i, part)| if i % 2 == 0 { part.to_owned() } else { "`_`".to_owned() }).collect()
}

/// The errors of all crates by kind, the commonest first, with up to `places` of each.
pub fn errors_by_kind(figures: &[Figures], places: usize) -> String {
    let mut kinds: BTreeMap<String, Vec<(&str, &str)>> = BTreeMap::new();
    for (message, place) in figures.iter().flat_map(|f| &f.errors) {
        kinds.entry(kind(message)).or_default().push((message, place));
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by_key(|(_, all)| std::cmp::Reverse(all.len()));
    let total: usize = kinds.iter().map(|k| k.1.len()).sum();
    let mut text = format!("{total} errors of {} kinds", kinds.len());
    for (kind, all) in kinds {
        text += &format!("\n{:6}  {kind}", all.len());
        for (message, place) in all.iter().take(places) {
            text += &format!("\n          {place}: {message}");
        }
    }
    text
}
