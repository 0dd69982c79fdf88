//! Answering queries about other crates.

use hir::def::DefKind;
use hir::resolutions::ModChild;
use query::{CrateDep, ExternProviders, LoadedMacro, TyCtxt};
use rustc_index::IndexVec;
use span::codec::{Decodable, Decoder, Encodable, Encoder};
use span::def_id::{CrateNum, DefId, LocalDefId};
use span::{Edition, FxIndexMap, FxIndexSet, Ident, Span};
use ty::codec::decode_slice;
use ty::{AdtDefData, Clause, EarlyBinder};

use crate::decoder::DecodeCx;
use crate::schema::{Lists, lang_item};
use crate::store::CStore;
use crate::tables::TableId;

/// The store behind a context.
pub(crate) fn cstore(tcx: TyCtxt<'_>) -> &CStore {
    tcx.cstore().as_any().downcast_ref::<CStore>().expect("the crate store is that of `metadata`")
}

/// A macro as written: everything but its attributes, which have a table of their own.
pub(crate) struct MacroParts {
    ident: Ident,
    span: Span,
    edition: Edition,
    def: ast::MacroDef,
}

impl<E: Encoder> Encodable<E> for MacroParts {
    fn encode(&self, e: &mut E) {
        self.ident.encode(e);
        self.span.encode(e);
        self.edition.encode(e);
        self.def.encode(e);
    }
}
impl<D: Decoder> Decodable<D> for MacroParts {
    fn decode(d: &mut D) -> Self {
        MacroParts {
            ident: Decodable::decode(d),
            span: Decodable::decode(d),
            edition: Decodable::decode(d),
            def: Decodable::decode(d),
        }
    }
}

/// A local macro's parts.
pub(crate) fn macro_parts(tcx: TyCtxt<'_>, id: LocalDefId) -> MacroParts {
    let item = tcx.hir_expect_item(id);
    let hir::ItemKind::Macro(ident, def, _) = item.kind else { panic!("not a macro: {id:?}") };
    MacroParts { ident, span: item.span, edition: tcx.sess().edition(), def: def.clone() }
}

/// Runs `f` at a definition's value in a table.
fn at<'tcx, R>(
    tcx: TyCtxt<'tcx>,
    id: DefId,
    table: TableId,
    f: impl FnOnce(&mut DecodeCx<'_, 'tcx>) -> R,
) -> Option<R> {
    let data = cstore(tcx).data(id.krate);
    let pos = data.lookup(table, id.index)?;
    Some(f(&mut data.at(pos, Some(tcx.sess()), Some(tcx))))
}

/// A value that must be there.
#[track_caller]
fn get<'tcx, T: for<'a> Decodable<DecodeCx<'a, 'tcx>>>(tcx: TyCtxt<'tcx>, id: DefId, table: TableId, name: &str) -> T {
    at(tcx, id, table, |d| T::decode(d)).unwrap_or_else(|| {
        panic!(
            "{} ({:?}) has no `{name}` in its crate's metadata",
            tcx.def_path(id).to_string_no_crate_verbose(),
            tcx.def_kind(id)
        )
    })
}

fn opt<'tcx, T: for<'a> Decodable<DecodeCx<'a, 'tcx>>>(tcx: TyCtxt<'tcx>, id: DefId, table: TableId) -> Option<T> {
    at(tcx, id, table, |d| T::decode(d))
}

/// A slice in the arena; empty if there is none.
fn slice<'tcx, T: for<'a> Decodable<DecodeCx<'a, 'tcx>> + 'tcx>(
    tcx: TyCtxt<'tcx>,
    id: DefId,
    table: TableId,
) -> &'tcx [T] {
    at(tcx, id, table, |d| decode_slice(d)).unwrap_or(&[])
}

type Clauses<'tcx> = EarlyBinder<&'tcx [(Clause<'tcx>, Span)]>;

/// Sets the functions that answer queries about other crates.
pub fn provide_extern(p: &mut ExternProviders<'_>) {
    p.def_kind = |tcx, id| opt::<DefKind>(tcx, id, TableId::def_kind).unwrap_or(DefKind::Use);
    p.def_span = |tcx, id| opt(tcx, id, TableId::def_span).unwrap_or(span::DUMMY_SP);
    p.def_ident_span = |tcx, id| opt::<Option<Span>>(tcx, id, TableId::def_ident_span).flatten();
    p.visibility = |tcx, id| opt(tcx, id, TableId::visibility).unwrap_or(ty::Visibility::Public);
    p.attrs = |tcx, id| slice(tcx, id, TableId::attrs);
    p.lookup_stability = |tcx, id| opt::<Option<query::Stability>>(tcx, id, TableId::stability).flatten();
    p.lookup_const_stability =
        |tcx, id| opt::<Option<query::ConstStability>>(tcx, id, TableId::const_stability).flatten();
    p.lookup_deprecation = |tcx, id| opt::<Option<query::Deprecation>>(tcx, id, TableId::deprecation).flatten();
    p.expn_that_defined = |tcx, id| opt(tcx, id, TableId::expn_that_defined).unwrap_or(span::ExpnId::root());
    p.module_children = |tcx, id| slice::<ModChild>(tcx, id, TableId::module_children);
    p.load_macro = |tcx, id| {
        let parts: MacroParts = get(tcx, id, TableId::load_macro, "load_macro");
        let MacroParts { ident, span, edition, def } = parts;
        tcx.arena().alloc(LoadedMacro { ident, span, edition, attrs: tcx.attrs(id).to_vec(), def })
    };
    p.is_doc_hidden = |tcx, id| {
        tcx.get_attrs(id, span::sym::doc)
            .any(|a| a.meta_item_list().unwrap_or_default().iter().any(|i| i.name() == Some(span::sym::hidden)))
    };
    p.generics_of = |tcx, id| tcx.arena().alloc(get(tcx, id, TableId::generics_of, "generics_of"));
    p.type_of = |tcx, id| get(tcx, id, TableId::type_of, "type_of");
    p.const_param_default = |tcx, id| get(tcx, id, TableId::const_param_default, "const_param_default");
    p.explicit_predicates_of = |tcx, id| get(tcx, id, TableId::explicit_predicates_of, "explicit_predicates_of");
    p.inferred_outlives_of = |tcx, id| slice(tcx, id, TableId::inferred_outlives_of);
    p.explicit_super_predicates_of = |tcx, id| clauses(tcx, id, TableId::explicit_super_predicates_of);
    p.explicit_implied_predicates_of = |tcx, id| clauses(tcx, id, TableId::explicit_implied_predicates_of);
    p.explicit_item_bounds = |tcx, id| clauses(tcx, id, TableId::explicit_item_bounds);
    p.explicit_item_self_bounds = |tcx, id| clauses(tcx, id, TableId::explicit_item_self_bounds);
    p.const_conditions = |tcx, id| opt(tcx, id, TableId::const_conditions).unwrap_or_default();
    p.explicit_implied_const_bounds = |tcx, id| clauses(tcx, id, TableId::explicit_implied_const_bounds);
    p.variances_of = |tcx, id| slice(tcx, id, TableId::variances_of);
    p.fn_sig = |tcx, id| get(tcx, id, TableId::fn_sig, "fn_sig");
    p.fn_arg_idents = |tcx, id| slice(tcx, id, TableId::fn_arg_idents);
    p.adt_def = |tcx, id| tcx.mk_adt_def(get::<AdtDefData>(tcx, id, TableId::adt_def, "adt_def"));
    p.adt_destructor = |tcx, id| opt::<Option<DefId>>(tcx, id, TableId::adt_destructor).flatten();
    p.adt_sized_constraint =
        |tcx, id| opt::<Option<EarlyBinder<ty::Ty<'_>>>>(tcx, id, TableId::adt_sized_constraint).flatten();
    p.adt_dtorck_constraint = |tcx, id| slice(tcx, id, TableId::adt_dtorck_constraint);
    p.unsizing_params_for_adt = |tcx, id| slice(tcx, id, TableId::unsizing_params_for_adt);
    p.default_fields = |tcx, id| opt::<bool>(tcx, id, TableId::default_fields).unwrap_or(false);
    p.foreign_module_abi = |tcx, id| {
        let abi: String = get(tcx, id, TableId::foreign_module_abi, "foreign_module_abi");
        abi.parse().unwrap_or(ty::ExternAbi::Rust)
    };
    p.constness = |tcx, id| {
        if opt::<bool>(tcx, id, TableId::constness) == Some(true) {
            hir::Constness::Const
        } else {
            hir::Constness::NotConst
        }
    };
    p.asyncness = |tcx, id| opt::<bool>(tcx, id, TableId::asyncness).unwrap_or(false);
    p.coroutine_kind = |tcx, id| opt::<Option<hir::CoroutineKind>>(tcx, id, TableId::coroutine_kind).flatten();
    p.coroutine_hidden_types = |tcx, id| get(tcx, id, TableId::coroutine_hidden_types, "coroutine_hidden_types");
    p.coroutine_for_closure = |tcx, id| get(tcx, id, TableId::coroutine_for_closure, "coroutine_for_closure");
    p.opaque_ty_origin = |tcx, id| get(tcx, id, TableId::opaque_ty_origin, "opaque_ty_origin");
    p.is_type_alias_impl_trait =
        |tcx, id| matches!(tcx.opaque_ty_origin(id), hir::OpaqueTyOrigin::TyAlias { in_assoc_ty: false, .. });
    p.type_of_opaque = |tcx, id| get(tcx, id, TableId::type_of, "type_of");
    p.object_lifetime_default =
        |tcx, id| opt(tcx, id, TableId::object_lifetime_default).unwrap_or(query::ObjectLifetimeDefault::Empty);
    p.trait_def = |tcx, id| tcx.arena().alloc(get(tcx, id, TableId::trait_def, "trait_def"));
    p.impl_trait_header =
        |tcx, id| opt::<Option<ty::ImplTraitHeader<'_>>>(tcx, id, TableId::impl_trait_header).flatten();
    p.impl_parent = |tcx, id| opt::<Option<DefId>>(tcx, id, TableId::impl_parent).flatten();
    p.defaultness = |tcx, id| opt(tcx, id, TableId::defaultness).unwrap_or(hir::Defaultness::Final);
    p.associated_item_def_ids = |tcx, id| slice(tcx, id, TableId::associated_item_def_ids);
    p.associated_item = |tcx, id| get(tcx, id, TableId::associated_item, "associated_item");
    p.associated_types_for_impl_traits_in_associated_fn = |tcx, id| slice(tcx, id, TableId::impl_trait_types);
    p.inherent_impls = |tcx, id| slice(tcx, id, TableId::inherent_impls);
    p.intrinsic_raw = |tcx, id| opt::<Option<(span::Symbol, bool)>>(tcx, id, TableId::intrinsic_raw).flatten();
    p.coerce_unsized_info = |tcx, id| {
        Ok(opt(tcx, id, TableId::coerce_unsized_info)
            .unwrap_or(ty::adjustment::CoerceUnsizedInfo { custom_kind: None }))
    };
    p.codegen_fn_attrs = |tcx, id| tcx.arena().alloc(opt(tcx, id, TableId::codegen_fn_attrs).unwrap_or_default());
    p.is_foreign_item = |tcx, id| opt::<bool>(tcx, id, TableId::is_foreign_item).unwrap_or(false);
    p.optimized_mir = |tcx, id| tcx.arena().alloc(optimized_mir(tcx, id));
    p.mir_for_ctfe = |tcx, id| tcx.arena().alloc(get(tcx, id, TableId::mir_for_ctfe, "mir_for_ctfe"));
    p.promoted_mir = |tcx, id| tcx.arena().alloc(opt(tcx, id, TableId::promoted_mir).unwrap_or_else(IndexVec::new));
    p.is_mir_available =
        |tcx, id| has(tcx, id, TableId::optimized_mir) || has(tcx, id, TableId::ctfe_mir_is_optimized_mir);
    p.is_ctfe_mir_available = |tcx, id| has(tcx, id, TableId::mir_for_ctfe);
    p.mir_const_qualif = |tcx, id| get(tcx, id, TableId::mir_const_qualif, "mir_const_qualif");
    p.cross_crate_inlinable = |tcx, id| opt::<bool>(tcx, id, TableId::cross_crate_inlinable).unwrap_or(false);
    p.anon_const_kind = |tcx, id| get(tcx, id, TableId::anon_const_kind, "anon_const_kind");
    p.eval_static_initializer = |tcx, id| {
        let memory = opt::<Option<mir::interpret::ConstAllocation<'_>>>(tcx, id, TableId::eval_static_initializer);
        Ok(memory
            .flatten()
            .unwrap_or_else(|| panic!("{} has no memory in metadata", tcx.def_path(id).to_string_no_crate_verbose())))
    };
    provide_crates(p);
}

/// Queries about a crate as a whole.
fn provide_crates(p: &mut ExternProviders<'_>) {
    p.implementations_of_trait =
        |tcx, (c, trait_id)| tcx.arena().alloc_from_iter(cstore(tcx).data(c).impls_of(tcx, trait_id));
    p.crate_incoherent_impls = |tcx, (c, ty)| tcx.arena().alloc_slice(cstore(tcx).data(c).incoherent_impls_of(tcx, ty));
    p.all_impls_in_trait_order = |tcx, c| {
        let data = cstore(tcx).data(c);
        let mut all = Vec::new();
        for (_, pos) in data.implemented_traits(tcx) {
            let impls: Vec<(DefId, Option<ty::SimplifiedType>)> = data.value(tcx, pos);
            all.extend(impls.iter().map(|(d, _)| *d));
        }
        tcx.arena().alloc_from_iter(all)
    };
    p.traits = |tcx, c| tcx.arena().alloc_from_iter(list::<DefId>(tcx, c, |l| l.traits));
    p.lang_items_defined_in = |tcx, c| {
        let items = list::<(DefId, String)>(tcx, c, |l| l.lang_items);
        tcx.arena().alloc_from_iter(items.iter().filter_map(|(d, n)| Some((*d, lang_item(n)?))).collect::<Vec<_>>())
    };
    p.diagnostic_items_in = |tcx, c| {
        let map = list(tcx, c, |l| l.diagnostic_items).into_iter().collect::<FxIndexMap<_, _>>();
        tcx.arena().alloc(map)
    };
    p.crate_hash = |tcx, c| cstore(tcx).data(c).hash;
    p.crate_dependencies = |tcx, c| {
        let data = cstore(tcx).data(c);
        let deps: Vec<CrateDep> = data
            .root
            .deps
            .iter()
            .zip(&data.cnum_map[1..])
            .map(|(d, cnum)| CrateDep {
                cnum: *cnum,
                name: span::Symbol::intern(&d.name),
                stable_crate_id: d.stable_crate_id,
                hash: d.hash,
                extra_filename: d.extra_filename.clone(),
            })
            .collect();
        tcx.arena().alloc_from_iter(deps)
    };
    p.crate_extern_macro_rules = |tcx, c| tcx.arena().alloc_from_iter(list::<ModChild>(tcx, c, |l| l.macro_rules));
    p.reachable_non_generics = |tcx, c| {
        let set = list(tcx, c, |l| l.reachable_non_generics).into_iter().collect::<FxIndexSet<_>>();
        tcx.arena().alloc(set)
    };
    p.upstream_instances_in = |tcx, c| {
        let (opt_rank, hashes) = {
            let data = cstore(tcx).data(c);
            data.value(tcx, data.root.lists.instances)
        };
        tcx.arena().alloc(query::UpstreamInstances { opt_rank, hashes })
    };
    p.stability_implications = |tcx, c| {
        let map = list(tcx, c, |l| l.stability_implications).into_iter().collect::<FxIndexMap<_, _>>();
        tcx.arena().alloc(map)
    };
    p.is_no_builtins = |tcx, c| cstore(tcx).data(c).root.is_no_builtins;
    p.has_global_allocator = |tcx, c| cstore(tcx).data(c).root.has_global_allocator;
}

/// A list of a crate as a whole.
fn list<'tcx, T: for<'a> Decodable<DecodeCx<'a, 'tcx>>>(
    tcx: TyCtxt<'tcx>,
    krate: CrateNum,
    which: fn(&Lists) -> usize,
) -> Vec<T> {
    let data = cstore(tcx).data(krate);
    data.value(tcx, which(&data.root.lists))
}

fn clauses<'tcx>(tcx: TyCtxt<'tcx>, id: DefId, table: TableId) -> Clauses<'tcx> {
    EarlyBinder::bind(slice(tcx, id, table))
}

fn has(tcx: TyCtxt<'_>, id: DefId, table: TableId) -> bool {
    at(tcx, id, table, |_| ()).is_some()
}

/// A function's body; of one that is also evaluated at compile time the one body that serves both.
fn optimized_mir<'tcx>(tcx: TyCtxt<'tcx>, id: DefId) -> mir::Body<'tcx> {
    if !has(tcx, id, TableId::ctfe_mir_is_optimized_mir) {
        return get(tcx, id, TableId::optimized_mir, "optimized_mir");
    }
    let mut body: mir::Body<'tcx> = get(tcx, id, TableId::mir_for_ctfe, "mir_for_ctfe");
    body.phase = mir::MirPhase::Runtime(mir::RuntimePhase::Optimized);
    body
}
