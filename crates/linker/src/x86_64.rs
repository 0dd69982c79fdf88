//! x86-64: relocations (psABI, table 4.9) and relaxations (psABI, appendix B "Linker Optimization"; Drepper's
//! TLS document, section 5). S is the symbol's address, A the addend, P the place, G the entry in the global
//! offset table, TP the thread pointer.
//!
//! In a static executable every GOT load of an address becomes a `lea` or an immediate, and every TLS access
//! becomes an offset from `%fs`. Only instructions that the psABI does not list keep their GOT entry.

use object::LittleEndian as LE;
use object::elf::*;

use crate::object_file::Rela;
use crate::relocate::{Fault, Fit, Fixup, Site, Step, write_number};
use crate::resolve::{Place, Target};
use crate::scan::GotKind;

/// A rewriting of instructions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Relaxation {
    /// `mov foo@GOTPCREL(%rip), %reg` → `lea foo(%rip), %reg`
    MovToLea,
    /// `call *foo@GOTPCREL(%rip)` → `addr32 call foo`
    CallDirect,
    /// `jmp *foo@GOTPCREL(%rip)` → `jmp foo; nop`
    JumpDirect,
    /// `test %reg, foo@GOTPCREL(%rip)` → `test $foo, %reg`
    TestImmediate,
    /// `add foo@GOTPCREL(%rip), %reg` and its like → `add $foo, %reg`
    BinaryImmediate,
    /// General dynamic → local exec; the call is part of it.
    GeneralDynamic,
    /// Local dynamic → local exec; the call through PLT or GOT is part of it.
    LocalDynamic { indirect_call: bool },
    /// `mov foo@GOTTPOFF(%rip), %reg` → `mov $tpoff, %reg`
    InitialExecMov,
    /// `add foo@GOTTPOFF(%rip), %reg` → `add $tpoff, %reg`
    InitialExecAdd,
    /// `lea foo@TLSDESC(%rip), %rax` → `mov $tpoff, %rax`
    Descriptor,
    /// `call *foo@TLSCALL(%rax)` → `nop`
    DescriptorCall,
}

/// What the relocation at `index` needs.
pub fn step(data: &[u8], relocations: &[Rela], index: usize, target: &Target) -> Result<Step, Fault> {
    let rela = &relocations[index];
    let kind = rela.r_type(LE, false);
    let offset = rela.r_offset.get(LE) as usize;
    match relaxation(kind, data, offset, rela.r_addend.get(LE), target)? {
        Some(Relaxation::GeneralDynamic | Relaxation::LocalDynamic { .. }) => {
            let call = relocations.get(index + 1).ok_or(Fault::TlsSequence)?;
            // The call's operand is within the sequence, at most 9 bytes on.
            let distance = call.r_offset.get(LE).wrapping_sub(offset as u64);
            return if (5..=9).contains(&distance) { Ok(Step::ReplacesNext) } else { Err(Fault::TlsSequence) };
        }
        Some(_) => return Ok(Step::Value),
        None => {}
    }
    Ok(match kind {
        R_X86_64_NONE => Step::Nothing,
        R_X86_64_64 | R_X86_64_32 | R_X86_64_32S | R_X86_64_16 | R_X86_64_8 => Step::Value,
        R_X86_64_PC64 | R_X86_64_PC32 | R_X86_64_PLT32 | R_X86_64_PC16 | R_X86_64_PC8 => Step::Value,
        R_X86_64_DTPOFF32 | R_X86_64_DTPOFF64 | R_X86_64_TPOFF32 | R_X86_64_TPOFF64 => Step::Value,
        R_X86_64_SIZE32 | R_X86_64_SIZE64 => Step::Value,
        R_X86_64_GOTPCREL | R_X86_64_GOTPCRELX | R_X86_64_REX_GOTPCRELX | R_X86_64_GOTPCREL64 => Step::Got,
        R_X86_64_GOTTPOFF => Step::GotThreadOffset,
        R_X86_64_GOTPC32 | R_X86_64_GOTPC64 | R_X86_64_GOTOFF64 | R_X86_64_PLTOFF64 => Step::GotBase,
        _ => return Err(Fault::Unsupported),
    })
}

fn relaxation(
    kind: u32,
    data: &[u8],
    offset: usize,
    addend: i64,
    target: &Target,
) -> Result<Option<Relaxation>, Fault> {
    let before = |count: usize| offset.checked_sub(count).and_then(|start| data.get(start..offset));
    let after = |skip: usize, count: usize| data.get(offset + skip..offset + skip + count);
    Ok(Some(match kind {
        R_X86_64_GOTPCREL | R_X86_64_GOTPCRELX | R_X86_64_REX_GOTPCRELX => {
            let far = matches!(target.place, Place::Absolute(value) if value > i32::MAX as u64);
            let Some(&[opcode, modrm]) = before(2) else {
                return Ok(None);
            };
            if addend != -4 || far || after(0, 4).is_none() {
                return Ok(None);
            }
            match (kind, opcode, modrm) {
                // Plain GOTPCREL, which Cranelift and old assemblers write, says nothing about the instruction.
                // But these bytes before an operand relative to %rip are no other instruction's.
                (_, 0x8b, modrm) if modrm & 0xc7 == 0x05 => Relaxation::MovToLea,
                (_, 0xff, 0x15) => Relaxation::CallDirect,
                (_, 0xff, 0x25) => Relaxation::JumpDirect,
                (R_X86_64_GOTPCREL, ..) => return Ok(None),
                (_, 0x85, modrm) if modrm & 0xc7 == 0x05 => Relaxation::TestImmediate,
                (_, opcode, modrm) if opcode & 0xc7 == 0x03 && modrm & 0xc7 == 0x05 => Relaxation::BinaryImmediate,
                _ => return Ok(None),
            }
        }
        R_X86_64_TLSGD => match (before(4), after(4, 4)) {
            (Some([0x66, 0x48, 0x8d, 0x3d]), Some([0x66, 0x66, 0x48, 0xe8] | [0x66, 0x48, 0xff, 0x15]))
                if after(8, 4).is_some() =>
            {
                Relaxation::GeneralDynamic
            }
            _ => return Err(Fault::TlsSequence),
        },
        R_X86_64_TLSLD => match (before(3), after(4, 6)) {
            (Some([0x48, 0x8d, 0x3d]), Some([0xff, 0x15, ..])) => Relaxation::LocalDynamic { indirect_call: true },
            (Some([0x48, 0x8d, 0x3d]), _) if matches!(after(4, 5), Some([0xe8, ..])) => {
                Relaxation::LocalDynamic { indirect_call: false }
            }
            _ => return Err(Fault::TlsSequence),
        },
        R_X86_64_GOTTPOFF => match before(3) {
            Some([0x48 | 0x4c, 0x8b, modrm]) if modrm & 0xc7 == 0x05 => Relaxation::InitialExecMov,
            Some([0x48 | 0x4c, 0x03, modrm]) if modrm & 0xc7 == 0x05 => Relaxation::InitialExecAdd,
            _ => return Ok(None),
        },
        R_X86_64_GOTPC32_TLSDESC => match before(3) {
            Some([0x48 | 0x4c, 0x8d, modrm]) if modrm & 0xc7 == 0x05 => Relaxation::Descriptor,
            _ => return Err(Fault::TlsSequence),
        },
        R_X86_64_TLSDESC_CALL => match after(0, 2) {
            Some([0xff, 0x10]) => Relaxation::DescriptorCall,
            _ => return Err(Fault::TlsSequence),
        },
        _ => return Ok(None),
    }))
}

/// Applies the relocation at `index`.
pub fn apply(site: &Site<'_, '_>, index: usize, fixup: &Fixup, out: &mut [u8]) -> Result<Step, Fault> {
    if let Some(relaxation) = relaxation(fixup.kind, site.input, fixup.offset, fixup.addend, &fixup.target)? {
        return relax(site, index, relaxation, fixup, out);
    }
    let Fixup { offset, value, place, addend, .. } = *fixup;
    let addresses = site.addresses;
    let mut put = |size, value: u64, fit| write_number(out, offset, size, value as i64, fit);
    let relative = value.wrapping_sub(place);
    let got = addresses.got_base();
    match fixup.kind {
        R_X86_64_NONE => return Ok(Step::Nothing),
        R_X86_64_64 => put(8, value, Fit::Either),
        R_X86_64_32 => put(4, value, Fit::Unsigned),
        R_X86_64_32S => put(4, value, Fit::Signed),
        R_X86_64_16 => put(2, value, Fit::Either),
        R_X86_64_8 => put(1, value, Fit::Either),
        R_X86_64_PC64 => put(8, relative, Fit::Signed),
        R_X86_64_PC32 | R_X86_64_PLT32 => put(4, relative, Fit::Signed),
        R_X86_64_PC16 => put(2, relative, Fit::Signed),
        R_X86_64_PC8 => put(1, relative, Fit::Signed),
        // In code these follow a local-dynamic sequence, whose result is now the thread pointer.
        R_X86_64_DTPOFF32 if site.is_code => put(4, addresses.thread_offset(value), Fit::Signed),
        R_X86_64_DTPOFF64 if site.is_code => put(8, addresses.thread_offset(value), Fit::Signed),
        R_X86_64_DTPOFF32 => put(4, addresses.tls_offset(value), Fit::Signed),
        R_X86_64_DTPOFF64 => put(8, addresses.tls_offset(value), Fit::Signed),
        R_X86_64_TPOFF32 => put(4, addresses.thread_offset(value), Fit::Signed),
        R_X86_64_TPOFF64 => put(8, addresses.thread_offset(value), Fit::Signed),
        R_X86_64_SIZE32 => put(4, addresses.symbol_size(&fixup.target).wrapping_add_signed(addend), Fit::Unsigned),
        R_X86_64_SIZE64 => put(8, addresses.symbol_size(&fixup.target).wrapping_add_signed(addend), Fit::Unsigned),
        R_X86_64_GOTPCREL | R_X86_64_GOTPCRELX | R_X86_64_REX_GOTPCRELX => {
            let entry = site.got(&fixup.target, GotKind::Address)?;
            put(4, entry.wrapping_add_signed(addend).wrapping_sub(place), Fit::Signed)
        }
        R_X86_64_GOTPCREL64 => {
            let entry = site.got(&fixup.target, GotKind::Address)?;
            put(8, entry.wrapping_add_signed(addend).wrapping_sub(place), Fit::Signed)
        }
        R_X86_64_GOTTPOFF => {
            let entry = site.got(&fixup.target, GotKind::ThreadOffset)?;
            put(4, entry.wrapping_add_signed(addend).wrapping_sub(place), Fit::Signed)
        }
        R_X86_64_GOTPC32 => put(4, got.wrapping_add_signed(addend).wrapping_sub(place), Fit::Signed),
        R_X86_64_GOTPC64 => put(8, got.wrapping_add_signed(addend).wrapping_sub(place), Fit::Signed),
        R_X86_64_GOTOFF64 | R_X86_64_PLTOFF64 => put(8, value.wrapping_sub(got), Fit::Signed),
        _ => Err(Fault::Unsupported),
    }?;
    Ok(Step::Value)
}

fn relax(
    site: &Site<'_, '_>,
    index: usize,
    relaxation: Relaxation,
    fixup: &Fixup,
    out: &mut [u8],
) -> Result<Step, Fault> {
    let Fixup { offset, value, place, .. } = *fixup;
    let relative = value.wrapping_sub(place) as i64;
    // The operand is relative to the end of the instruction, which the addend of -4 accounts for.
    let symbol = value.wrapping_add(4);
    match relaxation {
        Relaxation::MovToLea => {
            out[offset - 2] = 0x8d;
            write_number(out, offset, 4, relative, Fit::Signed)?;
        }
        Relaxation::CallDirect => {
            out[offset - 2..offset].copy_from_slice(&[0x67, 0xe8]);
            write_number(out, offset, 4, relative, Fit::Signed)?;
        }
        Relaxation::JumpDirect => {
            out[offset - 2] = 0xe9;
            write_number(out, offset - 1, 4, relative.wrapping_add(1), Fit::Signed)?;
            out[offset + 3] = 0x90;
        }
        Relaxation::TestImmediate => {
            let register = move_register(out, offset, fixup.kind);
            out[offset - 2..offset].copy_from_slice(&[0xf7, 0xc0 | register]);
            write_number(out, offset, 4, symbol as i64, Fit::Signed)?;
        }
        Relaxation::BinaryImmediate => {
            let operation = out[offset - 2] & 0x38;
            let register = move_register(out, offset, fixup.kind);
            out[offset - 2..offset].copy_from_slice(&[0x81, 0xc0 | operation | register]);
            write_number(out, offset, 4, symbol as i64, Fit::Signed)?;
        }
        Relaxation::GeneralDynamic => {
            // mov %fs:0, %rax; lea tpoff(%rax), %rax
            let code = [0x64, 0x48, 0x8b, 0x04, 0x25, 0, 0, 0, 0, 0x48, 0x8d, 0x80];
            out[offset - 4..offset + 8].copy_from_slice(&code);
            write_number(out, offset + 8, 4, site.addresses.thread_offset(symbol) as i64, Fit::Signed)?;
            return replaces_next(site, index);
        }
        Relaxation::LocalDynamic { indirect_call } => {
            // Prefixes, then mov %fs:0, %rax
            let code = [0x66, 0x66, 0x66, 0x66, 0x64, 0x48, 0x8b, 0x04, 0x25, 0, 0, 0, 0];
            let code = if indirect_call { &code[..] } else { &code[1..] };
            out[offset - 3..offset - 3 + code.len()].copy_from_slice(code);
            return replaces_next(site, index);
        }
        Relaxation::InitialExecMov => {
            let register = move_register(out, offset, R_X86_64_REX_GOTPCRELX);
            out[offset - 2..offset].copy_from_slice(&[0xc7, 0xc0 | register]);
            write_number(out, offset, 4, site.addresses.thread_offset(symbol) as i64, Fit::Signed)?;
        }
        Relaxation::InitialExecAdd => {
            let register = move_register(out, offset, R_X86_64_REX_GOTPCRELX);
            out[offset - 2..offset].copy_from_slice(&[0x81, 0xc0 | register]);
            write_number(out, offset, 4, site.addresses.thread_offset(symbol) as i64, Fit::Signed)?;
        }
        Relaxation::Descriptor => {
            let register = move_register(out, offset, R_X86_64_REX_GOTPCRELX);
            out[offset - 2..offset].copy_from_slice(&[0xc7, 0xc0 | register]);
            write_number(out, offset, 4, site.addresses.thread_offset(symbol) as i64, Fit::Signed)?;
        }
        Relaxation::DescriptorCall => out[offset..offset + 2].copy_from_slice(&[0x66, 0x90]),
    }
    Ok(Step::Value)
}

fn replaces_next(site: &Site<'_, '_>, index: usize) -> Result<Step, Fault> {
    if index + 1 < site.relocations.len() { Ok(Step::ReplacesNext) } else { Err(Fault::TlsSequence) }
}

/// Moves the register from the `reg` to the `rm` field, and its fourth bit from REX.R to REX.B.
/// Returns the lower three bits.
fn move_register(out: &mut [u8], offset: usize, kind: u32) -> u8 {
    if kind == R_X86_64_REX_GOTPCRELX
        && let Some(rex) = offset.checked_sub(3).map(|at| &mut out[at])
    {
        *rex = (*rex & !0x05) | ((*rex & 0x04) >> 2);
    }
    (out[offset - 1] >> 3) & 7
}

/// The size of the field that a relocation of data fills.
pub fn data_size(kind: u32) -> usize {
    match kind {
        R_X86_64_64 | R_X86_64_PC64 | R_X86_64_DTPOFF64 | R_X86_64_TPOFF64 | R_X86_64_SIZE64 => 8,
        R_X86_64_NONE => 0,
        R_X86_64_16 | R_X86_64_PC16 => 2,
        R_X86_64_8 | R_X86_64_PC8 => 1,
        _ => 4,
    }
}

/// The psABI's name of a relocation.
pub fn relocation_name(kind: u32) -> Option<&'static str> {
    const NAMES: [&str; 43] = [
        "NONE",
        "64",
        "PC32",
        "GOT32",
        "PLT32",
        "COPY",
        "GLOB_DAT",
        "JUMP_SLOT",
        "RELATIVE",
        "GOTPCREL",
        "32",
        "32S",
        "16",
        "PC16",
        "8",
        "PC8",
        "DTPMOD64",
        "DTPOFF64",
        "TPOFF64",
        "TLSGD",
        "TLSLD",
        "DTPOFF32",
        "GOTTPOFF",
        "TPOFF32",
        "PC64",
        "GOTOFF64",
        "GOTPC32",
        "GOT64",
        "GOTPCREL64",
        "GOTPC64",
        "GOTPLT64",
        "PLTOFF64",
        "SIZE32",
        "SIZE64",
        "GOTPC32_TLSDESC",
        "TLSDESC_CALL",
        "TLSDESC",
        "IRELATIVE",
        "RELATIVE64",
        "PC32_BND",
        "PLT32_BND",
        "GOTPCRELX",
        "REX_GOTPCRELX",
    ];
    NAMES.get(kind as usize).copied()
}
