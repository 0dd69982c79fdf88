//! Operands in Intel's syntax: registers, numbers, symbols, memory.

use iced_x86::Register;

use crate::x86::register;

/// An operand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Operand {
    Register(Register),
    /// 64 bits, of either sign.
    Immediate(i64),
    /// A label or symbol, and what is added to it.
    Symbol(String, i64),
    Memory(Memory),
}

/// `qword ptr fs:[rax + 8*rcx + 16]`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Memory {
    /// In bytes, if it is written.
    pub(crate) size: Option<usize>,
    pub(crate) segment: Option<Register>,
    pub(crate) base: Option<Register>,
    pub(crate) index: Option<(Register, u32)>,
    pub(crate) displacement: i64,
    pub(crate) symbol: Option<String>,
}

/// Reads operands from a text.
pub(crate) struct Scanner<'t> {
    rest: &'t str,
}

/// A part of a sum inside brackets.
enum Term {
    Number(i64),
    Register(Register, i64),
    Symbol(String),
}

impl<'t> Scanner<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Scanner { rest: text.trim() }
    }

    /// All operands, between commas, to the end.
    pub(crate) fn operands(mut self) -> Result<Vec<Operand>, String> {
        let mut operands = Vec::new();
        if self.rest.is_empty() {
            return Ok(operands);
        }
        loop {
            operands.push(self.operand()?);
            if self.rest.is_empty() {
                return Ok(operands);
            }
            if !self.eat(",") {
                return Err("unexpected token in argument list".to_owned());
            }
        }
    }

    /// A string literal, to the end.
    pub(crate) fn string(mut self) -> Result<Vec<u8>, String> {
        let wrong = || "expected string".to_owned();
        if !self.eat("\"") {
            return Err(wrong());
        }
        let mut bytes = Vec::new();
        let mut chars = self.rest.chars();
        loop {
            match chars.next().ok_or_else(wrong)? {
                '"' => return if chars.as_str().trim().is_empty() { Ok(bytes) } else { Err(wrong()) },
                '\\' => match chars.next().ok_or_else(wrong)? {
                    'n' => bytes.push(b'\n'),
                    't' => bytes.push(b'\t'),
                    'r' => bytes.push(b'\r'),
                    '0' => bytes.push(0),
                    c @ ('\\' | '"') => bytes.push(c as u8),
                    c => return Err(format!("the escape '\\{c}' is not supported yet")),
                },
                c => bytes.extend(c.encode_utf8(&mut [0; 4]).bytes()),
            }
        }
    }

    fn eat(&mut self, token: &str) -> bool {
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest.trim_start();
                true
            }
            None => false,
        }
    }

    /// The word at the front, which stays.
    fn word(&self) -> &'t str {
        let end = self.rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '$' | '@')));
        &self.rest[..end.unwrap_or(self.rest.len())]
    }

    fn skip(&mut self, word: &str) {
        self.rest = self.rest[word.len()..].trim_start();
    }

    fn operand(&mut self) -> Result<Operand, String> {
        let size = self.size();
        let segment = self.segment();
        if size.is_some() || segment.is_some() || self.rest.starts_with('[') {
            let mut memory = Memory { size, segment, ..Memory::default() };
            // `fs:0` and `qword ptr sym` are memory too.
            if self.eat("[") {
                self.sum(&mut memory)?;
                if !self.eat("]") {
                    return Err("expected ']'".to_owned());
                }
            } else {
                self.sum(&mut memory)?;
            }
            return Ok(Operand::Memory(memory));
        }
        if let Some(register) = self.register() {
            return Ok(Operand::Register(register));
        }
        let mut sum = Memory::default();
        self.sum(&mut sum)?;
        match (sum.base, sum.index, sum.symbol) {
            (None, None, None) => {
                // `sym[rip]`, `8[rax]`
                if self.rest.starts_with('[') {
                    return self.before_brackets(sum.displacement, None);
                }
                Ok(Operand::Immediate(sum.displacement))
            }
            (None, None, Some(symbol)) => {
                if self.rest.starts_with('[') {
                    return self.before_brackets(sum.displacement, Some(symbol));
                }
                Ok(Operand::Symbol(symbol, sum.displacement))
            }
            _ => Err("unexpected register in an expression".to_owned()),
        }
    }

    /// `sym[rip]`
    fn before_brackets(&mut self, displacement: i64, symbol: Option<String>) -> Result<Operand, String> {
        let mut memory = Memory { displacement, symbol, ..Memory::default() };
        self.eat("[");
        self.sum(&mut memory)?;
        if !self.eat("]") {
            return Err("expected ']'".to_owned());
        }
        Ok(Operand::Memory(memory))
    }

    /// `qword ptr`
    fn size(&mut self) -> Option<usize> {
        let word = self.word();
        let size = match &*word.to_ascii_lowercase() {
            "byte" => 1,
            "word" => 2,
            "dword" => 4,
            "fword" => 6,
            "qword" | "mmword" => 8,
            "tbyte" | "xword" => 10,
            "xmmword" | "oword" => 16,
            "ymmword" => 32,
            "zmmword" => 64,
            _ => return None,
        };
        self.skip(word);
        let ptr = self.word();
        if ptr.eq_ignore_ascii_case("ptr") {
            self.skip(ptr);
        }
        Some(size)
    }

    /// `fs:`
    fn segment(&mut self) -> Option<Register> {
        let word = self.word();
        let register = match &*word.to_ascii_lowercase() {
            "cs" => Register::CS,
            "ds" => Register::DS,
            "es" => Register::ES,
            "fs" => Register::FS,
            "gs" => Register::GS,
            "ss" => Register::SS,
            _ => return None,
        };
        let after = self.rest[word.len()..].trim_start().strip_prefix(':')?;
        self.rest = after.trim_start();
        Some(register)
    }

    fn register(&mut self) -> Option<Register> {
        let word = self.word();
        let found = register(word)?;
        self.skip(word);
        // `st(1)`
        if found == Register::ST0 && self.rest.starts_with('(') {
            let digit = self.rest.as_bytes().get(1).copied()?;
            if self.rest.as_bytes().get(2) != Some(&b')') || !(b'0'..=b'7').contains(&digit) {
                return None;
            }
            self.rest = self.rest[3..].trim_start();
            return Some(Register::ST0 + u32::from(digit - b'0'));
        }
        Some(found)
    }

    /// Terms with signs between them.
    fn sum(&mut self, memory: &mut Memory) -> Result<(), String> {
        let mut negative = self.eat("-");
        if !negative {
            self.eat("+");
        }
        loop {
            match self.term()? {
                Term::Number(value) => {
                    let value = if negative { value.wrapping_neg() } else { value };
                    memory.displacement = memory.displacement.wrapping_add(value);
                }
                Term::Register(..) | Term::Symbol(_) if negative => return Err("unexpected '-'".to_owned()),
                Term::Register(register, scale) => {
                    match scale {
                        1 if memory.base.is_none() => memory.base = Some(register),
                        1 | 2 | 4 | 8 if memory.index.is_none() => memory.index = Some((register, scale as u32)),
                        1 | 2 | 4 | 8 => return Err("an address has at most two registers".to_owned()),
                        _ => return Err("scale factor in address must be 1, 2, 4 or 8".to_owned()),
                    };
                }
                Term::Symbol(symbol) if memory.symbol.is_none() => memory.symbol = Some(symbol),
                Term::Symbol(_) => return Err("an address has at most one symbol".to_owned()),
            }
            if self.eat("+") {
                negative = false;
            } else if self.eat("-") {
                negative = true;
            } else {
                break;
            }
        }
        // `rsp` cannot be an index: the other register can.
        if let (Some(base), Some((index @ (Register::RSP | Register::ESP), 1))) = (memory.base, memory.index) {
            (memory.base, memory.index) = (Some(index), Some((base, 1)));
        }
        Ok(())
    }

    /// Factors with `*` between them.
    fn term(&mut self) -> Result<Term, String> {
        let mut term = self.factor()?;
        while self.eat("*") {
            term = match (term, self.factor()?) {
                (Term::Number(a), Term::Number(b)) => Term::Number(a.wrapping_mul(b)),
                (Term::Register(register, scale), Term::Number(by))
                | (Term::Number(by), Term::Register(register, scale)) => {
                    Term::Register(register, scale.wrapping_mul(by))
                }
                _ => return Err("unexpected '*'".to_owned()),
            };
        }
        Ok(term)
    }

    fn factor(&mut self) -> Result<Term, String> {
        if self.eat("-") {
            return match self.factor()? {
                Term::Number(value) => Ok(Term::Number(value.wrapping_neg())),
                _ => Err("unexpected '-'".to_owned()),
            };
        }
        if self.eat("(") {
            let mut inner = Memory::default();
            self.sum(&mut inner)?;
            let number = inner.base.is_none() && inner.index.is_none() && inner.symbol.is_none();
            return match self.eat(")") && number {
                true => Ok(Term::Number(inner.displacement)),
                false => Err("unexpected parenthesized expression".to_owned()),
            };
        }
        if let Some(register) = self.register() {
            return Ok(Term::Register(register, 1));
        }
        let word = self.word();
        if word.is_empty() {
            return Err("unknown token in expression".to_owned());
        }
        self.skip(word);
        match word.as_bytes()[0] {
            // `1f` and `1b` are labels; `0b1` is a number.
            b'0'..=b'9' => match number(word) {
                Some(value) => Ok(Term::Number(value)),
                None if crate::is_local(&word[..word.len() - 1]) && word.ends_with(['f', 'b']) => {
                    Ok(Term::Symbol(word.to_owned()))
                }
                None => Err(format!("invalid number '{word}'")),
            },
            _ if word.contains('@') => Err(format!("the symbol '{word}' is not supported yet")),
            _ => Ok(Term::Symbol(word.to_owned())),
        }
    }
}

/// A number's 64 bits.
fn number(word: &str) -> Option<i64> {
    let lower = word.to_ascii_lowercase();
    let parse = |digits: &str, radix| u64::from_str_radix(digits, radix).ok();
    let value = if let Some(hex) = lower.strip_prefix("0x") {
        parse(hex, 16)
    } else if let Some(binary) = lower.strip_prefix("0b").filter(|digits| !digits.is_empty()) {
        parse(binary, 2)
    } else if let Some(hex) = lower.strip_suffix('h') {
        parse(hex, 16)
    } else if let Some(octal) = lower.strip_prefix('0').filter(|digits| !digits.is_empty()) {
        parse(octal, 8)
    } else {
        parse(&lower, 10)
    };
    value.map(u64::cast_signed)
}
