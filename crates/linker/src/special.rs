//! Symbols that the linker itself defines when objects refer to them and nothing else does: the bounds of
//! sections and of the image, by the names that C libraries and start-up objects use.

use crate::resolve::{GlobalDefinition, Resolution};

/// A symbol that the linker defines.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Special {
    /// The ELF header, which is loaded at the image's start.
    ImageStart,
    /// The end of code.
    EndOfText,
    /// The end of what is loaded from the file.
    EndOfData,
    StartOfBss,
    EndOfImage,
    GlobalOffsetTable,
    EhFrameHdr,
    /// The start of the thread-local image.
    TlsModuleBase,
    StartOf(Named),
    EndOf(Named),
    /// The start of the section that the symbol names (`__start_NAME`).
    SectionStart,
    SectionEnd,
}

/// A section whose bounds have names of their own.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Named {
    PreinitArray,
    InitArray,
    FiniArray,
    RelaIplt,
}

impl Named {
    pub fn section(self) -> &'static [u8] {
        match self {
            Named::PreinitArray => b".preinit_array",
            Named::InitArray => b".init_array",
            Named::FiniArray => b".fini_array",
            Named::RelaIplt => b".rela.iplt",
        }
    }
}

const START: &[u8] = b"__start_";
const STOP: &[u8] = b"__stop_";

/// The section name in `__start_NAME` and `__stop_NAME`.
pub fn bounded_section(symbol: &[u8]) -> Option<&[u8]> {
    let name = symbol.strip_prefix(START).or_else(|| symbol.strip_prefix(STOP))?;
    is_c_identifier(name).then_some(name)
}

/// Whether a section's name can be part of such a symbol.
pub fn is_c_identifier(name: &[u8]) -> bool {
    name.first().is_some_and(|first| first.is_ascii_alphabetic() || *first == b'_')
        && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
}

/// Gives the special symbols that are named and undefined their definitions.
pub fn define_special_symbols(resolution: &mut Resolution<'_>) {
    let mut sections = rustc_hash::FxHashSet::default();
    for object in &resolution.objects {
        sections.extend(object.sections.iter().map(|section| section.name).filter(|name| is_c_identifier(name)));
    }
    for global in &mut resolution.globals {
        if !global.named || global.definition != GlobalDefinition::Undefined {
            continue;
        }
        let special = match bounded_section(global.name) {
            Some(name) if !sections.contains(name) => None,
            Some(_) if global.name.starts_with(START) => Some(Special::SectionStart),
            Some(_) => Some(Special::SectionEnd),
            None => special_symbol(global.name),
        };
        if let Some(special) = special {
            global.definition = GlobalDefinition::Special(special);
        }
    }
}

fn special_symbol(name: &[u8]) -> Option<Special> {
    Some(match name {
        b"__ehdr_start" | b"__executable_start" | b"__dso_handle" => Special::ImageStart,
        b"etext" | b"_etext" | b"__etext" => Special::EndOfText,
        b"edata" | b"_edata" => Special::EndOfData,
        b"__bss_start" => Special::StartOfBss,
        b"end" | b"_end" => Special::EndOfImage,
        b"_GLOBAL_OFFSET_TABLE_" => Special::GlobalOffsetTable,
        b"__GNU_EH_FRAME_HDR" => Special::EhFrameHdr,
        b"_TLS_MODULE_BASE_" => Special::TlsModuleBase,
        b"__preinit_array_start" => Special::StartOf(Named::PreinitArray),
        b"__preinit_array_end" => Special::EndOf(Named::PreinitArray),
        b"__init_array_start" => Special::StartOf(Named::InitArray),
        b"__init_array_end" => Special::EndOf(Named::InitArray),
        b"__fini_array_start" => Special::StartOf(Named::FiniArray),
        b"__fini_array_end" => Special::EndOf(Named::FiniArray),
        b"__rela_iplt_start" => Special::StartOf(Named::RelaIplt),
        b"__rela_iplt_end" => Special::EndOf(Named::RelaIplt),
        _ => return None,
    })
}
