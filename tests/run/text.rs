//! String processing: a word count, a Caesar and a run-length code, justified text, palindromes, Unicode.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

fn word_frequencies(text: &str) -> Vec<(String, usize)> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty()) {
        *counts.entry(word.to_lowercase()).or_insert(0) += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|(a, n), (b, m)| m.cmp(n).then(a.cmp(b)));
    counts
}

fn caesar(text: &str, shift: u8) -> String {
    text.chars()
        .map(|c| match c {
            'a'..='z' => ((c as u8 - b'a' + shift) % 26 + b'a') as char,
            'A'..='Z' => char::from((c as u8 - b'A' + shift) % 26 + b'A'),
            _ => c,
        })
        .collect()
}

fn run_length(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let mut n = 1;
        while chars.next_if_eq(&c).is_some() {
            n += 1;
        }
        if n > 1 {
            write!(out, "{n}").unwrap();
        }
        out.push(c);
    }
    out
}

fn expand(code: &str) -> Option<String> {
    let mut out = String::new();
    let mut n = None::<usize>;
    for c in code.chars() {
        match c.to_digit(10) {
            Some(d) => n = Some(n.unwrap_or(0).checked_mul(10)? + d as usize),
            None => out.extend(std::iter::repeat(c).take(n.take().unwrap_or(1))),
        }
    }
    n.is_none().then_some(out)
}

fn justify(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<Vec<&str>> = vec![vec![]];
    let mut used = 0;
    for word in text.split_ascii_whitespace() {
        let line = lines.last_mut().unwrap();
        if !line.is_empty() && used + 1 + word.len() > width {
            lines.push(vec![word]);
            used = word.len();
        } else {
            used += word.len() + usize::from(!line.is_empty());
            line.push(word);
        }
    }
    let last = lines.len() - 1;
    lines
        .iter()
        .enumerate()
        .map(|(i, words)| {
            let gaps = words.len() - 1;
            if i == last || gaps == 0 {
                return format!("{:<width$}", words.join(" "));
            }
            let spaces = width - words.iter().map(|w| w.len()).sum::<usize>();
            let mut line = String::with_capacity(width);
            for (j, word) in words.iter().enumerate() {
                line += word;
                if j < gaps {
                    line += &" ".repeat(spaces / gaps + usize::from(j < spaces % gaps));
                }
            }
            line
        })
        .collect()
}

fn normalize(text: &str) -> Cow<'_, str> {
    if text.contains("  ") || text.trim() != text {
        Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
    } else {
        Cow::Borrowed(text)
    }
}

fn is_palindrome(text: &str) -> bool {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    letters.iter().eq(letters.iter().rev())
}

fn csv(line: &str) -> Vec<String> {
    let (mut fields, mut field, mut quoted) = (Vec::new(), String::new(), false);
    let mut it = line.chars().peekable();
    while let Some(c) = it.next() {
        match (c, quoted) {
            ('"', true) if it.peek() == Some(&'"') => {
                it.next();
                field.push('"');
            }
            ('"', _) => quoted = !quoted,
            (',', false) => fields.push(std::mem::take(&mut field)),
            (c, _) => field.push(c),
        }
    }
    fields.push(field);
    fields
}

fn main() {
    let text = "It was the best of times, it was the worst of times, it was the age of wisdom; it wasn't.";
    for (word, n) in word_frequencies(text).iter().take(6) {
        println!("{word:>8} {n:03} {}", "*".repeat(*n));
    }
    let secret = caesar("Hello, World!", 3);
    println!("{secret} {}", caesar(&secret, 23));
    for s in ["aaabccdddd", "", "abc", "ää漢漢漢"] {
        let code = run_length(s);
        println!("{s:?} -> {code:?} -> {:?}", expand(&code));
    }
    println!("{:?} {:?}", expand("3"), expand("2a12b0c"));
    for line in justify(text, 24) {
        println!("|{line}|");
    }
    for s in ["plain text", "  too   many spaces "] {
        match normalize(s) {
            Cow::Borrowed(b) => println!("borrowed {b:?}"),
            Cow::Owned(o) => println!("owned {o:?}"),
        }
    }
    println!("{} {}", is_palindrome("A man, a plan, a canal: Panama"), is_palindrome("Rust"));
    println!("{:?}", csv(r#"a,"b,c",,"say ""hi""""#));
    let s = "Grüße, 世界! 🦀";
    println!("{} bytes, {} chars, {:?}", s.len(), s.chars().count(), s.char_indices().nth(4));
    println!("{:?} {:?}", s.find('世'), s.rfind(|c: char| c.is_ascii_punctuation()));
    println!("{} | {} | {}", s.to_uppercase(), s.replace("ü", "ue"), s.escape_unicode().count());
    println!("{:?}", s.bytes().rev().take(4).collect::<Vec<u8>>());
    println!("{:?} {:?}", std::str::from_utf8(&[0xf0, 0x9f, 0xa6, 0x80]), std::str::from_utf8(&[b'a', 0xff]).is_err());
    println!("{:?}", "k1=v1;k2=v2;;k3".split(';').map(|p| p.split_once('=')).collect::<Vec<_>>());
    println!("{:?}", "a-b_c".split(['-', '_']).rev().collect::<Vec<_>>());
    println!("{:?}", "  x ".trim_start().strip_suffix(' ').map(str::len));
    let lengths: BTreeMap<usize, Vec<&str>> = text.split(' ').fold(BTreeMap::new(), |mut m, w| {
        m.entry(w.len()).or_insert_with(Vec::new).push(w);
        m
    });
    println!("{lengths:?}");
    println!("{}", "tic-tac-toe".splitn(2, '-').collect::<Vec<_>>().concat());
    println!("{:?}", "Mary had a lamb".char_indices().filter(|(_, c)| c.is_uppercase()).collect::<Vec<_>>());
    println!("{:?} {:?}", "10".parse::<u8>(), "300".parse::<u8>().map_err(|e| e.to_string()));
    println!("{:?} {:?}", "-7".parse::<i32>(), "1e3".parse::<f64>());
    println!("{:?}", "true".parse::<bool>().and_then(|_| "maybe".parse::<bool>()).map_err(|e| e.to_string()));
}
