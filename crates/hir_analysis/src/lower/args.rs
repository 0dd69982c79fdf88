//! Generic arguments: matching what is written with the parameters, defaults, and their errors (E0107, E0747, ...).

use hir::{GenericArg as HirArg, GenericArgsParentheses, PathSegment};
use span::Span;
use span::def_id::DefId;
use ty::{
    Const, GenericArg, GenericArgsRef, GenericParamDef, GenericParamDefKind, Generics, ParamTy, RegionKind, Ty, TyKind,
};

use super::arg_count::{Counted, WrongCount};
use super::{HirTyLowerer, RegionInferReason, diagnostics};

/// That the arguments of a segment do not fit; it was reported.
pub type GenericArgsError = ty::ErrorGuaranteed;

impl<'tcx> dyn HirTyLowerer<'tcx> + '_ {
    /// The arguments of a path to an item without a parent that has generics.
    pub fn lower_generic_args_of_path_segment(
        &self,
        span: Span,
        def_id: DefId,
        segment: &PathSegment<'tcx>,
    ) -> GenericArgsRef<'tcx> {
        self.lower_generic_args_of_path(span, def_id, &[], segment, None)
    }

    /// The arguments of an associated item, after its parent's.
    pub fn lower_generic_args_of_assoc_item(
        &self,
        span: Span,
        item_def_id: DefId,
        segment: &PathSegment<'tcx>,
        parent_args: GenericArgsRef<'tcx>,
    ) -> GenericArgsRef<'tcx> {
        self.prohibit_constraints(segment);
        self.lower_generic_args_of_path(span, item_def_id, parent_args, segment, None)
    }

    /// Inferred arguments for what a desugaring names.
    pub(crate) fn lower_args_for_lang_item(&self, def_id: DefId, span: Span) -> GenericArgsRef<'tcx> {
        let tcx = self.tcx();
        tcx.args_for_item(def_id, |param, _| match param.kind {
            GenericParamDefKind::Lifetime => self.re_infer(span, RegionInferReason::Param).into(),
            GenericParamDefKind::Type { .. } => self.ty_infer(Some(param), span).into(),
            GenericParamDefKind::Const { .. } => self.ct_infer(Some(param), span).into(),
        })
    }

    /// Matches the arguments of `segment` with the parameters of `def_id`. `parent_args` are those of the parent;
    /// `self_ty` is a trait's `Self`.
    pub fn lower_generic_args_of_path(
        &self,
        span: Span,
        def_id: DefId,
        parent_args: &[GenericArg<'tcx>],
        segment: &PathSegment<'tcx>,
        self_ty: Option<Ty<'tcx>>,
    ) -> GenericArgsRef<'tcx> {
        let tcx = self.tcx();
        let generics = tcx.generics_of(def_id);
        let hir_args = segment.args.unwrap_or(hir::GenericArgs::NONE);
        let infer = segment.infer_args;
        let error = self.check_arg_counts(span, def_id, generics, segment, self_ty.is_some());
        if let Some(guar) = error {
            self.taint(guar);
        }
        if generics.own_params.is_empty() {
            return tcx.mk_args(parent_args);
        }

        let written: Vec<&HirArg<'tcx>> = hir_args.args.iter().collect();
        let lifetimes: Vec<&hir::Lifetime> =
            written.iter().filter_map(|a| if let HirArg::Lifetime(l) = a { Some(*l) } else { None }).collect();
        let others: Vec<&HirArg<'tcx>> = written.into_iter().filter(|a| !matches!(a, HirArg::Lifetime(_))).collect();
        let (mut next_lifetime, mut next_other) = (0, 0);

        let object_defaults = self.object_lifetime_params(def_id, generics);
        let mut args: Vec<GenericArg<'tcx>> = parent_args.to_vec();
        for param in &generics.own_params {
            if param.index == 0 && generics.has_self && generics.parent.is_none() {
                args.push(self_ty.unwrap_or_else(|| self.ty_infer(Some(param), span)).into());
                continue;
            }
            let arg = match param.kind {
                GenericParamDefKind::Lifetime => {
                    let arg = lifetimes.get(next_lifetime).copied();
                    next_lifetime += 1;
                    match arg {
                        Some(l) if error.is_none() || next_lifetime <= lifetimes.len() => {
                            self.lower_lifetime(l, RegionInferReason::Param).into()
                        }
                        _ => match error {
                            Some(guar) => tcx.mk_region(RegionKind::ReError(guar)).into(),
                            None => self.re_infer(span, RegionInferReason::Param).into(),
                        },
                    }
                }
                _ => {
                    let arg = if param.kind.is_synthetic() { None } else { others.get(next_other).copied() };
                    if !param.kind.is_synthetic() {
                        next_other += 1;
                    }
                    self.lower_arg(param, arg, &args, infer, error, span, &object_defaults)
                }
            };
            args.push(arg);
        }
        tcx.mk_args(&args)
    }

    /// One type or const argument, or what stands for one left out.
    fn lower_arg(
        &self,
        param: &GenericParamDef,
        arg: Option<&HirArg<'tcx>>,
        before: &[GenericArg<'tcx>],
        infer: bool,
        error: Option<GenericArgsError>,
        span: Span,
        object_defaults: &[(u32, Option<u32>)],
    ) -> GenericArg<'tcx> {
        let tcx = self.tcx();
        match (param.kind, arg) {
            (GenericParamDefKind::Type { .. }, Some(HirArg::Type(ty))) => {
                // `Ref<'a, dyn Trait>`: the object's lifetime is 'a if the parameter is declared `T: 'a`.
                let object = object_defaults
                    .iter()
                    .find(|(i, _)| *i == param.index)
                    .and_then(|(_, r)| *r)
                    .and_then(|r| before.get(r as usize))
                    .and_then(|a| a.as_region());
                // Inside a body what is not said is inferred.
                let default = object.or_else(|| (!self.allow_infer()).then_some(tcx.lifetimes().re_static));
                self.lower_ty_with_object_default(ty, default).into()
            }
            (GenericParamDefKind::Type { .. }, Some(HirArg::Infer(i))) => self.ty_infer(Some(param), i.span).into(),
            (GenericParamDefKind::Const { .. }, Some(HirArg::Const(ct))) => {
                let ty = tcx.type_of(param.def_id).instantiate(tcx.interner(), before);
                self.lower_const_arg(ct, ty).into()
            }
            (GenericParamDefKind::Const { .. }, Some(HirArg::Infer(i))) => self.ct_infer(Some(param), i.span).into(),
            (GenericParamDefKind::Type { .. } | GenericParamDefKind::Lifetime, Some(other)) => {
                let guar = diagnostics::generic_arg_mismatch(tcx, other, param);
                Ty::new_error(tcx.interner(), guar).into()
            }
            (GenericParamDefKind::Const { .. }, Some(other)) => {
                let guar = diagnostics::generic_arg_mismatch(tcx, other, param);
                Const::new_error(tcx.interner(), guar).into()
            }
            (kind, None) => self.lower_missing_arg(param, kind, before, infer, error, span),
        }
    }

    fn lower_missing_arg(
        &self,
        param: &GenericParamDef,
        kind: GenericParamDefKind,
        before: &[GenericArg<'tcx>],
        infer: bool,
        error: Option<GenericArgsError>,
        span: Span,
    ) -> GenericArg<'tcx> {
        let tcx = self.tcx();
        let is_const = matches!(kind, GenericParamDefKind::Const { .. });
        if kind.has_default() && !infer {
            if is_const {
                return tcx.const_param_default(param.def_id).instantiate(tcx.interner(), before).into();
            }
            let default = tcx.type_of(param.def_id);
            // The default of a trait object's parameter may not mention the erased `Self`.
            let dummy = tcx.types().trait_object_dummy_self;
            let uses_self = before.first().and_then(|a| a.as_type()) == Some(dummy)
                && default
                    .skip_binder()
                    .walk()
                    .any(|a| matches!(a.as_type().map(Ty::kind), Some(TyKind::Param(ParamTy { index: 0, .. }))));
            if uses_self {
                let guar = diagnostics::missing_type_params_of_object(tcx, span, param);
                return Ty::new_error(tcx.interner(), guar).into();
            }
            return default.instantiate(tcx.interner(), before).into();
        }
        match (error, infer, is_const) {
            (Some(guar), false, false) => Ty::new_error(tcx.interner(), guar).into(),
            (Some(guar), false, true) => Const::new_error(tcx.interner(), guar).into(),
            (_, _, false) => self.ty_infer(Some(param), span).into(),
            (_, _, true) => self.ct_infer(Some(param), span).into(),
        }
    }

    /// For each type parameter, the index of the lifetime parameter that bounds it alone (RFC 599), if any.
    fn object_lifetime_params(&self, def_id: DefId, generics: &'tcx Generics) -> Vec<(u32, Option<u32>)> {
        let tcx = self.tcx();
        let has_both = generics.own_params.iter().any(|p| p.kind == GenericParamDefKind::Lifetime)
            && generics.own_params.iter().any(|p| matches!(p.kind, GenericParamDefKind::Type { .. }));
        if !has_both {
            return Vec::new();
        }
        let _ = def_id;
        let types = generics.own_params.iter().filter(|p| matches!(p.kind, GenericParamDefKind::Type { .. }));
        types
            .map(|p| {
                let region = match tcx.object_lifetime_default(p.def_id) {
                    query::ObjectLifetimeDefault::Param(r) => generics.param_def_id_to_index.get(&r).copied(),
                    _ => None,
                };
                (p.index, region)
            })
            .collect()
    }

    /// Whether the numbers of arguments fit; reports E0107 if not.
    fn check_arg_counts(
        &self,
        _span: Span,
        def_id: DefId,
        generics: &'tcx Generics,
        segment: &PathSegment<'tcx>,
        has_self_ty: bool,
    ) -> Option<GenericArgsError> {
        let tcx = self.tcx();
        let Some(hir_args) = segment.args else {
            let hir_args = hir::GenericArgs::NONE;
            return self.count_problem(def_id, generics, segment, hir_args, has_self_ty);
        };
        if hir_args.parenthesized == GenericArgsParentheses::ParenSugar
            && tcx.def_kind(def_id) != hir::def::DefKind::Trait
        {
            return Some(diagnostics::parenthesized_args_on_type(tcx, hir_args.span_ext));
        }
        self.count_problem(def_id, generics, segment, hir_args, has_self_ty)
    }

    fn count_problem(
        &self,
        def_id: DefId,
        generics: &'tcx Generics,
        segment: &PathSegment<'tcx>,
        hir_args: &hir::GenericArgs<'tcx>,
        has_self_ty: bool,
    ) -> Option<GenericArgsError> {
        let tcx = self.tcx();
        let counts = generics.own_counts();
        let defaults = generics.own_defaults();
        let given_lifetimes =
            hir_args.args.iter().filter(|a| matches!(a, HirArg::Lifetime(l) if !l.is_implicit())).count();
        let elided = hir_args.args.iter().any(|a| matches!(a, HirArg::Lifetime(l) if l.is_implicit()));
        let given = hir_args.args.iter().filter(|a| !matches!(a, HirArg::Lifetime(_))).count();
        let synthetic = generics.own_params.iter().filter(|p| p.kind.is_synthetic()).count();
        let own_self = usize::from(generics.has_self && generics.parent.is_none());
        let _ = has_self_ty;
        let max = counts.types + counts.consts - own_self - synthetic;
        let min = if segment.infer_args { 0 } else { max - defaults.types - defaults.consts };

        // What the parser could not make sense of is not counted.
        if let Some(guar) = hir_args.args.iter().find_map(|a| match a {
            HirArg::Type(hir::Ty { kind: hir::TyKind::Err(guar), .. }) => Some(*guar),
            _ => None,
        }) {
            return Some(guar);
        }
        let mut error = None;
        // Paths to types have a hidden lifetime for each that is left out; associated types must have theirs written.
        let none_written = hir_args.args.iter().all(|a| !matches!(a, HirArg::Lifetime(_)));
        let lifetimes_may_be_missing = given_lifetimes == 0
            && (elided || segment.infer_args || (none_written && tcx.def_kind(def_id) != hir::def::DefKind::AssocTy));
        if generics.has_late_bound_regions.is_some() && given_lifetimes > 0 {
            let of_method_call = matches!(tcx.hir_node(tcx.parent_hir_id(segment.hir_id)),
                hir::Node::Expr(hir::Expr { kind: hir::ExprKind::MethodCall(s, ..), .. }) if s.hir_id == segment.hir_id);
            error = diagnostics::late_bound_lifetime_args(
                tcx,
                generics,
                hir_args,
                counts.lifetimes,
                given_lifetimes,
                of_method_call,
            );
        } else if given_lifetimes > counts.lifetimes
            || (given_lifetimes < counts.lifetimes && !lifetimes_may_be_missing)
        {
            let wrong = WrongCount {
                tcx,
                def_id,
                segment,
                counted: Counted::Lifetimes,
                min: counts.lifetimes,
                max: counts.lifetimes,
                given: given_lifetimes,
            };
            error = Some(wrong.report());
        }
        // Too few are fine where they are inferred: only if none is given, or the rest has defaults.
        let too_few = given < min && !(segment.infer_args && given == 0);
        let too_few = too_few || (segment.infer_args && given > 0 && given < max - defaults.types - defaults.consts);
        if given > max || too_few {
            let required = max - defaults.types - defaults.consts;
            let wrong =
                WrongCount { tcx, def_id, segment, counted: Counted::TypesAndConsts, min: required, max, given };
            error = Some(wrong.report());
        }
        error
    }

    /// Reports arguments where none are allowed (E0109).
    pub fn prohibit_generic_args<'a>(
        &self,
        segments: impl Iterator<Item = &'a PathSegment<'tcx>> + Clone,
        what: Option<(&str, DefId)>,
    ) -> Option<ty::ErrorGuaranteed>
    where
        'tcx: 'a,
    {
        let error = diagnostics::prohibit_generic_args(self.tcx(), segments, what);
        if let Some(guar) = error {
            self.taint(guar);
        }
        error
    }
}
