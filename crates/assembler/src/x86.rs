//! Finds the encoding of an instruction.
//!
//! iced-x86 knows each encoding as a `Code`. Those of the instruction's name are tried with its operands; its encoder says
//! which do not fit, and the shortest of the rest is taken.

use std::fmt::Debug;
use std::sync::LazyLock;

use iced_x86::{Code, Encoder, IcedError, Instruction as Iced, MemoryOperand, Register};
use rustc_hash::FxHashMap;

use crate::RelocationKind;
use crate::operand::{Memory, Operand};
use crate::statement::Instruction;

/// An instruction's bytes.
pub(crate) struct Encoded {
    pub(crate) bytes: Vec<u8>,
    pub(crate) reference: Option<Reference>,
}

/// Where an instruction refers to a label or symbol.
pub(crate) struct Reference {
    /// In the instruction.
    pub(crate) offset: usize,
    pub(crate) kind: RelocationKind,
    pub(crate) short: bool,
    pub(crate) symbol: String,
    pub(crate) addend: i64,
}

/// iced-x86's tables by name, in small letters.
pub(crate) struct Tables {
    codes: &'static FxHashMap<String, Vec<Code>>,
}

static CODES: LazyLock<FxHashMap<String, Vec<Code>>> = LazyLock::new(|| {
    let mut codes: FxHashMap<String, Vec<Code>> = FxHashMap::default();
    for code in Code::values() {
        codes.entry(lower(code.mnemonic())).or_default().push(code);
    }
    codes
});

static REGISTERS: LazyLock<FxHashMap<String, Register>> = LazyLock::new(|| {
    let mut registers: FxHashMap<String, Register> =
        Register::values().filter(|r| *r != Register::None).map(|r| (lower(r), r)).collect();
    registers.retain(|name, _| name != "eip" && !name.starts_with("dontuse"));
    for i in 8..16 {
        registers.insert(format!("r{i}b"), Register::R8L + (i - 8));
    }
    registers.insert("st".to_owned(), Register::ST0);
    registers
});

fn lower(name: impl Debug) -> String {
    format!("{name:?}").to_ascii_lowercase()
}

/// A register by its name in either case.
pub(crate) fn register(name: &str) -> Option<Register> {
    REGISTERS.get(&name.to_ascii_lowercase()).copied()
}

impl Tables {
    pub(crate) fn new() -> Self {
        Tables { codes: &CODES }
    }

    /// The shortest encoding.
    pub(crate) fn encode(&self, instruction: &Instruction) -> Result<Encoded, String> {
        if instruction.operands.is_empty()
            && let Some(bytes) = string_instruction(&instruction.name)
        {
            let mut all = prefix_bytes(&instruction.prefixes);
            all.extend(bytes);
            return Ok(Encoded { bytes: all, reference: None });
        }
        let name = canonical(&instruction.name);
        let codes =
            self.codes.get(&*name).ok_or_else(|| format!("invalid instruction mnemonic '{}'", instruction.name))?;
        if let [Operand::Symbol(symbol, addend)] = &instruction.operands[..] {
            return branch(codes, symbol, *addend).ok_or_else(|| invalid_operand(instruction));
        }
        let symbol = instruction.operands.iter().find_map(|operand| match operand {
            Operand::Memory(memory) => memory.symbol.as_ref().map(|symbol| (symbol, memory.displacement)),
            _ => None,
        });
        let size = instruction.operands.iter().find_map(|operand| match operand {
            Operand::Memory(memory) => Some(memory.size.or_else(|| implied_size(&name))),
            _ => None,
        });
        let mut best: Option<(Encoded, usize)> = None;
        let mut sizes_differ = false;
        for &code in codes {
            let Some(mut iced) = build(code, &instruction.operands) else { continue };
            let accesses = iced.memory_size().size();
            if let Some(Some(size)) = size
                && accesses != 0
                && accesses != size
            {
                continue;
            }
            if !set_prefixes(&mut iced, &instruction.prefixes) {
                continue;
            }
            let mut encoder = Encoder::new(64);
            if encoder.encode(&iced, 0).is_err() {
                continue;
            }
            let constants = encoder.get_constant_offsets();
            let bytes = encoder.take_buffer();
            if let Some((other, other_accesses)) = &best {
                sizes_differ |= size == Some(None) && *other_accesses != accesses;
                if other.bytes.len() <= bytes.len() {
                    continue;
                }
            }
            let reference = match symbol {
                Some((symbol, displacement)) if constants.displacement_size() == 4 => {
                    let offset = constants.displacement_offset();
                    // Counted from the instruction's end, but filled in from the place itself.
                    let addend = displacement - (bytes.len() - offset) as i64;
                    let symbol = symbol.clone();
                    Some(Reference { offset, kind: RelocationKind::Relative32, short: false, symbol, addend })
                }
                Some(_) => continue,
                None => None,
            };
            best = Some((Encoded { bytes, reference }, accesses));
        }
        match best {
            Some(_) if sizes_differ => Err(format!("ambiguous operand size for instruction '{}'", instruction.name)),
            Some((encoded, _)) => Ok(encoded),
            None => Err(invalid_operand(instruction)),
        }
    }
}

fn invalid_operand(instruction: &Instruction) -> String {
    let symbols = instruction.operands.iter().any(|operand| matches!(operand, Operand::Symbol(..)));
    match symbols {
        true => "a symbol as a value is not supported yet".to_owned(),
        false => "invalid operand for instruction".to_owned(),
    }
}

/// What `push`, `call` and `jmp` take from memory.
fn implied_size(name: &str) -> Option<usize> {
    matches!(name, "push" | "pop" | "call" | "jmp").then_some(8)
}

/// An instruction with these operands, unless they are none for the encoding; whether they fit says the encoder.
fn build(code: Code, operands: &[Operand]) -> Option<Iced> {
    use Operand::{Immediate as I, Memory as M, Register as R};
    let mut template = Iced::new();
    template.set_code(code);
    if template.op_count() as usize != operands.len() {
        return None;
    }
    let small = |value: &i64| i32::try_from(*value).ok().or_else(|| u32::try_from(*value).ok().map(u32::cast_signed));
    let built: Result<Iced, IcedError> = match operands {
        [] => Ok(template),
        [R(a)] => Iced::with1(code, *a),
        [I(a)] => Iced::with1(code, small(a)?),
        [M(a)] => Iced::with1(code, memory(a)?),
        [R(a), R(b)] => Iced::with2(code, *a, *b),
        [R(a), I(b)] => Iced::with2(code, *a, *b),
        [R(a), M(b)] => Iced::with2(code, *a, memory(b)?),
        [I(a), R(b)] => Iced::with2(code, small(a)?, *b),
        [I(a), I(b)] => Iced::with2(code, small(a)?, small(b)?),
        [M(a), R(b)] => Iced::with2(code, memory(a)?, *b),
        [M(a), I(b)] => Iced::with2(code, memory(a)?, small(b)?),
        [R(a), R(b), R(c)] => Iced::with3(code, *a, *b, *c),
        [R(a), R(b), I(c)] => Iced::with3(code, *a, *b, small(c)?),
        [R(a), R(b), M(c)] => Iced::with3(code, *a, *b, memory(c)?),
        [R(a), M(b), R(c)] => Iced::with3(code, *a, memory(b)?, *c),
        [R(a), M(b), I(c)] => Iced::with3(code, *a, memory(b)?, small(c)?),
        [M(a), R(b), R(c)] => Iced::with3(code, memory(a)?, *b, *c),
        [M(a), R(b), I(c)] => Iced::with3(code, memory(a)?, *b, small(c)?),
        [R(a), R(b), R(c), R(d)] => Iced::with4(code, *a, *b, *c, *d),
        [R(a), R(b), R(c), I(d)] => Iced::with4(code, *a, *b, *c, small(d)?),
        [R(a), R(b), R(c), M(d)] => Iced::with4(code, *a, *b, *c, memory(d)?),
        [R(a), R(b), M(c), R(d)] => Iced::with4(code, *a, *b, memory(c)?, *d),
        [R(a), R(b), M(c), I(d)] => Iced::with4(code, *a, *b, memory(c)?, small(d)?),
        _ => return None,
    };
    built.ok()
}

fn memory(memory: &Memory) -> Option<MemoryOperand> {
    let base = match memory.base {
        Some(base) => base,
        // A symbol alone is near the code.
        None if memory.symbol.is_some() && memory.index.is_none() => Register::RIP,
        None => Register::None,
    };
    if memory.symbol.is_some() && base != Register::RIP {
        return None;
    }
    let (index, scale) = memory.index.unwrap_or((Register::None, 1));
    let displacement = if memory.symbol.is_some() { 0 } else { memory.displacement };
    // Of no base the size must be said; else the encoder takes the shortest.
    let displacement_size = match (base, displacement) {
        (Register::RIP | Register::None, _) => 8,
        (_, 0) => 0,
        _ => 1,
    };
    let segment = memory.segment.unwrap_or(Register::None);
    Some(MemoryOperand::new(base, index, scale, displacement, displacement_size, false, segment))
}

/// A jump or call to a label, in its 32-bit form if there is one.
fn branch(codes: &[Code], symbol: &str, addend: i64) -> Option<Encoded> {
    let form = |form: &str| codes.iter().copied().find(|code| lower(code).trim_end_matches("_rcx").ends_with(form));
    let (code, short) = match form("rel32_64") {
        Some(code) => (code, false),
        None => (form("rel8_64")?, true),
    };
    let mut encoder = Encoder::new(64);
    encoder.encode(&Iced::with_branch(code, 0).ok()?, 0).ok()?;
    let bytes = encoder.take_buffer();
    let width = if short { 1 } else { 4 };
    let offset = bytes.len() - width;
    let kind = RelocationKind::Branch32;
    let reference = Reference { offset, kind, short, symbol: symbol.to_owned(), addend: addend - width as i64 };
    Some(Encoded { bytes, reference: Some(reference) })
}

fn set_prefixes(iced: &mut Iced, prefixes: &[String]) -> bool {
    for prefix in prefixes {
        match &**prefix {
            "lock" => iced.set_has_lock_prefix(true),
            "rep" | "repe" | "repz" => iced.set_has_rep_prefix(true),
            _ => iced.set_has_repne_prefix(true),
        }
    }
    true
}

fn prefix_bytes(prefixes: &[String]) -> Vec<u8> {
    let byte = |prefix: &String| match &**prefix {
        "lock" => 0xF0,
        "rep" | "repe" | "repz" => 0xF3,
        _ => 0xF2,
    };
    prefixes.iter().map(byte).collect()
}

/// Those on strings, whose operands are not written.
fn string_instruction(name: &str) -> Option<Vec<u8>> {
    let (stem, size) = name.split_at_checked(name.len().checked_sub(1)?)?;
    let code = match stem {
        "movs" => 0xA4,
        "cmps" => 0xA6,
        "stos" => 0xAA,
        "lods" => 0xAC,
        "scas" => 0xAE,
        _ => return None,
    };
    Some(match size {
        "b" => vec![code],
        "w" => vec![0x66, code + 1],
        "d" => vec![code + 1],
        "q" => vec![0x48, code + 1],
        _ => return None,
    })
}

/// iced-x86's name of an instruction that has several.
fn canonical(name: &str) -> String {
    let condition = |condition: &str| {
        Some(match condition {
            "z" => "e",
            "nz" => "ne",
            "c" | "nae" => "b",
            "nc" | "nb" => "ae",
            "na" => "be",
            "nbe" => "a",
            "pe" => "p",
            "po" => "np",
            "nge" => "l",
            "nl" => "ge",
            "ng" => "le",
            "nle" => "g",
            _ => return None,
        })
    };
    for stem in ["j", "set", "cmov"] {
        if let Some(canonical) = name.strip_prefix(stem).and_then(condition) {
            return format!("{stem}{canonical}");
        }
    }
    match name {
        "movabs" => "mov",
        "loopz" => "loope",
        "loopnz" => "loopne",
        "retn" => "ret",
        name => name,
    }
    .to_owned()
}
