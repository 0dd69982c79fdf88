//! One relocatable object, parsed and checked: after [`ObjectFile::parse`] every index and offset in it is
//! in bounds, so later phases index without asking.

use object::LittleEndian as LE;
use object::elf;
use object::read::elf::{FileHeader, SectionHeader, SectionTable, SymbolTable};
use object::read::{self, SectionIndex, SymbolIndex};

use crate::Machine;
use crate::diagnostics::{LinkError, Reference};

/// A relocation with addend, as it stands in the file.
pub type Rela = elf::Rela64<LE>;
type Header = elf::FileHeader64<LE>;

/// Alignments beyond this (rustc's limit) are taken for damage.
const MAX_ALIGN: u64 = 1 << 29;
/// Sections beyond this cannot be linked, whatever they hold.
const MAX_SECTION: u64 = 1 << 40;

/// What parsing needs to know about the link.
#[derive(Clone, Copy)]
pub struct ParseOptions {
    pub machine: Machine,
    pub keep_unloaded: bool,
}

/// A parsed object.
pub struct ObjectFile<'d> {
    /// The name that errors use.
    pub name: String,
    pub sections: Vec<Section<'d>>,
    pub symbols: Vec<Symbol<'d>>,
    /// Only COMDAT groups: of each signature one object's group is linked.
    pub groups: Vec<Group<'d>>,
    /// The contents of `.llvm_addrsig`: the symbols whose address matters.
    pub address_significance: Option<&'d [u8]>,
}

/// What the linker does with a section.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Treatment {
    /// It is not for the executable, or another object's copy of the group is linked.
    Discard,
    Regular,
    /// Split into strings or constants, which are kept once each.
    Merge,
    /// Split into frame descriptions.
    EhFrame,
}

/// A section of an object.
pub struct Section<'d> {
    pub name: &'d [u8],
    pub kind: u32,
    pub flags: u64,
    pub align: u64,
    pub size: u64,
    pub entry_size: u64,
    pub link: u32,
    /// Empty for `SHT_NOBITS`, else `size` bytes.
    pub data: &'d [u8],
    pub relocations: &'d [Rela],
    pub treatment: Treatment,
}

/// Who sees a symbol and whether it gives way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Binding {
    Local,
    Global,
    Weak,
}

/// Where a symbol is defined.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Definition {
    Undefined,
    Absolute,
    /// Tentatively, as C does; the alignment.
    Common(u64),
    Section(u32),
}

/// A symbol of an object.
pub struct Symbol<'d> {
    pub name: &'d [u8],
    pub definition: Definition,
    pub value: u64,
    pub size: u64,
    pub binding: Binding,
    /// `STT_*`.
    pub kind: u8,
    /// `STV_*`.
    pub visibility: u8,
}

/// A COMDAT group.
pub struct Group<'d> {
    pub signature: &'d [u8],
    pub members: Vec<u32>,
}

impl Section<'_> {
    pub fn is_loaded(&self) -> bool {
        self.flags & u64::from(elf::SHF_ALLOC) != 0
    }

    pub fn is_writable(&self) -> bool {
        self.flags & u64::from(elf::SHF_WRITE) != 0
    }

    pub fn is_tls(&self) -> bool {
        self.flags & u64::from(elf::SHF_TLS) != 0
    }
}

/// Whether `bytes` start as an ELF file does.
pub fn is_elf(bytes: &[u8]) -> bool {
    bytes.starts_with(&elf::ELFMAG)
}

impl<'d> ObjectFile<'d> {
    /// Parses and checks an object.
    pub fn parse(name: String, bytes: &'d [u8], options: &ParseOptions) -> Result<Self, LinkError> {
        check_header(&name, bytes, options.machine)?;
        let mut object = ObjectFile {
            name,
            sections: Vec::new(),
            symbols: Vec::new(),
            groups: Vec::new(),
            address_significance: None,
        };
        let header = object.read(Header::parse(bytes))?;
        if header.e_type.get(LE) != elf::ET_REL {
            return Err(LinkError::Unsupported {
                file: object.name,
                feature: "linking a shared library or an executable".to_string(),
            });
        }
        let sections = object.read(header.sections(LE, bytes))?;
        let symbols = object.read(sections.symbols(LE, bytes, elf::SHT_SYMTAB))?;
        object.parse_sections(bytes, &sections, options)?;
        object.parse_symbols(&symbols)?;
        object.parse_relocations(bytes, &sections, &symbols)?;
        object.parse_groups(bytes, &sections, &symbols)?;
        for section in &mut object.sections {
            if section.treatment == Treatment::Merge && !section.relocations.is_empty() {
                section.treatment = Treatment::Regular;
            }
        }
        Ok(object)
    }

    /// The names of the symbols by which an archive's member is found.
    pub fn defined_globals(&self) -> impl Iterator<Item = &'d [u8]> {
        self.symbols
            .iter()
            .filter(|symbol| symbol.binding != Binding::Local && symbol.definition != Definition::Undefined)
            .map(|symbol| symbol.name)
    }

    /// A section's name as text.
    pub fn section_name(&self, index: usize) -> String {
        String::from_utf8_lossy(self.sections[index].name).into_owned()
    }

    /// The place of an error, with the function around it.
    pub fn reference(&self, section: usize, offset: u64) -> Reference {
        let encloses = |symbol: &&Symbol<'d>| {
            symbol.definition == Definition::Section(section as u32)
                && !symbol.name.is_empty()
                && matches!(symbol.kind, elf::STT_FUNC | elf::STT_OBJECT | elf::STT_TLS | elf::STT_GNU_IFUNC)
                && (symbol.value..symbol.value.saturating_add(symbol.size.max(1))).contains(&offset)
        };
        let function =
            self.symbols.iter().find(encloses).map(|symbol| String::from_utf8_lossy(symbol.name).into_owned());
        Reference { object: self.name.clone(), section: self.section_name(section), offset, function }
    }

    fn read<T>(&self, result: read::Result<T>) -> Result<T, LinkError> {
        result.map_err(|error| self.malformed(error.to_string()))
    }

    fn malformed(&self, problem: String) -> LinkError {
        LinkError::Malformed { file: self.name.clone(), problem }
    }

    fn parse_sections(
        &mut self,
        bytes: &'d [u8],
        sections: &SectionTable<'d, Header>,
        options: &ParseOptions,
    ) -> Result<(), LinkError> {
        let mut parsed = Vec::with_capacity(sections.len());
        for (index, header) in sections.enumerate() {
            let name = if index.0 == 0 { b"" } else { self.read(sections.section_name(LE, header))? };
            let kind = header.sh_type.get(LE);
            let mut section = Section {
                name,
                kind,
                flags: header.sh_flags.get(LE),
                align: header.sh_addralign.get(LE).max(1),
                size: header.sh_size.get(LE),
                entry_size: header.sh_entsize.get(LE),
                link: header.sh_link.get(LE),
                data: &[],
                relocations: &[],
                treatment: Treatment::Discard,
            };
            section.treatment = treatment(&section, options);
            if section.treatment != Treatment::Discard {
                let printable = String::from_utf8_lossy(name);
                if section.flags & u64::from(elf::SHF_COMPRESSED) != 0 {
                    return Err(LinkError::Unsupported {
                        file: self.name.clone(),
                        feature: format!("compressed section {printable}"),
                    });
                }
                if !section.align.is_power_of_two() || section.align > MAX_ALIGN {
                    return Err(self.malformed(format!("alignment {} of section {printable}", section.align)));
                }
                if section.size > MAX_SECTION {
                    return Err(self.malformed(format!("size {} of section {printable}", section.size)));
                }
                if kind != elf::SHT_NOBITS {
                    section.data = self.read(header.data(LE, bytes))?;
                }
            }
            if kind == crate::fold::SHT_LLVM_ADDRSIG {
                self.address_significance = Some(self.read(header.data(LE, bytes))?);
            }
            parsed.push(section);
        }
        self.sections = parsed;
        Ok(())
    }

    fn parse_symbols(&mut self, table: &SymbolTable<'d, Header>) -> Result<(), LinkError> {
        let mut parsed = Vec::with_capacity(table.len());
        for (index, symbol) in table.iter().enumerate() {
            let name = self.read(table.symbol_name(LE, symbol))?;
            let binding = match symbol.st_bind() {
                elf::STB_LOCAL => Binding::Local,
                elf::STB_WEAK => Binding::Weak,
                _ => Binding::Global,
            };
            let value = symbol.st_value.get(LE);
            let definition = match symbol.st_shndx.get(LE) {
                elf::SHN_UNDEF => Definition::Undefined,
                elf::SHN_ABS => Definition::Absolute,
                elf::SHN_COMMON if value.is_power_of_two() && value <= MAX_ALIGN => Definition::Common(value),
                elf::SHN_COMMON => {
                    return Err(self.malformed(format!("alignment {value} of a common symbol")));
                }
                _ => match self.read(table.symbol_section(LE, symbol, SymbolIndex(index)))? {
                    Some(SectionIndex(section)) if section < self.sections.len() => Definition::Section(section as u32),
                    _ => return Err(self.malformed(format!("section of symbol {index}"))),
                },
            };
            if binding != Binding::Local && name.is_empty() {
                return Err(self.malformed(format!("name of symbol {index}")));
            }
            if let Definition::Common(_) = definition
                && (symbol.st_size.get(LE) > MAX_SECTION || binding == Binding::Local)
            {
                return Err(self.malformed(format!("common symbol {index}")));
            }
            parsed.push(Symbol {
                name,
                definition,
                value,
                size: symbol.st_size.get(LE),
                binding,
                kind: symbol.st_type(),
                visibility: symbol.st_visibility(),
            });
        }
        if parsed.is_empty() {
            parsed.push(Symbol {
                name: b"",
                definition: Definition::Undefined,
                value: 0,
                size: 0,
                binding: Binding::Local,
                kind: elf::STT_NOTYPE,
                visibility: elf::STV_DEFAULT,
            });
        }
        self.symbols = parsed;
        Ok(())
    }

    fn parse_relocations(
        &mut self,
        bytes: &'d [u8],
        sections: &SectionTable<'d, Header>,
        symbols: &SymbolTable<'d, Header>,
    ) -> Result<(), LinkError> {
        for header in sections.iter() {
            let kind = header.sh_type.get(LE);
            if kind != elf::SHT_RELA && kind != elf::SHT_REL {
                continue;
            }
            let target = header.sh_info.get(LE) as usize;
            let Some(section) = self.sections.get(target) else {
                return Err(self.malformed(format!("relocations of section {target}, which does not exist")));
            };
            if section.treatment == Treatment::Discard || header.sh_size.get(LE) == 0 {
                continue;
            }
            if kind == elf::SHT_REL {
                return Err(LinkError::Unsupported {
                    file: self.name.clone(),
                    feature: "relocation without addend".to_string(),
                });
            }
            if symbols.section().0 != header.sh_link.get(LE) as usize || !section.relocations.is_empty() {
                return Err(self.malformed(format!("relocations of section {}", self.section_name(target))));
            }
            let Some((relocations, _)) = self.read(header.rela(LE, bytes))? else {
                continue;
            };
            let size = section.data.len() as u64;
            let symbol_count = self.symbols.len();
            let in_bounds =
                |rela: &Rela| rela.r_offset.get(LE) < size && (rela.r_sym(LE, false) as usize) < symbol_count;
            if !relocations.iter().all(in_bounds) {
                return Err(
                    self.malformed(format!("relocation of section {} out of bounds", self.section_name(target)))
                );
            }
            self.sections[target].relocations = relocations;
        }
        Ok(())
    }

    fn parse_groups(
        &mut self,
        bytes: &'d [u8],
        sections: &SectionTable<'d, Header>,
        symbols: &SymbolTable<'d, Header>,
    ) -> Result<(), LinkError> {
        for header in sections.iter() {
            if header.sh_type.get(LE) != elf::SHT_GROUP {
                continue;
            }
            let words = self.read(header.data_as_array::<object::U32Bytes<LE>, _>(LE, bytes))?;
            let Some((flags, members)) = words.split_first() else {
                continue;
            };
            if flags.get(LE) & elf::GRP_COMDAT == 0 {
                continue;
            }
            let signature = header.sh_info.get(LE) as usize;
            let (Some(symbol), true) =
                (self.symbols.get(signature), symbols.section().0 == header.sh_link.get(LE) as usize)
            else {
                return Err(self.malformed("signature of a section group".to_string()));
            };
            let name = match symbol.definition {
                Definition::Section(section) if symbol.kind == elf::STT_SECTION => self.sections[section as usize].name,
                _ => symbol.name,
            };
            let members: Vec<u32> = members.iter().map(|member| member.get(LE)).collect();
            if members.iter().any(|&member| member as usize >= self.sections.len()) {
                return Err(self.malformed("member of a section group".to_string()));
            }
            self.groups.push(Group { signature: name, members });
        }
        Ok(())
    }
}

fn check_header(name: &str, bytes: &[u8], machine: Machine) -> Result<(), LinkError> {
    let file = name.to_string();
    if !is_elf(bytes) {
        return Err(LinkError::NotAnObject { file });
    }
    if bytes.len() < size_of::<Header>() {
        return Err(LinkError::Malformed { file, problem: "the file header is incomplete".to_string() });
    }
    let (class, data) = (bytes[4], bytes[5]);
    let found = u16::from_le_bytes([bytes[18], bytes[19]]);
    let expected = match machine {
        Machine::X86_64 => elf::EM_X86_64,
        Machine::Aarch64 => elf::EM_AARCH64,
    };
    let found = match (class, data, found) {
        (elf::ELFCLASS64, elf::ELFDATA2LSB, found) if found == expected => return Ok(()),
        (elf::ELFCLASS32, ..) => "a 32-bit machine".to_string(),
        (elf::ELFCLASS64, elf::ELFDATA2MSB, _) => "a big-endian machine".to_string(),
        (elf::ELFCLASS64, _, elf::EM_X86_64) => "x86-64".to_string(),
        (elf::ELFCLASS64, _, elf::EM_AARCH64) => "aarch64".to_string(),
        (_, _, found) => format!("machine number {found}"),
    };
    Err(LinkError::WrongMachine { file, expected: machine, found })
}

fn treatment(section: &Section<'_>, options: &ParseOptions) -> Treatment {
    let bookkeeping = matches!(
        section.kind,
        elf::SHT_NULL
            | elf::SHT_SYMTAB
            | elf::SHT_STRTAB
            | elf::SHT_RELA
            | elf::SHT_REL
            | elf::SHT_GROUP
            | elf::SHT_SYMTAB_SHNDX
            // LLVM's own (address significance, call graph profiles, ...).
            | 0x6fff_4c00..=0x6fff_4cff
    );
    let excluded = section.flags & u64::from(elf::SHF_EXCLUDE) != 0;
    // A property note speaks for the whole executable only if every object has it; without it nothing is claimed.
    let unwanted = matches!(section.name, b".note.GNU-stack" | b".note.gnu.property" | b".llvmbc" | b".llvmcmd");
    if bookkeeping || excluded || unwanted || (!section.is_loaded() && !options.keep_unloaded) {
        return Treatment::Discard;
    }
    if section.name == b".eh_frame" && section.is_loaded() && section.kind != elf::SHT_NOBITS {
        return Treatment::EhFrame;
    }
    let mergeable = section.flags & u64::from(elf::SHF_MERGE) != 0
        && section.entry_size > 0
        && section.size > 0
        && section.size.is_multiple_of(section.entry_size)
        && section.kind == elf::SHT_PROGBITS
        && section.size <= u64::from(u32::MAX);
    if mergeable && !section.is_writable() && !section.is_tls() { Treatment::Merge } else { Treatment::Regular }
}
