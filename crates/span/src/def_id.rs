//! Definition ids: a definition is a crate and an index into its table of definitions.

use std::fmt;

use crate::codec::{Decodable, Decoder, Encodable, Encoder};

crate::newtype_index! { @no_codec
    /// A crate of the session; 0 is the one being compiled.
    pub struct CrateNum = "crate";
}

crate::newtype_index! {
    /// The number of a definition within its crate, in order of creation; 0 is the crate root module.
    pub struct DefIndex = "def";
}

/// The crate being compiled.
pub const LOCAL_CRATE: CrateNum = CrateNum::from_u32(0);
/// The crate root module of any crate.
pub const CRATE_DEF_INDEX: DefIndex = DefIndex::from_u32(0);
/// The root module of the crate being compiled.
pub const CRATE_DEF_ID: LocalDefId = LocalDefId { local_def_index: CRATE_DEF_INDEX };

impl CrateNum {
    /// The crate's root module.
    pub fn as_def_id(self) -> DefId {
        DefId { krate: self, index: CRATE_DEF_INDEX }
    }
}

/// A definition of any crate.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DefId {
    pub index: DefIndex,
    pub krate: CrateNum,
}

impl DefId {
    /// A definition of the crate being compiled.
    #[inline]
    pub const fn local(index: DefIndex) -> DefId {
        DefId { krate: LOCAL_CRATE, index }
    }
    /// Whether it is of the crate being compiled.
    #[inline]
    pub fn is_local(self) -> bool {
        self.krate == LOCAL_CRATE
    }
    /// As a local id, if it is local.
    #[inline]
    pub fn as_local(self) -> Option<LocalDefId> {
        self.is_local().then_some(LocalDefId { local_def_index: self.index })
    }
    /// As a local id; panics if it is not.
    #[inline]
    #[track_caller]
    pub fn expect_local(self) -> LocalDefId {
        self.as_local().unwrap_or_else(|| panic!("{self:?} is not local"))
    }
    /// Whether it is a crate's root module.
    pub fn is_crate_root(self) -> bool {
        self.index == CRATE_DEF_INDEX
    }
    /// As a local id if it is the root of the local crate.
    pub fn is_top_level_module(self) -> bool {
        self.is_local() && self.is_crate_root()
    }
}

impl fmt::Debug for DefId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DefId({}:{})", self.krate.as_u32(), self.index.as_u32())
    }
}

/// A definition of the crate being compiled.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocalDefId {
    pub local_def_index: DefIndex,
}

impl LocalDefId {
    /// As an id of any crate.
    #[inline]
    pub const fn to_def_id(self) -> DefId {
        DefId::local(self.local_def_index)
    }
    /// Whether it is the crate's root module.
    pub fn is_top_level_module(self) -> bool {
        self == CRATE_DEF_ID
    }
}

impl rustc_index::Idx for LocalDefId {
    fn new(n: usize) -> Self {
        LocalDefId { local_def_index: DefIndex::from_usize(n) }
    }
    fn index(self) -> usize {
        self.local_def_index.as_usize()
    }
}

impl From<LocalDefId> for DefId {
    fn from(id: LocalDefId) -> DefId {
        id.to_def_id()
    }
}

impl fmt::Debug for LocalDefId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_def_id().fmt(f)
    }
}

impl<E: Encoder> Encodable<E> for DefId {
    fn encode(&self, e: &mut E) {
        e.encode_def_id(*self);
    }
}
impl<D: Decoder> Decodable<D> for DefId {
    fn decode(d: &mut D) -> Self {
        d.decode_def_id()
    }
}
impl<E: Encoder> Encodable<E> for LocalDefId {
    fn encode(&self, e: &mut E) {
        e.encode_def_id(self.to_def_id());
    }
}
impl<D: Decoder> Decodable<D> for LocalDefId {
    /// Local ids are local to the crate that wrote them; decoding one in another session is an error.
    fn decode(d: &mut D) -> Self {
        d.decode_def_id().expect_local()
    }
}

/// Names a crate across sessions: a hash of its name and disambiguating metadata (`-C metadata`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, macros::Encodable, macros::Decodable)]
pub struct StableCrateId(pub u64);

/// Names a definition across sessions and crates: the crate's stable id and a hash of the path of names that
/// leads to it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, macros::Encodable, macros::Decodable)]
pub struct DefPathHash {
    pub krate: StableCrateId,
    pub local: u64,
}
