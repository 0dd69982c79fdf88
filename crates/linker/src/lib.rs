//! A small static linker: ELF64 relocatable objects and `ar` archives in, the bytes of one static
//! executable out, for x86-64 and aarch64, from any host. A pure function; it knows no Rust.
//!
//! Each phase is a file and borrows the results of the phases before it (wild's shape):
//!
//! ```text
//! bytes ─object_file, archive→ parsed objects ─resolve→ one definition per symbol
//!   ─eh_frame (split)─liveness, fold→ what is reachable, once ─scan→ GOT and PLT entries, undefined symbols
//!   ─merge, eh_frame (join)→ synthetic contents ─layout→ addresses ─relocate, write→ executable
//! ```
//!
//! Start reading at [`link`]. The references are the System V gABI, the psABIs of both machines
//! ("System V ABI, AMD64 supplement"; "ELF for the Arm 64-bit Architecture"), Drepper's "ELF Handling
//! For Thread-Local Storage" and the LSB's description of `.eh_frame`.

pub mod diagnostics;

mod ids;
mod object_file;

mod archive;
mod resolve;
mod special;

mod eh_frame;
mod fold;
mod liveness;
mod scan;

mod merge;

mod layout;
mod output_section;

mod aarch64;
mod address;
mod relocate;
mod x86_64;

mod build_id;
mod map;
mod symtab;
mod write;

pub use diagnostics::{LinkError, Reference};
pub use map::{LinkMap, MapSection, MapSegment, MapSymbol};

/// The instruction set of the executable; all objects must be for it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Machine {
    X86_64,
    Aarch64,
}

impl Machine {
    /// The largest page size that the machine's kernels use, which is what segments are aligned to.
    pub fn page_size(self) -> u64 {
        match self {
            Machine::X86_64 => 0x1000,
            Machine::Aarch64 => 0x1_0000,
        }
    }
}

/// What is left out of the executable beside code and data.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Strip {
    /// Keeps debug sections, the symbol table and section headers.
    #[default]
    None,
    /// Drops sections that are not loaded; keeps the symbol table and section headers.
    Debuginfo,
    /// Keeps only what the kernel loads: no symbol table, no section headers.
    Symbols,
}

/// Who makes the data read-only that only relocation would write: `.data.rel.ro`, the GOT, arrays of
/// constructors, the thread-local image.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Relro {
    /// The linker: all of it is constant in a static executable, so it is loaded read-only to begin with.
    /// Only what start-up code must write (the GOT of ifuncs) is in `PT_GNU_RELRO`.
    #[default]
    AtLink,
    /// The start-up code, after it has written its own variables among it, as static glibc does: `PT_GNU_RELRO`.
    AtStart,
}

/// One object or archive; which of the two is seen from its first bytes.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The name that errors use: a path.
    pub name: &'a str,
    pub bytes: &'a [u8],
}

/// Everything about the executable that is not in the objects.
#[derive(Clone, Copy, Debug)]
pub struct LinkOptions<'a> {
    pub machine: Machine,
    /// The symbol where the program starts.
    pub entry: &'a str,
    /// Symbols that are linked in from archives and kept although nothing refers to them.
    pub roots: &'a [&'a str],
    /// Drop sections that nothing reachable refers to.
    pub gc_sections: bool,
    /// Link equal code and constants once, where objects say that their addresses do not matter.
    pub fold_identical: bool,
    pub strip: Strip,
    /// Write a `.note.gnu.build-id` with a hash of the executable.
    pub build_id: bool,
    /// Write the table by which an unwinder finds a function's frame description.
    pub eh_frame_hdr: bool,
    pub relro: Relro,
}

impl<'a> LinkOptions<'a> {
    /// The options of an ordinary executable that starts at `_start`.
    pub fn new(machine: Machine) -> Self {
        LinkOptions {
            machine,
            entry: "_start",
            roots: &[],
            gc_sections: true,
            fold_identical: false,
            strip: Strip::None,
            build_id: false,
            eh_frame_hdr: true,
            relro: Relro::AtLink,
        }
    }
}

/// The inputs in command-line order. Archives behave as between lld's `--start-group` and `--end-group`.
#[derive(Clone, Copy, Debug)]
pub struct LinkInput<'a> {
    pub inputs: &'a [Input<'a>],
    pub options: LinkOptions<'a>,
}

/// The executable and what it is made of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkOutput {
    pub bytes: Vec<u8>,
    pub map: LinkMap,
}

/// Links `input`. The same input gives the same bytes on every host.
pub fn link(input: &LinkInput<'_>) -> Result<LinkOutput, Vec<LinkError>> {
    let options = &input.options;
    let (mut resolution, mut errors) = resolve::resolve_symbols(input);
    special::define_special_symbols(&mut resolution);
    let frames = eh_frame::split_frames(&resolution, &mut errors);
    let mut live = liveness::find_live(&resolution, &frames, options, &mut errors);
    let folded = match options.fold_identical && errors.is_empty() {
        true => fold::fold_identical(&resolution, &frames, &mut live, options),
        false => fold::Folded::default(),
    };
    let needs = scan::scan_relocations(&resolution, &frames, &live, options, &mut errors);
    if !errors.is_empty() {
        return Err(errors);
    }
    let merged = merge::merge_sections(&resolution, &live, &needs);
    let eh_frame = eh_frame::join_frames(&resolution, frames, &live);
    let layout =
        layout::lay_out(&resolution, &live, &needs, &merged, &eh_frame, options).map_err(|error| vec![error])?;
    let addresses = address::Addresses::new(&resolution, &folded, &merged, &eh_frame, &needs, &layout, options);
    let mut bytes = write::write_contents(&addresses, &mut errors);
    if !errors.is_empty() {
        return Err(errors);
    }
    let symbols = symtab::collect_symbols(&addresses, &live);
    write::write_tables(&addresses, &symbols, &mut bytes);
    write::write_build_id(&layout, &mut bytes);
    let map = map::build_map(&addresses, &symbols);
    Ok(LinkOutput { bytes, map })
}
