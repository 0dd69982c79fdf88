//! A tokenizer, a Pratt parser and an evaluator for arithmetic with variables and functions.

use std::collections::HashMap;
use std::fmt;

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number(f64),
    Ident(String),
    Op(char),
    LParen,
    RParen,
    Comma,
    Assign,
}

#[derive(Debug, PartialEq)]
enum CalcError {
    UnexpectedChar(char, usize),
    UnexpectedEnd,
    UnexpectedToken(Token),
    UnknownVariable(String),
    UnknownFunction(String),
    WrongArity { name: String, expected: usize, found: usize },
    DivisionByZero,
}

impl fmt::Display for CalcError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CalcError::UnexpectedChar(c, at) => write!(f, "unexpected character {c:?} at {at}"),
            CalcError::UnexpectedEnd => write!(f, "unexpected end of input"),
            CalcError::UnexpectedToken(t) => write!(f, "unexpected token {t:?}"),
            CalcError::UnknownVariable(v) => write!(f, "unknown variable `{v}`"),
            CalcError::UnknownFunction(v) => write!(f, "unknown function `{v}`"),
            CalcError::WrongArity { name, expected, found } => {
                write!(f, "`{name}` takes {expected} argument{}, found {found}", if *expected == 1 { "" } else { "s" })
            }
            CalcError::DivisionByZero => f.write_str("division by zero"),
        }
    }
}

impl std::error::Error for CalcError {}

type Result<T, E = CalcError> = std::result::Result<T, E>;

fn tokenize(text: &str) -> Result<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some(&(at, c)) = chars.peek() {
        match c {
            ' ' | '\t' => {
                chars.next();
            }
            '0'..='9' | '.' => {
                let mut end = at;
                while let Some(&(i, d)) = chars.peek() {
                    if d.is_ascii_digit() || d == '.' {
                        end = i + d.len_utf8();
                        chars.next();
                    } else {
                        break;
                    }
                }
                let n = text[at..end].parse().map_err(|_| CalcError::UnexpectedChar(c, at))?;
                tokens.push(Token::Number(n));
            }
            'a'..='z' | 'A'..='Z' | '_' => {
                let mut name = String::new();
                while let Some(&(_, d)) = chars.peek() {
                    if !d.is_alphanumeric() && d != '_' {
                        break;
                    }
                    name.push(d);
                    chars.next();
                }
                tokens.push(Token::Ident(name));
            }
            '+' | '-' | '*' | '/' | '^' | '%' => {
                tokens.push(Token::Op(c));
                chars.next();
            }
            '(' | ')' | ',' | '=' => {
                tokens.push(match c {
                    '(' => Token::LParen,
                    ')' => Token::RParen,
                    ',' => Token::Comma,
                    _ => Token::Assign,
                });
                chars.next();
            }
            other => return Err(CalcError::UnexpectedChar(other, at)),
        }
    }
    Ok(tokens)
}

#[derive(Debug, Clone)]
enum Expr {
    Number(f64),
    Var(String),
    Neg(Box<Expr>),
    Binary(Box<Expr>, char, Box<Expr>),
    Call(String, Vec<Expr>),
    Assign(String, Box<Expr>),
}

struct Parser<'a> {
    tokens: &'a [Token],
}

impl<'a> Parser<'a> {
    fn next(&mut self) -> Option<&'a Token> {
        let (first, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        Some(first)
    }
    fn eat(&mut self, token: &Token) -> bool {
        if self.tokens.first() == Some(token) {
            self.tokens = &self.tokens[1..];
            true
        } else {
            false
        }
    }
    fn statement(&mut self) -> Result<Expr> {
        if let [Token::Ident(name), Token::Assign, rest @ ..] = self.tokens {
            self.tokens = rest;
            return Ok(Expr::Assign(name.clone(), Box::new(self.statement()?)));
        }
        let e = self.expr(0)?;
        match self.next() {
            None => Ok(e),
            Some(t) => Err(CalcError::UnexpectedToken(t.clone())),
        }
    }
    fn binding_power(op: char) -> (u8, u8) {
        match op {
            '+' | '-' => (1, 2),
            '*' | '/' | '%' => (3, 4),
            _ => (8, 7),
        }
    }
    fn expr(&mut self, min: u8) -> Result<Expr> {
        let mut lhs = match self.next().ok_or(CalcError::UnexpectedEnd)? {
            Token::Number(n) => Expr::Number(*n),
            Token::Op('-') => Expr::Neg(Box::new(self.expr(5)?)),
            Token::LParen => {
                let inner = self.expr(0)?;
                if !self.eat(&Token::RParen) {
                    return Err(self.tokens.first().map_or(CalcError::UnexpectedEnd, |t| CalcError::UnexpectedToken(t.clone())));
                }
                inner
            }
            Token::Ident(name) if self.eat(&Token::LParen) => {
                let mut args = vec![];
                while !self.eat(&Token::RParen) {
                    args.push(self.expr(0)?);
                    self.eat(&Token::Comma);
                }
                Expr::Call(name.clone(), args)
            }
            Token::Ident(name) => Expr::Var(name.clone()),
            t => return Err(CalcError::UnexpectedToken(t.clone())),
        };
        while let Some(Token::Op(op)) = self.tokens.first() {
            let (left, right) = Self::binding_power(*op);
            if left < min {
                break;
            }
            self.next();
            let rhs = self.expr(right)?;
            lhs = Expr::Binary(Box::new(lhs), *op, Box::new(rhs));
        }
        Ok(lhs)
    }
}

type Function = (usize, Box<dyn Fn(&[f64]) -> f64>);

struct Context {
    vars: HashMap<String, f64>,
    functions: HashMap<&'static str, Function>,
}

impl Context {
    fn new() -> Self {
        let mut functions: HashMap<&'static str, Function> = HashMap::new();
        functions.insert("max", (2, Box::new(|a| a[0].max(a[1]))));
        functions.insert("min", (2, Box::new(|a| a[0].min(a[1]))));
        functions.insert("abs", (1, Box::new(|a| a[0].abs())));
        functions.insert("sqrt", (1, Box::new(|a| a[0].sqrt())));
        let scale = 100.0;
        functions.insert("percent", (1, Box::new(move |a| a[0] / scale)));
        Context { vars: HashMap::from([("pi".to_string(), 3.25)]), functions }
    }
    fn eval(&mut self, e: &Expr) -> Result<f64> {
        Ok(match e {
            Expr::Number(n) => *n,
            Expr::Var(v) => *self.vars.get(v).ok_or_else(|| CalcError::UnknownVariable(v.clone()))?,
            Expr::Neg(e) => -self.eval(e)?,
            Expr::Binary(a, op, b) => {
                let (a, b) = (self.eval(a)?, self.eval(b)?);
                match op {
                    '+' => a + b,
                    '-' => a - b,
                    '*' => a * b,
                    '/' if b == 0.0 => return Err(CalcError::DivisionByZero),
                    '/' => a / b,
                    '%' => a % b,
                    '^' => (0..b as u32).fold(1.0, |acc, _| acc * a),
                    _ => unreachable!(),
                }
            }
            Expr::Call(name, args) => {
                let args = args.iter().map(|a| self.eval(a)).collect::<Result<Vec<_>>>()?;
                let (arity, f) =
                    self.functions.get(name.as_str()).ok_or_else(|| CalcError::UnknownFunction(name.clone()))?;
                if *arity != args.len() {
                    return Err(CalcError::WrongArity { name: name.clone(), expected: *arity, found: args.len() });
                }
                f(&args)
            }
            Expr::Assign(name, e) => {
                let value = self.eval(e)?;
                self.vars.insert(name.clone(), value);
                value
            }
        })
    }
    fn run(&mut self, line: &str) -> std::result::Result<f64, Box<dyn std::error::Error>> {
        let tokens = tokenize(line)?;
        let expr = Parser { tokens: &tokens }.statement()?;
        Ok(self.eval(&expr)?)
    }
}

fn main() {
    let mut context = Context::new();
    let lines = [
        "1 + 2 * 3",
        "(1 + 2) * 3",
        "2 ^ 3 ^ 2",
        "-2 ^ 2",
        "x = 10 / 4",
        "y = z = x * 2",
        "x + y - z",
        "max(x, 7) + min(1, 2)",
        "sqrt(abs(-16)) % 3",
        "percent(50) * pi",
        "1 / 0",
        "foo + 1",
        "bar(1)",
        "sqrt(1, 2)",
        "1 $ 2",
        "(1 + 2",
        "1 2",
        "",
        "1.5.2",
    ];
    for line in lines {
        match context.run(line) {
            Ok(v) => println!("{line:<25} = {v}"),
            Err(e) => println!("{line:<25} ! {e}"),
        }
    }
    let mut names: Vec<_> = context.vars.iter().collect();
    names.sort_by(|a, b| a.0.cmp(b.0));
    println!("{names:?}");
    println!("{:?}", Parser { tokens: &tokenize("-a+f(2)").unwrap() }.statement().unwrap());
}
