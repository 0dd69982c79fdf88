//! The assembler of inline assembly: text in Intel's syntax, as LLVM reads it, to machine code for x86-64.
//!
//! [`assemble`] goes statement by statement (`statement.rs` cuts them out and parses their operands), lets `x86.rs` find
//! the encoding of an instruction among all that iced-x86 knows of its name, and at the end fills in the distances to
//! labels. What refers to other symbols is left to relocations.
//!
//! Jumps to labels always take their 32-bit form, where there is one: the code is right, and a few bytes longer than
//! LLVM's.

mod operand;
mod statement;
mod x86;

use rustc_hash::FxHashMap;

use statement::{Line, Statement};

/// Machine code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assembly {
    pub code: Vec<u8>,
    /// In the order of their offsets.
    pub relocations: Vec<Relocation>,
}

/// A place to be filled by the linker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relocation {
    /// Where in the code, in bytes.
    pub offset: usize,
    pub kind: RelocationKind,
    pub symbol: String,
    pub addend: i64,
}

/// How a place is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelocationKind {
    /// Four bytes: the distance that a call or jump goes.
    Branch32,
    /// Four bytes: the distance of data.
    Relative32,
    /// Eight bytes: the address.
    Absolute64,
}

/// What is wrong, and in which line of the text, from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsmError {
    pub line: usize,
    pub message: String,
}

/// A place that waits for a label or becomes a relocation.
struct Fixup {
    offset: usize,
    kind: RelocationKind,
    /// One byte instead of four: `loop`, `jrcxz`.
    short: bool,
    label: String,
    addend: i64,
    line: usize,
    /// How many labels of the text were there before it: which `1f` and `1b` mean.
    seen: usize,
}

/// Assembles a text.
///
/// # Errors
/// The first line that is no assembly, or that has what is not supported yet, which the message says.
pub fn assemble(text: &str) -> Result<Assembly, AsmError> {
    let mut out = Assembly::default();
    let mut labels: Vec<(String, usize)> = Vec::new();
    let mut fixups: Vec<Fixup> = Vec::new();
    let x86 = x86::Tables::new();
    for Line { number, statement } in statement::lines(text)? {
        let fail = |message: String| AsmError { line: number, message };
        match statement {
            Statement::Label(name) => {
                if !is_local(&name) && labels.iter().any(|(other, _)| *other == name) {
                    return Err(fail(format!("symbol '{name}' is already defined")));
                }
                labels.push((name, out.code.len()));
            }
            Statement::Data(bytes) => out.code.extend(bytes),
            Statement::Address(label, addend) => {
                let (offset, seen) = (out.code.len(), labels.len());
                let kind = RelocationKind::Absolute64;
                fixups.push(Fixup { offset, kind, short: false, label, addend, line: number, seen });
                out.code.extend([0; 8]);
            }
            Statement::Align(to) => {
                while !out.code.len().is_multiple_of(to) {
                    out.code.push(0x90);
                }
            }
            Statement::Instruction(instruction) => {
                let encoded = x86.encode(&instruction).map_err(fail)?;
                if let Some(reference) = encoded.reference {
                    fixups.push(Fixup {
                        offset: out.code.len() + reference.offset,
                        kind: reference.kind,
                        short: reference.short,
                        label: reference.symbol,
                        addend: reference.addend,
                        line: number,
                        seen: labels.len(),
                    });
                }
                out.code.extend(encoded.bytes);
            }
        }
    }
    resolve(&mut out, &labels, fixups)?;
    Ok(out)
}

/// Fills in the distances to labels of the text; the rest become relocations.
fn resolve(out: &mut Assembly, labels: &[(String, usize)], fixups: Vec<Fixup>) -> Result<(), AsmError> {
    let named: FxHashMap<&str, usize> = labels.iter().map(|(name, at)| (&**name, *at)).collect();
    for fixup in fixups {
        let fail = |message: String| AsmError { line: fixup.line, message };
        let target = match fixup.label.strip_suffix(['f', 'b']) {
            Some(number) if is_local(number) => {
                let found = if fixup.label.ends_with('f') {
                    labels[fixup.seen..].iter().find(|(name, _)| name == number)
                } else {
                    labels[..fixup.seen].iter().rfind(|(name, _)| name == number)
                };
                Some(found.ok_or_else(|| fail(format!("undefined temporary symbol '{}'", fixup.label)))?.1)
            }
            _ => named.get(&*fixup.label).copied(),
        };
        match target {
            Some(_) if fixup.kind == RelocationKind::Absolute64 => {
                return Err(fail("the address of a label is not supported yet".to_owned()));
            }
            Some(target) => {
                let distance = target as i64 - fixup.offset as i64 + fixup.addend;
                let wrong = |_| fail(format!("the label '{}' is too far away", fixup.label));
                if fixup.short {
                    let distance = i8::try_from(distance).map_err(wrong)?;
                    out.code[fixup.offset] = distance.cast_unsigned();
                } else {
                    let distance = i32::try_from(distance).map_err(wrong)?;
                    out.code[fixup.offset..fixup.offset + 4].copy_from_slice(&distance.to_le_bytes());
                }
            }
            None if fixup.short => return Err(fail(format!("the symbol '{}' is too far away", fixup.label))),
            None => out.relocations.push(Relocation {
                offset: fixup.offset,
                kind: fixup.kind,
                symbol: fixup.label,
                addend: fixup.addend,
            }),
        }
    }
    Ok(())
}

/// Whether a label is a number, which may be defined again.
fn is_local(label: &str) -> bool {
    !label.is_empty() && label.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests;
