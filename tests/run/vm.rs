//! A stack machine: an assembler with labels, instructions as an enum, calls, a heap of closures as host functions.

use std::collections::HashMap;
use std::fmt;
use std::num::ParseIntError;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Op {
    Push(i64),
    Pop,
    Dup,
    Swap,
    Add,
    Sub,
    Mul,
    Div,
    Less,
    Jump(usize),
    JumpIf(usize),
    Call(usize),
    Ret,
    Load(u8),
    Store(u8),
    Host(usize),
    Halt,
}

#[derive(Debug)]
enum AsmError<'a> {
    Unknown(&'a str),
    Operand { line: usize, source: ParseIntError },
    Missing(usize),
    Label(String),
}

impl fmt::Display for AsmError<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(op) => write!(f, "unknown instruction {op}"),
            Self::Operand { line, source } => write!(f, "line {line}: {source}"),
            Self::Missing(line) => write!(f, "line {line}: operand missing"),
            Self::Label(l) => write!(f, "no label {l}"),
        }
    }
}

fn assemble(source: &str) -> Result<Vec<Op>, AsmError<'_>> {
    let mut labels = HashMap::new();
    let mut lines = Vec::new();
    for (number, line) in source.lines().enumerate() {
        let line = line.split('#').next().unwrap_or("").trim();
        if let Some(label) = line.strip_suffix(':') {
            labels.insert(label, lines.len());
        } else if !line.is_empty() {
            lines.push((number + 1, line));
        }
    }
    lines
        .into_iter()
        .map(|(number, line)| {
            let mut words = line.split_whitespace();
            let name = words.next().expect("lines are not empty");
            let mut operand = || words.next().ok_or(AsmError::Missing(number));
            let int = |s: &str| s.parse::<i64>().map_err(|source| AsmError::Operand { line: number, source });
            let label = |s: &str| labels.get(s).copied().ok_or_else(|| AsmError::Label(s.to_string()));
            Ok(match name {
                "push" => Op::Push(int(operand()?)?),
                "pop" => Op::Pop,
                "dup" => Op::Dup,
                "swap" => Op::Swap,
                "add" => Op::Add,
                "sub" => Op::Sub,
                "mul" => Op::Mul,
                "div" => Op::Div,
                "less" => Op::Less,
                "jump" => Op::Jump(label(operand()?)?),
                "jumpif" => Op::JumpIf(label(operand()?)?),
                "call" => Op::Call(label(operand()?)?),
                "ret" => Op::Ret,
                "load" => Op::Load(int(operand()?)? as u8),
                "store" => Op::Store(int(operand()?)? as u8),
                "host" => Op::Host(int(operand()?)? as usize),
                "halt" => Op::Halt,
                other => return Err(AsmError::Unknown(other)),
            })
        })
        .collect()
}

#[derive(Debug, PartialEq)]
enum Trap {
    Underflow { at: usize },
    DivideByZero,
    Overflow(Op),
    OutOfFuel,
    NoHost(usize),
}

type HostFn<'h> = Box<dyn FnMut(&mut Vec<i64>) + 'h>;

struct Machine<'p, 'h> {
    code: &'p [Op],
    stack: Vec<i64>,
    calls: Vec<usize>,
    memory: [i64; 16],
    pc: usize,
    host: Vec<HostFn<'h>>,
    executed: u64,
}

impl<'p, 'h> Machine<'p, 'h> {
    const FUEL: u64 = 100_000;
    fn new(code: &'p [Op]) -> Self {
        Machine { code, stack: vec![], calls: vec![], memory: [0; 16], pc: 0, host: vec![], executed: 0 }
    }
    fn with_host(mut self, f: impl FnMut(&mut Vec<i64>) + 'h) -> Self {
        self.host.push(Box::new(f));
        self
    }
    fn pop(&mut self) -> Result<i64, Trap> {
        self.stack.pop().ok_or(Trap::Underflow { at: self.pc - 1 })
    }
    fn binary(&mut self, op: Op, f: fn(i64, i64) -> Option<i64>) -> Result<(), Trap> {
        let b = self.pop()?;
        let a = self.pop()?;
        self.stack.push(f(a, b).ok_or(Trap::Overflow(op))?);
        Ok(())
    }
    fn run(&mut self) -> Result<Option<i64>, Trap> {
        while let Some(&op) = self.code.get(self.pc) {
            self.pc += 1;
            self.executed += 1;
            if self.executed > Self::FUEL {
                return Err(Trap::OutOfFuel);
            }
            match op {
                Op::Push(n) => self.stack.push(n),
                Op::Pop => drop(self.pop()?),
                Op::Dup => {
                    let n = self.pop()?;
                    self.stack.extend([n, n]);
                }
                Op::Swap => {
                    let (b, a) = (self.pop()?, self.pop()?);
                    self.stack.extend_from_slice(&[b, a]);
                }
                Op::Add => self.binary(op, i64::checked_add)?,
                Op::Sub => self.binary(op, i64::checked_sub)?,
                Op::Mul => self.binary(op, i64::checked_mul)?,
                Op::Div => {
                    if self.stack.last() == Some(&0) {
                        return Err(Trap::DivideByZero);
                    }
                    self.binary(op, i64::checked_div)?
                }
                Op::Less => self.binary(op, |a, b| Some((a < b) as i64))?,
                Op::Jump(to) => self.pc = to,
                Op::JumpIf(to) => {
                    if self.pop()? != 0 {
                        self.pc = to;
                    }
                }
                Op::Call(to) => {
                    self.calls.push(std::mem::replace(&mut self.pc, to));
                }
                Op::Ret => match self.calls.pop() {
                    Some(to) => self.pc = to,
                    None => break,
                },
                Op::Load(i) => self.stack.push(self.memory[i as usize & 15]),
                Op::Store(i) => self.memory[usize::from(i) & 15] = self.pop()?,
                Op::Host(i) => match self.host.get_mut(i) {
                    Some(f) => f(&mut self.stack),
                    None => return Err(Trap::NoHost(i)),
                },
                Op::Halt => break,
            }
        }
        Ok(self.stack.last().copied())
    }
}

const FACTORIAL: &str = "
    push 10
    call fact
    halt
fact:               # n -> n!
    dup
    push 2
    less
    jumpif base
    dup
    push 1
    sub
    call fact
    mul
    ret
base:
    pop
    push 1
    ret
";

const LOOP: &str = "
loop:
    load 0
    host 0
    load 0
    push 1
    add
    dup
    store 0
    push 5
    less
    jumpif loop
    load 0
";

fn main() {
    let code = assemble(FACTORIAL).unwrap_or_else(|e| panic!("{e}"));
    let mut m = Machine::new(&code);
    println!("{:?} after {} steps", m.run(), m.executed);
    let code = assemble(LOOP).unwrap();
    let mut seen = Vec::new();
    {
        let mut m = Machine::new(&code).with_host(|stack| seen.extend(stack.pop()));
        println!("{:?}", m.run());
    }
    println!("{seen:?}");
    for source in ["push 1\npop\npop", "push 1\npush 0\ndiv", "x: \njump y", "push abc", "push", "fly", "host 3", "a:\njump a", "push 9223372036854775807\ndup\nadd"] {
        match assemble(source) {
            Err(e) => println!("error: {e}"),
            Ok(code) => println!("{:?} -> {:?}", &code[..code.len().min(2)], Machine::new(&code).run()),
        }
    }
}
