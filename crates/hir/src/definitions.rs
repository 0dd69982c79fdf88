//! The table of the crate's definitions: each has a parent, a step from there, and so a path that names it across
//! sessions ([`DefPathHash`]). It also keeps what is known when a definition is created: kind, span, expansion.

use std::fmt::{self, Write};
use std::hash::Hasher;

use macros::{Decodable, Encodable};
use rustc_hash::FxHashMap;
use rustc_index::IndexVec;
use span::def_id::{CRATE_DEF_INDEX, CrateNum, DefIndex, DefPathHash, LOCAL_CRATE, LocalDefId, StableCrateId};
use span::{DUMMY_SP, ExpnId, Span, Symbol, kw};

use crate::def::DefKind;

/// One step of a definition path.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum DefPathData {
    /// The crate root module; its name is the crate's.
    CrateRoot,
    Impl,
    /// An `extern` block.
    ForeignMod,
    Use,
    GlobalAsm,
    TypeNs(Symbol),
    ValueNs(Symbol),
    MacroNs(Symbol),
    LifetimeNs(Symbol),
    /// A closure or coroutine.
    Closure,
    /// The constructor of a tuple or unit struct or variant.
    Ctor,
    AnonConst,
    /// An anonymous constant made by lowering.
    LateAnonConst,
    OpaqueTy,
    /// An opaque type's copy of a lifetime that it captures.
    OpaqueLifetime(Symbol),
    /// The associated type that stands for `impl Trait` in a trait's method.
    AnonAssocTy(Symbol),
    /// An elided lifetime that lowering makes a parameter.
    DesugaredAnonymousLifetime,
    SyntheticCoroutineBody,
    NestedStatic,
}

/// What a step prints as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DefPathDataName {
    Named(Symbol),
    Anon { namespace: Symbol },
}

impl DefPathData {
    pub fn get_opt_name(&self) -> Option<Symbol> {
        match *self {
            DefPathData::TypeNs(name)
            | DefPathData::ValueNs(name)
            | DefPathData::MacroNs(name)
            | DefPathData::LifetimeNs(name)
            | DefPathData::OpaqueLifetime(name) => Some(name),
            DefPathData::DesugaredAnonymousLifetime => Some(kw::UnderscoreLifetime),
            _ => None,
        }
    }

    pub fn name(&self) -> DefPathDataName {
        let anon = |name: &str| DefPathDataName::Anon { namespace: Symbol::intern(name) };
        match *self {
            DefPathData::TypeNs(name)
            | DefPathData::ValueNs(name)
            | DefPathData::MacroNs(name)
            | DefPathData::LifetimeNs(name)
            | DefPathData::OpaqueLifetime(name) => DefPathDataName::Named(name),
            DefPathData::DesugaredAnonymousLifetime => DefPathDataName::Named(kw::UnderscoreLifetime),
            DefPathData::CrateRoot => DefPathDataName::Anon { namespace: kw::Crate },
            DefPathData::Impl => DefPathDataName::Anon { namespace: kw::Impl },
            DefPathData::ForeignMod => DefPathDataName::Anon { namespace: kw::Extern },
            DefPathData::Use => DefPathDataName::Anon { namespace: kw::Use },
            DefPathData::GlobalAsm => anon("global_asm"),
            DefPathData::Closure => anon("closure"),
            DefPathData::Ctor => anon("constructor"),
            DefPathData::AnonConst | DefPathData::LateAnonConst => anon("constant"),
            DefPathData::OpaqueTy => anon("opaque"),
            DefPathData::AnonAssocTy(..) => anon("anon_assoc"),
            DefPathData::SyntheticCoroutineBody => anon("synthetic"),
            DefPathData::NestedStatic => anon("nested"),
        }
    }

    /// The step's number and name, for hashing.
    fn hash_parts(&self) -> (u8, Option<Symbol>) {
        match *self {
            DefPathData::CrateRoot => (0, None),
            DefPathData::Impl => (1, None),
            DefPathData::ForeignMod => (2, None),
            DefPathData::Use => (3, None),
            DefPathData::GlobalAsm => (4, None),
            DefPathData::TypeNs(name) => (5, Some(name)),
            DefPathData::ValueNs(name) => (6, Some(name)),
            DefPathData::MacroNs(name) => (7, Some(name)),
            DefPathData::LifetimeNs(name) => (8, Some(name)),
            DefPathData::Closure => (9, None),
            DefPathData::Ctor => (10, None),
            DefPathData::AnonConst => (11, None),
            DefPathData::LateAnonConst => (12, None),
            DefPathData::OpaqueTy => (13, None),
            DefPathData::OpaqueLifetime(name) => (14, Some(name)),
            DefPathData::AnonAssocTy(name) => (15, Some(name)),
            DefPathData::DesugaredAnonymousLifetime => (16, None),
            DefPathData::SyntheticCoroutineBody => (17, None),
            DefPathData::NestedStatic => (18, None),
        }
    }
}

impl fmt::Display for DefPathData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            DefPathDataName::Named(name) => f.write_str(name.as_str()),
            DefPathDataName::Anon { namespace } => write!(f, "{{{{{namespace}}}}}"),
        }
    }
}

/// A step and a number that tells apart equal steps from one parent.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub struct DisambiguatedDefPathData {
    pub data: DefPathData,
    pub disambiguator: u32,
}

impl DisambiguatedDefPathData {
    /// As symbol names and type names print it: `foo`, `{closure#0}`.
    pub fn as_sym(&self, verbose: bool) -> Symbol {
        match self.data.name() {
            DefPathDataName::Named(name) if verbose && self.disambiguator != 0 => {
                Symbol::intern(&format!("{}#{}", name, self.disambiguator))
            }
            DefPathDataName::Named(name) => name,
            DefPathDataName::Anon { namespace } => Symbol::intern(&format!("{{{}#{}}}", namespace, self.disambiguator)),
        }
    }
}

impl fmt::Display for DisambiguatedDefPathData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_sym(true).as_str())
    }
}

/// The parent and the step from there.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encodable, Decodable)]
pub struct DefKey {
    pub parent: Option<DefIndex>,
    pub disambiguated_data: DisambiguatedDefPathData,
}

impl DefKey {
    pub fn get_opt_name(&self) -> Option<Symbol> {
        self.disambiguated_data.data.get_opt_name()
    }

    /// The hash of the path of which this is the last step.
    pub fn compute_stable_hash(&self, parent: DefPathHash) -> DefPathHash {
        let mut hasher = std::hash::DefaultHasher::new();
        hasher.write(&parent.local.to_le_bytes());
        let (tag, name) = self.disambiguated_data.data.hash_parts();
        hasher.write(&[tag]);
        if let Some(name) = name {
            hasher.write(name.as_str().as_bytes());
            hasher.write(&[0xff]);
        }
        hasher.write(&self.disambiguated_data.disambiguator.to_le_bytes());
        DefPathHash { krate: parent.krate, local: hasher.finish() }
    }

    /// The crate root's hash.
    pub fn root_parent_stable_hash(crate_id: StableCrateId) -> DefPathHash {
        DefPathHash { krate: crate_id, local: crate_id.0 }
    }
}

/// The steps from a crate's root to a definition.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DefPath {
    pub data: Vec<DisambiguatedDefPathData>,
    pub krate: CrateNum,
}

impl DefPath {
    /// Collects the steps by asking for each ancestor's key.
    pub fn make(krate: CrateNum, start_index: DefIndex, mut get_key: impl FnMut(DefIndex) -> DefKey) -> DefPath {
        let mut data = vec![];
        let mut index = Some(start_index);
        while let Some(i) = index {
            let key = get_key(i);
            match key.disambiguated_data.data {
                DefPathData::CrateRoot => break,
                _ => data.push(key.disambiguated_data),
            }
            index = key.parent;
        }
        data.reverse();
        DefPath { data, krate }
    }

    /// `::a::b`, without the crate's name.
    pub fn to_string_no_crate_verbose(&self) -> String {
        let mut s = String::with_capacity(self.data.len() * 16);
        for component in &self.data {
            let _ = write!(s, "::{component}");
        }
        s
    }

    /// `-a-b`: may be a file's name.
    pub fn to_filename_friendly_no_crate(&self) -> String {
        let mut s = String::with_capacity(self.data.len() * 16);
        for (i, component) in self.data.iter().enumerate() {
            if i > 0 {
                s.push('-');
            }
            let _ = write!(s, "{component}");
        }
        s
    }
}

/// The definitions of the crate being compiled.
pub struct Definitions {
    stable_crate_id: StableCrateId,
    keys: IndexVec<DefIndex, DefKey>,
    hashes: IndexVec<DefIndex, u64>,
    by_hash: FxHashMap<u64, DefIndex>,
    kinds: IndexVec<LocalDefId, DefKind>,
    spans: IndexVec<LocalDefId, Span>,
    expansions: IndexVec<LocalDefId, ExpnId>,
    next_disambiguator: FxHashMap<(LocalDefId, DefPathData), u32>,
}

impl Definitions {
    /// With the crate root module.
    pub fn new(stable_crate_id: StableCrateId) -> Definitions {
        let key = DefKey {
            parent: None,
            disambiguated_data: DisambiguatedDefPathData { data: DefPathData::CrateRoot, disambiguator: 0 },
        };
        let hash = key.compute_stable_hash(DefKey::root_parent_stable_hash(stable_crate_id));
        Definitions {
            stable_crate_id,
            keys: IndexVec::from_raw(vec![key]),
            hashes: IndexVec::from_raw(vec![hash.local]),
            by_hash: [(hash.local, CRATE_DEF_INDEX)].into_iter().collect(),
            kinds: IndexVec::from_raw(vec![DefKind::Mod]),
            spans: IndexVec::from_raw(vec![DUMMY_SP]),
            expansions: IndexVec::from_raw(vec![ExpnId::root()]),
            next_disambiguator: FxHashMap::default(),
        }
    }

    pub fn num_definitions(&self) -> usize {
        self.keys.len()
    }

    /// All ids, in order of creation.
    pub fn iter_local_def_ids(&self) -> impl ExactSizeIterator<Item = LocalDefId> + use<> {
        (0..self.keys.len()).map(|i| LocalDefId { local_def_index: DefIndex::from_usize(i) })
    }

    pub fn stable_crate_id(&self) -> StableCrateId {
        self.stable_crate_id
    }

    pub fn def_key(&self, id: LocalDefId) -> DefKey {
        self.keys[id.local_def_index]
    }

    pub fn def_path_hash(&self, id: LocalDefId) -> DefPathHash {
        DefPathHash { krate: self.stable_crate_id, local: self.hashes[id.local_def_index] }
    }

    pub fn def_path(&self, id: LocalDefId) -> DefPath {
        DefPath::make(LOCAL_CRATE, id.local_def_index, |index| self.keys[index])
    }

    pub fn opt_local_parent(&self, id: LocalDefId) -> Option<LocalDefId> {
        self.keys[id.local_def_index].parent.map(|local_def_index| LocalDefId { local_def_index })
    }

    pub fn def_kind(&self, id: LocalDefId) -> DefKind {
        self.kinds[id]
    }

    /// Corrects the kind of a definition (as when a macro's forms become known).
    pub fn set_def_kind(&mut self, id: LocalDefId, kind: DefKind) {
        self.kinds[id] = kind;
    }

    /// The span given at creation.
    pub fn source_span(&self, id: LocalDefId) -> Span {
        self.spans[id]
    }

    pub fn set_source_span(&mut self, id: LocalDefId, span: Span) {
        self.spans[id] = span;
    }

    /// The expansion that made the definition.
    pub fn expn_that_defined(&self, id: LocalDefId) -> ExpnId {
        self.expansions[id]
    }

    /// The definition of this (local) hash.
    pub fn local_def_path_hash_to_def_id(&self, hash: DefPathHash) -> Option<LocalDefId> {
        debug_assert_eq!(hash.krate, self.stable_crate_id);
        self.by_hash.get(&hash.local).map(|&local_def_index| LocalDefId { local_def_index })
    }

    /// Adds a definition below `parent`, reached by a step that `kind` and `name` give.
    pub fn create_def(
        &mut self,
        parent: LocalDefId,
        name: Option<Symbol>,
        kind: DefKind,
        expn_id: ExpnId,
        span: Span,
    ) -> LocalDefId {
        self.create_def_with_data(parent, kind.def_path_data(name), kind, expn_id, span)
    }

    /// Adds a definition below `parent`, reached by the step `data`.
    pub fn create_def_with_data(
        &mut self,
        parent: LocalDefId,
        data: DefPathData,
        kind: DefKind,
        expn_id: ExpnId,
        span: Span,
    ) -> LocalDefId {
        assert!(data != DefPathData::CrateRoot, "there is one crate root");
        let disambiguator = {
            let next = self.next_disambiguator.entry((parent, data)).or_insert(0);
            std::mem::replace(next, *next + 1)
        };
        let key = DefKey {
            parent: Some(parent.local_def_index),
            disambiguated_data: DisambiguatedDefPathData { data, disambiguator },
        };
        let mut hash = key.compute_stable_hash(self.def_path_hash(parent)).local;
        let index = self.keys.push(key);
        // Two paths of one 64-bit hash are all but impossible; the order of creation is deterministic, so probing is too.
        while self.by_hash.contains_key(&hash) {
            hash = hash.wrapping_add(1);
        }
        self.by_hash.insert(hash, index);
        self.hashes.push(hash);
        self.kinds.push(kind);
        self.spans.push(span);
        self.expansions.push(expn_id);
        LocalDefId { local_def_index: index }
    }
}

impl fmt::Debug for Definitions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for id in self.iter_local_def_ids() {
            writeln!(f, "{:?} {:?} {}", id, self.def_kind(id), self.def_path(id).to_string_no_crate_verbose())?;
        }
        Ok(())
    }
}
