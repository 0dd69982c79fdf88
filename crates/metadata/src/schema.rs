//! The shape of a metadata blob.

use hir::LangItem;
use hir::definitions::DefKey;
use hir::resolutions::ModChild;
use macros::{Decodable, Encodable};
use span::def_id::{DefId, StableCrateId};
use span::{Edition, Symbol};
use ty::SimplifiedType;

/// First bytes of a blob: the format's name and version.
pub const MAGIC: &[u8; 8] = b"RCCMETA1";
/// The header: magic, hash of all after the header, offset of the root.
pub const HEADER_LEN: usize = 8 + 8 + 8;

/// The offsets of one kind of value by `DefIndex`: `len` little-endian `u32`s at `offset`; 0 is none.
#[derive(Clone, Copy, Debug, Default, Encodable, Decodable)]
pub struct Table {
    pub offset: usize,
    pub len: usize,
}

/// A dependency as written.
#[derive(Clone, Debug, Encodable, Decodable)]
pub struct DepRef {
    pub name: String,
    pub stable_crate_id: StableCrateId,
    pub hash: u64,
    pub extra_filename: String,
}

/// A source file.
#[derive(Clone, Debug, Encodable, Decodable)]
pub struct FileRef {
    pub name: String,
    pub len: u32,
    pub lines: Vec<u32>,
}

/// What is read when a crate is loaded. Offsets are absolute in the blob.
#[derive(Clone, Debug, Encodable, Decodable)]
pub struct Root {
    pub name: String,
    pub stable_crate_id: StableCrateId,
    pub extra_filename: String,
    pub edition: Edition,
    pub triple: String,
    pub is_no_builtins: bool,
    pub has_global_allocator: bool,
    /// In the order of the crate numbers used in the blob, from 1.
    pub deps: Vec<DepRef>,
    pub files: Vec<FileRef>,
    pub def_count: usize,
    /// One table for each entry of [`crate::encoder::TABLES`], in order.
    pub tables: Vec<Table>,
    pub def_keys: Table,
    /// Offsets of syntax contexts, expansions and allocations by number.
    pub contexts: Vec<u32>,
    pub expansions: Vec<u32>,
    pub allocs: Vec<u32>,
    /// Offset of [`CrateLists`].
    pub lists: usize,
}

/// Lists of the crate as a whole.
#[derive(Clone, Debug, Default, Encodable, Decodable)]
pub struct CrateLists {
    pub lang_items: Vec<(DefId, String)>,
    pub diagnostic_items: Vec<(Symbol, DefId)>,
    pub traits: Vec<DefId>,
    pub impls: Vec<(DefId, Vec<(DefId, Option<SimplifiedType>)>)>,
    pub incoherent_impls: Vec<(SimplifiedType, Vec<DefId>)>,
    pub macro_rules: Vec<ModChild>,
    pub reachable_non_generics: Vec<DefId>,
    pub stability_implications: Vec<(Symbol, Symbol)>,
}

/// A definition's key, with the hash that names it.
#[derive(Clone, Copy, Debug)]
pub struct KeyEntry {
    pub key: DefKey,
    pub hash: u64,
}

/// The lang item of a name, for decoding.
pub fn lang_item(name: &str) -> Option<LangItem> {
    LangItem::from_name(Symbol::intern(name))
}
