// args: 50000
// Text processing: generates text, splits it into words, folds case, counts in a
// BTreeMap, groups by length and prints the top words. Argument: number of words.
use std::collections::{BTreeMap, BTreeSet};

const DEFAULT_WORDS: usize = 1_500_000;

struct Rng(u64);

impl Rng {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) % n
    }
}

const HEADS: &[&str] = &["ba", "cor", "De", "fi", "gra", "Ho", "in", "ka", "lum", "Mé", "no", "pra", "qui", "ro", "sti", "tü"];
const MIDDLES: &[&str] = &["", "la", "ri", "ndo", "ss", "tte", "vi", "ga", "mo", "bbe", "ché"];
const TAILS: &[&str] = &["n", "rs", "o", "ment", "a", "ing", "us", "t", "ß", "el"];
const MARKS: &[&str] = &[" ", " ", " ", " ", " ", ", ", ". ", "; ", "\n", " -- "];

fn text(words: usize) -> String {
    let mut rng = Rng(2024);
    let mut out = String::with_capacity(words * 9);
    for i in 0..words {
        // The product of two draws skews the choice, as words in a language are skewed.
        let pick = |r: &mut Rng, from: &[&'static str]| {
            let n = from.len() as u64;
            from[((r.below(n) + 1) * r.below(n) / n) as usize]
        };
        out.push_str(pick(&mut rng, HEADS));
        out.push_str(pick(&mut rng, MIDDLES));
        out += pick(&mut rng, TAILS);
        if i % 97 == 0 {
            out.push_str(&(i % 1000).to_string());
        }
        out.push_str(MARKS[rng.below(MARKS.len() as u64) as usize]);
    }
    out
}

fn words(s: &str) -> impl Iterator<Item = String> + '_ {
    s.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(|w| w.to_lowercase())
}

fn main() {
    let n = std::env::args().nth(1).and_then(|s| s.parse().ok()).unwrap_or(DEFAULT_WORDS);
    let text = text(n);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut lengths: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for w in words(&text) {
        *counts.entry(w).or_insert(0) += 1;
    }
    for w in counts.keys() {
        lengths.entry(w.chars().count()).or_default().insert(w.clone());
    }
    let mut top: Vec<(&String, &usize)> = counts.iter().collect();
    top.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    println!("{} bytes, {} lines, {} distinct words", text.len(), text.lines().count(), counts.len());
    for (w, c) in top.iter().take(12) {
        println!("{w:<12}|{c:>8}|{:>6.2}%", **c as f64 * 100.0 / n as f64);
    }
    for (len, set) in &lengths {
        let first = set.iter().next().map(String::as_str).unwrap_or("");
        let last = set.iter().next_back().map_or("", |s| s.as_str());
        println!("{len:2}: {:5} words, {first} .. {last}", set.len());
    }
    let longest = text.lines().map(str::trim).max_by_key(|l| l.len()).unwrap_or_default();
    println!("longest line: {} bytes, {} words", longest.len(), longest.split_whitespace().count());
    let caps = text.chars().filter(|c| c.is_uppercase()).count();
    let title: String = top.iter().take(4).map(|(w, _)| {
        let mut cs = w.chars();
        cs.next().map(|c| c.to_uppercase().collect::<String>() + cs.as_str()).unwrap_or_default()
    }).collect::<Vec<_>>().join(" ");
    println!("{caps} capitals; {title}; {}", text.replace("--", "—").matches('—').count());
}
