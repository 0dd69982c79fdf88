//! aarch64: relocations ("ELF for the Arm 64-bit Architecture", section 5.7) and relaxations (the same,
//! "Linker optimizations"). S is the symbol's address, A the addend, P the place, G the entry in the global
//! offset table.
//!
//! In a static executable `adrp`+`ldr` from the GOT becomes `adrp`+`add`, and TLS descriptors and initial-exec
//! accesses become `movz`+`movk` of the offset from the thread pointer.

use object::LittleEndian as LE;
use object::elf::*;

use crate::object_file::Rela;
use crate::relocate::{Fault, Fit, Fixup, Site, Step, check_fit, write_number};
use crate::resolve::{Place, Target};
use crate::scan::GotKind;

/// How the value of a relocation is encoded in an instruction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Field {
    /// `adr`: 21 bits in two parts.
    Adr,
    /// `adrp`: pages in 21 bits in two parts; checked or not.
    Adrp(Checked),
    /// The 12 bits of `add`: the value's low 12 bits.
    Add(Checked),
    /// The 12 bits of `add ..., lsl #12`: the value's bits 12 to 23.
    AddHigh,
    /// The 12 bits of a load or store of 1 << scale bytes: the low 12 bits, scaled.
    LoadStore(u32, Checked),
    /// A branch: words in `bits` bits at bit `at`.
    Branch { bits: u32, at: u32 },
    /// `movz`, `movk` of the 16-bit group.
    Mov(u32, Checked),
    /// `movz` or `movn` of the group, by the sign of the value.
    MovSigned(u32),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Checked {
    Yes,
    No,
}

const NOP: u32 = 0xd503_201f;
/// `movz Xd, #imm, lsl #16`
const MOVZ_HIGH: u32 = 0xd2a0_0000;
/// `movk Xd, #imm`
const MOVK: u32 = 0xf280_0000;

/// What the relocation at `index` needs.
pub fn step(data: &[u8], relocations: &[Rela], index: usize, target: &Target) -> Result<Step, Fault> {
    let kind = relocations[index].r_type(LE, false);
    Ok(match kind {
        R_AARCH64_NONE | 256 => Step::Nothing,
        R_AARCH64_ADR_GOT_PAGE | R_AARCH64_LD64_GOT_LO12_NC if is_relaxable_pair(data, relocations, index, target) => {
            Step::Value
        }
        R_AARCH64_ADR_GOT_PAGE | R_AARCH64_LD64_GOT_LO12_NC | R_AARCH64_GOT_LD_PREL19 | GOTPCREL32 => Step::Got,
        R_AARCH64_TLSIE_LD_GOTTPREL_PREL19 => Step::GotThreadOffset,
        R_AARCH64_LD64_GOTPAGE_LO15 => Step::Got,
        R_AARCH64_ABS64 | R_AARCH64_ABS32 | R_AARCH64_ABS16 | R_AARCH64_PREL64 | R_AARCH64_PREL32
        | R_AARCH64_PREL16 | PLT32 => Step::Value,
        R_AARCH64_TLSIE_ADR_GOTTPREL_PAGE21 | R_AARCH64_TLSIE_LD64_GOTTPREL_LO12_NC => Step::Value,
        R_AARCH64_TLSDESC_ADR_PAGE21
        | R_AARCH64_TLSDESC_LD64_LO12
        | R_AARCH64_TLSDESC_ADD_LO12
        | R_AARCH64_TLSDESC_CALL => Step::Value,
        R_AARCH64_TLS_DTPREL | R_AARCH64_TLS_TPREL => Step::Value,
        _ if instruction_field(kind).is_some() || thread_field(kind).is_some() => Step::Value,
        _ => return Err(Fault::Unsupported),
    })
}

/// The relocations of `object`'s constants whose numbers it lacks.
const PLT32: u32 = 314;
const GOTPCREL32: u32 = 315;

/// Whether the relocation is part of `adrp Xn, :got:s; ldr Xn, [Xn, :got_lo12:s]`, both together.
fn is_relaxable_pair(data: &[u8], relocations: &[Rela], index: usize, target: &Target) -> bool {
    let first = match relocations[index].r_type(LE, false) {
        R_AARCH64_ADR_GOT_PAGE => Some(index),
        _ => index.checked_sub(1),
    };
    let Some((Some(page), Some(low))) = first.map(|first| (relocations.get(first), relocations.get(first + 1))) else {
        return false;
    };
    let offset = page.r_offset.get(LE);
    let together = page.r_type(LE, false) == R_AARCH64_ADR_GOT_PAGE
        && low.r_type(LE, false) == R_AARCH64_LD64_GOT_LO12_NC
        && low.r_offset.get(LE) == offset.wrapping_add(4)
        && low.r_sym(LE, false) == page.r_sym(LE, false)
        && page.r_addend.get(LE) == 0
        && low.r_addend.get(LE) == 0;
    let near = !matches!(target.place, Place::Absolute(value) if value > i32::MAX as u64);
    let Some((adrp, ldr)) = read_word(data, offset).zip(read_word(data, offset.wrapping_add(4))) else {
        return false;
    };
    let register = adrp & 0x1f;
    let loads_64_bits = ldr & 0xffc0_0000 == 0xf940_0000;
    together
        && near
        && adrp & 0x9f00_0000 == 0x9000_0000
        && loads_64_bits
        && ldr & 0x1f == register
        && (ldr >> 5) & 0x1f == register
}

fn read_word(data: &[u8], offset: u64) -> Option<u32> {
    let start = usize::try_from(offset).ok()?;
    let bytes = data.get(start..start.checked_add(4)?)?;
    Some(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
}

/// Applies the relocation at `index`.
pub fn apply(site: &Site<'_, '_>, index: usize, fixup: &Fixup, out: &mut [u8]) -> Result<Step, Fault> {
    let Fixup { kind, offset, value, place, addend, .. } = *fixup;
    let addresses = site.addresses;
    let relative = value.wrapping_sub(place) as i64;
    let thread_offset = addresses.thread_offset(value) as i64;
    match kind {
        R_AARCH64_NONE | 256 => return Ok(Step::Nothing),
        R_AARCH64_ABS64 => write_number(out, offset, 8, value as i64, Fit::Either)?,
        R_AARCH64_ABS32 => write_number(out, offset, 4, value as i64, Fit::Either)?,
        R_AARCH64_ABS16 => write_number(out, offset, 2, value as i64, Fit::Either)?,
        R_AARCH64_PREL64 => write_number(out, offset, 8, relative, Fit::Either)?,
        R_AARCH64_PREL32 => write_number(out, offset, 4, relative, Fit::Either)?,
        R_AARCH64_PREL16 => write_number(out, offset, 2, relative, Fit::Either)?,
        PLT32 => write_number(out, offset, 4, relative, Fit::Signed)?,
        GOTPCREL32 => {
            let entry = site.got(&fixup.target, GotKind::Address)?.wrapping_add_signed(addend);
            write_number(out, offset, 4, entry.wrapping_sub(place) as i64, Fit::Signed)?;
        }
        R_AARCH64_TLS_DTPREL => write_number(out, offset, 8, addresses.tls_offset(value) as i64, Fit::Either)?,
        R_AARCH64_TLS_TPREL => write_number(out, offset, 8, thread_offset, Fit::Either)?,
        R_AARCH64_ADR_GOT_PAGE if is_relaxable_pair(site.input, site.relocations, index, &fixup.target) => {
            encode(out, offset, Field::Adrp(Checked::Yes), pages(value, place))?;
        }
        R_AARCH64_LD64_GOT_LO12_NC if is_relaxable_pair(site.input, site.relocations, index, &fixup.target) => {
            let register = instruction(out, offset)? & 0x1f;
            set_instruction(out, offset, 0x9100_0000 | (register << 5) | register)?;
            encode(out, offset, Field::Add(Checked::No), value as i64)?;
        }
        R_AARCH64_ADR_GOT_PAGE => {
            let entry = site.got(&fixup.target, GotKind::Address)?;
            encode(out, offset, Field::Adrp(Checked::Yes), pages(entry.wrapping_add_signed(addend), place))?;
        }
        R_AARCH64_LD64_GOT_LO12_NC => {
            let entry = site.got(&fixup.target, GotKind::Address)?;
            encode(out, offset, Field::LoadStore(3, Checked::No), entry.wrapping_add_signed(addend) as i64)?;
        }
        R_AARCH64_LD64_GOTPAGE_LO15 => {
            let entry = site.got(&fixup.target, GotKind::Address)?;
            let distance = entry.wrapping_add_signed(addend).wrapping_sub(addresses.got_base() & !0xfff) as i64;
            check_fit(distance, 15, Fit::Unsigned)?;
            check_align(distance, 8)?;
            insert(out, offset, 0xfff, 10, (distance >> 3) as u32)?;
        }
        R_AARCH64_GOT_LD_PREL19 => {
            let entry = site.got(&fixup.target, GotKind::Address)?.wrapping_add_signed(addend);
            encode(out, offset, Field::Branch { bits: 19, at: 5 }, entry.wrapping_sub(place) as i64)?;
        }
        R_AARCH64_TLSIE_LD_GOTTPREL_PREL19 => {
            let entry = site.got(&fixup.target, GotKind::ThreadOffset)?.wrapping_add_signed(addend);
            encode(out, offset, Field::Branch { bits: 19, at: 5 }, entry.wrapping_sub(place) as i64)?;
        }
        R_AARCH64_TLSIE_ADR_GOTTPREL_PAGE21 => {
            let register = instruction(out, offset)? & 0x1f;
            set_thread_offset_high(out, offset, register, thread_offset)?;
        }
        R_AARCH64_TLSIE_LD64_GOTTPREL_LO12_NC => {
            let register = instruction(out, offset)? & 0x1f;
            set_instruction(out, offset, MOVK | register | ((thread_offset as u32 & 0xffff) << 5))?;
        }
        // The sequence leaves the offset in x0, whatever register its load uses.
        R_AARCH64_TLSDESC_ADR_PAGE21 => set_thread_offset_high(out, offset, 0, thread_offset)?,
        R_AARCH64_TLSDESC_LD64_LO12 => set_instruction(out, offset, MOVK | ((thread_offset as u32 & 0xffff) << 5))?,
        R_AARCH64_TLSDESC_ADD_LO12 | R_AARCH64_TLSDESC_CALL => set_instruction(out, offset, NOP)?,
        _ => apply_field(fixup, thread_offset, out)?,
    }
    Ok(Step::Value)
}

fn apply_field(fixup: &Fixup, thread_offset: i64, out: &mut [u8]) -> Result<(), Fault> {
    let Fixup { kind, offset, value, place, addend, .. } = *fixup;
    if let Some(field) = thread_field(kind) {
        return encode(out, offset, field, thread_offset);
    }
    let (field, relative) = instruction_field(kind).ok_or(Fault::Unsupported)?;
    let value = match (field, relative) {
        // A branch to a weak symbol that is not there goes to the next instruction.
        (Field::Branch { .. }, _) if fixup.target.place == Place::Undefined => 4i64.wrapping_add(addend),
        (Field::Adr, _) if fixup.target.place == Place::Undefined => addend,
        (Field::Adrp(_), _) => pages(value, place),
        (_, true) => value.wrapping_sub(place) as i64,
        (_, false) => value as i64,
    };
    encode(out, offset, field, value)
}

/// The field of an instruction that a relocation fills with an address, and whether that is relative to the place.
fn instruction_field(kind: u32) -> Option<(Field, bool)> {
    use Checked::{No, Yes};
    Some(match kind {
        R_AARCH64_LD_PREL_LO19 | R_AARCH64_CONDBR19 => (Field::Branch { bits: 19, at: 5 }, true),
        R_AARCH64_TSTBR14 => (Field::Branch { bits: 14, at: 5 }, true),
        R_AARCH64_JUMP26 | R_AARCH64_CALL26 => (Field::Branch { bits: 26, at: 0 }, true),
        R_AARCH64_ADR_PREL_LO21 => (Field::Adr, true),
        R_AARCH64_ADR_PREL_PG_HI21 => (Field::Adrp(Yes), true),
        R_AARCH64_ADR_PREL_PG_HI21_NC => (Field::Adrp(No), true),
        R_AARCH64_ADD_ABS_LO12_NC => (Field::Add(No), false),
        R_AARCH64_LDST8_ABS_LO12_NC => (Field::LoadStore(0, No), false),
        R_AARCH64_LDST16_ABS_LO12_NC => (Field::LoadStore(1, No), false),
        R_AARCH64_LDST32_ABS_LO12_NC => (Field::LoadStore(2, No), false),
        R_AARCH64_LDST64_ABS_LO12_NC => (Field::LoadStore(3, No), false),
        R_AARCH64_LDST128_ABS_LO12_NC => (Field::LoadStore(4, No), false),
        R_AARCH64_MOVW_UABS_G0 => (Field::Mov(0, Yes), false),
        R_AARCH64_MOVW_UABS_G0_NC => (Field::Mov(0, No), false),
        R_AARCH64_MOVW_UABS_G1 => (Field::Mov(1, Yes), false),
        R_AARCH64_MOVW_UABS_G1_NC => (Field::Mov(1, No), false),
        R_AARCH64_MOVW_UABS_G2 => (Field::Mov(2, Yes), false),
        R_AARCH64_MOVW_UABS_G2_NC => (Field::Mov(2, No), false),
        R_AARCH64_MOVW_UABS_G3 => (Field::Mov(3, No), false),
        R_AARCH64_MOVW_SABS_G0 => (Field::MovSigned(0), false),
        R_AARCH64_MOVW_SABS_G1 => (Field::MovSigned(1), false),
        R_AARCH64_MOVW_SABS_G2 => (Field::MovSigned(2), false),
        R_AARCH64_MOVW_PREL_G0 => (Field::MovSigned(0), true),
        R_AARCH64_MOVW_PREL_G0_NC => (Field::Mov(0, No), true),
        R_AARCH64_MOVW_PREL_G1 => (Field::MovSigned(1), true),
        R_AARCH64_MOVW_PREL_G1_NC => (Field::Mov(1, No), true),
        R_AARCH64_MOVW_PREL_G2 => (Field::MovSigned(2), true),
        R_AARCH64_MOVW_PREL_G2_NC => (Field::Mov(2, No), true),
        R_AARCH64_MOVW_PREL_G3 => (Field::MovSigned(3), true),
        _ => return None,
    })
}

/// The field of an instruction that a relocation fills with an offset from the thread pointer.
fn thread_field(kind: u32) -> Option<Field> {
    use Checked::{No, Yes};
    Some(match kind {
        R_AARCH64_TLSLE_MOVW_TPREL_G2 => Field::MovSigned(2),
        R_AARCH64_TLSLE_MOVW_TPREL_G1 => Field::MovSigned(1),
        R_AARCH64_TLSLE_MOVW_TPREL_G1_NC => Field::Mov(1, No),
        R_AARCH64_TLSLE_MOVW_TPREL_G0 => Field::MovSigned(0),
        R_AARCH64_TLSLE_MOVW_TPREL_G0_NC => Field::Mov(0, No),
        R_AARCH64_TLSLE_ADD_TPREL_HI12 => Field::AddHigh,
        R_AARCH64_TLSLE_ADD_TPREL_LO12 => Field::Add(Yes),
        R_AARCH64_TLSLE_ADD_TPREL_LO12_NC => Field::Add(No),
        R_AARCH64_TLSLE_LDST8_TPREL_LO12 => Field::LoadStore(0, Yes),
        R_AARCH64_TLSLE_LDST8_TPREL_LO12_NC => Field::LoadStore(0, No),
        R_AARCH64_TLSLE_LDST16_TPREL_LO12 => Field::LoadStore(1, Yes),
        R_AARCH64_TLSLE_LDST16_TPREL_LO12_NC => Field::LoadStore(1, No),
        R_AARCH64_TLSLE_LDST32_TPREL_LO12 => Field::LoadStore(2, Yes),
        R_AARCH64_TLSLE_LDST32_TPREL_LO12_NC => Field::LoadStore(2, No),
        R_AARCH64_TLSLE_LDST64_TPREL_LO12 => Field::LoadStore(3, Yes),
        R_AARCH64_TLSLE_LDST64_TPREL_LO12_NC => Field::LoadStore(3, No),
        R_AARCH64_TLSLE_LDST128_TPREL_LO12 => Field::LoadStore(4, Yes),
        R_AARCH64_TLSLE_LDST128_TPREL_LO12_NC => Field::LoadStore(4, No),
        _ => return None,
    })
}

/// The distance in bytes between the pages of two addresses.
fn pages(value: u64, place: u64) -> i64 {
    (value & !0xfff).wrapping_sub(place & !0xfff) as i64
}

fn encode(out: &mut [u8], offset: usize, field: Field, value: i64) -> Result<(), Fault> {
    match field {
        Field::Adr => {
            check_fit(value, 21, Fit::Signed)?;
            insert_adr(out, offset, value)
        }
        Field::Adrp(checked) => {
            if checked == Checked::Yes {
                check_fit(value, 33, Fit::Signed)?;
            }
            insert_adr(out, offset, value >> 12)
        }
        Field::Add(checked) => {
            if checked == Checked::Yes {
                check_fit(value, 12, Fit::Unsigned)?;
            }
            insert(out, offset, 0xfff, 10, value as u32)
        }
        Field::AddHigh => {
            check_fit(value, 24, Fit::Unsigned)?;
            insert(out, offset, 0xfff, 10, (value >> 12) as u32)
        }
        Field::LoadStore(scale, checked) => {
            if checked == Checked::Yes {
                check_fit(value, 12, Fit::Unsigned)?;
            }
            check_align(value, 1 << scale)?;
            insert(out, offset, 0xfff, 10, (value as u32 & 0xfff) >> scale)
        }
        Field::Branch { bits, at } => {
            check_align(value, 4)?;
            check_fit(value, bits + 2, Fit::Signed)?;
            insert(out, offset, (1 << bits) - 1, at, (value >> 2) as u32)
        }
        Field::Mov(group, checked) => {
            if checked == Checked::Yes {
                check_fit(value, 16 * (group + 1), Fit::Unsigned)?;
            }
            insert(out, offset, 0xffff, 5, (value >> (16 * group)) as u32)
        }
        Field::MovSigned(group) => {
            check_fit(value, (16 * (group + 1) + 1).min(64), Fit::Signed)?;
            let old = instruction(out, offset)?;
            // Bit 30 tells `movz` from `movn`, which inverts its operand.
            let (instruction, value) = if value < 0 { (old & !(1 << 30), !value) } else { (old | 1 << 30, value) };
            set_instruction(out, offset, instruction)?;
            insert(out, offset, 0xffff, 5, (value >> (16 * group)) as u32)
        }
    }
}

fn check_align(value: i64, align: u64) -> Result<(), Fault> {
    if (value as u64).is_multiple_of(align) { Ok(()) } else { Err(Fault::Misaligned { value: value.into(), align }) }
}

fn set_thread_offset_high(out: &mut [u8], offset: usize, register: u32, value: i64) -> Result<(), Fault> {
    check_fit(value, 32, Fit::Unsigned)?;
    set_instruction(out, offset, MOVZ_HIGH | register | (((value >> 16) as u32 & 0xffff) << 5))
}

fn instruction(out: &[u8], offset: usize) -> Result<u32, Fault> {
    read_word(out, offset as u64).ok_or(Fault::OutOfBounds)
}

fn set_instruction(out: &mut [u8], offset: usize, instruction: u32) -> Result<(), Fault> {
    write_number(out, offset, 4, i64::from(instruction), Fit::Unsigned)
}

/// Replaces the bits of `mask` at bit `at` of an instruction.
fn insert(out: &mut [u8], offset: usize, mask: u32, at: u32, value: u32) -> Result<(), Fault> {
    let old = instruction(out, offset)?;
    set_instruction(out, offset, (old & !(mask << at)) | ((value & mask) << at))
}

fn insert_adr(out: &mut [u8], offset: usize, value: i64) -> Result<(), Fault> {
    insert(out, offset, 0x3, 29, value as u32)?;
    insert(out, offset, 0x7_ffff, 5, (value >> 2) as u32)
}

/// The size of the field that a relocation of data fills.
pub fn data_size(kind: u32) -> usize {
    match kind {
        R_AARCH64_ABS64 | R_AARCH64_PREL64 | R_AARCH64_TLS_DTPREL | R_AARCH64_TLS_TPREL => 8,
        R_AARCH64_NONE | 256 => 0,
        R_AARCH64_ABS16 | R_AARCH64_PREL16 => 2,
        _ => 4,
    }
}

/// The name of a relocation in the ABI document.
pub fn relocation_name(kind: u32) -> Option<&'static str> {
    const STATIC: [&str; 59] = [
        "ABS64",
        "ABS32",
        "ABS16",
        "PREL64",
        "PREL32",
        "PREL16",
        "MOVW_UABS_G0",
        "MOVW_UABS_G0_NC",
        "MOVW_UABS_G1",
        "MOVW_UABS_G1_NC",
        "MOVW_UABS_G2",
        "MOVW_UABS_G2_NC",
        "MOVW_UABS_G3",
        "MOVW_SABS_G0",
        "MOVW_SABS_G1",
        "MOVW_SABS_G2",
        "LD_PREL_LO19",
        "ADR_PREL_LO21",
        "ADR_PREL_PG_HI21",
        "ADR_PREL_PG_HI21_NC",
        "ADD_ABS_LO12_NC",
        "LDST8_ABS_LO12_NC",
        "TSTBR14",
        "CONDBR19",
        "281",
        "JUMP26",
        "CALL26",
        "LDST16_ABS_LO12_NC",
        "LDST32_ABS_LO12_NC",
        "LDST64_ABS_LO12_NC",
        "MOVW_PREL_G0",
        "MOVW_PREL_G0_NC",
        "MOVW_PREL_G1",
        "MOVW_PREL_G1_NC",
        "MOVW_PREL_G2",
        "MOVW_PREL_G2_NC",
        "MOVW_PREL_G3",
        "294",
        "295",
        "296",
        "297",
        "298",
        "LDST128_ABS_LO12_NC",
        "MOVW_GOTOFF_G0",
        "MOVW_GOTOFF_G0_NC",
        "MOVW_GOTOFF_G1",
        "MOVW_GOTOFF_G1_NC",
        "MOVW_GOTOFF_G2",
        "MOVW_GOTOFF_G2_NC",
        "MOVW_GOTOFF_G3",
        "GOTREL64",
        "GOTREL32",
        "GOT_LD_PREL19",
        "LD64_GOTOFF_LO15",
        "ADR_GOT_PAGE",
        "LD64_GOT_LO12_NC",
        "LD64_GOTPAGE_LO15",
        "PLT32",
        "GOTPCREL32",
    ];
    const THREAD_LOCAL: [&str; 60] = [
        "TLSGD_ADR_PREL21",
        "TLSGD_ADR_PAGE21",
        "TLSGD_ADD_LO12_NC",
        "TLSGD_MOVW_G1",
        "TLSGD_MOVW_G0_NC",
        "TLSLD_ADR_PREL21",
        "TLSLD_ADR_PAGE21",
        "TLSLD_ADD_LO12_NC",
        "TLSLD_MOVW_G1",
        "TLSLD_MOVW_G0_NC",
        "TLSLD_LD_PREL19",
        "TLSLD_MOVW_DTPREL_G2",
        "TLSLD_MOVW_DTPREL_G1",
        "TLSLD_MOVW_DTPREL_G1_NC",
        "TLSLD_MOVW_DTPREL_G0",
        "TLSLD_MOVW_DTPREL_G0_NC",
        "TLSLD_ADD_DTPREL_HI12",
        "TLSLD_ADD_DTPREL_LO12",
        "TLSLD_ADD_DTPREL_LO12_NC",
        "TLSLD_LDST8_DTPREL_LO12",
        "TLSLD_LDST8_DTPREL_LO12_NC",
        "TLSLD_LDST16_DTPREL_LO12",
        "TLSLD_LDST16_DTPREL_LO12_NC",
        "TLSLD_LDST32_DTPREL_LO12",
        "TLSLD_LDST32_DTPREL_LO12_NC",
        "TLSLD_LDST64_DTPREL_LO12",
        "TLSLD_LDST64_DTPREL_LO12_NC",
        "TLSIE_MOVW_GOTTPREL_G1",
        "TLSIE_MOVW_GOTTPREL_G0_NC",
        "TLSIE_ADR_GOTTPREL_PAGE21",
        "TLSIE_LD64_GOTTPREL_LO12_NC",
        "TLSIE_LD_GOTTPREL_PREL19",
        "TLSLE_MOVW_TPREL_G2",
        "TLSLE_MOVW_TPREL_G1",
        "TLSLE_MOVW_TPREL_G1_NC",
        "TLSLE_MOVW_TPREL_G0",
        "TLSLE_MOVW_TPREL_G0_NC",
        "TLSLE_ADD_TPREL_HI12",
        "TLSLE_ADD_TPREL_LO12",
        "TLSLE_ADD_TPREL_LO12_NC",
        "TLSLE_LDST8_TPREL_LO12",
        "TLSLE_LDST8_TPREL_LO12_NC",
        "TLSLE_LDST16_TPREL_LO12",
        "TLSLE_LDST16_TPREL_LO12_NC",
        "TLSLE_LDST32_TPREL_LO12",
        "TLSLE_LDST32_TPREL_LO12_NC",
        "TLSLE_LDST64_TPREL_LO12",
        "TLSLE_LDST64_TPREL_LO12_NC",
        "TLSDESC_LD_PREL19",
        "TLSDESC_ADR_PREL21",
        "TLSDESC_ADR_PAGE21",
        "TLSDESC_LD64_LO12",
        "TLSDESC_ADD_LO12",
        "TLSDESC_OFF_G1",
        "TLSDESC_OFF_G0_NC",
        "TLSDESC_LDR",
        "TLSDESC_ADD",
        "TLSDESC_CALL",
        "TLSLE_LDST128_TPREL_LO12",
        "TLSLE_LDST128_TPREL_LO12_NC",
    ];
    match kind {
        257.. if kind < 257 + STATIC.len() as u32 => Some(STATIC[kind as usize - 257]),
        512.. if kind < 512 + THREAD_LOCAL.len() as u32 => Some(THREAD_LOCAL[kind as usize - 512]),
        _ => None,
    }
}
