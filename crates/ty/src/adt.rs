//! Structs, enums and unions.

use std::fmt;
use std::hash::{Hash, Hasher};

use bitflags::bitflags;
use hir::def::CtorKind;
use macros::{Decodable, Encodable};
use rustc_index::IndexVec;
use span::Symbol;
use span::codec::{Decodable, Decoder, Encodable, Encoder};
use span::def_id::DefId;

pub use rustc_abi::ReprOptions;

use crate::{FIRST_VARIANT, FieldIdx, VariantIdx, Visibility};

bitflags! {
    /// What is known of an ADT from its declaration.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
    pub struct AdtFlags: u16 {
        const IS_ENUM = 1 << 0;
        const IS_UNION = 1 << 1;
        const IS_STRUCT = 1 << 2;
        const HAS_CTOR = 1 << 3;
        const IS_PHANTOM_DATA = 1 << 4;
        const IS_FUNDAMENTAL = 1 << 5;
        const IS_BOX = 1 << 6;
        const IS_MANUALLY_DROP = 1 << 7;
        const IS_VARIANT_LIST_NON_EXHAUSTIVE = 1 << 8;
        const IS_UNSAFE_CELL = 1 << 9;
        const IS_UNSAFE_PINNED = 1 << 10;
        const IS_PIN = 1 << 11;
        const IS_MAYBE_DANGLING = 1 << 12;
    }
}
bitflags! {
    /// What is known of a variant.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
    pub struct VariantFlags: u8 {
        const IS_FIELD_LIST_NON_EXHAUSTIVE = 1 << 0;
        const IS_RECOVERED = 1 << 1;
    }
}

/// Struct, enum or union.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum AdtKind {
    Struct,
    Union,
    Enum,
}

/// The declaration of an ADT.
#[derive(Clone, Debug)]
pub struct AdtDefData {
    pub did: DefId,
    /// One for structs and unions.
    pub variants: IndexVec<VariantIdx, VariantDef>,
    pub flags: AdtFlags,
    pub repr: ReprOptions,
}

/// A variant.
#[derive(Clone, Debug)]
pub struct VariantDef {
    /// The variant's definition; the struct's or union's own for those.
    pub def_id: DefId,
    /// The constructor of a tuple-like or unit-like variant.
    pub ctor: Option<(CtorKind, DefId)>,
    pub name: Symbol,
    pub discr: VariantDiscr,
    pub fields: IndexVec<FieldIdx, FieldDef>,
    pub flags: VariantFlags,
}

/// Where a variant's discriminant comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encodable, Decodable)]
pub enum VariantDiscr {
    /// Written: the anonymous constant.
    Explicit(DefId),
    /// So many after the last explicit one (or the start).
    Relative(u32),
}

/// A field; its type is `type_of(did)`.
#[derive(Clone, Debug, Encodable, Decodable)]
pub struct FieldDef {
    pub did: DefId,
    pub name: Symbol,
    pub vis: Visibility<DefId>,
    pub safety_unsafe: bool,
    /// `default_field_values`
    pub value: Option<DefId>,
}

/// An ADT's declaration, by address.
#[derive(Clone, Copy)]
pub struct AdtDef<'tcx>(pub(crate) &'tcx AdtDefData);

impl PartialEq for AdtDef<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.did == other.0.did
    }
}
impl Eq for AdtDef<'_> {}
impl Hash for AdtDef<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.did.hash(state);
    }
}
impl fmt::Debug for AdtDef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::print::def_path_str(self.0.did))
    }
}

impl<'tcx> AdtDef<'tcx> {
    /// The declaration.
    pub fn data(self) -> &'tcx AdtDefData {
        self.0
    }
    pub fn did(self) -> DefId {
        self.0.did
    }
    pub fn variants(self) -> &'tcx IndexVec<VariantIdx, VariantDef> {
        &self.0.variants
    }
    pub fn variant(self, idx: VariantIdx) -> &'tcx VariantDef {
        &self.0.variants[idx]
    }
    pub fn flags(self) -> AdtFlags {
        self.0.flags
    }
    pub fn repr(self) -> ReprOptions {
        self.0.repr
    }
    pub fn adt_kind(self) -> AdtKind {
        if self.is_enum() {
            AdtKind::Enum
        } else if self.is_union() {
            AdtKind::Union
        } else {
            AdtKind::Struct
        }
    }
    /// As diagnostics name it.
    pub fn descr(self) -> &'static str {
        match self.adt_kind() {
            AdtKind::Struct => "struct",
            AdtKind::Union => "union",
            AdtKind::Enum => "enum",
        }
    }
    /// As diagnostics name a variant.
    pub fn variant_descr(self) -> &'static str {
        match self.adt_kind() {
            AdtKind::Struct => "struct",
            AdtKind::Union => "union",
            AdtKind::Enum => "variant",
        }
    }
    pub fn is_struct(self) -> bool {
        self.0.flags.contains(AdtFlags::IS_STRUCT)
    }
    pub fn is_union(self) -> bool {
        self.0.flags.contains(AdtFlags::IS_UNION)
    }
    pub fn is_enum(self) -> bool {
        self.0.flags.contains(AdtFlags::IS_ENUM)
    }
    pub fn has_ctor(self) -> bool {
        self.0.flags.contains(AdtFlags::HAS_CTOR)
    }
    pub fn is_fundamental(self) -> bool {
        self.0.flags.contains(AdtFlags::IS_FUNDAMENTAL)
    }
    pub fn is_phantom_data(self) -> bool {
        self.0.flags.contains(AdtFlags::IS_PHANTOM_DATA)
    }
    pub fn is_box(self) -> bool {
        self.0.flags.contains(AdtFlags::IS_BOX)
    }
    pub fn is_unsafe_cell(self) -> bool {
        self.0.flags.contains(AdtFlags::IS_UNSAFE_CELL)
    }
    pub fn is_manually_drop(self) -> bool {
        self.0.flags.contains(AdtFlags::IS_MANUALLY_DROP)
    }
    pub fn is_pin(self) -> bool {
        self.0.flags.contains(AdtFlags::IS_PIN)
    }
    pub fn is_variant_list_non_exhaustive(self) -> bool {
        self.0.flags.contains(AdtFlags::IS_VARIANT_LIST_NON_EXHAUSTIVE)
    }
    /// The only variant of a struct or union.
    #[track_caller]
    pub fn non_enum_variant(self) -> &'tcx VariantDef {
        assert!(!self.is_enum());
        self.variant(FIRST_VARIANT)
    }
    /// All fields of all variants.
    pub fn all_fields(self) -> impl Iterator<Item = &'tcx FieldDef> + Clone {
        self.0.variants.iter().flat_map(|v| v.fields.iter())
    }
    /// Whether it is an enum with no fields.
    pub fn is_payloadfree(self) -> bool {
        // With an explicit discriminant a variant must be unit-like for casts (rustc's rule for `is_payloadfree`).
        if self
            .variants()
            .iter()
            .any(|v| matches!(v.discr, VariantDiscr::Explicit(_)) && v.ctor_kind() != Some(CtorKind::Const))
        {
            return false;
        }
        self.variants().iter().all(|v| v.fields.is_empty())
    }
    pub fn variant_with_id(self, vid: DefId) -> &'tcx VariantDef {
        self.variants().iter().find(|v| v.def_id == vid).expect("a variant of this enum")
    }
    pub fn variant_index_with_id(self, vid: DefId) -> VariantIdx {
        self.variants().iter_enumerated().find(|(_, v)| v.def_id == vid).expect("a variant of this enum").0
    }
    pub fn variant_index_with_ctor_id(self, cid: DefId) -> VariantIdx {
        let found = self.variants().iter_enumerated().find(|(_, v)| v.ctor_def_id() == Some(cid));
        found.expect("a constructor of this ADT").0
    }
}

impl VariantDef {
    pub fn ctor_kind(&self) -> Option<CtorKind> {
        self.ctor.map(|(k, _)| k)
    }
    pub fn ctor_def_id(&self) -> Option<DefId> {
        self.ctor.map(|(_, d)| d)
    }
    pub fn is_field_list_non_exhaustive(&self) -> bool {
        self.flags.contains(VariantFlags::IS_FIELD_LIST_NON_EXHAUSTIVE)
    }
    pub fn is_recovered(&self) -> bool {
        self.flags.contains(VariantFlags::IS_RECOVERED)
    }
    /// The field of a one-field variant.
    #[track_caller]
    pub fn single_field(&self) -> &FieldDef {
        assert!(self.fields.len() == 1);
        &self.fields[FieldIdx::ZERO]
    }
}

macro_rules! flags_codec {
    ($($t:ident)*) => { $(
        impl<E: Encoder> Encodable<E> for $t {
            fn encode(&self, e: &mut E) { u64::from(self.bits()).encode(e); }
        }
        impl<D: Decoder> Decodable<D> for $t {
            fn decode(d: &mut D) -> Self { $t::from_bits_retain(u64::decode(d) as _) }
        }
    )* };
}
flags_codec!(AdtFlags VariantFlags);

impl<E: Encoder> Encodable<E> for VariantDef {
    fn encode(&self, e: &mut E) {
        self.def_id.encode(e);
        self.ctor.map(|(k, d)| (matches!(k, CtorKind::Const), d)).encode(e);
        self.name.encode(e);
        self.discr.encode(e);
        self.fields.encode(e);
        self.flags.encode(e);
    }
}
impl<D: Decoder> Decodable<D> for VariantDef {
    fn decode(d: &mut D) -> Self {
        VariantDef {
            def_id: DefId::decode(d),
            ctor: Option::<(bool, DefId)>::decode(d)
                .map(|(c, id)| (if c { CtorKind::Const } else { CtorKind::Fn }, id)),
            name: Symbol::decode(d),
            discr: VariantDiscr::decode(d),
            fields: IndexVec::decode(d),
            flags: VariantFlags::decode(d),
        }
    }
}
