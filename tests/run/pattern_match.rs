//! A small regular expression matcher by backtracking over an enum tree, globs by slices, and all kinds of patterns.

use std::fmt::Debug;
use std::ops::RangeInclusive;

#[derive(Debug, Clone, PartialEq)]
enum Regex {
    Char(char),
    Any,
    Class { negated: bool, ranges: Vec<RangeInclusive<char>> },
    Seq(Vec<Regex>),
    Alt(Box<Regex>, Box<Regex>),
    Repeat { inner: Box<Regex>, min: usize, max: Option<usize> },
    Start,
    End,
}

#[derive(Debug, PartialEq)]
enum RegexError {
    Unbalanced(usize),
    NothingToRepeat,
    UnclosedClass,
}

fn parse(pattern: &str) -> Result<Regex, RegexError> {
    let chars: Vec<char> = pattern.chars().collect();
    let (regex, rest) = alternatives(&chars, 0)?;
    match rest {
        [] => Ok(regex),
        _ => Err(RegexError::Unbalanced(chars.len() - rest.len())),
    }
}

fn alternatives(mut input: &[char], depth: usize) -> Result<(Regex, &[char]), RegexError> {
    let mut items = Vec::new();
    loop {
        input = match input {
            [] if depth > 0 => return Err(RegexError::Unbalanced(0)),
            [] => return Ok((Regex::Seq(items), &[])),
            [')', ..] if depth > 0 => return Ok((Regex::Seq(items), input)),
            ['|', rest @ ..] => {
                let (right, rest) = alternatives(rest, depth)?;
                return Ok((Regex::Alt(Box::new(Regex::Seq(items)), Box::new(right)), rest));
            }
            ['(', rest @ ..] => {
                let (inner, rest) = alternatives(rest, depth + 1)?;
                items.push(inner);
                &rest[1..]
            }
            [op @ ('*' | '+' | '?'), rest @ ..] => {
                let inner = Box::new(items.pop().ok_or(RegexError::NothingToRepeat)?);
                let (min, max) = match op {
                    '*' => (0, None),
                    '+' => (1, None),
                    _ => (0, Some(1)),
                };
                items.push(Regex::Repeat { inner, min, max });
                rest
            }
            ['[', rest @ ..] => {
                let end = rest.iter().position(|&c| c == ']').ok_or(RegexError::UnclosedClass)?;
                let (negated, mut body) = match &rest[..end] {
                    ['^', body @ ..] => (true, body),
                    body => (false, body),
                };
                let mut ranges = vec![];
                while let Some((&first, tail)) = body.split_first() {
                    if let ['-', last, tail @ ..] = tail {
                        ranges.push(first..=*last);
                        body = tail;
                    } else {
                        ranges.push(first..=first);
                        body = tail;
                    }
                }
                items.push(Regex::Class { negated, ranges });
                &rest[end + 1..]
            }
            ['\\', c, rest @ ..] => {
                items.push(match c {
                    'd' => Regex::Class { negated: false, ranges: vec!['0'..='9'] },
                    &c => Regex::Char(c),
                });
                rest
            }
            [c, rest @ ..] => {
                items.push(match c {
                    '.' => Regex::Any,
                    '^' => Regex::Start,
                    '$' => Regex::End,
                    &c => Regex::Char(c),
                });
                rest
            }
        }
    }
}

struct Matcher<'t> {
    text: &'t [char],
    steps: usize,
}
impl Matcher<'_> {
    fn run(&mut self, regex: &Regex, at: usize, k: &mut dyn FnMut(&mut Self, usize) -> Option<usize>) -> Option<usize> {
        self.steps += 1;
        match regex {
            Regex::Start => (at == 0).then(|| k(self, at)).flatten(),
            Regex::End => if at == self.text.len() { k(self, at) } else { None },
            Regex::Char(c) => if self.text.get(at) == Some(c) { k(self, at + 1) } else { None },
            Regex::Any => if at < self.text.len() { k(self, at + 1) } else { None },
            Regex::Class { negated, ranges } => {
                let c = self.text.get(at)?;
                if ranges.iter().any(|r| r.contains(c)) != *negated { k(self, at + 1) } else { None }
            }
            Regex::Seq(items) => match items.split_first() {
                None => k(self, at),
                Some((first, rest)) => {
                    let rest = Regex::Seq(rest.to_vec());
                    self.run(first, at, &mut |m, at| m.run(&rest, at, k))
                }
            },
            Regex::Alt(a, b) => self.run(a, at, k).or_else(|| self.run(b, at, k)),
            Regex::Repeat { inner, min, max } => {
                if *max != Some(0) {
                    let next = Regex::Repeat { inner: inner.clone(), min: min.saturating_sub(1), max: max.map(|m| m - 1) };
                    let found = self.run(inner, at, &mut |m, to| if to > at { m.run(&next, to, k) } else { None });
                    if found.is_some() {
                        return found;
                    }
                }
                if *min == 0 { k(self, at) } else { None }
            }
        }
    }
}

fn find(pattern: &str, text: &str) -> Result<Option<(usize, String)>, RegexError> {
    let regex = parse(pattern)?;
    let chars: Vec<char> = text.chars().collect();
    let mut matcher = Matcher { text: &chars, steps: 0 };
    for start in 0..=chars.len() {
        if let Some(end) = matcher.run(&regex, start, &mut |_, at| Some(at)) {
            return Ok(Some((start, chars[start..end].iter().collect())));
        }
    }
    Ok(None)
}

fn glob(pattern: &[u8], text: &[u8]) -> bool {
    match (pattern, text) {
        ([], []) => true,
        ([b'*', p @ ..], t) => (0..=t.len()).any(|i| glob(p, &t[i..])),
        ([b'?', p @ ..], [_, t @ ..]) => glob(p, t),
        ([a, p @ ..], [b, t @ ..]) if a == b => glob(p, t),
        _ => false,
    }
}

fn describe(v: &[i32]) -> String {
    match v {
        [] => "empty".into(),
        [x] => format!("one: {x}"),
        [first, .., last] if first == last => format!("same ends: {first}"),
        [a, b] | [a, b, _] => format!("short: {a} {b}"),
        [_, middle @ .., _] => format!("middle {middle:?}"),
    }
}

fn numbers(n: i64) -> &'static str {
    const BIG: i64 = 1_000_000;
    match n {
        i64::MIN..0 => "negative",
        0 => "zero",
        1 | 2 | 3 => "few",
        x if x % 2 == 0 && x < 100 => "even",
        4..=99 => "odd",
        100..BIG => "many",
        BIG.. => "huge",
    }
}

fn nested(v: Option<Result<(i32, &str), String>>) -> String {
    match v {
        None => "nothing".to_string(),
        Some(Ok((n @ 1..=9, s))) | Some(Ok((n, s @ "x"))) => format!("{s}{n}"),
        Some(Ok((_, ref s))) if s.len() > 3 => s.to_uppercase(),
        Some(Ok(_)) => "other".into(),
        Some(Err(e)) => e,
    }
}

fn show<T: Debug>(v: T) {
    println!("{v:?}");
}

fn main() {
    for (pattern, text) in [
        ("a+b", "xaaab"), ("^(ab|c)*$", "abccab"), ("[a-c]+[^0-9]?", "zzabcd"), ("\\d\\d*\\.\\d+", "pi = 3.14!"),
        ("(a|b)*c", "abab"), ("x?y?z?", ""), ("(", "x"), ("*a", "x"), ("[abc", "x"), ("a)", "a"), ("(a*)*b", "aaaaaaaac"),
    ] {
        println!("{pattern:<14} {text:<12} {:?}", find(pattern, text));
    }
    show(parse("a|b."));
    show(["*.rs", "ma?n.*", "*i*", "x*"].map(|p| glob(p.as_bytes(), b"main.rs")));
    for v in [&[][..], &[1], &[1, 2], &[1, 2, 1], &[1, 2, 3], &[1, 2, 3, 4, 5]] {
        println!("{}", describe(v));
    }
    show([-5, 0, 2, 50, 51, 5000, i64::MAX].map(numbers));
    show([None, Some(Ok((5, "a"))), Some(Ok((50, "x"))), Some(Ok((50, "long"))), Some(Ok((50, "y"))), Some(Err("e".into()))].map(nested));
    let ((a, .., b), [c, ..], &(ref d, e)) = ((1, 2, 3), [4, 5, 6], &(String::from("d"), 7));
    show((a, b, c, d, e));
    let x = 5u8;
    let msg = match x { n @ (1 | 5 | 7) => n * 2, _ => 0 };
    show((msg, matches!(x, 0..=4 | 6..), if let 1..=9 = x { 'y' } else { 'n' }));
}
