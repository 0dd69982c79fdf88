//! `T::Assoc`, where the type says which item is meant.

use hir::PathSegment;
use hir::def::{DefKind, Res};
use span::def_id::DefId;
use span::{Ident, Span};
use ty::{AliasTyKind, AssocTag, GenericArgsRef, PolyTraitRef, Ty, TyKind};

use super::{HirTyLowerer, diagnostics};

/// What `T::name` in a type is.
#[derive(Clone, Copy, Debug)]
pub enum AssocPathResult<'tcx> {
    /// An associated type: its definition and arguments.
    Assoc(DefId, GenericArgsRef<'tcx>),
    /// A variant of the enum: `Enum::Variant` (in patterns and struct expressions).
    Variant(Ty<'tcx>, DefId),
}

impl<'tcx> dyn HirTyLowerer<'tcx> + '_ {
    /// Lowers `T::Assoc` in a type position.
    pub fn lower_type_relative_ty_path(
        &self,
        self_ty: Ty<'tcx>,
        hir_self_ty: &hir::Ty<'tcx>,
        segment: &PathSegment<'tcx>,
        hir_ty: &hir::Ty<'tcx>,
    ) -> Ty<'tcx> {
        let tcx = self.tcx();
        match self.lower_type_relative_path(self_ty, hir_self_ty, segment, hir_ty.hir_id, hir_ty.span, false) {
            Ok(AssocPathResult::Assoc(def_id, args)) => {
                let kind = if tcx.inherent_impl_of_assoc(def_id).is_some() {
                    AliasTyKind::Inherent
                } else {
                    AliasTyKind::Projection
                };
                tcx.mk_alias(kind, def_id, args)
            }
            Ok(AssocPathResult::Variant(ty, _)) => ty,
            Err(guar) => Ty::new_error(tcx.interner(), guar),
        }
    }

    /// Resolves `T::Assoc`. With `permit_variants`, an enum's variant may be named.
    pub fn lower_type_relative_path(
        &self,
        self_ty: Ty<'tcx>,
        hir_self_ty: &hir::Ty<'tcx>,
        segment: &PathSegment<'tcx>,
        hir_id: hir::HirId,
        span: Span,
        permit_variants: bool,
    ) -> Result<AssocPathResult<'tcx>, ty::ErrorGuaranteed> {
        let tcx = self.tcx();
        let name = segment.ident;
        let mut variant_def_id = None;
        if let Some(adt) = self.probe_adt(span, self_ty).filter(|a| a.is_enum()) {
            variant_def_id = adt.variants().iter().find(|v| v.name == name.name).map(|v| v.def_id);
            if let (Some(variant), true) = (variant_def_id, permit_variants) {
                return Ok(AssocPathResult::Variant(self_ty, variant));
            }
        }
        if let TyKind::Error(guar) = *self_ty.kind() {
            return Err(guar);
        }
        let path_res = match hir_self_ty.kind {
            hir::TyKind::Path(hir::QPath::Resolved(_, path)) => path.res,
            _ => Res::Err,
        };
        let bound = match (self_ty.kind(), path_res) {
            // In an impl of a trait, `Self::Assoc` is that trait's, or a supertrait's.
            (_, Res::SelfTyAlias { alias_to: impl_def_id, is_trait_impl: true, .. }) => {
                let Some(trait_ref) = tcx.impl_opt_trait_ref(impl_def_id) else {
                    return Err(tcx.dcx().span_delayed_bug(span, "expected cycle error"));
                };
                let trait_ref = trait_ref.instantiate_identity();
                self.one_bound_for_assoc_item(
                    || self.supertraits_with_assoc(ty::Binder::dummy(trait_ref), name),
                    &format!("{trait_ref}"),
                    name,
                    span,
                )?
            }
            (TyKind::Param(_), Res::SelfTyParam { trait_: did } | Res::Def(DefKind::TyParam, did))
                if did.is_local() =>
            {
                self.one_bound_for_ty_param(did, self_ty, name, span)?
            }
            _ => {
                return Err(diagnostics::assoc_ty_not_found_on_type(
                    tcx,
                    self_ty,
                    hir_self_ty,
                    name,
                    span,
                    variant_def_id,
                ));
            }
        };
        let trait_def_id = bound.def_id();
        let item = tcx
            .associated_items(trait_def_id)
            .filter_by_name_unhygienic(name.name)
            .find(|i| i.tag() == AssocTag::Type)
            .copied();
        let Some(item) = item else {
            return Err(tcx.dcx().span_delayed_bug(span, "the bound has the associated type"));
        };
        let _ = hir_id;
        let (def_id, args) = self.lower_assoc_item_path(span, item.def_id, segment, bound)?;
        Ok(AssocPathResult::Assoc(def_id, args))
    }

    /// The bound on a type parameter that has the associated type.
    fn one_bound_for_ty_param(
        &self,
        param: DefId,
        self_ty: Ty<'tcx>,
        name: Ident,
        span: Span,
    ) -> Result<PolyTraitRef<'tcx>, ty::ErrorGuaranteed> {
        let tcx = self.tcx();
        let predicates = self.probe_ty_param_bounds(span, param.expect_local(), name);
        let param_name = self_ty.to_string();
        let _ = tcx;
        self.one_bound_for_assoc_item(
            || {
                let mut out: Vec<PolyTraitRef<'tcx>> = Vec::new();
                for (clause, _) in predicates {
                    let Some(trait_clause) = clause.as_trait_clause() else { continue };
                    if trait_clause.self_ty().skip_binder() != self_ty {
                        continue;
                    }
                    for t in self.supertraits_with_assoc(trait_clause.trait_ref(), name) {
                        // The same trait by two binders is one bound.
                        let anon = tcx.anonymize_bound_vars(t);
                        if !out.iter().any(|&o| tcx.anonymize_bound_vars(o) == anon) {
                            out.push(t);
                        }
                    }
                }
                out
            },
            &param_name,
            name,
            span,
        )
    }

    /// The trait and its supertraits that have an associated type of this name.
    pub fn supertraits_with_assoc(&self, trait_ref: PolyTraitRef<'tcx>, name: Ident) -> Vec<PolyTraitRef<'tcx>> {
        let tcx = self.tcx();
        let mut out = Vec::new();
        let mut stack = vec![trait_ref];
        let mut seen = Vec::new();
        while let Some(t) = stack.pop() {
            let anon = tcx.anonymize_bound_vars(t);
            if seen.contains(&anon) {
                continue;
            }
            seen.push(anon);
            let has = tcx
                .associated_item_def_ids(t.def_id())
                .iter()
                .any(|&i| tcx.def_kind(i) == DefKind::AssocTy && tcx.opt_item_name(i) == Some(name.name));
            if has {
                out.push(t);
                continue;
            }
            let supers = tcx.explicit_supertraits_containing_assoc_item((t.def_id(), name));
            for (clause, _) in supers.skip_binder().iter().rev() {
                if let Some(st) = clause.as_trait_clause() {
                    let st = instantiate_supertrait(tcx, st.trait_ref(), t);
                    stack.push(st);
                }
            }
        }
        out
    }

    fn one_bound_for_assoc_item(
        &self,
        candidates: impl FnOnce() -> Vec<PolyTraitRef<'tcx>>,
        ty_name: &str,
        name: Ident,
        span: Span,
    ) -> Result<PolyTraitRef<'tcx>, ty::ErrorGuaranteed> {
        let all = candidates();
        match all[..] {
            // The bounds of a cycle are not known.
            [] if self.dcx().emitted_error_codes().contains(&::diagnostics::codes::E0391) => {
                Err(self.dcx().span_delayed_bug(span, "bounds that depend on themselves"))
            }
            [] => Err(diagnostics::assoc_ty_not_found(self.tcx(), ty_name, name, span)),
            [one] => Ok(one),
            _ if self.dcx().emitted_error_codes().contains(&::diagnostics::codes::E0391) => {
                Err(self.dcx().span_delayed_bug(span, "bounds that depend on themselves"))
            }
            _ => Err(diagnostics::ambiguous_assoc_ty_in_bounds(self.tcx(), ty_name, name, span, &all)),
        }
    }
}

/// A supertrait bound of a trait, for a reference to the trait: the binders become one.
pub fn instantiate_supertrait<'tcx>(
    tcx: query::TyCtxt<'tcx>,
    super_ref: PolyTraitRef<'tcx>,
    sub: PolyTraitRef<'tcx>,
) -> PolyTraitRef<'tcx> {
    let sub_vars = sub.bound_vars();
    let shifted = shift_super(tcx, super_ref, sub_vars.len());
    let value = ty::EarlyBinder::bind(shifted.skip_binder()).instantiate(tcx.interner(), sub.skip_binder().args);
    let vars: Vec<_> = sub_vars.iter().chain(super_ref.bound_vars().iter()).collect();
    ty::Binder::bind_with_vars(value, tcx.mk_bound_variable_kinds(&vars))
}

/// Moves the numbers of a binder's own variables up by `n`.
fn shift_super<'tcx>(tcx: query::TyCtxt<'tcx>, t: PolyTraitRef<'tcx>, n: usize) -> PolyTraitRef<'tcx> {
    if n == 0 || t.bound_vars().is_empty() {
        return t;
    }
    let shift = |v: ty::BoundVar| ty::BoundVar::from_usize(v.as_usize() + n);
    let inner = tcx.replace_escaping_bound_vars(
        t.skip_binder(),
        ty::fold::FnMutDelegate {
            regions: &mut |br| {
                let br = ty::BoundRegion { var: shift(br.var), kind: br.kind };
                tcx.mk_region(ty::RegionKind::ReBound(ty::INNERMOST, br))
            },
            types: &mut |bt| tcx.mk_ty(TyKind::Bound(ty::INNERMOST, ty::BoundTy { var: shift(bt.var), kind: bt.kind })),
            consts: &mut |bc| tcx.mk_const(ty::ConstKind::Bound(ty::INNERMOST, shift(bc))),
        },
    );
    t.rebind(inner)
}

/// A super predicate of a trait, for a reference to the trait: the binders become one.
pub fn instantiate_super_clause<'tcx>(
    tcx: query::TyCtxt<'tcx>,
    clause: ty::Clause<'tcx>,
    sub: PolyTraitRef<'tcx>,
) -> ty::Clause<'tcx> {
    let kind = clause.kind();
    let sub_vars = sub.bound_vars();
    let n = sub_vars.len();
    let shift = |v: ty::BoundVar| ty::BoundVar::from_usize(v.as_usize() + n);
    let inner = if n == 0 || kind.bound_vars().is_empty() {
        kind.skip_binder()
    } else {
        tcx.replace_escaping_bound_vars(
            kind.skip_binder(),
            ty::fold::FnMutDelegate {
                regions: &mut |br| {
                    let br = ty::BoundRegion { var: shift(br.var), kind: br.kind };
                    tcx.mk_region(ty::RegionKind::ReBound(ty::INNERMOST, br))
                },
                types: &mut |bt| {
                    tcx.mk_ty(TyKind::Bound(ty::INNERMOST, ty::BoundTy { var: shift(bt.var), kind: bt.kind }))
                },
                consts: &mut |bc| tcx.mk_const(ty::ConstKind::Bound(ty::INNERMOST, shift(bc))),
            },
        )
    };
    let value = ty::EarlyBinder::bind(inner).instantiate(tcx.interner(), sub.skip_binder().args);
    let vars: Vec<_> = sub_vars.iter().chain(kind.bound_vars().iter()).collect();
    tcx.mk_clause(ty::Binder::bind_with_vars(value, tcx.mk_bound_variable_kinds(&vars)))
}
