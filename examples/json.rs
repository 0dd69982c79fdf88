//! JSON: values, a parser with positions, a pretty printer, conversion by traits and a macro.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter, Write};
use std::iter::Peekable;
use std::ops::Index;
use std::str::Chars;

#[derive(Debug, Clone, PartialEq)]
enum Json {
    Null,
    Bool(bool),
    Number(f64),
    String(String),
    Array(Vec<Json>),
    Object(BTreeMap<String, Json>),
}

macro_rules! json {
    (null) => { Json::Null };
    ([ $($element:tt),* $(,)? ]) => { Json::Array(vec![$(json!($element)),*]) };
    ({ $($key:literal : $value:tt),* $(,)? }) => {
        Json::Object(BTreeMap::from([$(($key.to_string(), json!($value))),*]))
    };
    ($other:expr) => { Json::from($other) };
}

macro_rules! impl_from {
    ($($t:ty => |$v:ident| $e:expr),* $(,)?) => {
        $(impl From<$t> for Json {
            fn from($v: $t) -> Json { $e }
        })*
    };
}
impl_from! {
    bool => |b| Json::Bool(b),
    f64 => |n| Json::Number(n),
    i32 => |n| Json::Number(n.into()),
    &str => |s| Json::String(s.to_owned()),
    String => |s| Json::String(s),
}
impl<T: Into<Json>> From<Vec<T>> for Json {
    fn from(v: Vec<T>) -> Json {
        Json::Array(v.into_iter().map(Into::into).collect())
    }
}
impl<T: Into<Json>> From<Option<T>> for Json {
    fn from(v: Option<T>) -> Json {
        v.map_or(Json::Null, T::into)
    }
}

trait ToJson {
    fn to_json(&self) -> Json;
}
struct Person<'a> {
    name: &'a str,
    age: i32,
    tags: Vec<&'a str>,
    boss: Option<&'a Person<'a>>,
}
impl ToJson for Person<'_> {
    fn to_json(&self) -> Json {
        json!({
            "name": (self.name),
            "age": (self.age),
            "tags": (self.tags.clone()),
            "boss": (self.boss.map(|b| b.to_json())),
        })
    }
}

impl Index<&str> for Json {
    type Output = Json;
    fn index(&self, key: &str) -> &Json {
        static NULL: Json = Json::Null;
        match self {
            Json::Object(map) => map.get(key).unwrap_or(&NULL),
            _ => &NULL,
        }
    }
}
impl Index<usize> for Json {
    type Output = Json;
    fn index(&self, i: usize) -> &Json {
        if let Json::Array(items) = self { &items[i] } else { panic!("not an array: {self}") }
    }
}

fn write_string(f: &mut Formatter<'_>, s: &str) -> fmt::Result {
    f.write_char('"')?;
    for c in s.chars() {
        match c {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            c if (c as u32) < 0x20 => write!(f, "\\u{:04x}", c as u32)?,
            c => f.write_char(c)?,
        }
    }
    f.write_char('"')
}

impl Json {
    fn write(&self, f: &mut Formatter<'_>, indent: Option<usize>) -> fmt::Result {
        let newline = |f: &mut Formatter<'_>, level: usize| match indent {
            Some(_) => write!(f, "\n{:1$}", "", level * 2),
            None => Ok(()),
        };
        let level = indent.unwrap_or(0);
        let inner = indent.map(|i| i + 1);
        match self {
            Json::Null => f.write_str("null"),
            Json::Bool(b) => write!(f, "{b}"),
            Json::Number(n) => write!(f, "{n}"),
            Json::String(s) => write_string(f, s),
            Json::Array(items) if items.is_empty() => f.write_str("[]"),
            Json::Array(items) => {
                f.write_char('[')?;
                for (i, item) in items.iter().enumerate() {
                    if i > 0 {
                        f.write_char(',')?;
                    }
                    newline(f, level + 1)?;
                    item.write(f, inner)?;
                }
                newline(f, level)?;
                f.write_char(']')
            }
            Json::Object(map) => {
                f.write_char('{')?;
                let mut first = true;
                for (key, value) in map {
                    if !std::mem::take(&mut first) {
                        f.write_char(',')?;
                    }
                    newline(f, level + 1)?;
                    write_string(f, key)?;
                    f.write_str(if indent.is_some() { ": " } else { ":" })?;
                    value.write(f, inner)?;
                }
                newline(f, level)?;
                f.write_char('}')
            }
        }
    }
}
impl Display for Json {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.write(f, f.alternate().then_some(0))
    }
}

#[derive(Debug)]
struct Error {
    at: usize,
    expected: &'static str,
}

struct Parser<'a> {
    chars: Peekable<Chars<'a>>,
    at: usize,
}
impl<'a> Parser<'a> {
    fn parse(text: &'a str) -> Result<Json, Error> {
        let mut p = Parser { chars: text.chars().peekable(), at: 0 };
        let v = p.value()?;
        p.space();
        if p.chars.peek().is_some() { p.fail("the end") } else { Ok(v) }
    }
    fn fail<T>(&self, expected: &'static str) -> Result<T, Error> {
        Err(Error { at: self.at, expected })
    }
    fn bump(&mut self) -> Option<char> {
        self.at += 1;
        self.chars.next()
    }
    fn space(&mut self) {
        while self.chars.peek().is_some_and(|c| c.is_whitespace()) {
            self.bump();
        }
    }
    fn eat(&mut self, c: char) -> bool {
        self.space();
        let found = self.chars.peek() == Some(&c);
        if found {
            self.bump();
        }
        found
    }
    fn word(&mut self, word: &'static str, value: Json) -> Result<Json, Error> {
        for c in word.chars() {
            if self.chars.peek() != Some(&c) {
                return self.fail(word);
            }
            self.bump();
        }
        Ok(value)
    }
    fn string(&mut self) -> Result<String, Error> {
        if !self.eat('"') {
            return self.fail("a string");
        }
        let mut s = String::new();
        loop {
            match self.bump() {
                None => return self.fail("a closing quote"),
                Some('"') => return Ok(s),
                Some('\\') => s.push(match self.bump() {
                    Some('n') => '\n',
                    Some('t') => '\t',
                    Some('u') => {
                        let code = (0..4).try_fold(0, |n, _| Some(n * 16 + self.bump()?.to_digit(16)?));
                        match code.and_then(char::from_u32) {
                            Some(c) => c,
                            None => return self.fail("four hex digits"),
                        }
                    }
                    Some(c @ ('"' | '\\' | '/')) => c,
                    _ => return self.fail("an escape"),
                }),
                Some(c) => s.push(c),
            }
        }
    }
    fn value(&mut self) -> Result<Json, Error> {
        self.space();
        match self.chars.peek().copied() {
            Some('n') => self.word("null", Json::Null),
            Some('t') => self.word("true", Json::Bool(true)),
            Some('f') => self.word("false", Json::Bool(false)),
            Some('"') => self.string().map(Json::String),
            Some('[') => {
                self.bump();
                let mut items = Vec::new();
                if self.eat(']') {
                    return Ok(Json::Array(items));
                }
                loop {
                    items.push(self.value()?);
                    if self.eat(']') {
                        return Ok(Json::Array(items));
                    }
                    if !self.eat(',') {
                        return self.fail("`,` or `]`");
                    }
                }
            }
            Some('{') => {
                self.bump();
                let mut map = BTreeMap::new();
                if self.eat('}') {
                    return Ok(Json::Object(map));
                }
                loop {
                    let key = self.string()?;
                    if !self.eat(':') {
                        break self.fail("`:`");
                    }
                    map.insert(key, self.value()?);
                    if self.eat('}') {
                        break Ok(Json::Object(map));
                    }
                    if !self.eat(',') {
                        break self.fail("`,` or `}`");
                    }
                }
            }
            Some('-' | '0'..='9') => {
                let mut digits = String::new();
                while let Some(c) = self.chars.next_if(|c| matches!(c, '-' | '+' | '.' | 'e' | 'E' | '0'..='9')) {
                    self.at += 1;
                    digits.push(c);
                }
                digits.parse().map(Json::Number).or_else(|_| self.fail("a number"))
            }
            _ => self.fail("a value"),
        }
    }
}

fn main() {
    let boss = Person { name: "Ada \"the boss\"", age: 40, tags: vec!["x", "y"], boss: None };
    let person = Person { name: "Bob\n", age: -1, tags: vec![], boss: Some(&boss) };
    let value = person.to_json();
    println!("{value}");
    println!("{value:#}");
    let text = value.to_string();
    let back = Parser::parse(&text).unwrap();
    println!("{}", back == value);
    println!("{} {} {}", back["boss"]["tags"][1], back["nope"]["x"], back["age"]);
    for text in ["[1, 2.5, -3e2, []]", "{\"a\": {\"b\": [true, null]}}", "\"\\u00e4\\t/\"", "[1 2]", "{\"a\" 1}", "nul", "[1,", "\"abc", "1 1", "-"] {
        match Parser::parse(text) {
            Ok(v) => println!("{text} => {v}"),
            Err(Error { at, expected }) => println!("{text} => at {at}: expected {expected}"),
        }
    }
    println!("{:?}", json!([1, "two", null, [true, 2.5], { "k": "v" }]));
}
