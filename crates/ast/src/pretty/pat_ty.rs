//! Printing paths, types, bounds and patterns.

use span::kw;

use super::Printer;
use crate::{
    AngleBracketedArg, AssocItemConstraintKind, BoundAsyncness, BoundConstness, BoundPolarity, Extern, FnDecl, FnRetTy,
    GenericArg, GenericArgs, GenericBound, GenericParam, GenericParamKind, Param, Parens, Pat, PatFieldsRest, PatKind,
    Path, PathSegment, PolyTraitRef, PreciseCapturingArg, QSelf, RangeEnd, RangeSyntax, Safety, SelfKind, Term,
    TraitObjectSyntax, Ty, TyKind, TyPat, TyPatKind, WhereClause, WherePredicateKind,
};

impl Printer {
    /// `colons_before_params`: in expressions, generic arguments follow `::`.
    pub(super) fn path(&mut self, path: &Path, colons_before_params: bool) {
        for (i, segment) in path.segments.iter().enumerate() {
            if i > 0 {
                self.word("::");
            }
            if segment.ident.name != kw::PathRoot {
                self.path_segment(segment, colons_before_params);
            }
        }
    }

    pub(super) fn path_segment(&mut self, segment: &PathSegment, colons_before_params: bool) {
        self.display(segment.ident);
        if let Some(args) = &segment.args {
            self.generic_args(args, colons_before_params);
        }
    }

    pub(super) fn generic_args(&mut self, args: &GenericArgs, colons_before_params: bool) {
        if colons_before_params {
            self.word("::");
        }
        match args {
            GenericArgs::AngleBracketed(data) => {
                self.word("<");
                self.list(&data.args, ", ", |p, arg| match arg {
                    AngleBracketedArg::Arg(arg) => p.generic_arg(arg),
                    AngleBracketedArg::Constraint(c) => {
                        p.display(c.ident);
                        if let Some(args) = &c.gen_args {
                            p.generic_args(args, false);
                        }
                        match &c.kind {
                            AssocItemConstraintKind::Equality { term: Term::Ty(ty) } => {
                                p.word(" = ");
                                p.ty(ty);
                            }
                            AssocItemConstraintKind::Equality { term: Term::Const(ct) } => {
                                p.word(" = ");
                                p.expr(&ct.value);
                            }
                            AssocItemConstraintKind::Bound { bounds } => {
                                p.word(": ");
                                p.bounds(bounds);
                            }
                        }
                    }
                });
                self.word(">");
            }
            GenericArgs::Parenthesized(data) => {
                self.word("(");
                self.list(&data.inputs, ", ", |p, ty| p.ty(ty));
                self.word(")");
                self.fn_ret_ty(&data.output);
            }
            GenericArgs::ParenthesizedElided(_) => self.word("(..)"),
        }
    }

    fn generic_arg(&mut self, arg: &GenericArg) {
        match arg {
            GenericArg::Lifetime(lifetime) => self.display(lifetime.ident),
            GenericArg::Type(ty) => self.ty(ty),
            GenericArg::Const(ct) => self.expr(&ct.value),
        }
    }

    pub(super) fn qpath(&mut self, path: &Path, qself: &QSelf, colons_before_params: bool) {
        self.word("<");
        self.ty(&qself.ty);
        if qself.position > 0 {
            self.word(" as ");
            for (i, segment) in path.segments[..qself.position].iter().enumerate() {
                if i > 0 {
                    self.word("::");
                }
                if segment.ident.name != kw::PathRoot {
                    self.path_segment(segment, false);
                }
            }
        }
        self.word(">");
        for segment in &path.segments[qself.position..] {
            self.word("::");
            self.path_segment(segment, colons_before_params);
        }
    }

    pub(super) fn ty(&mut self, ty: &Ty) {
        match &ty.kind {
            TyKind::Slice(ty) => {
                self.word("[");
                self.ty(ty);
                self.word("]");
            }
            TyKind::Array(ty, len) => {
                self.word("[");
                self.ty(ty);
                self.word("; ");
                self.expr(&len.value);
                self.word("]");
            }
            TyKind::Ptr(mt) => {
                self.word("*");
                self.word(mt.mutbl.ptr_str());
                self.word(" ");
                self.ty(&mt.ty);
            }
            TyKind::Ref(lifetime, mt) => {
                self.word("&");
                if let Some(lifetime) = lifetime {
                    self.display(lifetime.ident);
                    self.word(" ");
                }
                self.word(mt.mutbl.prefix_str());
                self.ty(&mt.ty);
            }
            TyKind::PinnedRef(lifetime, mt) => {
                self.word("&");
                if let Some(lifetime) = lifetime {
                    self.display(lifetime.ident);
                    self.word(" ");
                }
                self.word("pin ");
                self.word(mt.mutbl.ptr_str());
                self.word(" ");
                self.ty(&mt.ty);
            }
            TyKind::FnPtr(f) => {
                self.for_params(&f.generic_params);
                self.safety(f.safety);
                self.ext(f.ext);
                self.word("fn");
                self.fn_params_and_ret(&f.decl);
            }
            TyKind::UnsafeBinder(binder) => {
                self.word("unsafe<");
                self.list(&binder.generic_params, ", ", |p, param| p.generic_param(param));
                self.word("> ");
                self.ty(&binder.inner_ty);
            }
            TyKind::Never => self.word("!"),
            TyKind::Tup(tys) => {
                self.word("(");
                self.list(tys, ", ", |p, ty| p.ty(ty));
                if tys.len() == 1 {
                    self.word(",");
                }
                self.word(")");
            }
            TyKind::Path(None, path) => self.path(path, false),
            TyKind::Path(Some(qself), path) => self.qpath(path, qself, false),
            TyKind::TraitObject(bounds, syntax) => {
                if *syntax == TraitObjectSyntax::Dyn {
                    self.word("dyn ");
                }
                self.bounds(bounds);
            }
            TyKind::ImplTrait(_, bounds) => {
                self.word("impl ");
                self.bounds(bounds);
            }
            TyKind::Paren(ty) => {
                self.word("(");
                self.ty(ty);
                self.word(")");
            }
            TyKind::Infer => self.word("_"),
            TyKind::ImplicitSelf => self.word("Self"),
            TyKind::MacCall(mac) => self.mac_call(mac),
            TyKind::CVarArgs => self.word("..."),
            TyKind::Pat(ty, pat) => {
                self.ty(ty);
                self.word(" is ");
                self.ty_pat(pat);
            }
            TyKind::Dummy => self.word("(/*DUMMY*/)"),
            TyKind::Err(_) => self.word("(/*ERROR*/)"),
        }
    }

    fn ty_pat(&mut self, pat: &TyPat) {
        match &pat.kind {
            TyPatKind::Range(start, end, range_end) => {
                if let Some(start) = start {
                    self.expr(&start.value);
                }
                self.range_end(range_end.node);
                if let Some(end) = end {
                    self.expr(&end.value);
                }
            }
            TyPatKind::NotNull => self.word("!null"),
            TyPatKind::Or(pats) => self.list(pats, " | ", |p, pat| p.ty_pat(pat)),
            TyPatKind::Err(_) => self.word("(/*ERROR*/)"),
        }
    }

    pub(super) fn for_params(&mut self, params: &[GenericParam]) {
        if !params.is_empty() {
            self.word("for<");
            self.list(params, ", ", |p, param| p.generic_param(param));
            self.word("> ");
        }
    }

    pub(super) fn generic_params(&mut self, params: &[GenericParam]) {
        if !params.is_empty() {
            self.word("<");
            self.list(params, ", ", |p, param| p.generic_param(param));
            self.word(">");
        }
    }

    pub(super) fn generic_param(&mut self, param: &GenericParam) {
        self.outer_attrs_inline(&param.attrs);
        match &param.kind {
            GenericParamKind::Lifetime | GenericParamKind::Type { .. } => {
                self.display(param.ident);
                if !param.bounds.is_empty() {
                    self.word(": ");
                    self.bounds(&param.bounds);
                }
                if let GenericParamKind::Type { default: Some(ty) } = &param.kind {
                    self.word(" = ");
                    self.ty(ty);
                }
            }
            GenericParamKind::Const { ty, default, .. } => {
                self.word("const ");
                self.display(param.ident);
                self.word(": ");
                self.ty(ty);
                if let Some(default) = default {
                    self.word(" = ");
                    self.expr(&default.value);
                }
            }
        }
    }

    pub(super) fn bounds(&mut self, bounds: &[GenericBound]) {
        self.list(bounds, " + ", |p, bound| match bound {
            GenericBound::Trait(poly) => p.poly_trait_ref(poly),
            GenericBound::Outlives(lifetime) => p.display(lifetime.ident),
            GenericBound::Use(args, _) => {
                p.word("use<");
                p.list(args, ", ", |p, arg| match arg {
                    PreciseCapturingArg::Lifetime(lifetime) => p.display(lifetime.ident),
                    PreciseCapturingArg::Arg(path, _) => p.path(path, false),
                });
                p.word(">");
            }
        });
    }

    fn poly_trait_ref(&mut self, poly: &PolyTraitRef) {
        if poly.parens == Parens::Yes {
            self.word("(");
        }
        self.for_params(&poly.bound_generic_params);
        if poly.modifiers.constness != BoundConstness::Never {
            self.word(poly.modifiers.constness.as_str());
            self.word(" ");
        }
        if poly.modifiers.asyncness != BoundAsyncness::Normal {
            self.word("async ");
        }
        if poly.modifiers.polarity != BoundPolarity::Positive {
            self.word(poly.modifiers.polarity.as_str());
        }
        self.path(&poly.trait_ref.path, false);
        if poly.parens == Parens::Yes {
            self.word(")");
        }
    }

    pub(super) fn where_clause(&mut self, clause: &WhereClause) {
        if clause.predicates.is_empty() {
            return;
        }
        self.word(" where ");
        self.list(&clause.predicates, ", ", |p, predicate| {
            p.outer_attrs_inline(&predicate.attrs);
            match &predicate.kind {
                WherePredicateKind::BoundPredicate(bound) => {
                    p.for_params(&bound.bound_generic_params);
                    p.ty(&bound.bounded_ty);
                    p.word(":");
                    if !bound.bounds.is_empty() {
                        p.word(" ");
                        p.bounds(&bound.bounds);
                    }
                }
                WherePredicateKind::RegionPredicate(region) => {
                    p.display(region.lifetime.ident);
                    p.word(":");
                    if !region.bounds.is_empty() {
                        p.word(" ");
                        p.bounds(&region.bounds);
                    }
                }
                WherePredicateKind::EqPredicate(eq) => {
                    p.ty(&eq.lhs_ty);
                    p.word(" = ");
                    p.ty(&eq.rhs_ty);
                }
            }
        });
    }

    pub(super) fn safety(&mut self, safety: Safety) {
        match safety {
            Safety::Unsafe(_) => self.word("unsafe "),
            Safety::Safe(_) => self.word("safe "),
            Safety::Default => {}
        }
    }

    pub(super) fn ext(&mut self, ext: Extern) {
        match ext {
            Extern::None => {}
            Extern::Implicit(_) => self.word("extern "),
            Extern::Explicit(abi, _) => {
                self.word("extern ");
                self.display(abi.as_token_lit());
                self.word(" ");
            }
        }
    }

    pub(super) fn fn_params_and_ret(&mut self, decl: &FnDecl) {
        self.word("(");
        self.list(&decl.inputs, ", ", |p, param| p.param(param));
        self.word(")");
        self.fn_ret_ty(&decl.output);
    }

    pub(super) fn fn_ret_ty(&mut self, ret: &FnRetTy) {
        if let FnRetTy::Ty(ty) = ret {
            self.word(" -> ");
            self.ty(ty);
        }
    }

    /// As in a function; closures leave out `: _`.
    pub(super) fn param(&mut self, param: &Param) {
        self.outer_attrs_inline(&param.attrs);
        if let Some(eself) = param.to_self() {
            match eself.node {
                SelfKind::Value(mutbl) => {
                    self.word(mutbl.prefix_str());
                    self.word("self");
                }
                SelfKind::Explicit(ty, mutbl) => {
                    self.word(mutbl.prefix_str());
                    self.word("self: ");
                    self.ty(&ty);
                }
                SelfKind::Region(..) | SelfKind::Pinned(..) => {
                    self.word(&eself.node.to_ref_suggestion());
                    self.word("self");
                }
            }
            return;
        }
        if !matches!(param.pat.kind, PatKind::Missing) {
            self.pat(&param.pat);
            self.word(": ");
        }
        self.ty(&param.ty);
    }

    pub(super) fn range_end(&mut self, end: RangeEnd) {
        self.word(match end {
            RangeEnd::Included(RangeSyntax::DotDotDot) => "...",
            RangeEnd::Included(RangeSyntax::DotDotEq) => "..=",
            RangeEnd::Excluded => "..",
        });
    }

    pub(super) fn pat(&mut self, pat: &Pat) {
        let start = self.out.len();
        self.pat_text(pat);
        self.spans.push((start, self.out.len(), pat.span));
    }

    fn pat_text(&mut self, pat: &Pat) {
        match &pat.kind {
            PatKind::Missing => {}
            PatKind::Wild => self.word("_"),
            PatKind::Never => self.word("!"),
            PatKind::Rest => self.word(".."),
            PatKind::Ident(mode, ident, sub) => {
                self.word(mode.prefix_str());
                self.display(ident);
                if let Some(sub) = sub {
                    self.word(" @ ");
                    self.pat(sub);
                }
            }
            PatKind::TupleStruct(qself, path, pats) => {
                self.maybe_qpath(qself.as_deref(), path);
                self.word("(");
                self.list(pats, ", ", |p, pat| p.pat(pat));
                self.word(")");
            }
            PatKind::Or(pats) => self.list(pats, " | ", |p, pat| p.pat(pat)),
            PatKind::Path(qself, path) => self.maybe_qpath(qself.as_deref(), path),
            PatKind::Struct(qself, path, fields, rest) => {
                self.maybe_qpath(qself.as_deref(), path);
                self.word(" {");
                if fields.is_empty() && *rest == PatFieldsRest::None {
                    self.word("}");
                    return;
                }
                self.word(" ");
                self.list(fields, ", ", |p, field| {
                    p.outer_attrs_inline(&field.attrs);
                    if !field.is_shorthand {
                        p.display(field.ident);
                        p.word(": ");
                    }
                    p.pat(&field.pat);
                });
                if let PatFieldsRest::Rest(_) | PatFieldsRest::Recovered(_) = rest {
                    if !fields.is_empty() {
                        self.word(", ");
                    }
                    self.word("..");
                }
                self.word(" }");
            }
            PatKind::Tuple(pats) => {
                self.word("(");
                self.list(pats, ", ", |p, pat| p.pat(pat));
                if pats.len() == 1 {
                    self.word(",");
                }
                self.word(")");
            }
            PatKind::Box(pat) => {
                self.word("box ");
                self.pat(pat);
            }
            PatKind::Deref(pat) => {
                self.word("builtin # deref(");
                self.pat(pat);
                self.word(")");
            }
            PatKind::Ref(pat, pinned, mutbl) => {
                self.word("&");
                self.word(pinned.prefix_str(*mutbl));
                // `&1..=2` and `&(a | b)` would be read otherwise.
                if matches!(pat.kind, PatKind::Or(_)) {
                    self.word("(");
                    self.pat(pat);
                    self.word(")");
                } else {
                    self.pat(pat);
                }
            }
            PatKind::Expr(e) => self.expr(e),
            PatKind::Range(start, end, range_end) => {
                if let Some(start) = start {
                    self.expr(start);
                }
                self.range_end(range_end.node);
                if let Some(end) = end {
                    self.expr(end);
                }
            }
            PatKind::Slice(pats) => {
                self.word("[");
                self.list(pats, ", ", |p, pat| p.pat(pat));
                self.word("]");
            }
            PatKind::Guard(pat, cond) => {
                self.pat(pat);
                self.word(" if ");
                self.expr(cond);
            }
            PatKind::Paren(pat) => {
                self.word("(");
                self.pat(pat);
                self.word(")");
            }
            PatKind::MacCall(mac) => self.mac_call(mac),
            PatKind::Err(_) => self.word("(/*ERROR*/)"),
        }
    }

    pub(super) fn maybe_qpath(&mut self, qself: Option<&QSelf>, path: &Path) {
        match qself {
            Some(qself) => self.qpath(path, qself, true),
            None => self.path(path, true),
        }
    }
}
