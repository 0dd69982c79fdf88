//! The symbols of the executable, in the order of its symbol table: local ones first (gABI, "Symbol Table").

use object::elf;

use crate::address::Addresses;
use crate::ids::{GlobalId, ObjectId, OutputId, SymbolKey, SymbolRef};
use crate::liveness::Live;
use crate::object_file::{Binding, Definition};
use crate::resolve::{GlobalDefinition, Place};

/// A symbol of the executable.
pub struct OutputSymbol<'d> {
    pub name: &'d [u8],
    pub address: u64,
    pub size: u64,
    pub binding: Binding,
    /// `STT_*`.
    pub kind: u8,
    /// `None` for absolute ones and those that the linker defines.
    pub section: Option<OutputId>,
    pub object: Option<ObjectId>,
}

/// Collects the symbols whose sections are linked.
pub fn collect_symbols<'d>(addresses: &Addresses<'_, 'd>, live: &Live) -> Vec<OutputSymbol<'d>> {
    let resolution = addresses.resolution;
    let mut symbols = Vec::new();
    for &object in &resolution.link_order {
        for index in 0..resolution.object(object).symbols.len() {
            symbols.extend(output_symbol(addresses, live, SymbolRef { object, index: index as u32 }));
        }
    }
    for (index, global) in resolution.globals.iter().enumerate() {
        let GlobalDefinition::Special(special) = global.definition else {
            continue;
        };
        let key = SymbolKey::Global(GlobalId::new(index));
        let Some(address) = addresses.place_address(Place::Special(special), key) else {
            continue;
        };
        let (binding, kind) = (Binding::Global, elf::STT_NOTYPE);
        symbols.push(OutputSymbol { name: global.name, address, size: 0, binding, kind, section: None, object: None });
    }
    symbols.sort_by_key(|symbol| symbol.binding != Binding::Local);
    symbols
}

fn output_symbol<'d>(addresses: &Addresses<'_, 'd>, live: &Live, reference: SymbolRef) -> Option<OutputSymbol<'d>> {
    let resolution = addresses.resolution;
    let symbol = resolution.symbol(reference);
    // `.L` marks an assembler's temporary labels, `$` aarch64's mapping symbols, which disassemblers want.
    let is_temporary = symbol.binding == Binding::Local && symbol.name.starts_with(b".L");
    let is_entity = !matches!(symbol.kind, elf::STT_SECTION | elf::STT_FILE) && !symbol.name.is_empty();
    if is_temporary || !is_entity || symbol.definition == Definition::Undefined || !resolution.is_definition(reference)
    {
        return None;
    }
    let target = resolution.target(reference.object, reference.index);
    if let Place::Section { section, .. } = target.place
        && !live.section(addresses.folded.of(section))
    {
        return None;
    }
    let address = addresses.place_address(target.place, target.key)?;
    let hidden = matches!(symbol.visibility, elf::STV_HIDDEN | elf::STV_INTERNAL);
    Some(OutputSymbol {
        name: symbol.name,
        address,
        size: addresses.symbol_size(&target),
        // Nothing outside the executable can see a hidden symbol.
        binding: if hidden { Binding::Local } else { symbol.binding },
        kind: if symbol.kind == elf::STT_COMMON { elf::STT_OBJECT } else { symbol.kind },
        section: addresses.output_of(target.place),
        object: Some(reference.object),
    })
}
