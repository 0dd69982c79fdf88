//! Writing the local crate's metadata.

use hir::def::{CtorOf, DefKind};
use query::TyCtxt;
use rustc_hash::FxHashMap;
use span::codec::{Encodable, Encoder};
use span::def_id::{CrateNum, DefId, LOCAL_CRATE, LocalDefId};
use span::{ExpnId, FxIndexMap, FxIndexSet, Span, Symbol, SyntaxContext};
use ty::codec::{TyEncoder, encode_predicate_kind, encode_ty_kind};
use ty::{Predicate, Ty};

use crate::schema::{CrateLists, DepRef, FileRef, HEADER_LEN, MAGIC, Root, Table};

/// Writes the crate's metadata. The crate must be free of errors.
pub fn encode_metadata(tcx: TyCtxt<'_>) -> Vec<u8> {
    let mut e = EncodeCx {
        tcx,
        out: vec![0; HEADER_LEN],
        symbols: FxHashMap::default(),
        types: FxHashMap::default(),
        predicates: FxHashMap::default(),
        contexts: FxIndexMap::default(),
        expansions: FxIndexMap::default(),
        allocs: FxIndexSet::default(),
        files: FxIndexMap::default(),
    };
    let root = e.encode_crate();
    let root_pos = e.out.len();
    root.encode(&mut e);
    let mut out = e.out;
    let hash = crate::codec::hash_bytes(&out[HEADER_LEN..]);
    out[..8].copy_from_slice(MAGIC);
    out[8..16].copy_from_slice(&hash.to_le_bytes());
    out[16..24].copy_from_slice(&(root_pos as u64).to_le_bytes());
    out
}

/// Writes values of the local crate.
pub(crate) struct EncodeCx<'tcx> {
    pub tcx: TyCtxt<'tcx>,
    out: Vec<u8>,
    symbols: FxHashMap<Symbol, usize>,
    types: FxHashMap<Ty<'tcx>, usize>,
    predicates: FxHashMap<Predicate<'tcx>, usize>,
    contexts: FxIndexMap<SyntaxContext, u32>,
    expansions: FxIndexMap<ExpnId, u32>,
    allocs: FxIndexSet<std::num::NonZero<u64>>,
    files: FxIndexMap<u32, FileRef>,
}

impl Encoder for EncodeCx<'_> {
    fn emit_raw_bytes(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }
    fn encode_symbol(&mut self, symbol: Symbol) {
        match self.symbols.get(&symbol) {
            Some(&pos) => {
                self.emit_u8(1);
                self.emit_usize(pos);
            }
            None => {
                self.emit_u8(0);
                self.symbols.insert(symbol, self.out.len());
                self.emit_str(symbol.as_str());
            }
        }
    }
    fn encode_span(&mut self, span: Span) {
        let file = if span.is_dummy() { None } else { self.tcx.sess().source_map.lookup_source_file(span.lo()) };
        let Some(file) = file.filter(|f| f.contains(span.hi())) else {
            self.emit_u8(0);
            return;
        };
        self.emit_u8(1);
        let index = match self.files.get_index_of(&file.start_pos.0) {
            Some(i) => i,
            None => {
                let f = FileRef { name: file.name.display().to_owned(), len: file.len, lines: file.lines().to_vec() };
                self.files.insert_full(file.start_pos.0, f).0
            }
        };
        self.emit_usize(index);
        self.emit_u32(span.lo().0 - file.start_pos.0);
        self.emit_u32(span.hi().0 - span.lo().0);
        self.encode_syntax_context(span.ctxt());
    }
    fn encode_crate_num(&mut self, krate: CrateNum) {
        // Crate numbers of the session are those of the blob: `deps` lists all crates in order.
        self.emit_usize(krate.as_usize());
    }
    fn encode_def_id(&mut self, id: DefId) {
        self.encode_crate_num(id.krate);
        self.emit_u32(id.index.as_u32());
    }
    fn encode_syntax_context(&mut self, ctxt: SyntaxContext) {
        if ctxt.is_root() {
            self.emit_u32(0);
            return;
        }
        let n = self.contexts.insert_full(ctxt, 0).0;
        self.emit_u32(n as u32 + 1);
    }
    fn encode_expn_id(&mut self, expn: ExpnId) {
        if expn == ExpnId::root() {
            self.emit_u32(0);
            return;
        }
        let n = self.expansions.insert_full(expn, 0).0;
        self.emit_u32(n as u32 + 1);
    }
}

impl<'tcx> TyEncoder<'tcx> for EncodeCx<'tcx> {
    fn encode_ty(&mut self, ty: Ty<'tcx>) {
        match self.types.get(&ty) {
            Some(&pos) => {
                self.emit_u8(1);
                self.emit_usize(pos);
            }
            None => {
                self.emit_u8(0);
                let pos = self.out.len();
                encode_ty_kind(ty.kind(), self);
                self.types.insert(ty, pos);
            }
        }
    }
    fn encode_predicate(&mut self, p: Predicate<'tcx>) {
        match self.predicates.get(&p) {
            Some(&pos) => {
                self.emit_u8(1);
                self.emit_usize(pos);
            }
            None => {
                self.emit_u8(0);
                let pos = self.out.len();
                encode_predicate_kind(&p.kind(), self);
                self.predicates.insert(p, pos);
            }
        }
    }
    fn encode_alloc_id(&mut self, id: std::num::NonZero<u64>) {
        let n = self.allocs.insert_full(id).0;
        self.emit_u32(n as u32);
    }
}

/// What is written about each definition: whether a definition of a kind has it, and the value.
type EntryFn = for<'tcx> fn(&mut EncodeCx<'tcx>, LocalDefId, DefKind) -> bool;

macro_rules! entries {
    ($(fn $name:ident($tcx:ident, $id:ident, $kind:ident) if $cond:expr => $value:expr;)*) => {
        /// The functions that write each table's values, in the order of [`Root::tables`].
        pub(crate) const TABLES: &[(&str, EntryFn)] = &[$((stringify!($name), |e, $id, $kind| {
            let $tcx = e.tcx;
            let _ = ($tcx, $id, $kind);
            if $cond {
                ($value).encode(e);
                true
            } else {
                false
            }
        })),*];
        /// The number of each table.
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[derive(Clone, Copy)]
        pub(crate) enum TableId { $($name),* }
    };
}

entries! {
    fn def_kind(tcx, id, kind) if true => kind;
    fn def_span(tcx, id, kind) if has_span(kind) => tcx.def_span(id);
    fn def_ident_span(tcx, id, kind) if tcx.def_ident_span(id).is_some() => tcx.def_ident_span(id);
    fn visibility(tcx, id, kind) if has_visibility(kind) => tcx.visibility(id);
    fn attrs(tcx, id, kind) if !exported_attrs(tcx, id).is_empty() => exported_attrs(tcx, id);
    fn stability(tcx, id, kind) if tcx.lookup_stability(id).is_some() => tcx.lookup_stability(id);
    fn const_stability(tcx, id, kind) if tcx.lookup_const_stability(id).is_some() => tcx.lookup_const_stability(id);
    fn deprecation(tcx, id, kind) if tcx.lookup_deprecation(id).is_some() => tcx.lookup_deprecation(id);
    fn expn_that_defined(tcx, id, kind) if tcx.expn_that_defined(id) != ExpnId::root() => tcx.expn_that_defined(id);
    fn module_children(tcx, id, kind) if matches!(kind, DefKind::Mod | DefKind::Enum | DefKind::Trait | DefKind::TraitAlias) => tcx.module_children(id).to_vec();
    fn load_macro(tcx, id, kind) if matches!(kind, DefKind::Macro(_)) => crate::provide::macro_parts(tcx, id);
    fn generics_of(tcx, id, kind) if has_generics(kind) => tcx.generics_of(id);
    fn type_of(tcx, id, kind) if has_type(tcx, id, kind) => tcx.type_of(id);
    fn const_param_default(tcx, id, kind) if has_const_default(tcx, id, kind) => tcx.const_param_default(id);
    fn explicit_predicates_of(tcx, id, kind) if has_generics(kind) => tcx.explicit_predicates_of(id);
    fn inferred_outlives_of(tcx, id, kind) if has_generics(kind) && !tcx.inferred_outlives_of(id).is_empty() => tcx.inferred_outlives_of(id).to_vec();
    fn explicit_super_predicates_of(tcx, id, kind) if is_trait(kind) => tcx.explicit_super_predicates_of(id).skip_binder().to_vec();
    fn explicit_implied_predicates_of(tcx, id, kind) if is_trait(kind) => tcx.explicit_implied_predicates_of(id).skip_binder().to_vec();
    fn explicit_item_bounds(tcx, id, kind) if has_item_bounds(tcx, id, kind) => tcx.explicit_item_bounds(id).skip_binder().to_vec();
    fn explicit_item_self_bounds(tcx, id, kind) if has_item_bounds(tcx, id, kind) => tcx.explicit_item_self_bounds(id).skip_binder().to_vec();
    fn const_conditions(tcx, id, kind) if has_const_conditions(kind) && !is_empty_conditions(tcx, id) => tcx.const_conditions(id);
    fn explicit_implied_const_bounds(tcx, id, kind) if is_trait(kind) && !tcx.explicit_implied_const_bounds(id).skip_binder().is_empty() => tcx.explicit_implied_const_bounds(id).skip_binder().to_vec();
    fn variances_of(tcx, id, kind) if has_variances(kind) => tcx.variances_of(id).to_vec();
    fn fn_sig(tcx, id, kind) if is_fn(kind) => tcx.fn_sig(id);
    fn fn_arg_idents(tcx, id, kind) if matches!(kind, DefKind::Fn | DefKind::AssocFn) => tcx.fn_arg_idents(id).to_vec();
    fn adt_def(tcx, id, kind) if is_adt(kind) => AdtData(tcx.adt_def(id));
    fn constness(tcx, id, kind) if has_constness(kind) => tcx.constness(id) == hir::Constness::Const;
    fn asyncness(tcx, id, kind) if matches!(kind, DefKind::Fn | DefKind::AssocFn) && tcx.asyncness(id) => true;
    fn coroutine_kind(tcx, id, kind) if kind == DefKind::Closure && tcx.coroutine_kind(id).is_some() => tcx.coroutine_kind(id);
    fn opaque_ty_origin(tcx, id, kind) if kind == DefKind::OpaqueTy => tcx.opaque_ty_origin(id);
    fn object_lifetime_default(tcx, id, kind) if kind == DefKind::TyParam => tcx.object_lifetime_default(id);
    fn trait_def(tcx, id, kind) if is_trait(kind) => tcx.trait_def(id);
    fn impl_trait_header(tcx, id, kind) if matches!(kind, DefKind::Impl { of_trait: true }) => tcx.impl_trait_header(id);
    fn impl_parent(tcx, id, kind) if matches!(kind, DefKind::Impl { of_trait: true }) && tcx.impl_parent(id).is_some() => tcx.impl_parent(id);
    fn defaultness(tcx, id, kind) if has_defaultness(kind) => tcx.defaultness(id);
    fn associated_item_def_ids(tcx, id, kind) if is_trait(kind) || matches!(kind, DefKind::Impl { .. }) => tcx.associated_item_def_ids(id).to_vec();
    fn associated_item(tcx, id, kind) if kind.is_assoc() => tcx.associated_item(id);
    fn inherent_impls(tcx, id, kind) if has_inherent_impls(kind) && !tcx.inherent_impls(id).is_empty() => tcx.inherent_impls(id).to_vec();
    fn intrinsic_raw(tcx, id, kind) if kind == DefKind::Fn && tcx.intrinsic_raw(id).is_some() => tcx.intrinsic_raw(id);
    fn coerce_unsized_info(tcx, id, kind) if is_coerce_unsized(tcx, id, kind) => tcx.coerce_unsized_info(id).unwrap_or(ty::adjustment::CoerceUnsizedInfo { custom_kind: None });
    fn codegen_fn_attrs(tcx, id, kind) if has_codegen_attrs(kind) => tcx.codegen_fn_attrs(id);
    fn is_foreign_item(tcx, id, kind) if matches!(kind, DefKind::Fn | DefKind::Static { .. } | DefKind::ForeignTy) && tcx.is_foreign_item(id) => true;
    fn optimized_mir(tcx, id, kind) if has_codegen_mir(tcx, id, kind) => tcx.optimized_mir(id);
    fn mir_for_ctfe(tcx, id, kind) if has_ctfe_mir(tcx, id, kind) => tcx.mir_for_ctfe(id);
    fn promoted_mir(tcx, id, kind) if has_codegen_mir(tcx, id, kind) || has_ctfe_mir(tcx, id, kind) => tcx.promoted_mir(id);
    fn mir_const_qualif(tcx, id, kind) if is_const_item(kind) => tcx.mir_const_qualif(id);
    fn cross_crate_inlinable(tcx, id, kind) if has_codegen_attrs(kind) && tcx.cross_crate_inlinable(id) => true;
    fn anon_const_kind(tcx, id, kind) if kind == DefKind::AnonConst => tcx.anon_const_kind(id);
    fn closure_kind(tcx, id, kind) if kind == DefKind::Closure && tcx.closure_typeinfo_kind(id).is_some() => tcx.closure_typeinfo_kind(id);
}

/// Written as the declaration, not as a reference to it.
struct AdtData<'tcx>(ty::AdtDef<'tcx>);
impl<E: Encoder> Encodable<E> for AdtData<'_> {
    fn encode(&self, e: &mut E) {
        self.0.data().encode(e);
    }
}

fn has_span(kind: DefKind) -> bool {
    !matches!(kind, DefKind::ForeignMod | DefKind::Use | DefKind::GlobalAsm)
}
fn has_visibility(kind: DefKind) -> bool {
    !matches!(
        kind,
        DefKind::TyParam
            | DefKind::ConstParam
            | DefKind::LifetimeParam
            | DefKind::AnonConst
            | DefKind::InlineConst
            | DefKind::OpaqueTy
            | DefKind::Closure
            | DefKind::ForeignMod
            | DefKind::Impl { .. }
            | DefKind::GlobalAsm
            | DefKind::Use
            | DefKind::ExternCrate
            | DefKind::SyntheticCoroutineBody
    )
}
/// Documentation is left out.
fn exported_attrs(tcx: TyCtxt<'_>, id: LocalDefId) -> Vec<hir::Attribute> {
    tcx.attrs(id).iter().filter(|a| !a.is_doc_comment()).cloned().collect()
}
fn has_generics(kind: DefKind) -> bool {
    matches!(
        kind,
        DefKind::Struct
            | DefKind::Union
            | DefKind::Enum
            | DefKind::Variant
            | DefKind::Trait
            | DefKind::TyAlias
            | DefKind::ForeignTy
            | DefKind::TraitAlias
            | DefKind::AssocTy
            | DefKind::Fn
            | DefKind::Const
            | DefKind::Static { .. }
            | DefKind::Ctor(..)
            | DefKind::AssocFn
            | DefKind::AssocConst
            | DefKind::AnonConst
            | DefKind::InlineConst
            | DefKind::OpaqueTy
            | DefKind::Impl { .. }
            | DefKind::Field
            | DefKind::Closure
    )
}
fn has_type(tcx: TyCtxt<'_>, id: LocalDefId, kind: DefKind) -> bool {
    match kind {
        DefKind::Struct
        | DefKind::Union
        | DefKind::Enum
        | DefKind::Variant
        | DefKind::Ctor(..)
        | DefKind::Field
        | DefKind::Fn
        | DefKind::Const
        | DefKind::Static { .. }
        | DefKind::TyAlias
        | DefKind::ForeignTy
        | DefKind::Impl { .. }
        | DefKind::AssocFn
        | DefKind::AssocConst
        | DefKind::Closure
        | DefKind::ConstParam
        | DefKind::AnonConst
        | DefKind::InlineConst => true,
        DefKind::OpaqueTy => true,
        DefKind::AssocTy => tcx.associated_item(id).has_value,
        DefKind::TyParam => matches!(
            tcx.hir_node_by_def_id(id),
            hir::Node::GenericParam(hir::GenericParam {
                kind: hir::GenericParamKind::Type { default: Some(_), .. },
                ..
            })
        ),
        _ => false,
    }
}
fn has_const_default(tcx: TyCtxt<'_>, id: LocalDefId, kind: DefKind) -> bool {
    kind == DefKind::ConstParam
        && matches!(
            tcx.hir_node_by_def_id(id),
            hir::Node::GenericParam(hir::GenericParam {
                kind: hir::GenericParamKind::Const { default: Some(_), .. },
                ..
            })
        )
}
fn is_trait(kind: DefKind) -> bool {
    matches!(kind, DefKind::Trait | DefKind::TraitAlias)
}
fn has_item_bounds(tcx: TyCtxt<'_>, id: LocalDefId, kind: DefKind) -> bool {
    match kind {
        DefKind::OpaqueTy => true,
        DefKind::AssocTy => tcx.associated_item(id).container == ty::AssocContainer::Trait,
        _ => false,
    }
}
fn has_const_conditions(kind: DefKind) -> bool {
    matches!(kind, DefKind::Impl { .. } | DefKind::Trait | DefKind::Fn | DefKind::AssocFn | DefKind::AssocTy)
}
fn is_empty_conditions(tcx: TyCtxt<'_>, id: LocalDefId) -> bool {
    let c = tcx.const_conditions(id);
    c.parent.is_none() && c.predicates.is_empty()
}
fn has_variances(kind: DefKind) -> bool {
    matches!(
        kind,
        DefKind::Struct
            | DefKind::Union
            | DefKind::Enum
            | DefKind::OpaqueTy
            | DefKind::Fn
            | DefKind::AssocFn
            | DefKind::Ctor(CtorOf::Struct | CtorOf::Variant, _)
    )
}
fn is_fn(kind: DefKind) -> bool {
    matches!(kind, DefKind::Fn | DefKind::AssocFn | DefKind::Ctor(_, hir::def::CtorKind::Fn))
}
fn is_adt(kind: DefKind) -> bool {
    matches!(kind, DefKind::Struct | DefKind::Union | DefKind::Enum)
}
fn has_constness(kind: DefKind) -> bool {
    matches!(
        kind,
        DefKind::Fn | DefKind::AssocFn | DefKind::Ctor(..) | DefKind::Closure | DefKind::Trait | DefKind::Impl { .. }
    )
}
fn has_defaultness(kind: DefKind) -> bool {
    kind.is_assoc() || matches!(kind, DefKind::Impl { of_trait: true })
}
fn has_inherent_impls(kind: DefKind) -> bool {
    is_adt(kind) || matches!(kind, DefKind::ForeignTy | DefKind::Trait)
}
fn is_coerce_unsized(tcx: TyCtxt<'_>, id: LocalDefId, kind: DefKind) -> bool {
    matches!(kind, DefKind::Impl { of_trait: true })
        && tcx.impl_opt_trait_id(id).is_some_and(|t| Some(t) == tcx.lang_items().coerce_unsized_trait())
}
fn has_codegen_attrs(kind: DefKind) -> bool {
    matches!(kind, DefKind::Fn | DefKind::AssocFn | DefKind::Closure | DefKind::Static { .. } | DefKind::Ctor(..))
}
fn is_const_item(kind: DefKind) -> bool {
    matches!(kind, DefKind::Const | DefKind::AssocConst | DefKind::AnonConst | DefKind::InlineConst)
}
/// Generic and inlinable functions; constructors are remade where they are used.
fn has_codegen_mir(tcx: TyCtxt<'_>, id: LocalDefId, kind: DefKind) -> bool {
    match kind {
        DefKind::Ctor(_, hir::def::CtorKind::Fn) => true,
        DefKind::Fn | DefKind::AssocFn | DefKind::Closure => {
            tcx.is_mir_available(id) && (tcx.requires_monomorphization(id.to_def_id()) || tcx.cross_crate_inlinable(id))
        }
        _ => false,
    }
}
fn has_ctfe_mir(tcx: TyCtxt<'_>, id: LocalDefId, kind: DefKind) -> bool {
    match kind {
        DefKind::Ctor(_, hir::def::CtorKind::Fn) => true,
        DefKind::Const | DefKind::AssocConst | DefKind::AnonConst | DefKind::InlineConst => tcx.is_mir_available(id),
        DefKind::Fn | DefKind::AssocFn | DefKind::Closure => {
            tcx.is_const_fn(id.to_def_id()) && tcx.is_mir_available(id)
        }
        _ => false,
    }
}

impl<'tcx> EncodeCx<'tcx> {
    fn encode_crate(&mut self) -> Root {
        let tcx = self.tcx;
        // Ids may be made while queries run; take them in order until none is new.
        let mut tables: Vec<Vec<u32>> = vec![Vec::new(); TABLES.len()];
        let mut next = 0;
        loop {
            let ids: Vec<LocalDefId> = tcx.iter_local_def_id().skip(next).collect();
            if ids.is_empty() {
                break;
            }
            next += ids.len();
            for id in ids {
                let kind = tcx.def_kind(id);
                for (t, (_, write)) in TABLES.iter().enumerate() {
                    let pos = self.out.len();
                    let present = write(self, id, kind);
                    tables[t].push(if present { pos as u32 } else { 0 });
                }
            }
        }
        let mut keys = Vec::with_capacity(next);
        for id in tcx.iter_local_def_id().collect::<Vec<_>>() {
            keys.push(self.out.len() as u32);
            let key = tcx.def_key(id);
            key.parent.map(|p| p.as_u32()).encode(self);
            key.disambiguated_data.data.encode(self);
            self.emit_u32(key.disambiguated_data.disambiguator);
            self.emit_u64(tcx.def_path_hash(id.to_def_id()).local);
        }
        let lists = self.encode_lists();
        let allocs = self.encode_allocs();
        let (contexts, expansions) = self.encode_hygiene();
        let tables = tables.into_iter().map(|t| self.write_table(&t)).collect();
        let def_keys = self.write_table(&keys);
        let sess = tcx.sess();
        Root {
            name: tcx.local_crate_name().to_string(),
            stable_crate_id: tcx.stable_crate_id(LOCAL_CRATE),
            extra_filename: sess.opts.extra_filename.clone(),
            edition: sess.edition(),
            triple: sess.opts.target_triple.clone(),
            is_no_builtins: tcx.is_no_builtins(LOCAL_CRATE),
            has_global_allocator: tcx.has_global_allocator(LOCAL_CRATE),
            deps: self.deps(),
            files: self.files.values().cloned().collect(),
            def_count: next,
            tables,
            def_keys,
            contexts,
            expansions,
            allocs,
            lists,
        }
    }

    fn deps(&self) -> Vec<DepRef> {
        let store = crate::provide::cstore(self.tcx);
        self.tcx
            .crates()
            .into_iter()
            .map(|c| {
                let data = store.data(c);
                DepRef {
                    name: data.root.name.clone(),
                    stable_crate_id: data.root.stable_crate_id,
                    hash: data.hash,
                    extra_filename: data.root.extra_filename.clone(),
                }
            })
            .collect()
    }

    fn encode_lists(&mut self) -> usize {
        let tcx = self.tcx;
        let lists = CrateLists {
            lang_items: tcx
                .lang_items_defined_in(LOCAL_CRATE)
                .iter()
                .map(|(d, i)| (*d, i.name().to_string()))
                .collect(),
            diagnostic_items: tcx.diagnostic_items_in(LOCAL_CRATE).iter().map(|(s, d)| (*s, *d)).collect(),
            traits: tcx.traits(LOCAL_CRATE).to_vec(),
            impls: tcx.implementations_of_trait_in(LOCAL_CRATE).iter().map(|(t, v)| (*t, v.clone())).collect(),
            incoherent_impls: tcx.crate_incoherent_impls(LOCAL_CRATE).iter().map(|(s, v)| (*s, v.clone())).collect(),
            macro_rules: tcx.crate_extern_macro_rules(LOCAL_CRATE).to_vec(),
            reachable_non_generics: tcx.reachable_non_generics(LOCAL_CRATE).iter().copied().collect(),
            stability_implications: tcx.stability_implications(LOCAL_CRATE).iter().map(|(a, b)| (*a, *b)).collect(),
        };
        let pos = self.out.len();
        lists.encode(self);
        pos
    }

    /// Allocations may refer to more of them: written until none is new.
    fn encode_allocs(&mut self) -> Vec<u32> {
        let mut out = Vec::new();
        while let Some(&id) = self.allocs.get_index(out.len()) {
            let alloc = self.tcx.gcx().alloc_map.get(mir::interpret::AllocId(id));
            out.push(self.out.len() as u32);
            alloc.encode(self);
        }
        out
    }

    /// Contexts and expansions refer to each other.
    fn encode_hygiene(&mut self) -> (Vec<u32>, Vec<u32>) {
        let (mut contexts, mut expansions) = (Vec::new(), Vec::new());
        loop {
            if let Some((&ctxt, _)) = self.contexts.get_index(contexts.len()) {
                contexts.push(self.out.len() as u32);
                let (expn, transparency) = ctxt.outer_mark();
                let mut parent = ctxt;
                parent.remove_mark();
                self.encode_syntax_context(parent);
                self.encode_expn_id(expn);
                transparency.encode(self);
            } else if let Some((&expn, _)) = self.expansions.get_index(expansions.len()) {
                expansions.push(self.out.len() as u32);
                expn.expn_data().encode(self);
            } else {
                return (contexts, expansions);
            }
        }
    }

    fn write_table(&mut self, entries: &[u32]) -> Table {
        // Trailing definitions without a value are left out.
        let len = entries.iter().rposition(|e| *e != 0).map_or(0, |i| i + 1);
        let offset = self.out.len();
        for e in &entries[..len] {
            self.out.extend_from_slice(&e.to_le_bytes());
        }
        Table { offset, len }
    }
}
