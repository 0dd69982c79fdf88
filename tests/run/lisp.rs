//! A small Lisp: reader, environments with shared closures, tail calls by a loop, errors as values.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::rc::Rc;

#[derive(Clone)]
enum Value {
    Nil,
    Bool(bool),
    Number(i64),
    Text(Rc<str>),
    Symbol(Rc<str>),
    Pair(Rc<(Value, Value)>),
    Builtin(&'static str, fn(&[Value]) -> Result<Value, Error>),
    Lambda(Rc<Lambda>),
}

struct Lambda {
    params: Vec<Rc<str>>,
    body: Vec<Value>,
    env: Env,
}

#[derive(Debug, Clone, PartialEq)]
enum Error {
    UnexpectedEnd,
    UnexpectedClose(usize),
    Unbound(String),
    NotAFunction(String),
    Type { wanted: &'static str, got: String },
    Arity { wanted: usize, got: usize },
    DivisionByZero,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::UnexpectedEnd => f.write_str("unexpected end of input"),
            Error::UnexpectedClose(at) => write!(f, "unexpected `)` at byte {at}"),
            Error::Unbound(name) => write!(f, "unbound symbol `{name}`"),
            Error::NotAFunction(what) => write!(f, "`{what}` is not a function"),
            Error::Type { wanted, got } => write!(f, "expected {wanted}, got `{got}`"),
            Error::Arity { wanted, got } => write!(f, "expected {wanted} argument{}, got {got}", if *wanted == 1 { "" } else { "s" }),
            Error::DivisionByZero => f.write_str("division by zero"),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Nil => f.write_str("()"),
            Value::Bool(b) => write!(f, "#{}", if *b { 't' } else { 'f' }),
            Value::Number(n) => n.fmt(f),
            Value::Text(s) => write!(f, "{s:?}"),
            Value::Symbol(s) => f.write_str(s),
            Value::Builtin(name, _) => write!(f, "<builtin {name}>"),
            Value::Lambda(l) => write!(f, "<lambda/{}>", l.params.len()),
            Value::Pair(_) => {
                f.write_str("(")?;
                let mut rest = self.clone();
                let mut first = true;
                while let Value::Pair(p) = &rest {
                    if !std::mem::take(&mut first) {
                        f.write_str(" ")?;
                    }
                    write!(f, "{}", p.0)?;
                    let next = p.1.clone();
                    rest = next;
                }
                if !matches!(rest, Value::Nil) {
                    write!(f, " . {rest}")?;
                }
                f.write_str(")")
            }
        }
    }
}

#[derive(Clone)]
struct Env(Rc<Scope>);
struct Scope {
    names: RefCell<HashMap<Rc<str>, Value>>,
    outer: Option<Env>,
}

impl Env {
    fn new(outer: Option<Env>) -> Env {
        Env(Rc::new(Scope { names: RefCell::default(), outer }))
    }
    fn define(&self, name: &str, value: Value) {
        self.0.names.borrow_mut().insert(name.into(), value);
    }
    fn lookup(&self, name: &str) -> Option<Value> {
        let mut env = self;
        loop {
            if let Some(v) = env.0.names.borrow().get(name) {
                return Some(v.clone());
            }
            env = env.0.outer.as_ref()?;
        }
    }
}

fn list(values: impl DoubleEndedIterator<Item = Value>) -> Value {
    values.rev().fold(Value::Nil, |tail, head| Value::Pair(Rc::new((head, tail))))
}

fn items(value: &Value) -> Result<Vec<Value>, Error> {
    let mut out = Vec::new();
    let mut rest = value.clone();
    loop {
        rest = match &rest {
            Value::Nil => return Ok(out),
            Value::Pair(p) => {
                out.push(p.0.clone());
                p.1.clone()
            }
            other => return Err(Error::Type { wanted: "a list", got: other.to_string() }),
        };
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn skip(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            if !trimmed.starts_with(';') {
                return;
            }
            self.at += trimmed.find('\n').unwrap_or(trimmed.len());
        }
    }
    fn read(&mut self) -> Result<Value, Error> {
        self.skip();
        let rest = &self.text[self.at..];
        let first = rest.chars().next().ok_or(Error::UnexpectedEnd)?;
        match first {
            '(' => {
                self.at += 1;
                let mut values = Vec::new();
                loop {
                    self.skip();
                    if self.text[self.at..].starts_with(')') {
                        self.at += 1;
                        return Ok(list(values.into_iter()));
                    }
                    values.push(self.read()?);
                }
            }
            ')' => Err(Error::UnexpectedClose(self.at)),
            '\'' => {
                self.at += 1;
                let quoted = self.read()?;
                Ok(list([Value::Symbol("quote".into()), quoted].into_iter()))
            }
            '"' => {
                let end = rest[1..].find('"').ok_or(Error::UnexpectedEnd)? + 1;
                self.at += end + 1;
                Ok(Value::Text(rest[1..end].into()))
            }
            _ => {
                let end = rest.find(|c: char| c.is_whitespace() || "()'\"".contains(c)).unwrap_or(rest.len());
                self.at += end;
                let word = &rest[..end];
                Ok(match word {
                    "#t" => Value::Bool(true),
                    "#f" => Value::Bool(false),
                    _ => word.parse().map_or_else(|_| Value::Symbol(word.into()), Value::Number),
                })
            }
        }
    }
}

fn number(v: &Value) -> Result<i64, Error> {
    match v {
        Value::Number(n) => Ok(*n),
        other => Err(Error::Type { wanted: "a number", got: other.to_string() }),
    }
}

fn exactly<const N: usize>(args: &[Value]) -> Result<&[Value; N], Error> {
    args.try_into().map_err(|_| Error::Arity { wanted: N, got: args.len() })
}

const BUILTINS: &[(&str, fn(&[Value]) -> Result<Value, Error>)] = &[
    ("+", |a| a.iter().map(number).sum::<Result<i64, _>>().map(Value::Number)),
    ("*", |a| a.iter().map(number).product::<Result<i64, _>>().map(Value::Number)),
    ("-", |a| match a {
        [only] => Ok(Value::Number(-number(only)?)),
        _ => exactly::<2>(a).and_then(|[x, y]| Ok(Value::Number(number(x)? - number(y)?))),
    }),
    ("/", |a| {
        let [x, y] = exactly(a)?;
        number(x)?.checked_div(number(y)?).map(Value::Number).ok_or(Error::DivisionByZero)
    }),
    ("<", |a| {
        let numbers = a.iter().map(number).collect::<Result<Vec<_>, _>>()?;
        Ok(Value::Bool(numbers.windows(2).all(|w| w[0] < w[1])))
    }),
    ("=", |a| {
        let [x, y] = exactly(a)?;
        Ok(Value::Bool(number(x)? == number(y)?))
    }),
    ("cons", |a| {
        let [x, y] = exactly(a)?;
        Ok(Value::Pair(Rc::new((x.clone(), y.clone()))))
    }),
    ("car", |a| match exactly(a)? {
        [Value::Pair(p)] => Ok(p.0.clone()),
        [other] => Err(Error::Type { wanted: "a pair", got: other.to_string() }),
    }),
    ("cdr", |a| match exactly(a)? {
        [Value::Pair(p)] => Ok(p.1.clone()),
        [other] => Err(Error::Type { wanted: "a pair", got: other.to_string() }),
    }),
    ("null?", |a| exactly::<1>(a).map(|[v]| Value::Bool(matches!(v, Value::Nil)))),
    ("list", |a| Ok(list(a.iter().cloned()))),
];

fn eval(mut expr: Value, mut env: Env) -> Result<Value, Error> {
    // A tail call goes round the loop.
    'tail: loop {
        let pair = match &expr {
            Value::Symbol(name) => return env.lookup(name).ok_or_else(|| Error::Unbound(name.to_string())),
            Value::Pair(pair) => pair.clone(),
            _ => return Ok(expr),
        };
        let args = items(&pair.1)?;
        if let Value::Symbol(name) = &pair.0 {
            match (&**name, &args[..]) {
                ("quote", [v]) => return Ok(v.clone()),
                ("if", [cond, then, rest @ ..]) => {
                    let taken = !matches!(eval(cond.clone(), env.clone())?, Value::Bool(false) | Value::Nil);
                    expr = if taken { then.clone() } else { rest.first().cloned().unwrap_or(Value::Nil) };
                    continue 'tail;
                }
                ("define", [Value::Symbol(name), value]) => {
                    let value = eval(value.clone(), env.clone())?;
                    env.define(name, value);
                    return Ok(Value::Symbol(name.clone()));
                }
                ("lambda", [params, body @ ..]) => {
                    let params = items(params)?.into_iter().map(|p| match p {
                        Value::Symbol(s) => Ok(s),
                        other => Err(Error::Type { wanted: "a symbol", got: other.to_string() }),
                    });
                    let lambda = Lambda { params: params.collect::<Result<_, _>>()?, body: body.to_vec(), env };
                    return Ok(Value::Lambda(Rc::new(lambda)));
                }
                ("let", [bindings, body @ ..]) => {
                    let inner = Env::new(Some(env.clone()));
                    for binding in items(bindings)? {
                        match &items(&binding)?[..] {
                            [Value::Symbol(name), value] => inner.define(name, eval(value.clone(), env.clone())?),
                            _ => return Err(Error::Type { wanted: "a binding", got: binding.to_string() }),
                        }
                    }
                    let Some((last, first)) = body.split_last() else { return Ok(Value::Nil) };
                    for e in first {
                        eval(e.clone(), inner.clone())?;
                    }
                    (expr, env) = (last.clone(), inner);
                    continue 'tail;
                }
                _ => {}
            }
        }
        let function = eval(pair.0.clone(), env.clone())?;
        let args = args.into_iter().map(|a| eval(a, env.clone())).collect::<Result<Vec<_>, _>>()?;
        match function {
            Value::Builtin(_, f) => return f(&args),
            Value::Lambda(lambda) => {
                if lambda.params.len() != args.len() {
                    return Err(Error::Arity { wanted: lambda.params.len(), got: args.len() });
                }
                let inner = Env::new(Some(lambda.env.clone()));
                for (name, value) in lambda.params.iter().zip(args) {
                    inner.define(name, value);
                }
                let Some((last, first)) = lambda.body.split_last() else { return Ok(Value::Nil) };
                for e in first {
                    eval(e.clone(), inner.clone())?;
                }
                (expr, env) = (last.clone(), inner);
            }
            other => return Err(Error::NotAFunction(other.to_string())),
        }
    }
}

const PROGRAM: &str = r#"
; The usual.
(define fact (lambda (n) (if (< n 2) 1 (* n (fact (- n 1))))))
(fact 20)
(define map (lambda (f xs) (if (null? xs) '() (cons (f (car xs)) (map f (cdr xs))))))
(define range (lambda (a b) (if (< a b) (cons a (range (+ a 1) b)) '())))
(map (lambda (x) (* x x)) (range 0 12))
(define loop (lambda (n acc) (if (= n 0) acc (loop (- n 1) (+ acc n)))))
(loop 20000 0)
(define counter (lambda (n) (lambda (k) (+ n k))))
(let ((add5 (counter 5)) (x 10)) (add5 x))
(cons 1 2)
(list "text" #t 'sym (list) (lambda (a b) a) car)
(car 5)
(undefined 1)
(/ 1 0)
((lambda (x) x))
(- 1 2 3)
(7 8)
)
"#;

fn main() {
    let env = Env::new(None);
    for &(name, f) in BUILTINS {
        env.define(name, Value::Builtin(name, f));
    }
    let mut reader = Reader { text: PROGRAM, at: 0 };
    loop {
        reader.skip();
        if reader.at == PROGRAM.len() {
            break;
        }
        match reader.read() {
            Ok(expr) => {
                let shown = expr.to_string();
                match eval(expr, env.clone()) {
                    Ok(value) => println!("{value:<24} <- {:.40}", shown),
                    Err(error) => println!("error: {error}"),
                }
            }
            Err(error) => {
                println!("{error}: {error:?}");
                break;
            }
        }
    }
    println!("{}", Rc::strong_count(&env.0) > 1);
}
