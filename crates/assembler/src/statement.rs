//! Cuts a text into labels, directives and instructions.

use crate::AsmError;
use crate::operand::{Operand, Scanner};

/// A statement and its line, from 0.
pub(crate) struct Line {
    pub(crate) number: usize,
    pub(crate) statement: Statement,
}

/// What a statement is.
pub(crate) enum Statement {
    Label(String),
    Data(Vec<u8>),
    /// Eight bytes: a symbol's address and an addend.
    Address(String, i64),
    /// To a multiple of so many bytes.
    Align(usize),
    Instruction(Instruction),
}

/// An instruction as it is written.
pub(crate) struct Instruction {
    /// `lock`, `rep` and the like.
    pub(crate) prefixes: Vec<String>,
    /// In small letters.
    pub(crate) name: String,
    pub(crate) operands: Vec<Operand>,
}

/// All statements of a text.
pub(crate) fn lines(text: &str) -> Result<Vec<Line>, AsmError> {
    let text = without_comments(text);
    let mut lines = Vec::new();
    for (number, line) in text.split('\n').enumerate() {
        for piece in split_outside_strings(line) {
            let mut rest = piece.trim();
            let fail = |message: String| AsmError { line: number, message };
            while let Some((label, after)) = label(rest) {
                lines.push(Line { number, statement: Statement::Label(label.to_owned()) });
                rest = after.trim_start();
            }
            if rest.is_empty() {
                continue;
            }
            if rest.starts_with('.') {
                for statement in directive(rest).map_err(fail)? {
                    lines.push(Line { number, statement });
                }
            } else {
                let statement = Statement::Instruction(instruction(rest).map_err(fail)?);
                lines.push(Line { number, statement });
            }
        }
    }
    Ok(lines)
}

/// Comments become nothing, but for their line ends.
fn without_comments(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    let mut in_string = false;
    while let Some(c) = rest.chars().next() {
        if in_string {
            if c == '\\' {
                let len = 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
                out.push_str(&rest[..len]);
                rest = &rest[len..];
                continue;
            }
            in_string = c != '"';
        } else if rest.starts_with("//") || c == '#' {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
            continue;
        } else if rest.starts_with("/*") {
            let end = rest.find("*/").map_or(rest.len(), |at| at + 2);
            out.extend(rest[..end].chars().filter(|c| *c == '\n'));
            rest = &rest[end..];
            continue;
        } else {
            in_string = c == '"';
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// A line's pieces between semicolons.
fn split_outside_strings(line: &str) -> Vec<&str> {
    let (mut pieces, mut start, mut in_string, mut escaped) = (Vec::new(), 0, false, false);
    for (at, c) in line.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if in_string => escaped = true,
            '"' => in_string = !in_string,
            ';' if !in_string => {
                pieces.push(&line[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    pieces.push(&line[start..]);
    pieces
}

/// `name:` and what follows.
fn label(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '$')))?;
    let after = text[end..].strip_prefix(':')?;
    (end > 0).then_some((&text[..end], after))
}

fn instruction(text: &str) -> Result<Instruction, String> {
    let mut prefixes = Vec::new();
    let mut rest = text;
    loop {
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        if matches!(&*name, "lock" | "rep" | "repe" | "repz" | "repne" | "repnz") && !rest.is_empty() {
            prefixes.push(name);
            continue;
        }
        let operands = Scanner::new(rest).operands()?;
        return Ok(Instruction { prefixes, name, operands });
    }
}

fn directive(text: &str) -> Result<Vec<Statement>, String> {
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (name, rest) = (&text[..end], text[end..].trim());
    let ints = |size: usize| -> Result<Vec<Statement>, String> {
        let mut statements = Vec::new();
        for operand in Scanner::new(rest).operands()? {
            statements.push(match operand {
                Operand::Immediate(value) => Statement::Data(value.to_le_bytes()[..size].to_vec()),
                Operand::Symbol(symbol, addend) if size == 8 => Statement::Address(symbol, addend),
                _ => return Err(format!("unexpected operand of the directive '{name}'")),
            });
        }
        Ok(statements)
    };
    let number = || match Scanner::new(rest).operands()?.first() {
        Some(Operand::Immediate(value)) => Ok(*value),
        _ => Err(format!("expected a number after '{name}'")),
    };
    match name {
        ".byte" => ints(1),
        ".2byte" | ".short" | ".hword" | ".value" | ".word" => ints(2),
        ".4byte" | ".long" | ".int" => ints(4),
        ".8byte" | ".quad" | ".xword" => ints(8),
        ".ascii" | ".asciz" | ".string" => {
            let mut bytes = Scanner::new(rest).string()?;
            if name != ".ascii" {
                bytes.push(0);
            }
            Ok(vec![Statement::Data(bytes)])
        }
        ".zero" | ".skip" | ".space" => {
            let len = usize::try_from(number()?).ok().filter(|len| *len <= 1 << 20);
            Ok(vec![Statement::Data(vec![0; len.ok_or("unexpected size")?])])
        }
        ".balign" | ".align" | ".p2align" => {
            let to = match (name, number()?) {
                (".p2align", power @ 0..=12) => 1 << power,
                (".balign" | ".align", to @ 1..=4096) if (to as u64).is_power_of_two() => to as usize,
                _ => return Err("unexpected alignment".to_owned()),
            };
            Ok(vec![Statement::Align(to)])
        }
        // What tells linkers and unwinders something that we know or do not use.
        ".text" | ".globl" | ".global" | ".hidden" | ".local" | ".type" | ".size" | ".intel_syntax" | ".code64" => {
            Ok(Vec::new())
        }
        _ if name.starts_with(".cfi_") => Ok(Vec::new()),
        _ => Err(format!("the directive '{name}' is not supported yet")),
    }
}
