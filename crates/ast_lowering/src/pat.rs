//! Patterns.

use hir::def::Res;
use hir::{DotDotPos, HirId, Pat, PatExpr, PatExprKind, PatField, PatKind, RangeEnd};
use span::{Ident, Span, respan};

use crate::{AllowReturnTypeNotation, ImplTraitContext, ImplTraitPosition, LoweringContext, ParamMode, diagnostics};

impl<'hir> LoweringContext<'_, 'hir> {
    pub(crate) fn lower_pat(&mut self, pattern: &ast::Pat) -> &'hir Pat<'hir> {
        let pat = self.lower_pat_mut(pattern);
        self.alloc(pat)
    }

    fn lower_pats(&mut self, pats: &[ast::P<ast::Pat>]) -> &'hir [Pat<'hir>] {
        let pats: Vec<_> = pats.iter().map(|pat| self.lower_pat_mut(pat)).collect();
        self.arena.alloc_slice(&pats)
    }

    pub(crate) fn lower_pat_mut(&mut self, mut pattern: &ast::Pat) -> Pat<'hir> {
        while let ast::PatKind::Paren(inner) = &pattern.kind {
            pattern = inner;
        }
        let hir_id = self.lower_node_id(pattern.id);
        let kind = match &pattern.kind {
            ast::PatKind::Missing => PatKind::Missing,
            ast::PatKind::Wild => PatKind::Wild,
            ast::PatKind::Never => PatKind::Never,
            ast::PatKind::Ident(mode, ident, sub) => {
                self.lower_pat_ident(pattern, *mode, *ident, hir_id, |this| sub.as_ref().map(|sub| this.lower_pat(sub)))
            }
            ast::PatKind::Expr(e) => PatKind::Expr(self.lower_expr_within_pat(e, false)),
            ast::PatKind::TupleStruct(qself, path, pats) => {
                let qpath = self.lower_pat_qpath(pattern.id, qself, path);
                let (pats, ddpos) = self.lower_pat_tuple(pats, "tuple struct");
                PatKind::TupleStruct(qpath, pats, ddpos)
            }
            ast::PatKind::Or(pats) => PatKind::Or(self.lower_pats(pats)),
            ast::PatKind::Path(qself, path) => {
                let qpath = self.lower_pat_qpath(pattern.id, qself, path);
                self.pat_expr_path(qpath, pattern.span)
            }
            ast::PatKind::Struct(qself, path, fields, rest) => {
                let qpath = self.lower_pat_qpath(pattern.id, qself, path);
                let fields: Vec<_> = fields.iter().map(|field| self.lower_pat_field(field)).collect();
                let rest = match rest {
                    ast::PatFieldsRest::Rest(span) => Some(*span),
                    ast::PatFieldsRest::Recovered(_) => Some(Span::default()),
                    ast::PatFieldsRest::None => None,
                };
                PatKind::Struct(qpath, self.arena.alloc_slice(&fields), rest)
            }
            ast::PatKind::Tuple(pats) => {
                let (pats, ddpos) = self.lower_pat_tuple(pats, "tuple");
                PatKind::Tuple(pats, ddpos)
            }
            ast::PatKind::Box(inner) => PatKind::Box(self.lower_pat(inner)),
            ast::PatKind::Deref(inner) => PatKind::Deref(self.lower_pat(inner)),
            ast::PatKind::Ref(inner, pinned, mutbl) => PatKind::Ref(self.lower_pat(inner), *pinned, *mutbl),
            ast::PatKind::Range(lo, hi, end) => {
                let has_end = hi.is_some();
                let lo = lo.as_ref().map(|e| self.lower_expr_within_pat(e, true));
                let hi = hi.as_ref().map(|e| self.lower_expr_within_pat(e, true));
                PatKind::Range(lo, hi, lower_range_end(end.node, has_end))
            }
            ast::PatKind::Guard(inner, cond) => PatKind::Guard(self.lower_pat(inner), self.lower_expr(cond)),
            ast::PatKind::Slice(pats) => self.lower_pat_slice(pats),
            ast::PatKind::Rest => {
                diagnostics::misplaced_double_dot(self.dcx(), pattern.span);
                // As `_`: that fits every type.
                PatKind::Wild
            }
            ast::PatKind::Paren(_) => unreachable!("parentheses are skipped above"),
            ast::PatKind::MacCall(_) => {
                PatKind::Err(self.dcx().span_delayed_bug(pattern.span, "a macro call is left in a pattern"))
            }
            ast::PatKind::Err(guar) => PatKind::Err(*guar),
        };
        Pat { hir_id, kind, span: pattern.span, default_binding_modes: true }
    }

    fn lower_pat_qpath(
        &mut self,
        id: ast::NodeId,
        qself: &Option<ast::P<ast::QSelf>>,
        path: &ast::Path,
    ) -> hir::QPath<'hir> {
        self.lower_qpath(
            id,
            qself,
            path,
            ParamMode::Optional,
            AllowReturnTypeNotation::No,
            ImplTraitContext::Disallowed(ImplTraitPosition::Path),
            None,
        )
    }

    pub(crate) fn pat_expr_path(&mut self, qpath: hir::QPath<'hir>, span: Span) -> PatKind<'hir> {
        let hir_id = self.next_id();
        PatKind::Expr(self.alloc(PatExpr { hir_id, kind: PatExprKind::Path(qpath), span }))
    }

    fn lower_pat_field(&mut self, field: &ast::PatField) -> PatField<'hir> {
        let hir_id = self.lower_node_id(field.id);
        self.lower_attrs(hir_id, &field.attrs);
        PatField {
            hir_id,
            ident: field.ident,
            pat: self.lower_pat(&field.pat),
            is_shorthand: field.is_shorthand,
            span: field.span,
        }
    }

    /// The patterns of a tuple, without `..`, and where that stood.
    fn lower_pat_tuple(&mut self, pats: &[ast::P<ast::Pat>], ctx: &str) -> (&'hir [Pat<'hir>], DotDotPos) {
        let mut elems = Vec::with_capacity(pats.len());
        let mut rest: Option<(usize, Span)> = None;
        for pat in pats {
            match &pat.kind {
                ast::PatKind::Rest => match rest {
                    None => rest = Some((elems.len(), pat.span)),
                    Some((_, prev)) => {
                        diagnostics::extra_double_dot(self.dcx(), pat.span, prev, ctx);
                    }
                },
                // `x @ ..`: to be fixed by binding each element; here the same as `..`.
                ast::PatKind::Ident(_, ident, Some(sub)) if sub.is_rest() => {
                    diagnostics::sub_tuple_binding(self.dcx(), pat.span, *ident, ctx);
                    rest.get_or_insert((elems.len(), pat.span));
                }
                _ => elems.push(self.lower_pat_mut(pat)),
            }
        }
        (self.arena.alloc_slice(&elems), DotDotPos::new(rest.map(|(pos, _)| pos)))
    }

    /// `[a, b, rest @ .., c]`
    fn lower_pat_slice(&mut self, pats: &[ast::P<ast::Pat>]) -> PatKind<'hir> {
        let mut before = Vec::new();
        let mut after = Vec::new();
        let mut slice: Option<&'hir Pat<'hir>> = None;
        let mut prev_rest_span = None;
        for pat in pats {
            let rest = match &pat.kind {
                ast::PatKind::Rest => true,
                ast::PatKind::Ident(_, _, Some(sub)) => sub.is_rest(),
                _ => false,
            };
            if !rest {
                let lowered = self.lower_pat_mut(pat);
                if slice.is_some() { &mut after } else { &mut before }.push(lowered);
                continue;
            }
            let rest_span = match &pat.kind {
                ast::PatKind::Ident(_, _, Some(sub)) => sub.span,
                _ => pat.span,
            };
            let lowered = self.lower_rest_pat(pat, rest_span);
            match prev_rest_span {
                None => {
                    prev_rest_span = Some(rest_span);
                    slice = Some(self.alloc(lowered));
                }
                Some(prev) => {
                    diagnostics::extra_double_dot(self.dcx(), rest_span, prev, "slice");
                    // Keep the name that it binds.
                    after.push(lowered);
                }
            }
        }
        PatKind::Slice(self.arena.alloc_slice(&before), slice, self.arena.alloc_slice(&after))
    }

    /// `..` or `x @ ..` in a slice: `_` or `x @ _` for the subslice.
    fn lower_rest_pat(&mut self, pat: &ast::Pat, rest_span: Span) -> Pat<'hir> {
        let hir_id = self.lower_node_id(pat.id);
        let kind = match &pat.kind {
            ast::PatKind::Ident(mode, ident, Some(sub)) => self.lower_pat_ident(pat, *mode, *ident, hir_id, |this| {
                let hir_id = this.lower_node_id(sub.id);
                Some(this.alloc(Pat { hir_id, kind: PatKind::Wild, span: rest_span, default_binding_modes: true }))
            }),
            _ => PatKind::Wild,
        };
        Pat { hir_id, kind, span: pat.span, default_binding_modes: true }
    }

    /// A name: a binding, or the constant or unit struct that resolution found.
    fn lower_pat_ident(
        &mut self,
        p: &ast::Pat,
        mode: ast::BindingMode,
        ident: Ident,
        hir_id: HirId,
        lower_sub: impl FnOnce(&mut Self) -> Option<&'hir Pat<'hir>>,
    ) -> PatKind<'hir> {
        match self.opt_full_res(p.id) {
            // Parameters of functions without a body are not resolved.
            res @ (None | Some(Res::Local(_))) => {
                let binding_id = match res {
                    // Bindings of one name in an or-pattern share the first one's id.
                    Some(Res::Local(id)) if id != p.id => match self.ident_and_label_to_local_id.get(&id) {
                        Some(&local_id) => HirId { owner: self.current_hir_id_owner, local_id },
                        None => hir_id,
                    },
                    _ => {
                        self.bind_node(p.id, hir_id.local_id);
                        hir_id
                    }
                };
                PatKind::Binding(mode, binding_id, ident, lower_sub(self))
            }
            Some(res) => {
                let res = self.lower_res(res);
                let segment = hir::PathSegment::new(ident, self.next_id(), res);
                let segments = self.arena.alloc_slice(&[segment]);
                let path = self.alloc(hir::Path { span: ident.span, res, segments });
                self.pat_expr_path(hir::QPath::Resolved(None, path), ident.span)
            }
        }
    }

    /// A constant in a pattern; paths only as the ends of ranges (elsewhere they are patterns themselves).
    fn lower_expr_within_pat(&mut self, expr: &ast::Expr, allow_paths: bool) -> &'hir PatExpr<'hir> {
        let span = expr.span;
        let lit = |lit, negated| PatExprKind::Lit { lit, negated };
        let kind = match &expr.kind {
            ast::ExprKind::Lit(token_lit) => lit(self.lower_lit(*token_lit, span), false),
            ast::ExprKind::IncludedBytes(bytes) => {
                let kind = ast::LitKind::ByteStr(*bytes, ast::StrStyle::Cooked);
                lit(respan(span, kind), false)
            }
            ast::ExprKind::Err(guar) => lit(respan(span, ast::LitKind::Err(*guar)), false),
            ast::ExprKind::Path(qself, path) if allow_paths => {
                PatExprKind::Path(self.lower_pat_qpath(expr.id, qself, path))
            }
            ast::ExprKind::Unary(ast::UnOp::Neg, inner) if matches!(inner.kind, ast::ExprKind::Lit(_)) => {
                let ast::ExprKind::Lit(token_lit) = inner.kind else { unreachable!() };
                lit(self.lower_lit(token_lit, span), true)
            }
            kind => {
                let is_const_block = matches!(kind, ast::ExprKind::ConstBlock(_));
                let from_macro = matches!(
                    kind,
                    ast::ExprKind::Path(..)
                        | ast::ExprKind::Call(..)
                        | ast::ExprKind::Tup(_)
                        | ast::ExprKind::Array(_)
                        | ast::ExprKind::Struct(_)
                        | ast::ExprKind::Underscore
                );
                let guar = diagnostics::arbitrary_expression_in_pattern(self.dcx(), span, from_macro, is_const_block);
                lit(respan(span, ast::LitKind::Err(guar)), false)
            }
        };
        let hir_id = self.lower_node_id(expr.id);
        self.alloc(PatExpr { hir_id, span, kind })
    }

    // Patterns that desugarings make.

    pub(crate) fn pat(&mut self, span: Span, kind: PatKind<'hir>) -> &'hir Pat<'hir> {
        let hir_id = self.next_id();
        self.alloc(Pat { hir_id, kind, span, default_binding_modes: true })
    }

    /// In the left side of an assignment.
    pub(crate) fn pat_without_dbm(&mut self, span: Span, kind: PatKind<'hir>) -> Pat<'hir> {
        Pat { hir_id: self.next_id(), kind, span, default_binding_modes: false }
    }

    pub(crate) fn pat_ident(&mut self, span: Span, ident: Ident) -> (&'hir Pat<'hir>, HirId) {
        self.pat_ident_binding_mode(span, ident, ast::BindingMode::NONE)
    }

    pub(crate) fn pat_ident_binding_mode(
        &mut self,
        span: Span,
        ident: Ident,
        mode: ast::BindingMode,
    ) -> (&'hir Pat<'hir>, HirId) {
        let hir_id = self.next_id();
        let ident = ident.with_span_pos(span);
        let kind = PatKind::Binding(mode, hir_id, ident, None);
        (self.alloc(Pat { hir_id, kind, span, default_binding_modes: true }), hir_id)
    }

    /// `Variant(pat)`, as `Variant { 0: pat }`.
    pub(crate) fn pat_lang_item_variant(
        &mut self,
        span: Span,
        item: hir::LangItem,
        field: Option<&'hir Pat<'hir>>,
    ) -> &'hir Pat<'hir> {
        let fields: &'hir [PatField<'hir>] = match field {
            None => &[],
            Some(pat) => {
                let field = PatField {
                    hir_id: self.next_id(),
                    ident: Ident::new(span::sym::integer(0), span),
                    is_shorthand: false,
                    pat,
                    span,
                };
                self.arena.alloc_slice(&[field])
            }
        };
        self.pat(span, PatKind::Struct(hir::QPath::LangItem(item, span), fields, None))
    }
}

/// `X..` goes to the end of the type.
fn lower_range_end(end: ast::RangeEnd, has_end: bool) -> RangeEnd {
    match end {
        ast::RangeEnd::Excluded if has_end => RangeEnd::Excluded,
        ast::RangeEnd::Excluded | ast::RangeEnd::Included(_) => RangeEnd::Included,
    }
}
