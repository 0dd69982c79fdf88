//! What both machines' relocations have in common: the site that is being relocated, the faults that can
//! show, and the encoding of numbers. `x86_64` and `aarch64` have each machine's formulas and relaxations.

use object::LittleEndian as LE;

use crate::address::Addresses;
use crate::diagnostics::LinkError;
use crate::ids::SectionRef;
use crate::object_file::Rela;
use crate::resolve::{Resolution, Target};
use crate::scan::GotKind;
use crate::{Machine, aarch64, x86_64};

/// What a relocation needs, decided before layout from the instruction and the symbol alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// No symbol.
    Nothing,
    /// The symbol's address.
    Value,
    /// An entry of the global offset table with the symbol's address.
    Got,
    /// An entry with the symbol's offset from the thread pointer.
    GotThreadOffset,
    /// The table's own address.
    GotBase,
    /// It is relaxed together with the relocation after it.
    ReplacesNext,
}

/// Why a relocation cannot be applied.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    Unsupported,
    TlsSequence,
    OutOfBounds,
    Range { value: i128, min: i128, max: i128 },
    Misaligned { value: i128, align: u64 },
}

/// A piece of a section that is being relocated.
pub struct Site<'s, 'd> {
    pub addresses: &'s Addresses<'s, 'd>,
    pub section: SectionRef,
    /// The bytes as they are in the object; relaxations look at them.
    pub input: &'d [u8],
    /// Where `input` starts in the object's section.
    pub input_offset: u64,
    pub relocations: &'s [Rela],
    /// The address of the first byte.
    pub address: u64,
    /// What stands for the address of something dropped: only in sections that are not loaded.
    pub tombstone: Option<u64>,
    pub is_code: bool,
    /// Where in `out` a frame description points to its function: that is its own object's, even when another
    /// object's definition of the symbol is the one that others see.
    pub own_function: Option<u64>,
}

/// A relocation of a site with its symbol resolved.
pub struct Fixup {
    pub kind: u32,
    pub offset: usize,
    pub target: Target,
    pub addend: i64,
    /// S + A.
    pub value: u64,
    /// P.
    pub place: u64,
}

impl<'d> Site<'_, 'd> {
    /// Relocates `out`, which holds a copy of the input.
    pub fn relocate(&self, out: &mut [u8], errors: &mut Vec<LinkError>) {
        let resolution = self.addresses.resolution;
        let machine = self.addresses.options.machine;
        let mut index = 0;
        while let Some(rela) = self.relocations.get(index) {
            let offset = rela.r_offset.get(LE).wrapping_sub(self.input_offset);
            let addend = rela.r_addend.get(LE);
            let target = self.target(rela, offset);
            let value = self.addresses.value(&target, addend);
            if let (None, Some(tombstone)) = (value, self.tombstone) {
                write_tombstone(out, offset as usize, data_size(machine, rela.r_type(LE, false)), tombstone);
                index += 1;
                continue;
            }
            let fixup = Fixup {
                kind: rela.r_type(LE, false),
                offset: offset as usize,
                target,
                addend,
                value: value.unwrap_or(0),
                place: self.address.wrapping_add(offset),
            };
            let applied = match machine {
                Machine::X86_64 => x86_64::apply(self, index, &fixup, out),
                Machine::Aarch64 => aarch64::apply(self, index, &fixup, out),
            };
            match applied {
                Ok(Step::ReplacesNext) => index += 2,
                Ok(_) => index += 1,
                Err(fault) => {
                    errors.push(report(resolution, machine, self.section, rela, fault));
                    index += 1;
                }
            }
        }
    }

    fn target(&self, rela: &Rela, offset: u64) -> Target {
        let (object, symbol) = (self.section.object, rela.r_sym(LE, false));
        let resolution = self.addresses.resolution;
        let own = if self.own_function == Some(offset) { resolution.local_target(object, symbol) } else { None };
        own.unwrap_or_else(|| resolution.target(object, symbol))
    }

    /// The address of the target's entry in the global offset table.
    pub fn got(&self, target: &Target, kind: GotKind) -> Result<u64, Fault> {
        self.addresses.got_entry(target.key, kind).ok_or(Fault::Unsupported)
    }
}

/// The error for a relocation that cannot be applied.
pub fn report(
    resolution: &Resolution<'_>,
    machine: Machine,
    section: SectionRef,
    rela: &Rela,
    fault: Fault,
) -> LinkError {
    let kind = rela.r_type(LE, false);
    let symbol = resolution.symbol_name(section.object, rela.r_sym(LE, false));
    let object = resolution.object(section.object);
    let place = object.reference(section.index as usize, rela.r_offset.get(LE));
    match fault {
        Fault::Unsupported => LinkError::UnsupportedRelocation { kind, machine, symbol, place },
        Fault::TlsSequence => LinkError::UnrecognizedTlsSequence { symbol, place },
        Fault::Range { value, min, max } => {
            LinkError::RelocationOutOfRange { kind, machine, symbol, place, value, min, max }
        }
        Fault::Misaligned { value, align } => {
            LinkError::MisalignedRelocation { kind, machine, symbol, place, value, align }
        }
        Fault::OutOfBounds => {
            LinkError::Malformed { file: object.name.clone(), problem: format!("relocation out of bounds in {place}") }
        }
    }
}

fn data_size(machine: Machine, kind: u32) -> usize {
    match machine {
        Machine::X86_64 => x86_64::data_size(kind),
        Machine::Aarch64 => aarch64::data_size(kind),
    }
}

fn write_tombstone(out: &mut [u8], offset: usize, size: usize, tombstone: u64) {
    if let Some(field) = offset.checked_add(size).and_then(|end| out.get_mut(offset..end)) {
        field.copy_from_slice(&tombstone.to_le_bytes()[..size]);
    }
}

/// The values that a field of a number of bits takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fit {
    Signed,
    Unsigned,
    /// Both: what fits either reading.
    Either,
}

/// Checks that `value` fits into `bits` bits.
pub fn check_fit(value: i64, bits: u32, fit: Fit) -> Result<(), Fault> {
    // Addresses beyond 2^63 cannot occur, so all values are signed; 64-bit fields take any.
    if bits >= 64 {
        return Ok(());
    }
    let min = if fit == Fit::Unsigned { 0 } else { -(1i128 << (bits - 1)) };
    let max = if fit == Fit::Signed { (1i128 << (bits - 1)) - 1 } else { (1i128 << bits) - 1 };
    let value = i128::from(value);
    if (min..=max).contains(&value) { Ok(()) } else { Err(Fault::Range { value, min, max }) }
}

/// Writes `value` as a number of `size` bytes.
pub fn write_number(out: &mut [u8], offset: usize, size: usize, value: i64, fit: Fit) -> Result<(), Fault> {
    let end = offset.checked_add(size).ok_or(Fault::OutOfBounds)?;
    let field = out.get_mut(offset..end).ok_or(Fault::OutOfBounds)?;
    check_fit(value, size as u32 * 8, fit)?;
    field.copy_from_slice(&value.to_le_bytes()[..size]);
    Ok(())
}
