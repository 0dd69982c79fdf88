//! Queries about items that are the type core's: types assumed to be well-formed, opaque types defined by a body,
//! parameters of an ADT that unsizing may change, the impl that an impl specializes.

use super::elaborate;
use ::query::TyCtxt;
use hir::def::DefKind;
use span::def_id::{DefId, LocalDefId};
use span::{FxHashSet, Span};
use ty::visit::{TypeSuperVisitable, TypeVisitable, TypeVisitableExt, TypeVisitor};
use ty::{AliasTyKind, EarlyBinder, List, Ty, TyKind, TypeFlags};

/// Provides `assumed_wf_types`: the types of an item's signature, which callers have made sure of.
pub(crate) fn assumed_wf_types(tcx: TyCtxt<'_>, def_id: LocalDefId) -> &[(Ty<'_>, Span)] {
    let did = def_id.to_def_id();
    let mut out: Vec<(Ty<'_>, Span)> = Vec::new();
    match tcx.def_kind(did) {
        DefKind::Fn | DefKind::AssocFn => {
            let sig = tcx.fn_sig(did).instantiate_identity();
            let sig = tcx.liberate_late_bound_regions(did, sig);
            let decl = tcx.hir_fn_decl_by_hir_id(tcx.local_def_id_to_hir_id(def_id));
            let span_of = |i: usize| match decl {
                Some(d) if i < d.inputs.len() => d.inputs[i].span,
                Some(d) => d.output.span(),
                None => tcx.def_span(did),
            };
            for (i, t) in sig.inputs_and_output.iter().enumerate() {
                out.push((t, span_of(i)));
            }
            if tcx.def_kind(did) == DefKind::AssocFn {
                out.extend_from_slice(tcx.assumed_wf_types(tcx.local_parent(def_id)));
            }
        }
        DefKind::Impl { .. } => {
            let span = tcx.def_span(did);
            match tcx.impl_opt_trait_ref(did) {
                Some(t) => {
                    for t in t.instantiate_identity().args.types() {
                        out.push((t, span));
                    }
                }
                None => out.push((tcx.type_of(did).instantiate_identity(), span)),
            }
        }
        DefKind::AssocConst | DefKind::AssocTy | DefKind::OpaqueTy => {
            return tcx.assumed_wf_types(tcx.local_parent(def_id));
        }
        _ => {}
    }
    tcx.arena().alloc(out)
}

/// Provides `opaque_types_defined_by`: the `impl Trait` in the return type of a function and in what `#[define_opaque]` names,
/// and those in their bounds.
pub(crate) fn opaque_types_defined_by(tcx: TyCtxt<'_>, def_id: LocalDefId) -> &List<DefId> {
    let root = tcx.typeck_root_def_id(def_id.to_def_id());
    if root != def_id.to_def_id() {
        return tcx.opaque_types_defined_by(root.expect_local());
    }
    let is_fn = match tcx.def_kind(root) {
        DefKind::Fn | DefKind::AssocFn => true,
        DefKind::Const | DefKind::AssocConst | DefKind::Static { .. } => false,
        _ => return List::empty(),
    };
    let mut c = Collect { tcx, root, found: Vec::new(), seen: FxHashSet::default() };
    for &(_, alias) in tcx.hir_attr_map(hir::OwnerId { def_id }).define_opaque.unwrap_or_default() {
        c.root = alias.to_def_id();
        let _ = tcx.type_of(alias.to_def_id()).instantiate_identity().visit_with(&mut c);
    }
    c.root = root;
    if is_fn {
        let sig = tcx.fn_sig(root).instantiate_identity();
        for t in sig.skip_binder().inputs_and_output {
            let _ = t.visit_with(&mut c);
        }
    }
    tcx.mk_def_ids(&c.found)
}

struct Collect<'tcx> {
    tcx: TyCtxt<'tcx>,
    /// The function, or the alias, in which the opaque types stand.
    root: DefId,
    found: Vec<DefId>,
    seen: FxHashSet<DefId>,
}

impl<'tcx> Collect<'tcx> {
    /// The definition, in the impl that the function stands in, of a projection on the impl's own trait reference.
    fn own_assoc_ty(&self, alias: ty::AliasTy<'tcx>) -> Option<DefId> {
        let tcx = self.tcx;
        let impl_id = tcx.trait_impl_of_assoc(self.root)?;
        let trait_ref = tcx.impl_trait_ref(impl_id).instantiate_identity();
        if tcx.opt_parent(alias.def_id) != Some(trait_ref.def_id) || !alias.args.starts_with(trait_ref.args) {
            return None;
        }
        let item = *tcx.impl_item_implementor_ids(impl_id).get(&alias.def_id)?;
        (tcx.def_kind(item) == DefKind::AssocTy).then_some(item)
    }
}

impl<'tcx> TypeVisitor<'tcx> for Collect<'tcx> {
    type Break = ();
    fn visit_ty(&mut self, t: Ty<'tcx>) -> std::ops::ControlFlow<()> {
        if !t.has_type_flags(TypeFlags::HAS_TY_OPAQUE | TypeFlags::HAS_TY_PROJECTION) {
            return std::ops::ControlFlow::Continue(());
        }
        match *t.kind() {
            TyKind::Alias(AliasTyKind::Opaque, alias) if self.seen.insert(alias.def_id) => {
                let own = alias.def_id.is_local()
                    && match self.tcx.opaque_ty_origin(alias.def_id) {
                        hir::OpaqueTyOrigin::FnReturn { parent, .. }
                        | hir::OpaqueTyOrigin::AsyncFn { parent, .. }
                        | hir::OpaqueTyOrigin::TyAlias { parent, .. } => parent == self.root,
                    };
                if own {
                    self.found.push(alias.def_id);
                    for (c, _) in self.tcx.explicit_item_bounds(alias.def_id).skip_binder() {
                        c.visit_with(self)?;
                    }
                }
                t.super_visit_with(self)
            }
            // The impl's own associated type, which may stand for what the function is to define.
            TyKind::Alias(AliasTyKind::Projection, alias)
                if let Some(item) = self.own_assoc_ty(alias)
                    && self.seen.insert(alias.def_id) =>
            {
                let outer = std::mem::replace(&mut self.root, item);
                let flow = self.tcx.type_of(item).instantiate_identity().visit_with(self);
                self.root = outer;
                flow?;
                t.super_visit_with(self)
            }
            // `-> impl Trait` of an impl's function: the trait's projection stands for the opaque type.
            TyKind::Alias(AliasTyKind::Projection, alias)
                if self.tcx.opt_associated_item(alias.def_id).is_some_and(|i| i.is_impl_trait_in_trait())
                    && self.seen.insert(alias.def_id) =>
            {
                if let ty::AssocKind::Type {
                    data: ty::AssocTypeData::Rpitit(ty::ImplTraitInTraitData::Trait { fn_def_id, opaque_def_id }),
                } = self.tcx.associated_item(alias.def_id).kind
                    && fn_def_id == self.root
                {
                    self.found.push(opaque_def_id);
                }
                t.super_visit_with(self)
            }
            _ => t.super_visit_with(self),
        }
    }
}

/// Provides `item_bounds`: the bounds of an associated or opaque type with all that they imply.
pub(crate) fn item_bounds(tcx: TyCtxt<'_>, def_id: DefId) -> EarlyBinder<ty::Clauses<'_>> {
    let explicit = tcx.explicit_item_bounds(def_id).skip_binder();
    let all: Vec<_> = elaborate(tcx, explicit.iter().map(|(c, _)| *c)).collect();
    EarlyBinder::bind(tcx.mk_clauses(&all))
}

/// Provides `item_self_bounds`: those of [`item_bounds`] that are about the type itself.
pub(crate) fn item_self_bounds(tcx: TyCtxt<'_>, def_id: DefId) -> EarlyBinder<ty::Clauses<'_>> {
    let explicit = tcx.explicit_item_self_bounds(def_id).skip_binder();
    let all: Vec<_> = elaborate(tcx, explicit.iter().map(|(c, _)| *c)).filter_only_self().collect();
    EarlyBinder::bind(tcx.mk_clauses(&all))
}

/// Provides `item_non_self_bounds`: those about its associated types.
pub(crate) fn item_non_self_bounds(tcx: TyCtxt<'_>, def_id: DefId) -> EarlyBinder<ty::Clauses<'_>> {
    let own: FxHashSet<_> = tcx.item_self_bounds(def_id).skip_binder().iter().collect();
    let others: Vec<_> = tcx.item_bounds(def_id).skip_binder().iter().filter(|c| !own.contains(c)).collect();
    EarlyBinder::bind(tcx.mk_clauses(&others))
}

/// Provides `unsizing_params_for_adt`: the parameters that only the last field mentions.
pub(crate) fn unsizing_params_for_adt(tcx: TyCtxt<'_>, def_id: DefId) -> &[u32] {
    let def = tcx.adt_def(def_id);
    let params = |t: Ty<'_>| {
        let mut v: Vec<u32> = Vec::new();
        for a in t.walk() {
            let index = match a {
                ty::GenericArg::Type(t) => match t.kind() {
                    TyKind::Param(p) => p.index,
                    _ => continue,
                },
                ty::GenericArg::Const(c) => match c.kind() {
                    ty::ConstKind::Param(p) => p.index,
                    _ => continue,
                },
                ty::GenericArg::Lifetime(_) => continue,
            };
            if !v.contains(&index) {
                v.push(index);
            }
        }
        v
    };
    if !def.is_struct() {
        return &[];
    }
    let fields = &def.non_enum_variant().fields.raw;
    let Some((tail, prefix)) = fields.split_last() else {
        return &[];
    };
    let mut out = params(tcx.type_of(tail.did).instantiate_identity());
    for f in prefix {
        let used = params(tcx.type_of(f.did).instantiate_identity());
        out.retain(|p| !used.contains(p));
    }
    out.sort_unstable();
    tcx.arena().alloc(out)
}

/// Provides `impl_parent`, for metadata.
pub(crate) fn impl_parent(tcx: TyCtxt<'_>, impl_def_id: DefId) -> Option<DefId> {
    let trait_def_id = tcx.impl_opt_trait_id(impl_def_id)?;
    let graph = tcx.specialization_graph_of(trait_def_id).ok()?;
    graph.parent.get(&impl_def_id).copied()
}
