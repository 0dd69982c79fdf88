//! `adt_def` and what belongs to it: `#[repr]`, destructors.

use ast::{IntTy, UintTy};
use hir::{ItemKind, Node, VariantData};
use query::{Providers, TyCtxt};
use rustc_abi::{Align, Integer, IntegerType, ReprFlags};
use span::def_id::LocalDefId;
use span::{Symbol, sym};
use ty::{AdtDef, AdtDefData, AdtFlags, FieldDef, ReprOptions, Ty, VariantDef, VariantDiscr, VariantFlags};

pub(super) fn provide(providers: &mut Providers<'_>) {
    providers.adt_def = adt_def;
    providers.adt_destructor = adt_destructor;
}

fn adt_def<'tcx>(tcx: TyCtxt<'tcx>, def_id: LocalDefId) -> AdtDef<'tcx> {
    let Node::Item(item) = tcx.hir_node_by_def_id(def_id) else { panic!("adt_def of what is no item") };
    let repr = repr_options(tcx, def_id);
    let mut flags = match item.kind {
        ItemKind::Enum(..) => AdtFlags::IS_ENUM,
        ItemKind::Union(..) => AdtFlags::IS_UNION,
        _ => AdtFlags::IS_STRUCT,
    };
    let variants = match item.kind {
        ItemKind::Enum(_, _, def) => {
            let mut distance = 0;
            def.variants
                .iter()
                .map(|v| {
                    let discr = match v.disr_expr {
                        Some(expr) => {
                            distance = 1;
                            VariantDiscr::Explicit(expr.def_id.to_def_id())
                        }
                        None => {
                            distance += 1;
                            VariantDiscr::Relative(distance - 1)
                        }
                    };
                    variant(tcx, v.def_id, v.ident.name, discr, &v.data)
                })
                .collect()
        }
        ItemKind::Struct(ident, _, data) | ItemKind::Union(ident, _, data) => {
            if data.ctor().is_some() {
                flags |= AdtFlags::HAS_CTOR;
            }
            [variant(tcx, def_id, ident.name, VariantDiscr::Relative(0), &data)].into_iter().collect()
        }
        kind => panic!("adt_def of {kind:?}"),
    };
    let lang = |item: hir::LangItem| tcx.is_lang_item(def_id.to_def_id(), item);
    for (item, flag) in [
        (hir::LangItem::PhantomData, AdtFlags::IS_PHANTOM_DATA),
        (hir::LangItem::OwnedBox, AdtFlags::IS_BOX),
        (hir::LangItem::ManuallyDrop, AdtFlags::IS_MANUALLY_DROP),
        (hir::LangItem::UnsafeCell, AdtFlags::IS_UNSAFE_CELL),
        (hir::LangItem::Pin, AdtFlags::IS_PIN),
    ] {
        if lang(item) {
            flags |= flag;
        }
    }
    if tcx.has_attr(def_id, sym::fundamental) {
        flags |= AdtFlags::IS_FUNDAMENTAL;
    }
    if flags.contains(AdtFlags::IS_ENUM) && tcx.has_attr(def_id, sym::non_exhaustive) {
        flags |= AdtFlags::IS_VARIANT_LIST_NON_EXHAUSTIVE;
    }
    tcx.mk_adt_def(AdtDefData { did: def_id.to_def_id(), variants, flags, repr })
}

fn variant(
    tcx: TyCtxt<'_>,
    def_id: LocalDefId,
    name: Symbol,
    discr: VariantDiscr,
    data: &VariantData<'_>,
) -> VariantDef {
    let fields = data
        .fields()
        .iter()
        .map(|f| FieldDef {
            did: f.def_id.to_def_id(),
            name: f.ident.name,
            vis: tcx.visibility(f.def_id),
            safety_unsafe: f.safety == hir::Safety::Unsafe,
            value: f.default.map(|d| d.def_id.to_def_id()),
        })
        .collect();
    let mut flags = VariantFlags::empty();
    let non_exhaustive = tcx.has_attr(def_id, sym::non_exhaustive);
    let is_enum = tcx.def_kind(def_id) == hir::def::DefKind::Enum;
    if non_exhaustive && !is_enum {
        flags |= VariantFlags::IS_FIELD_LIST_NON_EXHAUSTIVE;
    }
    if let VariantData::Struct { recovered: Some(_), .. } = data {
        flags |= VariantFlags::IS_RECOVERED;
    }
    VariantDef {
        def_id: def_id.to_def_id(),
        ctor: data.ctor().map(|(kind, _, id)| (kind, id.to_def_id())),
        name,
        discr,
        fields,
        flags,
    }
}

/// `#[repr(..)]`, merged over all its attributes.
fn repr_options(tcx: TyCtxt<'_>, def_id: LocalDefId) -> ReprOptions {
    let mut repr = ReprOptions::default();
    for attr in tcx.get_attrs(def_id, sym::repr) {
        for item in attr.meta_item_list().unwrap_or_default() {
            let Some(name) = item.name() else { continue };
            match name {
                sym::C => repr.flags.insert(ReprFlags::IS_C),
                sym::transparent => repr.flags.insert(ReprFlags::IS_TRANSPARENT),
                sym::simd => repr.flags.insert(ReprFlags::IS_SIMD),
                sym::Rust => {}
                sym::align => {
                    if let Some(a) = int_arg(&item).and_then(|n| Align::from_bytes(n).ok()) {
                        repr.align = Some(repr.align.map_or(a, |old| old.max(a)));
                    }
                }
                sym::packed => {
                    let a = int_arg(&item).unwrap_or(1);
                    if let Ok(a) = Align::from_bytes(a) {
                        repr.pack = Some(repr.pack.map_or(a, |old| old.min(a)));
                    }
                }
                name => {
                    if let Some(int) = int_type(name) {
                        repr.int = Some(int);
                    }
                }
            }
        }
    }
    if tcx.is_lang_item(def_id.to_def_id(), hir::LangItem::OwnedBox) {
        repr.flags.insert(ReprFlags::IS_LINEAR);
    }
    repr
}

fn int_arg(item: &ast::MetaItemInner) -> Option<u64> {
    let list = item.meta_item_list()?;
    match list.first()?.lit()?.kind {
        ast::LitKind::Int(n, _) => u64::try_from(u128::from(n)).ok(),
        _ => None,
    }
}

/// Whether a `#[repr]` hint is an integer type.
pub(crate) fn is_int_repr(name: Symbol) -> bool {
    int_type(name).is_some()
}

fn int_type(name: Symbol) -> Option<IntegerType> {
    let fixed = |size, signed| Some(IntegerType::Fixed(size, signed));
    match name {
        sym::i8 => fixed(Integer::I8, true),
        sym::u8 => fixed(Integer::I8, false),
        sym::i16 => fixed(Integer::I16, true),
        sym::u16 => fixed(Integer::I16, false),
        sym::i32 => fixed(Integer::I32, true),
        sym::u32 => fixed(Integer::I32, false),
        sym::i64 => fixed(Integer::I64, true),
        sym::u64 => fixed(Integer::I64, false),
        sym::i128 => fixed(Integer::I128, true),
        sym::u128 => fixed(Integer::I128, false),
        sym::isize => Some(IntegerType::Pointer(true)),
        sym::usize => Some(IntegerType::Pointer(false)),
        _ => None,
    }
}

/// The type of an enum's discriminants: `isize` unless `#[repr]` says otherwise.
pub(crate) fn discriminant_ty<'tcx>(tcx: TyCtxt<'tcx>, repr: ReprOptions) -> Ty<'tcx> {
    match repr.int {
        None | Some(IntegerType::Pointer(true)) => tcx.types().isize,
        Some(IntegerType::Pointer(false)) => tcx.types().usize,
        Some(IntegerType::Fixed(size, true)) => tcx.mk_mach_int(match size {
            Integer::I8 => IntTy::I8,
            Integer::I16 => IntTy::I16,
            Integer::I32 => IntTy::I32,
            Integer::I64 => IntTy::I64,
            Integer::I128 => IntTy::I128,
        }),
        Some(IntegerType::Fixed(size, false)) => tcx.mk_mach_uint(match size {
            Integer::I8 => UintTy::U8,
            Integer::I16 => UintTy::U16,
            Integer::I32 => UintTy::U32,
            Integer::I64 => UintTy::U64,
            Integer::I128 => UintTy::U128,
        }),
    }
}

/// The `drop` of an ADT's `Drop` impl.
fn adt_destructor(tcx: TyCtxt<'_>, def_id: LocalDefId) -> Option<span::def_id::DefId> {
    let drop_trait = tcx.lang_items().drop_trait()?;
    // Impls that are wrong in themselves make no destructors.
    tcx.coherent_trait(drop_trait).ok()?;
    let simplified = ty::SimplifiedType::Adt(def_id.to_def_id());
    let impls = tcx.trait_impls_of(drop_trait);
    let imp = impls.non_blanket_impls.get(&simplified)?.iter().copied().find(|imp| {
        imp.as_local().is_none_or(|i| crate::coherence::always_applicable::check_drop_impl(tcx, i).is_ok())
    })?;
    tcx.associated_item_def_ids(imp).first().copied()
}
