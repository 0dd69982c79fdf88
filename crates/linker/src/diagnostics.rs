//! What can be wrong with the input of a link. The fields are data; [`LinkError::render`] is the wording.

use std::fmt::{self, Write};

use crate::Machine;

/// Where a symbol is referred to or a relocation stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reference {
    /// The object: `main.o`, or `libc.a(printf.o)` for an archive's member.
    pub object: String,
    pub section: String,
    pub offset: u64,
    /// The function (or variable) that contains the place, where the object names it.
    pub function: Option<String>,
}

/// A reason why there is no executable.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LinkError {
    UndefinedSymbol {
        symbol: String,
        references: Vec<Reference>,
        omitted: usize,
    },
    DuplicateSymbol {
        symbol: String,
        first: String,
        second: String,
    },
    MissingEntry {
        symbol: String,
    },
    MissingRoot {
        symbol: String,
    },
    NotAnObject {
        file: String,
    },
    Malformed {
        file: String,
        problem: String,
    },
    WrongMachine {
        file: String,
        expected: Machine,
        found: String,
    },
    Unsupported {
        file: String,
        feature: String,
    },
    UnsupportedRelocation {
        kind: u32,
        machine: Machine,
        symbol: String,
        place: Reference,
    },
    UnrecognizedTlsSequence {
        symbol: String,
        place: Reference,
    },
    RelocationOutOfRange {
        kind: u32,
        machine: Machine,
        symbol: String,
        place: Reference,
        value: i128,
        min: i128,
        max: i128,
    },
    MisalignedRelocation {
        kind: u32,
        machine: Machine,
        symbol: String,
        place: Reference,
        value: i128,
        align: u64,
    },
    DiscardedReference {
        symbol: String,
        place: Reference,
    },
    ImageTooLarge {
        section: String,
    },
}

impl LinkError {
    /// The message and its notes, one per line; the first line stands for the error.
    pub fn render(&self) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = self.render_to(&mut text);
        text
    }

    fn render_to(&self, out: &mut String) -> fmt::Result {
        match self {
            LinkError::UndefinedSymbol { symbol, references, omitted } => {
                write!(out, "undefined symbol: {symbol}")?;
                for reference in references {
                    write!(out, "\nnote: referenced by {reference}")?;
                }
                if *omitted > 0 {
                    write!(out, "\nnote: referenced {omitted} more times")?;
                }
                Ok(())
            }
            LinkError::DuplicateSymbol { symbol, first, second } => {
                write!(out, "duplicate symbol: {symbol}\nnote: defined in {first}\nnote: defined again in {second}")
            }
            LinkError::MissingEntry { symbol } => {
                write!(out, "entry symbol `{symbol}` is not defined\nhelp: link a start-up object that defines it")
            }
            LinkError::MissingRoot { symbol } => {
                write!(out, "exported symbol `{symbol}` is not defined")
            }
            LinkError::NotAnObject { file } => {
                write!(
                    out,
                    "{file}: not an object file\nnote: expected a 64-bit ELF relocatable object or an `ar` archive"
                )
            }
            LinkError::Malformed { file, problem } => {
                write!(out, "{file}: malformed or truncated input: {problem}")
            }
            LinkError::WrongMachine { file, expected, found } => {
                write!(out, "{file}: object for {found}, but the executable is for {}", machine_name(*expected))
            }
            LinkError::Unsupported { file, feature } => {
                write!(out, "{file}: {feature} is not supported yet")
            }
            LinkError::UnsupportedRelocation { kind, machine, symbol, place } => {
                write!(
                    out,
                    "relocation {} against `{symbol}` is not supported yet\nnote: in {place}",
                    relocation_name(*machine, *kind)
                )
            }
            LinkError::UnrecognizedTlsSequence { symbol, place } => {
                write!(
                    out,
                    "instructions that access thread-local `{symbol}` are not a sequence of the psABI\nnote: in {place}"
                )
            }
            LinkError::RelocationOutOfRange { kind, machine, symbol, place, value, min, max } => {
                let kind = relocation_name(*machine, *kind);
                write!(
                    out,
                    "relocation {kind} against `{symbol}` out of range: {value} is not in [{min}, {max}]\nnote: in {place}"
                )
            }
            LinkError::MisalignedRelocation { kind, machine, symbol, place, value, align } => {
                let kind = relocation_name(*machine, *kind);
                write!(
                    out,
                    "relocation {kind} against `{symbol}` is misaligned: {value:#x} is not a multiple of {align}\nnote: in {place}"
                )
            }
            LinkError::DiscardedReference { symbol, place } => {
                write!(
                    out,
                    "reference to `{symbol}` in a section that another object's copy replaced\nnote: in {place}"
                )
            }
            LinkError::ImageTooLarge { section } => {
                write!(out, "the executable is too large at section {section}")
            }
        }
    }
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render())
    }
}

impl std::error::Error for LinkError {}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Reference { object, section, offset, function } = self;
        match function {
            Some(function) => write!(f, "`{function}` in {object}:({section}+{offset:#x})"),
            None => write!(f, "{object}:({section}+{offset:#x})"),
        }
    }
}

fn machine_name(machine: Machine) -> &'static str {
    match machine {
        Machine::X86_64 => "x86-64",
        Machine::Aarch64 => "aarch64",
    }
}

/// The psABI's name of a relocation that the linker knows, its number otherwise.
fn relocation_name(machine: Machine, kind: u32) -> String {
    let name = match machine {
        Machine::X86_64 => crate::x86_64::relocation_name(kind),
        Machine::Aarch64 => crate::aarch64::relocation_name(kind),
    };
    match (name, machine) {
        (Some(name), Machine::X86_64) => format!("R_X86_64_{name}"),
        (Some(name), Machine::Aarch64) => format!("R_AARCH64_{name}"),
        (None, machine) => format!("number {kind} of {}", machine_name(machine)),
    }
}
