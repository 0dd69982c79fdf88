//! The figures that the front half holds on the library: how many errors each crate may have, of each sort. A section per
//! target and crate, a number per line; `--bless` writes it anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::measure::Figures;

/// What may not grow, and under which name the file has it.
const HELD: [(&str, &[&str]); 7] = [
    ("crashes", &["crashes"]),
    ("resolve-errors", &["resolve-errors", "lowering-errors"]),
    ("item-errors", &["item-errors"]),
    ("bodies-failed", &["bodies-failed"]),
    ("mir-bodies-failed", &["mir-bodies-failed"]),
    ("constant-errors", &["constant-errors"]),
    ("late-errors", &["late-errors"]),
];

type Results = BTreeMap<String, Vec<Figures>>;

/// Writes the figures of this run; crates that it left out keep theirs.
pub fn write(file: &Path, results: &Results) -> bool {
    let mut sections = read(file);
    for (target, figures) in results {
        for f in figures {
            let numbers = HELD.iter().map(|(name, parts)| (name.to_string(), f.get_all(parts))).filter(|(_, n)| *n > 0);
            sections.insert(format!("{target}.{}", f.name), numbers.collect());
        }
    }
    let mut text =
        "# The most errors that `cargo xtask library` may find, by target and crate; what is not named is 0.\n"
            .to_owned();
    for (section, numbers) in sections {
        text += &format!("\n[{section}]\n");
        for (name, n) in numbers {
            text += &format!("{name} = {n}\n");
        }
    }
    let written = file.parent().is_none_or(|dir| fs::create_dir_all(dir).is_ok()) && fs::write(file, text).is_ok();
    if !written {
        println!("library: cannot write {}", file.display());
    }
    written
}

/// Whether no figure is worse than the file's; prints those that are, and how many are better.
pub fn check(file: &Path, results: &Results) -> bool {
    let sections = read(file);
    let (mut worse, mut better) = (0, 0);
    for (target, figures) in results {
        for f in figures {
            let Some(held) = sections.get(&format!("{target}.{}", f.name)) else {
                println!("library: {target}.{} is not in {}", f.name, file.display());
                worse += 1;
                continue;
            };
            for (name, parts) in HELD {
                let (now, most) = (f.get_all(parts), held.get(name).copied().unwrap_or(0));
                if now > most {
                    println!("library: {target}.{}: {name}: {now}, at most {most} allowed", f.name);
                    worse += 1;
                }
                better += usize::from(now < most);
            }
        }
    }
    if better > 0 {
        println!("library: {better} figures are better than the ratchet's; `cargo xtask library --bless` holds them");
    }
    println!("library: {worse} figures fall short");
    worse == 0
}

fn read(file: &Path) -> BTreeMap<String, BTreeMap<String, u64>> {
    let mut sections: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    let mut current = String::new();
    for line in fs::read_to_string(file).unwrap_or_default().lines() {
        if let Some(section) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            current = section.to_owned();
            sections.entry(current.clone()).or_default();
        } else if let Some((name, n)) = line.split_once('=')
            && let Ok(n) = n.trim().parse()
        {
            sections.entry(current.clone()).or_default().insert(name.trim().to_owned(), n);
        }
    }
    sections
}
