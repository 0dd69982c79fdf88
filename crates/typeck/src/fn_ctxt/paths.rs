//! What paths in expressions and patterns mean, and with what arguments ([`FnCtxt::instantiate_value_path`]).

use diagnostics::codes::*;
use hir::def::{CtorOf, DefKind, Res};
use hir::{HirId, PathSegment, QPath};
use hir_analysis::lower::{AssocPathResult, HirTyLowerer};
use span::Span;
use span::def_id::DefId;
use trait_solve::infer::DefineOpaqueTypes;
use trait_solve::traits::ObligationCauseCode;
use ty::{AssocContainer, GenericArg, GenericArgsRef, Ty, TyKind, UserSelfTy};

use super::FnCtxt;
use crate::expectation::Expectation::NoExpectation;
use crate::method::MethodError;

/// A type as lowered, and normalised.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LoweredTy<'tcx> {
    pub(crate) raw: Ty<'tcx>,
    pub(crate) normalized: Ty<'tcx>,
}

impl<'tcx> LoweredTy<'tcx> {
    pub(crate) fn from_raw(fcx: &FnCtxt<'_, 'tcx>, span: Span, raw: Ty<'tcx>) -> LoweredTy<'tcx> {
        let normalized = fcx.normalize(span, raw);
        // The shape is what is looked at.
        let normalized = match normalized.kind() {
            TyKind::Alias(..) | TyKind::Infer(_) => fcx.try_structurally_resolve_type(span, normalized),
            _ => normalized,
        };
        LoweredTy { raw, normalized }
    }
}

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    /// Resolves an associated value path into a base type and associated constant, or method resolution. The newly
    /// resolved definition is written into `type_dependent_defs`.
    pub(crate) fn resolve_ty_and_res_fully_qualified_call(
        &self,
        qpath: &'tcx QPath<'tcx>,
        hir_id: HirId,
        span: Span,
    ) -> (Res, Option<LoweredTy<'tcx>>, &'tcx [PathSegment<'tcx>]) {
        let (ty, qself, item_segment) = match *qpath {
            QPath::Resolved(opt_qself, path) => {
                return (path.res, opt_qself.map(|qself| self.lower_ty(qself)), path.segments);
            }
            QPath::TypeRelative(qself, segment) => {
                // Don't use `self.lower_ty`, since this will register a WF obligation.
                let ty = self.lowerer().lower_ty(qself);
                (LoweredTy::from_raw(self, span, ty), qself, segment)
            }
            QPath::LangItem(..) => {
                let (res, _) = match *qpath {
                    QPath::LangItem(item, sp) => self.resolve_lang_item_path(item, sp, hir_id),
                    _ => unreachable!(),
                };
                return (res, None, &[]);
            }
        };
        self.register_wf_obligation(ty.raw.into(), qself.span, ObligationCauseCode::WellFormed(None));
        // Check if we have already got this from checking a struct path or a pattern's mode.
        if let Some(&cached) = self.typeck_results.borrow().type_dependent_defs().get(hir_id) {
            let def = cached.map_or(Res::Err, |(kind, def_id)| Res::Def(kind, def_id));
            return (def, Some(ty), std::slice::from_ref(item_segment));
        }
        let item_name = item_segment.ident;
        let result =
            self.resolve_fully_qualified_call(span, item_name, ty.normalized, qself.span, hir_id).or_else(|error| {
                let result = match error {
                    MethodError::PrivateMatch(kind, def_id, _) => Ok((kind, def_id)),
                    _ => Err(()),
                };
                // If we have a path to an enum or type parameter, more can be said.
                let guar = self.report_method_error(hir_id, ty.normalized, error, NoExpectation, false, span);
                result.map_err(|()| guar)
            });
        // Write back the new resolution.
        self.write_resolution(hir_id, result);
        (result.map_or(Res::Err, |(kind, def_id)| Res::Def(kind, def_id)), Some(ty), std::slice::from_ref(item_segment))
    }

    /// Which segment of a path holds the arguments of which definition.
    fn probe_generic_path_segments(
        &self,
        segments: &[PathSegment<'_>],
        self_ty: Option<LoweredTy<'tcx>>,
        kind: DefKind,
        def_id: DefId,
    ) -> Vec<(DefId, usize)> {
        let tcx = self.tcx;
        let Some(last) = segments.len().checked_sub(1) else {
            return vec![];
        };
        let mut out = vec![];
        match kind {
            // Case 1. Reference to a struct constructor.
            DefKind::Ctor(CtorOf::Struct, ..) => {
                // Everything but the final segment should have no parameters at all.
                let generics = tcx.generics_of(def_id);
                out.push((generics.parent.unwrap_or(def_id), last));
            }
            // Case 2. Reference to a variant constructor.
            DefKind::Ctor(CtorOf::Variant, ..) | DefKind::Variant => {
                let (generics_def_id, index) = match self_ty.and_then(|t| t.normalized.ty_adt_def()) {
                    Some(adt_def) => (adt_def.did(), last),
                    None if last >= 1 && segments[last - 1].args.is_some() => {
                        // Everything but the penultimate segment should have no parameters at all.
                        let variant = if let DefKind::Ctor(..) = kind { tcx.parent(def_id) } else { def_id };
                        (tcx.parent(variant), last - 1)
                    }
                    None => {
                        // FIXME: lint here recommending `Enum::<...>::Variant` form instead of `Enum::Variant::<...>`.
                        let variant = if let DefKind::Ctor(..) = kind { tcx.parent(def_id) } else { def_id };
                        (tcx.parent(variant), last)
                    }
                };
                out.push((generics_def_id, index));
            }
            // Case 3. Reference to a top-level value.
            DefKind::Fn | DefKind::Const | DefKind::ConstParam | DefKind::Static { .. } => {
                out.push((def_id, last));
            }
            // Case 4. Reference to a method or associated const.
            DefKind::AssocFn | DefKind::AssocConst => {
                if segments.len() >= 2 {
                    if let Some(parent) = tcx.generics_of(def_id).parent {
                        out.push((parent, last - 1));
                    }
                }
                out.push((def_id, last));
            }
            _ => {}
        }
        out
    }

    /// Resolves a path's arguments and gives the type of the value.
    pub(crate) fn instantiate_value_path(
        &self,
        segments: &'tcx [PathSegment<'tcx>],
        self_ty: Option<LoweredTy<'tcx>>,
        res: Res,
        span: Span,
        path_span: Span,
        hir_id: HirId,
    ) -> (Ty<'tcx>, Res) {
        let tcx = self.tcx;
        let generic_segments = match res {
            Res::Def(kind, def_id) => self.probe_generic_path_segments(segments, self_ty, kind, def_id),
            Res::Local(_) | Res::SelfCtor(_) => vec![],
            _ => {
                let e = self.dcx().span_delayed_bug(span, "`Res::Err` but no error emitted");
                return (Ty::new_error(*tcx, e), res);
            }
        };

        let mut user_self_ty = None;
        match res {
            Res::Def(DefKind::Ctor(CtorOf::Variant, _), _) => {
                if let Some(self_ty) = self_ty {
                    if let Some(adt_def) = self_ty.normalized.ty_adt_def() {
                        user_self_ty = Some(UserSelfTy { impl_def_id: adt_def.did(), self_ty: self_ty.raw });
                    }
                }
            }
            Res::Def(DefKind::AssocFn | DefKind::AssocConst, def_id) => {
                let item = tcx.associated_item(def_id);
                match item.container {
                    AssocContainer::Trait => {
                        if let Err(e) = crate::callee::check_legal_trait_for_method_call(
                            self,
                            path_span,
                            None,
                            span,
                            item.container_id,
                        ) {
                            self.set_tainted_by_errors(e);
                        }
                    }
                    AssocContainer::InherentImpl | AssocContainer::TraitImpl(_) => {
                        if segments.len() == 1 {
                            // `<T>::assoc` will end up here, and so can `T::assoc`. If this came from an inherent
                            // impl, we need to record that `T` for posterity.
                            if let Some(self_ty) = self_ty {
                                user_self_ty =
                                    Some(UserSelfTy { impl_def_id: item.container_id, self_ty: self_ty.raw });
                            }
                        }
                    }
                }
            }
            _ => {}
        }

        // Arguments where there are no parameters.
        let is_local_or_ctor = matches!(res, Res::Local(_));
        let has_args = segments
            .iter()
            .enumerate()
            .any(|(i, s)| s.args.is_some() && !generic_segments.iter().any(|&(_, ix)| ix == i));
        if has_args {
            let others = segments
                .iter()
                .enumerate()
                .filter(|(i, _)| !generic_segments.iter().any(|&(_, ix)| ix == *i))
                .map(|(_, s)| s);
            if let Some(e) = self.lowerer().prohibit_generic_args(others, None) {
                self.set_tainted_by_errors(e);
            }
        }

        if let Res::Local(hid) = res {
            let _ = is_local_or_ctor;
            let ty = self.local_ty(span, hid);
            return (ty, res);
        }

        // `Self(..)`.
        let (res, self_ctor_args) = if let Res::SelfCtor(impl_def_id) = res {
            match self.resolve_self_ctor(impl_def_id, segments, span, &mut user_self_ty) {
                Ok(r) => r,
                Err(e) => return (Ty::new_error(*tcx, e), res),
            }
        } else {
            (res, None)
        };
        let def_id = match res {
            Res::Def(_, def_id) => def_id,
            _ => {
                let e = self.dcx().span_delayed_bug(span, "value path without a definition");
                return (Ty::new_error(*tcx, e), res);
            }
        };
        let args_raw = self_ctor_args
            .unwrap_or_else(|| self.lower_args_of_chain(def_id, &generic_segments, segments, self_ty, span));

        // First, store the "user args" for later.
        self.write_user_type_annotation_from_args(hir_id, def_id, args_raw, user_self_ty);

        // Normalize only after registering type annotations.
        let args = self.normalize(span, args_raw);
        self.add_required_obligations_for_hir(span, def_id, args, hir_id);

        // Instantiate the values for the type parameters into the type of the referenced item.
        let ty_instantiated = self.normalize(span, tcx.type_of(def_id).instantiate(*tcx, args));

        if let Some(UserSelfTy { impl_def_id, self_ty }) = user_self_ty {
            // In the case of `Foo<T>::method` and `<Foo<T>>::method`, `method` is inherent, there is no `Self`
            // parameter; instead, the impl needs type parameters, which we can infer by unifying the provided `Self`
            // with the instantiated impl type.
            let impl_ty = self.normalize(span, tcx.type_of(impl_def_id).instantiate(*tcx, args));
            let self_ty = self.normalize(span, self_ty);
            match self.at(&self.misc(span), self.param_env).eq(DefineOpaqueTypes::Yes, impl_ty, self_ty) {
                Ok(ok) => self.register_infer_ok_obligations(ok),
                Err(_) => {
                    self.dcx().span_delayed_bug(
                        span,
                        format!("could not equate the type {self_ty} with the impl's {impl_ty}"),
                    );
                }
            }
        }
        self.write_args(hir_id, args);
        (ty_instantiated, res)
    }

    /// The arguments of a definition, its parents' first: from the segments that have them, else to be inferred.
    fn lower_args_of_chain(
        &self,
        def_id: DefId,
        generic_segments: &[(DefId, usize)],
        segments: &'tcx [PathSegment<'tcx>],
        self_ty: Option<LoweredTy<'tcx>>,
        span: Span,
    ) -> GenericArgsRef<'tcx> {
        let tcx = self.tcx;
        let generics = tcx.generics_of(def_id);
        let parent_args: GenericArgsRef<'tcx> = match generics.parent {
            Some(parent) => self.lower_args_of_chain(parent, generic_segments, segments, self_ty, span),
            None => ty::List::empty(),
        };
        match generic_segments.iter().find(|&&(did, _)| did == def_id) {
            Some(&(_, index)) => {
                let is_trait = generics.has_self && generics.parent.is_none();
                let self_arg = if is_trait { self_ty.map(|t| t.raw) } else { None };
                let seg = &segments[index];
                self.lowerer().lower_generic_args_of_path(seg.ident.span, def_id, parent_args, seg, self_arg)
            }
            None => {
                if generics.own_params.is_empty() {
                    return parent_args;
                }
                let mut args: Vec<GenericArg<'tcx>> = parent_args.to_vec();
                for param in &generics.own_params {
                    if param.index == 0 && generics.has_self && generics.parent.is_none() {
                        if let Some(t) = self_ty {
                            args.push(t.raw.into());
                            continue;
                        }
                    }
                    args.push(self.var_for_def(span, param));
                }
                tcx.mk_args(&args)
            }
        }
    }

    /// `Self` as a constructor: of the impl's type, which must be a tuple or unit struct.
    fn resolve_self_ctor(
        &self,
        impl_def_id: DefId,
        segments: &'tcx [PathSegment<'tcx>],
        span: Span,
        user_self_ty: &mut Option<UserSelfTy<'tcx>>,
    ) -> Result<(Res, Option<GenericArgsRef<'tcx>>), span::ErrorGuaranteed> {
        let tcx = self.tcx;
        let ty = LoweredTy::from_raw(self, span, tcx.type_of(impl_def_id).instantiate_identity());

        // Firstly, check that this SelfCtor even comes from the item we're currently typechecking. This can fail
        // because we never validated the resolution of an outer item's `Self`.
        let mut is_outer_item = true;
        for (_, node) in tcx.hir_parent_iter(tcx.local_def_id_to_hir_id(self.body_id)) {
            if let hir::Node::Item(item) = node {
                if item.owner_id.to_def_id() == impl_def_id {
                    is_outer_item = false;
                }
                if !matches!(item.kind, hir::ItemKind::Fn { .. } | hir::ItemKind::Const(..) | hir::ItemKind::Static(..))
                    || !is_outer_item
                {
                    break;
                }
                break;
            }
        }
        if is_outer_item && tcx.hir_parent_iter(tcx.local_def_id_to_hir_id(self.body_id)).any(|(_, n)| matches!(n, hir::Node::Item(i) if matches!(i.kind, hir::ItemKind::Impl(_)) && i.owner_id.to_def_id() == impl_def_id)) {
            // An item inside of the impl's function.
            if !ty::TypeVisitableExt::has_param(&ty.raw) {
                // `Self` without parameters is usable (with a lint).
            } else {
                let diag = self
                    .err(
                        span,
                        E0401,
                        "can't reference `Self` constructor from outer item",
                    )
                    .with_span_label(
                        span,
                        "can't use `Self` constructor from outer item",
                    );
                return Err(self.emit(diag));
            }
        }
        let _ = segments;
        match ty.normalized.ty_adt_def() {
            Some(adt_def) if adt_def.has_ctor() => {
                let (ctor_kind, ctor_def_id) = adt_def
                    .non_enum_variant()
                    .ctor
                    .ok_or_else(|| self.dcx().span_delayed_bug(span, "no constructor"))?;
                // Check the visibility of the ctor.
                let vis = tcx.visibility(ctor_def_id);
                if !tcx.is_accessible_from(vis, tcx.parent_module_from_def_id(self.body_id).to_def_id()) {
                    let msg = format!("tuple struct constructor `{}` is private", tcx.def_path_str(adt_def.did()));
                    let diag = self.err(span, E0603, msg);
                    self.emit(diag);
                }
                let new_res = Res::Def(DefKind::Ctor(CtorOf::Struct, ctor_kind), ctor_def_id);
                let TyKind::Adt(_, args) = *ty.raw.kind() else {
                    *user_self_ty = None;
                    let TyKind::Adt(_, args) = *ty.normalized.kind() else {
                        return Err(self.dcx().span_delayed_bug(span, "no ADT"));
                    };
                    return Ok((new_res, Some(args)));
                };
                Ok((new_res, Some(args)))
            }
            _ => {
                let mut err =
                    self.dcx().struct_span_err(span, "the `Self` constructor must be used with a tuple or unit struct");
                if let Some(adt_def) = ty.normalized.ty_adt_def() {
                    match adt_def.adt_kind() {
                        ty::AdtKind::Enum => {
                            err.help("did you mean to use one of the enum's variants?");
                        }
                        ty::AdtKind::Struct | ty::AdtKind::Union => {
                            err.span_suggestion(
                                span,
                                "use curly brackets",
                                "Self { /* fields */ }",
                                diagnostics::Applicability::HasPlaceholders,
                            );
                        }
                    }
                }
                Err(self.emit(err))
            }
        }
    }

    /// Resolves a struct expression's or pattern's path.
    pub(crate) fn finish_resolving_struct_path(
        &self,
        qpath: &'tcx QPath<'tcx>,
        path_span: Span,
        hir_id: HirId,
    ) -> (Res, LoweredTy<'tcx>) {
        match *qpath {
            QPath::Resolved(maybe_qself, path) => {
                if let Res::Def(DefKind::Variant, variant) = path.res {
                    // The enum's arguments stand at the enum or at the variant.
                    let enum_did = self.tcx.parent(variant);
                    let generic_segments =
                        self.probe_generic_path_segments(path.segments, None, DefKind::Variant, variant);
                    let others = path
                        .segments
                        .iter()
                        .enumerate()
                        .filter(|(i, _)| !generic_segments.iter().any(|&(_, ix)| ix == *i))
                        .map(|(_, s)| s);
                    self.lowerer().prohibit_generic_args(others, None);
                    let args = self.lower_args_of_chain(enum_did, &generic_segments, path.segments, None, path_span);
                    let ty = self.tcx.type_of(enum_did).instantiate(*self.tcx, args);
                    return (path.res, LoweredTy::from_raw(self, path_span, ty));
                }
                let hir_ty = hir::Ty { hir_id, span: path_span, kind: hir::TyKind::Path(*qpath) };
                let ty = self.lowerer().lower_resolved_ty_path(maybe_qself, path, &hir_ty);
                (path.res, LoweredTy::from_raw(self, path_span, ty))
            }
            QPath::TypeRelative(hir_self_ty, segment) => {
                let self_ty = self.lower_ty(hir_self_ty);
                let result = self.lower_type_relative_value_ty(self_ty, hir_self_ty, segment, hir_id, path_span);
                let ty = result.map(|(ty, _, _)| ty).unwrap_or_else(|guar| Ty::new_error(*self.tcx, guar));
                let ty = LoweredTy::from_raw(self, path_span, ty);
                let result = result.map(|(_, kind, def_id)| (kind, def_id));
                // Write back the new resolution.
                self.write_resolution(hir_id, result);
                (result.map_or(Res::Err, |(kind, def_id)| Res::Def(kind, def_id)), ty)
            }
            QPath::LangItem(lang_item, span) => {
                let (res, ty) = self.resolve_lang_item_path(lang_item, span, hir_id);
                (res, LoweredTy::from_raw(self, path_span, ty))
            }
        }
    }

    /// `T::Variant` or `T::Assoc` as a struct-like path.
    fn lower_type_relative_value_ty(
        &self,
        self_ty: LoweredTy<'tcx>,
        hir_self_ty: &'tcx hir::Ty<'tcx>,
        segment: &'tcx PathSegment<'tcx>,
        hir_id: HirId,
        span: Span,
    ) -> Result<(Ty<'tcx>, DefKind, DefId), span::ErrorGuaranteed> {
        let (kind, def_id, ty) = match self.lowerer().lower_type_relative_path(
            self_ty.normalized,
            hir_self_ty,
            segment,
            hir_id,
            span,
            true,
        )? {
            AssocPathResult::Variant(_, variant) => (DefKind::Variant, variant, self_ty.raw),
            AssocPathResult::Assoc(def_id, args) => {
                let kind = if self.tcx.inherent_impl_of_assoc(def_id).is_some() {
                    ty::AliasTyKind::Inherent
                } else {
                    ty::AliasTyKind::Projection
                };
                (DefKind::AssocTy, def_id, self.tcx.mk_alias(kind, def_id, args))
            }
        };
        Ok((ty, kind, def_id))
    }
}
