//! The shape of a metadata blob.

use hir::LangItem;
use hir::definitions::DefKey;
use macros::{Decodable, Encodable};
use span::def_id::StableCrateId;
use span::{Edition, Symbol};

/// First bytes of a blob: the format's name and version.
pub const MAGIC: &[u8; 8] = b"RCCMETA5";
/// The header: magic, length of the blob, hash of all after the header, offset of the root.
pub const HEADER_LEN: usize = 4 * 8;

/// The offsets of values by number: `len` little-endian `u32`s at `offset`; 0 is none.
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
    /// [`span::hash_source`] of its text.
    pub hash: u64,
    pub lines: Vec<u32>,
}

/// A span as numbers of the blob. Within a value each is written as what differs from the one before: those of a body
/// stand close together. A value that is read by itself begins with the default.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct LastSpan {
    pub file: u32,
    /// Bytes from the file's start.
    pub lo: u32,
    pub len: u32,
    /// Number of the syntax context, from 1; 0 is the root.
    pub ctxt: u32,
}

/// The first byte of a span.
pub mod span_tag {
    /// No place.
    pub const DUMMY: u8 = 0;
    /// As the one before.
    pub const SAME: u8 = 1;
    /// Another, with these bits for what stands before the difference in `lo` and the length.
    pub const NEW: u8 = 2;
    pub const FILE: u8 = 4;
    pub const CONTEXT: u8 = 8;
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
    pub def_count: usize,
    /// By `DefIndex`, where the values of [`crate::tables::TABLES`] are: a bit set and offsets.
    pub rows: Table,
    pub def_keys: Table,
    /// Files, syntax contexts, expansions and allocations by number.
    pub files: Table,
    pub contexts: Table,
    pub expansions: Table,
    pub allocs: Table,
    pub lists: Lists,
}

/// Offsets of lists of the crate as a whole.
#[derive(Clone, Copy, Debug, Default, Encodable, Decodable)]
pub struct Lists {
    /// `Vec<(DefId, String)>`
    pub lang_items: usize,
    /// `Vec<(Symbol, DefId)>`
    pub diagnostic_items: usize,
    /// `Vec<DefId>`
    pub traits: usize,
    /// `Vec<(DefId, usize)>`: traits with the offsets of their impls, each a `Vec<(DefId, Option<SimplifiedType>)>`.
    pub impls: usize,
    /// `Vec<(SimplifiedType, Vec<DefId>)>`
    pub incoherent_impls: usize,
    /// `Vec<ModChild>`
    pub macro_rules: usize,
    /// `Vec<DefId>`
    pub reachable_non_generics: usize,
    /// `(u8, Vec<u64>)`: see `query::UpstreamInstances`.
    pub instances: usize,
    /// `Vec<(Symbol, Symbol)>`
    pub stability_implications: usize,
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
