//! State machines: a traffic light by enum, a type-state builder, a lexer by function pointers, an event queue.

use std::collections::VecDeque;
use std::fmt::Debug;
use std::marker::PhantomData;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
enum Light {
    Red = 1,
    RedYellow,
    Green = 10,
    Yellow,
}

impl Light {
    const ALL: [Light; 4] = [Light::Red, Light::RedYellow, Light::Green, Light::Yellow];
    fn next(self) -> Self {
        use Light::*;
        match self {
            Red => RedYellow,
            RedYellow => Green,
            Green => Yellow,
            Yellow => Red,
        }
    }
    fn seconds(self) -> u32 {
        if let Light::Red | Light::Green = self { 30 } else { 3 }
    }
}

impl TryFrom<u8> for Light {
    type Error = String;
    fn try_from(n: u8) -> Result<Self, Self::Error> {
        Light::ALL.into_iter().find(|l| *l as u8 == n).ok_or_else(|| format!("{n} is no light"))
    }
}

// A builder whose missing parts are in its type.
struct Missing;
struct Set;
struct RequestBuilder<U, M> {
    url: Option<String>,
    method: Option<&'static str>,
    headers: Vec<(String, String)>,
    _state: PhantomData<(U, M)>,
}
#[derive(Debug)]
struct Request {
    url: String,
    method: &'static str,
    headers: Vec<(String, String)>,
}
impl RequestBuilder<Missing, Missing> {
    fn new() -> Self {
        RequestBuilder { url: None, method: None, headers: Vec::new(), _state: PhantomData }
    }
}
impl<U, M> RequestBuilder<U, M> {
    fn cast<U2, M2>(self) -> RequestBuilder<U2, M2> {
        let RequestBuilder { url, method, headers, .. } = self;
        RequestBuilder { url, method, headers, _state: PhantomData }
    }
    fn url(self, url: impl Into<String>) -> RequestBuilder<Set, M> {
        RequestBuilder { url: Some(url.into()), ..self.cast() }
    }
    fn method(mut self, method: &'static str) -> RequestBuilder<U, Set> {
        self.method = Some(method);
        self.cast()
    }
    fn header<K: ToString, V: ToString>(mut self, key: K, value: V) -> Self {
        self.headers.push((key.to_string(), value.to_string()));
        self
    }
}
impl RequestBuilder<Set, Set> {
    fn build(self) -> Request {
        Request { url: self.url.unwrap(), method: self.method.unwrap(), headers: self.headers }
    }
}

// A lexer: each state is a function that gives the next.
struct Lexer<'a> {
    input: &'a str,
    start: usize,
    at: usize,
    out: Vec<(&'static str, &'a str)>,
}
#[derive(Clone, Copy)]
struct State(for<'a, 'b> fn(&'b mut Lexer<'a>) -> Option<State>);

impl<'a> Lexer<'a> {
    fn peek(&self) -> Option<char> {
        self.input[self.at..].chars().next()
    }
    fn take_while(&mut self, f: impl Fn(char) -> bool) {
        while let Some(c) = self.peek().filter(|&c| f(c)) {
            self.at += c.len_utf8();
        }
    }
    fn emit(&mut self, kind: &'static str) {
        self.out.push((kind, &self.input[self.start..self.at]));
        self.start = self.at;
    }
    fn run(input: &'a str) -> Vec<(&'static str, &'a str)> {
        let mut lexer = Lexer { input, start: 0, at: 0, out: Vec::new() };
        let mut state = Some(State(start));
        while let Some(State(f)) = state {
            state = f(&mut lexer);
        }
        lexer.out
    }
}
fn start(l: &mut Lexer<'_>) -> Option<State> {
    l.take_while(char::is_whitespace);
    l.start = l.at;
    Some(State(match l.peek()? {
        c if c.is_ascii_digit() => number,
        c if c.is_alphabetic() => word,
        _ => symbol,
    }))
}
fn number(l: &mut Lexer<'_>) -> Option<State> {
    l.take_while(|c| c.is_ascii_digit());
    l.emit("number");
    Some(State(start))
}
fn word(l: &mut Lexer<'_>) -> Option<State> {
    l.take_while(|c| c.is_alphanumeric() || c == '_');
    l.emit("word");
    Some(State(start))
}
fn symbol(l: &mut Lexer<'_>) -> Option<State> {
    l.at += l.peek().map_or(0, char::len_utf8);
    l.emit("symbol");
    Some(State(start))
}

#[derive(Debug)]
enum Event {
    Key { code: u32, shift: bool },
    Click(i32, i32),
    Text(String),
    Quit,
}
trait Handler {
    fn handle(&mut self, event: &Event) -> bool;
}
struct Counter<F: FnMut(u32)>(u32, F);
impl<F: FnMut(u32)> Handler for Counter<F> {
    fn handle(&mut self, _: &Event) -> bool {
        self.0 += 1;
        (self.1)(self.0);
        false
    }
}
#[derive(Default, Debug)]
struct Logger {
    lines: Vec<String>,
}
impl Handler for Logger {
    fn handle(&mut self, event: &Event) -> bool {
        let line = match event {
            Event::Key { code: code @ 65..=90, shift } => {
                let c = char::from_u32(*code).unwrap();
                format!("key {}", if *shift { c } else { c.to_ascii_lowercase() })
            }
            Event::Key { code, .. } => format!("key #{code}"),
            Event::Click(x, y) if x == y => format!("diagonal click {x}"),
            Event::Click(x @ ..=-1, _) => format!("click left of the window by {}", -x),
            Event::Click(x, y) => format!("click {x},{y}"),
            Event::Text(t) => format!("text {t:?}"),
            Event::Quit => return true,
        };
        self.lines.push(line);
        false
    }
}

fn main() {
    let mut light = Light::Red;
    let mut time = 0;
    for _ in 0..6 {
        println!("{time:>4}s {light:?} = {}", light as u8);
        time += light.seconds();
        light = light.next();
    }
    println!("{:?} {:?} {}", Light::try_from(10), Light::try_from(3), Light::Red < Light::Yellow);
    let request = RequestBuilder::new().header("a", 1).method("GET").url("http://x").header('b', true).build();
    println!("{request:#?}");
    println!("{} {} {}", request.url, request.method, request.headers.len());
    println!("{:?}", Lexer::run("let x1 = 42+y;"));
    let mut queue: VecDeque<Event> = VecDeque::new();
    queue.push_back(Event::Key { code: 72, shift: true });
    queue.push_back(Event::Key { code: 73, shift: false });
    queue.push_back(Event::Key { code: 13, shift: false });
    queue.extend([Event::Click(3, 3), Event::Click(-5, 2), Event::Click(1, 2), Event::Text("hé".into())]);
    queue.push_front(Event::Text(String::from("first")));
    queue.push_back(Event::Quit);
    queue.push_back(Event::Click(0, 0));
    let mut counts = Vec::new();
    let mut counter = Counter(0, |n| counts.push(n * n));
    let mut logger = Logger::default();
    'outer: while let Some(event) = queue.pop_front() {
        let mut handlers: [&mut dyn Handler; 2] = [&mut counter, &mut logger];
        for h in handlers.iter_mut() {
            if h.handle(&event) {
                break 'outer;
            }
        }
    }
    println!("{} left", queue.len());
    println!("{counts:?}");
    for line in &logger.lines {
        println!("{line}");
    }
}
