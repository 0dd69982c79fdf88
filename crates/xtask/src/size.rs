//! What takes the space in the wasm: `cargo xtask size FILE.wasm`, and the ratchet on its compressed size.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Compares with `crates/wasm/size.txt`: larger is an error, much smaller asks for a new figure.
pub fn check(root: &Path, wasm: &Path, bless: bool) -> Result<(), String> {
    let output = Command::new("gzip").args(["-9", "-n", "-c"]).arg(wasm).output().map_err(|e| e.to_string())?;
    let size = output.stdout.len();
    let file = root.join("crates/wasm/size.txt");
    if bless {
        // Room for what the build differs by from machine to machine.
        let text = format!("{}\n", (size + size / 200).next_multiple_of(1000));
        fs::write(&file, text).map_err(|e| e.to_string())?;
    }
    let limit = fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    let limit: usize = limit.trim().parse().map_err(|_| format!("{} has no number", file.display()))?;
    println!("  rcc.wasm: {size} bytes by gzip -9, of {limit} allowed");
    if size > limit {
        return Err(format!(
            "rcc.wasm is {size} bytes by gzip -9, more than the {limit} of crates/wasm/size.txt: see `cargo xtask size`, \
             or allow it by `cargo xtask page --bless`"
        ));
    }
    Ok(())
}

/// Prints the size of a module's sections and of its code by crate. The module needs its names, so it is that from
/// before wasm-bindgen.
pub fn run(root: &Path, args: &[&str]) -> bool {
    let default = crate::target_dir(root).join("wasm32-unknown-unknown/release-wasm/wasm.wasm");
    let path = args.first().map_or(default, |a| a.into());
    match fs::read(&path).map_err(|e| e.to_string()).and_then(|bytes| table(&bytes).ok_or("not a module".to_owned())) {
        Ok(table) => {
            println!("{table}");
            true
        }
        Err(why) => {
            println!("{}: {why}", path.display());
            false
        }
    }
}

/// A table in markdown.
fn table(bytes: &[u8]) -> Option<String> {
    let mut input = Reader(bytes.strip_prefix(b"\0asm\x01\0\0\0")?);
    let (mut sections, mut bodies, mut names, mut imported) = (Vec::new(), Vec::new(), BTreeMap::new(), 0);
    while !input.0.is_empty() {
        let id = input.byte()?;
        let len = input.number()?;
        let mut section = Reader(input.take(len)?);
        let mut title = section_name(id).to_owned();
        match id {
            0 => {
                title = section.name()?;
                if title == "name" {
                    names = function_names(section)?;
                }
            }
            2 => imported = imported_functions(section)?,
            10 => {
                for _ in 0..section.number()? {
                    let len = section.number()?;
                    section.take(len)?;
                    bodies.push(len);
                }
            }
            _ => {}
        }
        sections.push((title, len));
    }
    let mut crates: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (i, len) in bodies.iter().enumerate() {
        let name = names.get(&(i + imported)).map_or("(unnamed)", String::as_str);
        let entry = crates.entry(crate_of(name)).or_default();
        *entry = (entry.0 + len, entry.1 + 1);
    }
    let mut crates: Vec<_> = crates.into_iter().collect();
    crates.sort_by_key(|(name, (size, _))| (std::cmp::Reverse(*size), name.clone()));
    let mut out = String::from("| section | bytes |\n| --- | ---: |\n");
    for (name, len) in &sections {
        out += &format!("| {name} | {len} |\n");
    }
    out += "\n| code of | bytes | functions |\n| --- | ---: | ---: |\n";
    for (name, (size, count)) in crates.iter().take(45) {
        out += &format!("| {name} | {size} | {count} |\n");
    }
    Some(out)
}

fn section_name(id: u8) -> &'static str {
    let names = [
        "custom",
        "types",
        "imports",
        "functions",
        "tables",
        "memory",
        "globals",
        "exports",
        "start",
        "elements",
        "code",
        "data",
        "data count",
    ];
    names.get(id as usize).copied().unwrap_or("unknown")
}

/// The crate of a mangled name: the first identifier in it.
fn crate_of(name: &str) -> String {
    let Some(rest) = name.strip_prefix("_R").or_else(|| name.strip_prefix("_ZN")) else { return "(other)".to_owned() };
    let old = name.starts_with("_ZN");
    let bytes = rest.as_bytes();
    for i in 0..bytes.len() {
        // v0: `C`, a disambiguator `s.._`, the identifier. Before: the identifier at once.
        let at = match (old, bytes[i]) {
            (true, b'1'..=b'9') => i,
            (false, b'C') => match bytes.get(i + 1) {
                Some(b's') => i + 2 + rest[i + 2..].find('_').map_or(0, |n| n + 1),
                _ => i + 1,
            },
            _ => continue,
        };
        let digits = rest[at..].bytes().take_while(u8::is_ascii_digit).count();
        let Ok(len) = rest[at..at + digits].parse::<usize>() else { continue };
        let start = at + digits + usize::from(!old && rest[at + digits..].starts_with('_'));
        let ident = rest.get(start..start + len).unwrap_or_default();
        // `_$LT$impl core..fmt..` of the older mangling: what the impl is for.
        let ident = ident.trim_start_matches("_$LT$").trim_start_matches("$RF$").trim_start_matches("impl$u20$");
        return ident.split(['.', '$']).next().unwrap_or_default().to_owned();
    }
    "(other)".to_owned()
}

fn imported_functions(mut section: Reader<'_>) -> Option<usize> {
    let mut functions = 0;
    for _ in 0..section.number()? {
        section.name()?;
        section.name()?;
        match section.byte()? {
            0 => {
                section.number()?;
                functions += 1;
            }
            1 => {
                section.byte()?;
                section.limits()?;
            }
            2 => section.limits()?,
            _ => {
                section.byte()?;
                section.byte()?;
            }
        }
    }
    Some(functions)
}

fn function_names(mut section: Reader<'_>) -> Option<BTreeMap<usize, String>> {
    let mut names = BTreeMap::new();
    while !section.0.is_empty() {
        let id = section.byte()?;
        let len = section.number()?;
        let mut part = Reader(section.take(len)?);
        if id == 1 {
            for _ in 0..part.number()? {
                names.insert(part.number()?, part.name()?);
            }
        }
    }
    Some(names)
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }
    /// LEB128
    fn number(&mut self) -> Option<usize> {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            value |= usize::from(byte & 0x7f).checked_shl(shift)?;
            shift += 7;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
    }
    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(head)
    }
    fn name(&mut self) -> Option<String> {
        let len = self.number()?;
        Some(String::from_utf8_lossy(self.take(len)?).into_owned())
    }
    fn limits(&mut self) -> Option<()> {
        let flags = self.byte()?;
        self.number()?;
        if flags & 1 != 0 {
            self.number()?;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_their_crates() {
        assert_eq!(crate_of("_RNvNtCs1234_6typeck4expr5check"), "typeck");
        assert_eq!(crate_of("_ZN7resolve7imports4main17h0123456789abcdefE"), "resolve");
        assert_eq!(crate_of("_ZN62_$LT$resolve..Visitor$u20$as$u20$ast..visit..Visitor$GT$5visit17h0E"), "resolve");
        assert_eq!(crate_of("memcpy"), "(other)");
    }
}
