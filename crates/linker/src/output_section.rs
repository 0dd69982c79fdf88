//! A section of the executable: its name, its place in the order of sections, its parts.

use object::elf;

use crate::Relro;
use crate::ids::{GlobalId, MergedId, SectionRef};
use crate::object_file::Section;

/// Which segment a section is loaded by, in the order of addresses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Class {
    Read,
    Execute,
    /// Writable until the start-up code makes it read-only.
    Relro,
    Write,
    Unloaded,
}

impl Class {
    /// The classes that are loaded.
    pub const LOADED: [Class; 4] = [Class::Read, Class::Execute, Class::Relro, Class::Write];

    /// `PF_*`.
    pub fn segment_flags(self) -> u32 {
        match self {
            Class::Read => elf::PF_R,
            Class::Execute => elf::PF_R | elf::PF_X,
            Class::Relro | Class::Write => elf::PF_R | elf::PF_W,
            Class::Unloaded => 0,
        }
    }
}

/// A section of the executable.
pub struct OutputSection<'d> {
    pub name: &'d [u8],
    /// `SHT_*`.
    pub kind: u32,
    /// `SHF_*`.
    pub flags: u64,
    pub align: u64,
    pub entry_size: u64,
    pub size: u64,
    pub address: u64,
    pub file_offset: u64,
    pub class: Class,
    pub parts: Vec<Part>,
}

/// What stands at an offset of a section.
pub struct Part {
    pub source: PartSource,
    pub offset: u64,
    pub size: u64,
    pub align: u64,
}

/// Where a part's bytes come from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PartSource {
    Input(SectionRef),
    Merged(MergedId),
    Common(GlobalId),
    EhFrame,
    EhFrameHdr,
    Got,
    /// The stubs, the table and the relocations of ifuncs.
    Iplt,
    IpltGot,
    RelaIplt,
    BuildId,
}

impl OutputSection<'_> {
    pub fn is_loaded(&self) -> bool {
        self.class != Class::Unloaded
    }

    pub fn is_tls(&self) -> bool {
        self.flags & u64::from(elf::SHF_TLS) != 0
    }

    pub fn is_code(&self) -> bool {
        self.flags & u64::from(elf::SHF_EXECINSTR) != 0
    }

    pub fn is_nobits(&self) -> bool {
        self.kind == elf::SHT_NOBITS
    }

    /// The address behind its last byte.
    pub fn end(&self) -> u64 {
        self.address + self.size
    }
}

/// The names that `NAME` and `NAME.anything` are gathered under.
const GATHERED: [&[u8]; 19] = [
    b".text",
    b".rodata",
    b".data.rel.ro",
    b".data",
    b".bss.rel.ro",
    b".bss",
    b".tdata",
    b".tbss",
    b".gcc_except_table",
    b".init_array",
    b".fini_array",
    b".preinit_array",
    b".ctors",
    b".dtors",
    b".eh_frame",
    // The large code models of x86-64.
    b".ltext",
    b".lrodata",
    b".ldata",
    b".lbss",
];

/// The name of the executable's section that an object's section goes into.
pub fn output_name<'d>(section: &Section<'d>) -> &'d [u8] {
    if section.is_tls() {
        return if section.kind == elf::SHT_NOBITS { b".tbss" } else { b".tdata" };
    }
    let name = section.name;
    let gathers = |base: &&[u8]| name.strip_prefix(*base).is_some_and(|rest| rest.is_empty() || rest[0] == b'.');
    GATHERED.into_iter().find(gathers).unwrap_or(name)
}

/// Where arrays of functions want a part: by the number in `.init_array.NUMBER`, those without last.
pub fn array_priority(name: &[u8]) -> u32 {
    let number = name.rsplit(|&byte| byte == b'.').next().unwrap_or_default();
    std::str::from_utf8(number).ok().and_then(|number| number.parse().ok()).unwrap_or(u32::MAX)
}

/// The place of a section in the order of the executable.
pub fn rank(section: &OutputSection<'_>, relro: Relro) -> (Class, u32) {
    let constant = match relro {
        Relro::AtLink => Class::Read,
        Relro::AtStart => Class::Relro,
    };
    let has = |flag: u32| section.flags & u64::from(flag) != 0;
    if !has(elf::SHF_ALLOC) {
        return (Class::Unloaded, 0);
    }
    if has(elf::SHF_EXECINSTR) {
        // A section with code is never writable: W^X.
        return match section.name {
            b".init" => (Class::Execute, 0),
            b".text" => (Class::Execute, 1),
            b".fini" => (Class::Execute, 3),
            _ => (Class::Execute, 2),
        };
    }
    match (section.kind, section.name) {
        (elf::SHT_NOTE, _) if !has(elf::SHF_WRITE) => (Class::Read, 0),
        (elf::SHT_NOBITS, _) if has(elf::SHF_TLS) => (constant, 8),
        _ if has(elf::SHF_TLS) => (constant, 7),
        (elf::SHT_PREINIT_ARRAY, _) => (constant, 9),
        (elf::SHT_INIT_ARRAY, _) => (constant, 10),
        (elf::SHT_FINI_ARRAY, _) => (constant, 11),
        (_, b".init_array" | b".ctors" | b".dtors" | b".fini_array" | b".preinit_array" | b".jcr") => (constant, 12),
        (_, b".data.rel.ro") => (constant, 13),
        (_, b".got") => (constant, 14),
        (_, b".got.plt") => (Class::Relro, 15),
        (elf::SHT_NOBITS, b".bss.rel.ro") if relro == Relro::AtStart => (Class::Relro, 16),
        (elf::SHT_NOBITS, _) if has(elf::SHF_WRITE) => (Class::Write, 3),
        (_, b".data") => (Class::Write, 0),
        _ if has(elf::SHF_WRITE) => (Class::Write, 1),
        (_, b".rela.iplt") => (Class::Read, 1),
        (_, b".rodata") => (Class::Read, 2),
        (_, b".gcc_except_table") => (Class::Read, 4),
        (_, b".eh_frame_hdr") => (Class::Read, 5),
        (_, b".eh_frame") => (Class::Read, 6),
        _ => (Class::Read, 3),
    }
}
