//! Paths: segments, generic arguments, and what of a path type checking must resolve.

use ast::NodeId;
use hir::def::{DefKind, PartialRes, PerNS, Res};
use hir::{AngleBrackets, GenericArg, GenericArgs, GenericArgsParentheses, QPath};
use span::{BytePos, Ident, Span, Symbol, sym};

use crate::generics::{RelaxedBoundForbiddenReason, RelaxedBoundPolicy};
use crate::{
    AllowReturnTypeNotation, GenericArgsMode, ImplTraitContext, ImplTraitPosition, LoweringContext, ParamMode,
    diagnostics,
};

/// Generic arguments while they are gathered.
struct GenericArgsCtor<'hir> {
    args: Vec<GenericArg<'hir>>,
    constraints: &'hir [hir::AssocItemConstraint<'hir>],
    parenthesized: GenericArgsParentheses,
    span: Span,
}

impl<'hir> GenericArgsCtor<'hir> {
    fn empty(span: Span) -> Self {
        GenericArgsCtor { args: vec![], constraints: &[], parenthesized: GenericArgsParentheses::No, span }
    }

    fn is_empty(&self) -> bool {
        self.args.is_empty() && self.constraints.is_empty() && self.parenthesized == GenericArgsParentheses::No
    }

    fn finish(self, cx: &LoweringContext<'_, 'hir>) -> &'hir GenericArgs<'hir> {
        cx.alloc(GenericArgs {
            args: cx.arena.alloc_slice(&self.args),
            constraints: self.constraints,
            parenthesized: self.parenthesized,
            span_ext: self.span,
        })
    }
}

impl<'hir> LoweringContext<'_, 'hir> {
    pub(crate) fn lower_qpath(
        &mut self,
        id: NodeId,
        qself: &Option<ast::P<ast::QSelf>>,
        p: &ast::Path,
        param_mode: ParamMode,
        allow_rtn: AllowReturnTypeNotation,
        itctx: ImplTraitContext,
        modifiers: Option<ast::TraitBoundModifiers>,
    ) -> QPath<'hir> {
        let qself_position = qself.as_ref().map(|q| q.position);
        let qself = qself.as_ref().map(|q| self.lower_ty(&q.ty, ImplTraitContext::Disallowed(ImplTraitPosition::Path)));

        let partial_res = self.resolver.partial_res_map.get(&id).copied().unwrap_or_else(|| PartialRes::new(Res::Err));
        let base_res = partial_res.base_res();
        let unresolved_segments = partial_res.unresolved_segments().min(p.segments.len());
        let mut res = self.lower_res(base_res);
        if let Some(ast::TraitBoundModifiers { asyncness: ast::BoundAsyncness::Async(_), .. }) = modifiers {
            res = self.map_trait_to_async_trait(res, p.span);
        }

        let proj_start = p.segments.len() - unresolved_segments;
        let path_span_lo = p.span.shrink_to_lo();
        let mut segments = Vec::with_capacity(proj_start);
        for (i, segment) in p.segments[..proj_start].iter().enumerate() {
            let param_mode = match qself_position {
                // A segment of the trait in `<T as Trait>::..`.
                Some(j) if i < j => ParamMode::Explicit,
                _ => param_mode,
            };
            let args_mode = match base_res {
                // `a::Trait(Args)`, `a::Trait(Args)::Item`
                Res::Def(DefKind::Trait | DefKind::TraitAlias, _) if i + 1 == proj_start => GenericArgsMode::ParenSugar,
                Res::Def(DefKind::AssocFn | DefKind::AssocConst | DefKind::AssocTy, _) if i + 2 == proj_start => {
                    GenericArgsMode::ParenSugar
                }
                Res::Def(DefKind::AssocFn, _) if i + 1 == proj_start => match allow_rtn {
                    AllowReturnTypeNotation::Yes => GenericArgsMode::ReturnTypeNotation,
                    AllowReturnTypeNotation::No => GenericArgsMode::Err,
                },
                Res::Err => GenericArgsMode::Silence,
                _ => GenericArgsMode::Err,
            };
            let mut lowered = self.lower_path_segment(p.span, segment, param_mode, args_mode, itctx);
            if lowered.res == Res::Err && i + 1 == proj_start {
                lowered.res = res;
            }
            segments.push(lowered);
        }
        let span = match p.segments[..proj_start].last() {
            // Names in the paths of built-in macros have a hygiene of their own; the path is the expansion's all the same.
            Some(segment) if segment.span().ctxt().outer_expn() == p.span.ctxt().outer_expn() => {
                path_span_lo.to(segment.span().with_ctxt(p.span.ctxt()))
            }
            Some(segment) => path_span_lo.to(segment.span()),
            None => path_span_lo,
        };
        let path = self.alloc(hir::Path { res, segments: self.arena.alloc_slice(&segments), span });
        if unresolved_segments == 0 {
            return QPath::Resolved(qself, path);
        }

        // The type that the rest is relative to.
        let mut ty = if path.segments.is_empty() {
            qself.expect("a path without resolved segments has a self type")
        } else {
            let new_id = self.next_id();
            let ty = self.ty_path(new_id, path.span, QPath::Resolved(qself, path));
            self.alloc(ty)
        };
        for (i, segment) in p.segments.iter().enumerate().skip(proj_start) {
            let is_last = i + 1 == p.segments.len();
            let args_mode = match allow_rtn {
                AllowReturnTypeNotation::Yes if is_last => GenericArgsMode::ReturnTypeNotation,
                _ => GenericArgsMode::Err,
            };
            let segment_span = segment.span();
            let segment = self.lower_path_segment(p.span, segment, param_mode, args_mode, itctx);
            let qpath = QPath::TypeRelative(ty, self.alloc(segment));
            if is_last {
                return qpath;
            }
            let new_id = self.next_id();
            let next = self.ty_path(new_id, path_span_lo.to(segment_span), qpath);
            ty = self.alloc(next);
        }
        unreachable!("the last segment returns")
    }

    /// `async Fn(..)` means `AsyncFn(..)`.
    fn map_trait_to_async_trait(&self, res: Res, span: Span) -> Res {
        use hir::LangItem;
        let mapped = match res {
            Res::Err => return Res::Err,
            Res::Def(DefKind::Trait, def_id) => match self.lang_items.from_def_id(def_id) {
                Some(LangItem::Fn) => self.lang_items.get(LangItem::AsyncFn),
                Some(LangItem::FnMut) => self.lang_items.get(LangItem::AsyncFnMut),
                Some(LangItem::FnOnce) => self.lang_items.get(LangItem::AsyncFnOnce),
                _ => None,
            },
            _ => None,
        };
        match mapped {
            Some(def_id) => Res::Def(DefKind::Trait, def_id),
            None => {
                self.dcx().span_err(span, "`async` bound modifier only allowed on `Fn`/`FnMut`/`FnOnce` traits");
                Res::Err
            }
        }
    }

    /// The path of an import.
    pub(crate) fn lower_use_path(
        &mut self,
        res: PerNS<Option<Res>>,
        segments: &[ast::PathSegment],
        span: Span,
    ) -> &'hir hir::UsePath<'hir> {
        let itctx = ImplTraitContext::Disallowed(ImplTraitPosition::Path);
        let mut lowered = Vec::with_capacity(segments.len());
        for (i, segment) in segments.iter().enumerate() {
            let mut segment = self.lower_path_segment(span, segment, ParamMode::Explicit, GenericArgsMode::Err, itctx);
            if segment.res == Res::Err && i + 1 == segments.len() {
                segment.res = res.present_items().next().unwrap_or(Res::Err);
            }
            lowered.push(segment);
        }
        self.alloc(hir::UsePath { res, segments: self.arena.alloc_slice(&lowered), span })
    }

    pub(crate) fn lower_path_segment(
        &mut self,
        path_span: Span,
        segment: &ast::PathSegment,
        param_mode: ParamMode,
        args_mode: GenericArgsMode,
        itctx: ImplTraitContext,
    ) -> hir::PathSegment<'hir> {
        let (mut args, infer_args) = match segment.args.as_deref() {
            Some(ast::GenericArgs::AngleBracketed(data)) => self.lower_angle_bracketed_args(data, param_mode, itctx),
            Some(ast::GenericArgs::Parenthesized(data)) => {
                self.lower_parenthesized(segment, data, param_mode, args_mode, itctx)
            }
            Some(ast::GenericArgs::ParenthesizedElided(span)) => {
                let parenthesized = match args_mode {
                    GenericArgsMode::ReturnTypeNotation | GenericArgsMode::Silence => {
                        GenericArgsParentheses::ReturnTypeNotation
                    }
                    GenericArgsMode::ParenSugar | GenericArgsMode::Err => {
                        diagnostics::bad_return_type_notation(self.dcx(), *span);
                        GenericArgsParentheses::No
                    }
                };
                (GenericArgsCtor { args: vec![], constraints: &[], parenthesized, span: *span }, false)
            }
            None => (GenericArgsCtor::empty(path_span.shrink_to_hi()), param_mode == ParamMode::Optional),
        };
        let has_lifetimes = args.args.iter().any(|arg| matches!(arg, GenericArg::Lifetime(_)));
        if args.parenthesized != GenericArgsParentheses::ParenSugar && !has_lifetimes {
            self.insert_elided_lifetimes_in_path(path_span, segment, &mut args);
        }

        let res = self.lower_res(self.expect_full_res(segment.id));
        let hir_id = self.lower_node_id(segment.id);
        let args = if args.is_empty() && args.span.is_empty() { None } else { Some(args.finish(self)) };
        hir::PathSegment { ident: segment.ident, hir_id, res, infer_args, args }
    }

    /// `Path` for `Path<'_>`.
    fn insert_elided_lifetimes_in_path(
        &mut self,
        path_span: Span,
        segment: &ast::PathSegment,
        args: &mut GenericArgsCtor<'hir>,
    ) {
        use hir::def::LifetimeRes;
        let Some(&LifetimeRes::ElidedAnchor { start, end }) = self.resolver.lifetimes_res_map.get(&segment.id) else {
            return;
        };
        // Where they would stand.
        let (angle_brackets, span) = if args.span.is_empty() {
            let span = segment.ident.span.find_ancestor_inside(path_span).unwrap_or(path_span);
            (AngleBrackets::Missing, span)
        } else {
            let behind_bracket = args.span.with_lo(args.span.lo() + BytePos(1)).shrink_to_lo();
            let kind = if args.is_empty() { AngleBrackets::Empty } else { AngleBrackets::Full };
            (kind, behind_bracket)
        };
        let lifetimes: Vec<_> = (start.as_u32()..end.as_u32())
            .map(|id| {
                let id = NodeId::from_u32(id);
                GenericArg::Lifetime(self.lower_lifetime_hidden_in_path(id, span, angle_brackets))
            })
            .collect();
        args.args.splice(0..0, lifetimes);
    }

    fn lower_angle_bracketed_args(
        &mut self,
        data: &ast::AngleBracketedArgs,
        param_mode: ParamMode,
        itctx: ImplTraitContext,
    ) -> (GenericArgsCtor<'hir>, bool) {
        let mut args = Vec::new();
        let mut constraints = Vec::new();
        let mut has_non_lt_args = false;
        for arg in &data.args {
            match arg {
                ast::AngleBracketedArg::Arg(arg) => {
                    has_non_lt_args |= !matches!(arg, ast::GenericArg::Lifetime(_));
                    args.push(self.lower_generic_arg(arg, itctx));
                }
                ast::AngleBracketedArg::Constraint(constraint) => {
                    constraints.push(self.lower_assoc_item_constraint(constraint, itctx));
                }
            }
        }
        let ctor = GenericArgsCtor {
            args,
            constraints: self.arena.alloc_slice(&constraints),
            parenthesized: GenericArgsParentheses::No,
            span: data.span,
        };
        (ctor, !has_non_lt_args && param_mode == ParamMode::Optional)
    }

    fn lower_parenthesized(
        &mut self,
        segment: &ast::PathSegment,
        data: &ast::ParenthesizedArgs,
        param_mode: ParamMode,
        args_mode: GenericArgsMode,
        itctx: ImplTraitContext,
    ) -> (GenericArgsCtor<'hir>, bool) {
        match args_mode {
            GenericArgsMode::ParenSugar | GenericArgsMode::Silence => (self.lower_paren_sugar(data, itctx), false),
            GenericArgsMode::ReturnTypeNotation => {
                diagnostics::parentheses_for_return_type_notation(self.tcx.sess(), data);
                let mut ctor = GenericArgsCtor::empty(data.span);
                ctor.parenthesized = GenericArgsParentheses::ReturnTypeNotation;
                (ctor, false)
            }
            GenericArgsMode::Err => {
                diagnostics::generic_type_with_parentheses(self.dcx(), segment, data);
                let (mut ctor, _) = self.lower_angle_bracketed_args(&data.as_angle_bracketed_args(), param_mode, itctx);
                ctor.span = data.span;
                (ctor, false)
            }
        }
    }

    /// `Fn(A, B) -> C` for `Fn<(A, B), Output = C>`.
    fn lower_paren_sugar(&mut self, data: &ast::ParenthesizedArgs, itctx: ImplTraitContext) -> GenericArgsCtor<'hir> {
        let disallowed = ImplTraitContext::Disallowed(ImplTraitPosition::FnTraitParam);
        let inputs: Vec<_> = data.inputs.iter().map(|ty| self.lower_ty_direct(ty, disallowed)).collect();
        let inputs = self.arena.alloc_slice(&inputs);
        let output_ty = match &data.output {
            ast::FnRetTy::Ty(ty) => {
                let itctx = if self.feature(sym::impl_trait_in_fn_trait_return) {
                    itctx
                } else {
                    ImplTraitContext::FeatureGated(ImplTraitPosition::FnTraitReturn, sym::impl_trait_in_fn_trait_return)
                };
                self.lower_ty(ty, itctx)
            }
            ast::FnRetTy::Default(_) => self.ty_tup(data.span, &[]),
        };
        let tuple = self.ty_tup(data.inputs_span, inputs);
        let constraint = self.assoc_ty_binding(sym::Output, output_ty.span, output_ty);
        GenericArgsCtor {
            args: vec![GenericArg::Type(tuple)],
            constraints: self.arena.alloc_slice(&[constraint]),
            parenthesized: GenericArgsParentheses::ParenSugar,
            span: data.inputs_span,
        }
    }

    /// `name = ty`
    pub(crate) fn assoc_ty_binding(
        &mut self,
        name: Symbol,
        span: Span,
        ty: &'hir hir::Ty<'hir>,
    ) -> hir::AssocItemConstraint<'hir> {
        hir::AssocItemConstraint {
            hir_id: self.next_id(),
            ident: Ident::with_dummy_span(name),
            gen_args: GenericArgs::NONE,
            kind: hir::AssocItemConstraintKind::Equality { term: ty.into() },
            span,
        }
    }

    fn lower_assoc_item_constraint(
        &mut self,
        constraint: &ast::AssocItemConstraint,
        itctx: ImplTraitContext,
    ) -> hir::AssocItemConstraint<'hir> {
        let gen_args = match &constraint.gen_args {
            None => GenericArgs::NONE,
            Some(ast::GenericArgs::AngleBracketed(data)) => {
                let (ctor, _) = self.lower_angle_bracketed_args(data, ParamMode::Explicit, itctx);
                ctor.finish(self)
            }
            Some(ast::GenericArgs::Parenthesized(data)) => {
                diagnostics::assoc_ty_parentheses(self.dcx(), data);
                let (mut ctor, _) =
                    self.lower_angle_bracketed_args(&data.as_angle_bracketed_args(), ParamMode::Explicit, itctx);
                ctor.span = data.span;
                ctor.finish(self)
            }
            Some(ast::GenericArgs::ParenthesizedElided(span)) => {
                let mut ctor = GenericArgsCtor::empty(*span);
                ctor.parenthesized = GenericArgsParentheses::ReturnTypeNotation;
                ctor.finish(self)
            }
        };
        let kind = match &constraint.kind {
            ast::AssocItemConstraintKind::Equality { term } => {
                let term = match term {
                    ast::Term::Ty(ty) => self.lower_ty(ty, itctx).into(),
                    ast::Term::Const(c) => self.lower_anon_const_to_const_arg(c).into(),
                };
                hir::AssocItemConstraintKind::Equality { term }
            }
            ast::AssocItemConstraintKind::Bound { bounds } => hir::AssocItemConstraintKind::Bound {
                bounds: self.lower_param_bounds(
                    bounds,
                    RelaxedBoundPolicy::Forbidden(RelaxedBoundForbiddenReason::AssocTyBounds),
                    itctx,
                ),
            },
        };
        hir::AssocItemConstraint {
            hir_id: self.lower_node_id(constraint.id),
            ident: constraint.ident,
            gen_args,
            kind,
            span: constraint.span,
        }
    }

    fn lower_generic_arg(&mut self, arg: &ast::GenericArg, itctx: ImplTraitContext) -> GenericArg<'hir> {
        match arg {
            ast::GenericArg::Lifetime(lt) => {
                let source = hir::LifetimeSource::Path { angle_brackets: AngleBrackets::Full };
                GenericArg::Lifetime(self.lower_lifetime(lt, source))
            }
            ast::GenericArg::Type(ty) if ty.is_maybe_parenthesised_infer() => {
                GenericArg::Infer(hir::InferArg { hir_id: self.lower_node_id(ty.id), span: ty.span })
            }
            ast::GenericArg::Type(ty) => {
                // A name alone may be a constant.
                if let ast::TyKind::Path(None, path) = &ty.kind
                    && path.is_potential_trivial_const_arg()
                    && let Some(res) = self.opt_full_res(ty.id)
                    && !res.matches_ns(hir::def::Namespace::TypeNS)
                {
                    let ct = self.lower_const_path_to_const_arg(path, res, ty.id, ty.span);
                    return GenericArg::Const(ct);
                }
                GenericArg::Type(self.lower_ty(ty, itctx))
            }
            ast::GenericArg::Const(ct) => {
                if let ast::ExprKind::Underscore = ct.value.peel_parens().kind {
                    return GenericArg::Infer(hir::InferArg { hir_id: self.lower_node_id(ct.id), span: ct.value.span });
                }
                GenericArg::Const(self.lower_anon_const_to_const_arg(ct))
            }
        }
    }
}
