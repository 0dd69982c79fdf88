//! Types.

use hir::def::{DefKind, Res};
use hir::{ConstArgKind, PrimTy, QPath, TyPatKind};
use span::Span;
use span::def_id::DefId;
use ty::{AliasTyKind, Binder, Pattern, PatternKind, Ty, TyKind};

use super::{HirTyLowerer, RegionInferReason, diagnostics};
use crate::opaque;

impl<'tcx> dyn HirTyLowerer<'tcx> + '_ {
    /// Lowers a type.
    pub fn lower_ty(&self, hir_ty: &hir::Ty<'tcx>) -> Ty<'tcx> {
        let ty = self.lower_ty_inner(hir_ty, None);
        self.record_ty(hir_ty.hir_id, ty, hir_ty.span);
        ty
    }

    /// Lowers a type in a position that gives objects a lifetime: `&'a dyn Trait` is `&'a (dyn Trait + 'a)`.
    pub(crate) fn lower_ty_with_object_default(
        &self,
        hir_ty: &hir::Ty<'tcx>,
        object: Option<ty::Region<'tcx>>,
    ) -> Ty<'tcx> {
        let ty = self.lower_ty_inner(hir_ty, object);
        self.record_ty(hir_ty.hir_id, ty, hir_ty.span);
        ty
    }

    fn lower_ty_inner(&self, hir_ty: &hir::Ty<'tcx>, object: Option<ty::Region<'tcx>>) -> Ty<'tcx> {
        let tcx = self.tcx();
        match &hir_ty.kind {
            hir::TyKind::Slice(elem) => tcx.mk_slice(self.lower_ty(elem)),
            hir::TyKind::Array(elem, len) => {
                let elem = self.lower_ty(elem);
                let len = self.lower_const_arg(len, tcx.types().usize);
                tcx.mk_ty(TyKind::Array(elem, len))
            }
            hir::TyKind::Ptr(mt) => tcx.mk_ptr(self.lower_ty(mt.ty), mt.mutbl),
            hir::TyKind::Ref(lifetime, mt) => {
                let r = self.lower_lifetime(lifetime, RegionInferReason::Elided);
                let inner = self.lower_ty_with_object_default(mt.ty, Some(r));
                tcx.mk_ref(r, inner, mt.mutbl)
            }
            hir::TyKind::Never => tcx.types().never,
            hir::TyKind::Tup(tys) => {
                let tys: Vec<_> = tys.iter().map(|t| self.lower_ty(t)).collect();
                tcx.mk_tup(&tys)
            }
            hir::TyKind::FnPtr(f) => {
                let sig = self.lower_fn_ptr_sig(f);
                tcx.mk_fn_ptr(sig)
            }
            hir::TyKind::UnsafeBinder(b) => {
                let params = self.binder_params(b.generic_params);
                let vars = self.bound_vars_of(&params);
                let inner = self.binders().enter(params, || self.lower_ty(b.inner_ty));
                tcx.mk_ty(TyKind::UnsafeBinder(Binder::bind_with_vars(inner, vars)))
            }
            hir::TyKind::TraitObject(bounds, lifetime, syntax) => {
                // What follows from a trait in place of a type would only confuse.
                match self.prohibit_bare_trait_object(hir_ty, *syntax) {
                    Some(guar) => Ty::new_error(tcx.interner(), guar),
                    None => self.lower_trait_object(hir_ty, bounds, lifetime, object),
                }
            }
            hir::TyKind::Path(QPath::Resolved(self_ty, path)) => self.lower_resolved_ty_path(*self_ty, path, hir_ty),
            hir::TyKind::Path(QPath::TypeRelative(qself, segment)) => {
                let self_ty = self.lower_ty(qself);
                self.lower_type_relative_ty_path(self_ty, qself, segment, hir_ty)
            }
            &hir::TyKind::Path(QPath::LangItem(item, span)) => {
                let def_id = tcx.require_lang_item(item, span);
                let args = self.lower_args_for_lang_item(def_id, span);
                tcx.type_of(def_id).instantiate(tcx.interner(), args)
            }
            hir::TyKind::OpaqueDef(opaque) => self.lower_opaque_ty(opaque),
            hir::TyKind::TraitAscription(_) => {
                let guar = tcx.dcx().span_unsupported(hir_ty.span, "`impl Trait` in the type of a variable binding");
                Ty::new_error(tcx.interner(), guar)
            }
            hir::TyKind::Pat(inner, pat) => {
                let ty = self.lower_ty(inner);
                match self.lower_ty_pat(ty, pat) {
                    Ok(pat) => tcx.mk_ty(TyKind::Pat(ty, pat)),
                    Err(guar) => Ty::new_error(tcx.interner(), guar),
                }
            }
            hir::TyKind::Infer => self.ty_infer(None, hir_ty.span),
            hir::TyKind::Err(guar) => Ty::new_error(tcx.interner(), *guar),
        }
    }

    fn lower_ty_pat(&self, ty: Ty<'tcx>, pat: &hir::TyPat<'tcx>) -> Result<Pattern<'tcx>, ty::ErrorGuaranteed> {
        let tcx = self.tcx();
        Ok(tcx.mk_pat(match &pat.kind {
            TyPatKind::Range(start, end) => {
                PatternKind::Range { start: self.lower_const_arg(start, ty), end: self.lower_const_arg(end, ty) }
            }
            TyPatKind::NotNull => PatternKind::NotNull,
            TyPatKind::Or(pats) => {
                let pats: Vec<_> = pats.iter().map(|p| self.lower_ty_pat(ty, p)).collect::<Result<_, _>>()?;
                PatternKind::Or(tcx.mk_pats(&pats))
            }
            TyPatKind::Err(guar) => return Err(*guar),
        }))
    }

    /// `impl Trait` where it stands: the opaque type with its captures as arguments.
    fn lower_opaque_ty(&self, opaque: &hir::OpaqueTy<'tcx>) -> Ty<'tcx> {
        let tcx = self.tcx();
        let captured = opaque::opaque_captured_lifetimes(tcx, opaque.def_id);
        let parent_count = tcx.generics_of(opaque.def_id).parent_count;
        let args = tcx.args_for_item(opaque.def_id.to_def_id(), |param, _| {
            match (param.index as usize).checked_sub(parent_count) {
                None => tcx.mk_param_from_def(param),
                Some(i) => self.lower_region_param(captured[i].0).into(),
            }
        });
        // In a trait (or an impl of it) the type is an associated type made for the purpose.
        match tcx.opaque_ty_origin(opaque.def_id.to_def_id()) {
            hir::OpaqueTyOrigin::FnReturn { in_trait_or_impl: Some(hir::RpitContext::Trait), .. }
            | hir::OpaqueTyOrigin::AsyncFn { in_trait_or_impl: Some(hir::RpitContext::Trait), .. } => {
                match opaque::assoc_ty_of_opaque(tcx, opaque.def_id) {
                    Some(assoc) => tcx.mk_projection(assoc, args),
                    None => tcx.mk_alias(AliasTyKind::Opaque, opaque.def_id.to_def_id(), args),
                }
            }
            _ => tcx.mk_alias(AliasTyKind::Opaque, opaque.def_id.to_def_id(), args),
        }
    }

    /// A path that resolution got through.
    pub fn lower_resolved_ty_path(
        &self,
        opt_self_ty: Option<&hir::Ty<'tcx>>,
        path: &hir::Path<'tcx>,
        hir_ty: &hir::Ty<'tcx>,
    ) -> Ty<'tcx> {
        let tcx = self.tcx();
        let span = path.span;
        match path.res {
            Res::Def(DefKind::Enum | DefKind::TyAlias | DefKind::Struct | DefKind::Union | DefKind::ForeignTy, did) => {
                let [prefix @ .., last] = path.segments else { unreachable!("a path has a segment") };
                self.prohibit_generic_args(prefix.iter(), None);
                self.lower_path_segment(span, did, last)
            }
            Res::Def(DefKind::OpaqueTy, did) => tcx.mk_alias(AliasTyKind::Opaque, did, tcx.identity_args_for(did)),
            Res::Def(DefKind::Variant, did) => {
                let guar = diagnostics::expected_type_found_variant(tcx, span, did);
                Ty::new_error(tcx.interner(), guar)
            }
            Res::Def(DefKind::TyParam, def_id) => {
                self.prohibit_generic_args(path.segments.iter(), Some(("type parameter", def_id)));
                self.lower_ty_param(def_id)
            }
            Res::SelfTyParam { .. } => {
                self.prohibit_generic_args(path.segments.iter(), None);
                tcx.types().self_param
            }
            Res::SelfTyAlias { alias_to: impl_def_id, forbid_generic, .. } => {
                self.prohibit_generic_args(path.segments.iter(), None);
                let ty = tcx.type_of(impl_def_id).instantiate_identity();
                if forbid_generic && ty::visit::TypeVisitableExt::has_param(&ty) {
                    let guar = tcx
                        .dcx()
                        .span_err(span, "generic `Self` types are currently not permitted in anonymous constants");
                    return Ty::new_error(tcx.interner(), guar);
                }
                ty
            }
            Res::Def(DefKind::AssocTy, def_id) => {
                let segments = path.segments;
                let trait_segment = segments.len().checked_sub(2).map(|i| &segments[i]);
                let item_segment = &segments[segments.len() - 1];
                self.prohibit_generic_args(segments[..segments.len().saturating_sub(2)].iter(), None);
                match opt_self_ty {
                    Some(self_ty) => {
                        let self_ty = self.lower_ty(self_ty);
                        self.lower_qualified_assoc_ty(span, self_ty, def_id, trait_segment, item_segment)
                    }
                    None => {
                        let guar = diagnostics::ambiguous_assoc_ty(tcx, span, def_id, trait_segment, item_segment);
                        Ty::new_error(tcx.interner(), guar)
                    }
                }
            }
            Res::PrimTy(prim) => {
                self.prohibit_generic_args(path.segments.iter(), None);
                self.lower_prim_ty(prim)
            }
            Res::Err => {
                let guar = tcx.dcx().span_delayed_bug(span, "path with `Res::Err` but no error emitted");
                Ty::new_error(tcx.interner(), guar)
            }
            Res::Def(kind, def_id) => {
                let guar = tcx.dcx().span_delayed_bug(
                    hir_ty.span,
                    format!("unexpected {} {} in a type", kind.descr(def_id), tcx.def_path_str(def_id)),
                );
                Ty::new_error(tcx.interner(), guar)
            }
            res => {
                let guar = tcx.dcx().span_delayed_bug(hir_ty.span, format!("unexpected resolution {res:?} in a type"));
                Ty::new_error(tcx.interner(), guar)
            }
        }
    }

    /// A built-in type.
    pub fn lower_prim_ty(&self, prim: PrimTy) -> Ty<'tcx> {
        let tcx = self.tcx();
        match prim {
            PrimTy::Bool => tcx.types().bool,
            PrimTy::Char => tcx.types().char,
            PrimTy::Str => tcx.types().str_,
            PrimTy::Int(i) => tcx.mk_mach_int(i),
            PrimTy::Uint(u) => tcx.mk_mach_uint(u),
            PrimTy::Float(f) => tcx.mk_mach_float(f),
        }
    }

    /// The last segment of a path to a nominal type.
    pub fn lower_path_segment(&self, span: Span, did: DefId, segment: &hir::PathSegment<'tcx>) -> Ty<'tcx> {
        let tcx = self.tcx();
        let args = self.lower_generic_args_of_path_segment(span, did, segment);
        self.prohibit_constraints(segment);
        if tcx.def_kind(did) == DefKind::TyAlias && tcx.feature(span::sym::lazy_type_alias) {
            return tcx.mk_alias(AliasTyKind::Free, did, args);
        }
        tcx.type_of(did).instantiate(tcx.interner(), args)
    }

    /// Whether a constant argument is a plain `_`.
    pub fn is_const_infer(&self, arg: &hir::ConstArg<'tcx>) -> bool {
        matches!(arg.kind, ConstArgKind::Infer)
    }
}
