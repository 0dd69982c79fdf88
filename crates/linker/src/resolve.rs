//! Symbol resolution: from the inputs to the objects that take part in the link and one definition for
//! each global symbol (gABI, "Symbol Table" and "Section Groups").
//!
//! An archive's members are drawn in when a strong reference finds no definition, until nothing new is
//! referenced. All archives are known before the first object, so their order matters only where two of
//! them define the same symbol: the first one has it.

use std::collections::VecDeque;

use object::elf;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::LinkInput;
use crate::Strip;
use crate::archive::{self, Archive};
use crate::diagnostics::LinkError;
use crate::ids::{GlobalId, ObjectId, SectionRef, SymbolKey, SymbolRef};
use crate::object_file::{Binding, Definition, ObjectFile, ParseOptions, Symbol, Treatment};
use crate::special::Special;

/// The outcome: all objects of the link and their symbols.
pub struct Resolution<'d> {
    pub objects: Vec<ObjectFile<'d>>,
    /// The objects in command-line order, members of an archive in its order: the order of the output.
    pub link_order: Vec<ObjectId>,
    pub globals: Vec<Global<'d>>,
    by_name: FxHashMap<&'d [u8], GlobalId>,
    /// For each object and symbol, the global symbol that it refers to or defines; `None` for local ones.
    bindings: Vec<Vec<Option<GlobalId>>>,
}

/// A symbol that is visible to all objects.
pub struct Global<'d> {
    pub name: &'d [u8],
    pub definition: GlobalDefinition,
    /// Whether an object refers to it in a way that demands a definition.
    pub strongly_referenced: bool,
    /// Whether any object names it; symbols that only an archive's index names are not.
    pub named: bool,
    lazy: Option<(usize, u64)>,
}

/// What a global symbol means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GlobalDefinition {
    Undefined,
    Weak(SymbolRef),
    /// The largest of all tentative definitions.
    Common {
        symbol: SymbolRef,
        size: u64,
        align: u64,
    },
    Strong(SymbolRef),
    /// The linker itself defines it.
    Special(Special),
}

/// Where a reference leads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    Undefined,
    Absolute(u64),
    Section { section: SectionRef, offset: u64 },
    Common(GlobalId),
    Special(Special),
}

/// A resolved reference.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Target {
    pub key: SymbolKey,
    /// The symbol that defines it, or the referring one if nothing does.
    pub symbol: SymbolRef,
    pub place: Place,
    /// `STT_*` of the definition.
    pub kind: u8,
}

impl<'d> Resolution<'d> {
    pub fn object(&self, id: ObjectId) -> &ObjectFile<'d> {
        &self.objects[id.index()]
    }

    pub fn section(&self, section: SectionRef) -> &crate::object_file::Section<'d> {
        &self.object(section.object).sections[section.index as usize]
    }

    pub fn symbol(&self, symbol: SymbolRef) -> &Symbol<'d> {
        &self.object(symbol.object).symbols[symbol.index as usize]
    }

    pub fn global(&self, id: GlobalId) -> &Global<'d> {
        &self.globals[id.index()]
    }

    /// The global symbol called `name`, if any object or archive knows it.
    pub fn global_named(&self, name: &[u8]) -> Option<GlobalId> {
        self.by_name.get(name).copied()
    }

    /// Whether the object's symbol is the one that defines its global symbol (true for local symbols).
    pub fn is_definition(&self, symbol: SymbolRef) -> bool {
        match self.bindings[symbol.object.index()][symbol.index as usize] {
            None => true,
            Some(global) => self.definition_of(global) == Some(symbol),
        }
    }

    /// The object symbol that defines a global symbol.
    pub fn definition_of(&self, global: GlobalId) -> Option<SymbolRef> {
        match self.global(global).definition {
            GlobalDefinition::Undefined | GlobalDefinition::Special(_) => None,
            GlobalDefinition::Weak(symbol)
            | GlobalDefinition::Strong(symbol)
            | GlobalDefinition::Common { symbol, .. } => Some(symbol),
        }
    }

    /// What the symbol at `index` of an object refers to.
    pub fn target(&self, object: ObjectId, index: u32) -> Target {
        let symbol = SymbolRef { object, index };
        match self.bindings[object.index()][index as usize] {
            Some(global) => self.global_target(global, symbol),
            None => self.target_of_definition(SymbolKey::Local(symbol), symbol),
        }
    }

    /// What a key refers to.
    pub fn target_of_key(&self, key: SymbolKey) -> Target {
        match key {
            SymbolKey::Local(symbol) => self.target_of_definition(key, symbol),
            SymbolKey::Global(global) => {
                let nowhere = SymbolRef { object: ObjectId::new(0), index: 0 };
                self.global_target(global, self.definition_of(global).unwrap_or(nowhere))
            }
        }
    }

    /// What the symbol stands for in its own object, if it is defined there, whichever definition is linked.
    pub fn local_target(&self, object: ObjectId, index: u32) -> Option<Target> {
        let symbol = SymbolRef { object, index };
        let is_defined = self.symbol(symbol).definition != Definition::Undefined;
        is_defined.then(|| self.target_of_definition(SymbolKey::Local(symbol), symbol))
    }

    fn global_target(&self, global: GlobalId, reference: SymbolRef) -> Target {
        let key = SymbolKey::Global(global);
        let place = match self.global(global).definition {
            GlobalDefinition::Weak(symbol) | GlobalDefinition::Strong(symbol) => {
                return self.target_of_definition(key, symbol);
            }
            GlobalDefinition::Undefined => Place::Undefined,
            GlobalDefinition::Common { .. } => Place::Common(global),
            GlobalDefinition::Special(special) => Place::Special(special),
        };
        Target { key, symbol: reference, place, kind: elf::STT_NOTYPE }
    }

    fn target_of_definition(&self, key: SymbolKey, symbol: SymbolRef) -> Target {
        let definition = self.symbol(symbol);
        let place = match definition.definition {
            Definition::Undefined => Place::Undefined,
            Definition::Absolute | Definition::Common(_) => Place::Absolute(definition.value),
            Definition::Section(index) => {
                Place::Section { section: SectionRef { object: symbol.object, index }, offset: definition.value }
            }
        };
        Target { key, symbol, place, kind: definition.kind }
    }

    /// Whether a reference may stay undefined, as the value 0.
    pub fn may_be_undefined(&self, object: ObjectId, index: u32) -> bool {
        index == 0 || self.symbol(SymbolRef { object, index }).binding == Binding::Weak
    }

    /// A symbol's name as errors show it.
    pub fn symbol_name(&self, object: ObjectId, index: u32) -> String {
        let symbol = self.symbol(SymbolRef { object, index });
        match symbol.definition {
            Definition::Section(section) if symbol.name.is_empty() => {
                self.object(object).section_name(section as usize)
            }
            _ => String::from_utf8_lossy(symbol.name).into_owned(),
        }
    }
}

/// Reads the inputs and resolves their symbols.
pub fn resolve_symbols<'d>(input: &LinkInput<'d>) -> (Resolution<'d>, Vec<LinkError>) {
    let options = &input.options;
    let parse_options = ParseOptions { machine: options.machine, keep_unloaded: options.strip == Strip::None };
    let mut cx = ResolveCx::new(parse_options);
    let mut objects = Vec::new();
    for (index, file) in input.inputs.iter().enumerate() {
        if file.bytes.starts_with(archive::MAGIC) || file.bytes.starts_with(archive::THIN_MAGIC) {
            cx.add_archive(index, file.name, file.bytes);
        } else {
            match ObjectFile::parse(file.name.to_string(), file.bytes, &parse_options) {
                Ok(object) => objects.push((index, object)),
                Err(error) => cx.errors.push(error),
            }
        }
    }
    for (index, object) in objects {
        cx.add_object((index, 0), object);
    }
    for name in std::iter::once(&options.entry).chain(options.roots) {
        let id = cx.intern(name.as_bytes());
        cx.demand(id);
    }
    cx.draw_in_members();
    cx.finish()
}

struct ResolveCx<'d> {
    parse_options: ParseOptions,
    archives: Vec<(usize, Archive<'d>)>,
    objects: Vec<ObjectFile<'d>>,
    /// Of each object: the input's index, and the member's place in it.
    origins: Vec<(usize, u64)>,
    bindings: Vec<Vec<Option<GlobalId>>>,
    globals: Vec<Global<'d>>,
    by_name: FxHashMap<&'d [u8], GlobalId>,
    groups: FxHashSet<&'d [u8]>,
    drawn_in: FxHashSet<(usize, u64)>,
    queue: VecDeque<(usize, u64)>,
    errors: Vec<LinkError>,
}

impl<'d> ResolveCx<'d> {
    fn new(parse_options: ParseOptions) -> Self {
        ResolveCx {
            parse_options,
            archives: Vec::new(),
            objects: Vec::new(),
            origins: Vec::new(),
            bindings: Vec::new(),
            globals: Vec::new(),
            by_name: FxHashMap::default(),
            groups: FxHashSet::default(),
            drawn_in: FxHashSet::default(),
            queue: VecDeque::new(),
            errors: Vec::new(),
        }
    }

    fn intern(&mut self, name: &'d [u8]) -> GlobalId {
        *self.by_name.entry(name).or_insert_with(|| {
            self.globals.push(Global {
                name,
                definition: GlobalDefinition::Undefined,
                strongly_referenced: false,
                named: false,
                lazy: None,
            });
            GlobalId::new(self.globals.len() - 1)
        })
    }

    fn add_archive(&mut self, input: usize, name: &'d str, bytes: &'d [u8]) {
        let parsed =
            Archive::parse(name, bytes).and_then(|archive| Ok((archive.symbols(&self.parse_options)?, archive)));
        let (symbols, archive) = match parsed {
            Ok(parsed) => parsed,
            Err(error) => return self.errors.push(error),
        };
        let index = self.archives.len();
        self.archives.push((input, archive));
        self.by_name.reserve(symbols.len());
        self.globals.reserve(symbols.len());
        for symbol in symbols {
            let id = self.intern(symbol.name);
            self.globals[id.index()].lazy.get_or_insert((index, symbol.member));
        }
    }

    fn add_object(&mut self, origin: (usize, u64), mut object: ObjectFile<'d>) {
        let id = ObjectId::new(self.objects.len());
        for group in &object.groups {
            if !self.groups.insert(group.signature) {
                for &member in &group.members {
                    object.sections[member as usize].treatment = Treatment::Discard;
                }
            }
        }
        let replaced: FxHashSet<u32> = object
            .groups
            .iter()
            .flat_map(|group| group.members.iter().copied())
            .filter(|&member| object.sections[member as usize].treatment == Treatment::Discard)
            .collect();
        for symbol in &mut object.symbols {
            if let Definition::Section(section) = symbol.definition
                && symbol.binding != Binding::Local
                && replaced.contains(&section)
            {
                symbol.definition = Definition::Undefined;
            }
        }
        self.origins.push(origin);
        self.objects.push(object);
        let count = self.objects[id.index()].symbols.len();
        let mut bindings = Vec::with_capacity(count);
        for index in 0..count {
            bindings.push(self.add_symbol(SymbolRef { object: id, index: index as u32 }));
        }
        self.bindings.push(bindings);
    }

    fn add_symbol(&mut self, reference: SymbolRef) -> Option<GlobalId> {
        let symbol = &self.objects[reference.object.index()].symbols[reference.index as usize];
        let (name, binding, definition, size) = (symbol.name, symbol.binding, symbol.definition, symbol.size);
        if binding == Binding::Local {
            return None;
        }
        let id = self.intern(name);
        self.globals[id.index()].named = true;
        match definition {
            Definition::Undefined if binding == Binding::Weak => {}
            Definition::Undefined => self.demand(id),
            Definition::Common(align) => self.define_common(id, reference, size, align),
            Definition::Absolute | Definition::Section(_) => self.define(id, reference, binding),
        }
        Some(id)
    }

    /// Notes a reference that needs a definition.
    fn demand(&mut self, id: GlobalId) {
        let global = &mut self.globals[id.index()];
        global.strongly_referenced = true;
        if global.definition == GlobalDefinition::Undefined
            && let Some(member) = global.lazy
            && self.drawn_in.insert(member)
        {
            self.queue.push_back(member);
        }
    }

    fn define(&mut self, id: GlobalId, symbol: SymbolRef, binding: Binding) {
        let global = &mut self.globals[id.index()];
        match (global.definition, binding) {
            (GlobalDefinition::Undefined, Binding::Weak) => global.definition = GlobalDefinition::Weak(symbol),
            (_, Binding::Weak) => {}
            (GlobalDefinition::Strong(first), _) => {
                let error = LinkError::DuplicateSymbol {
                    symbol: String::from_utf8_lossy(global.name).into_owned(),
                    first: self.objects[first.object.index()].name.clone(),
                    second: self.objects[symbol.object.index()].name.clone(),
                };
                self.errors.push(error);
            }
            _ => global.definition = GlobalDefinition::Strong(symbol),
        }
    }

    fn define_common(&mut self, id: GlobalId, symbol: SymbolRef, size: u64, align: u64) {
        let global = &mut self.globals[id.index()];
        match &mut global.definition {
            GlobalDefinition::Common { size: old_size, align: old_align, .. } => {
                *old_size = size.max(*old_size);
                *old_align = align.max(*old_align);
            }
            GlobalDefinition::Undefined | GlobalDefinition::Weak(_) => {
                global.definition = GlobalDefinition::Common { symbol, size, align };
            }
            GlobalDefinition::Strong(_) | GlobalDefinition::Special(_) => {}
        }
    }

    fn draw_in_members(&mut self) {
        while let Some((archive, member)) = self.queue.pop_front() {
            let (input, archive) = &self.archives[archive];
            match archive.member(member, &self.parse_options) {
                Ok(object) => self.add_object((*input, member), object),
                Err(error) => self.errors.push(error),
            }
        }
    }

    fn finish(self) -> (Resolution<'d>, Vec<LinkError>) {
        let mut link_order: Vec<ObjectId> = (0..self.objects.len()).map(ObjectId::new).collect();
        link_order.sort_by_key(|id| self.origins[id.index()]);
        let resolution = Resolution {
            objects: self.objects,
            link_order,
            globals: self.globals,
            by_name: self.by_name,
            bindings: self.bindings,
        };
        (resolution, self.errors)
    }
}
