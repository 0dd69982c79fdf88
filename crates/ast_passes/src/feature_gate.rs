//! Feature gates (E0658): syntax that the parser noted while it parsed, and syntax that only the expanded tree tells.

use ast::visit::{self, AssocCtxt, FnKind, Visitor};
use ast::{
    AssocItem, AssocItemKind, AttrVec, Crate, Defaultness, Expr, ExprKind, FnRetTy, ForeignItem, ForeignItemKind,
    GenericBound, GenericParam, GenericParamKind, ImplPolarity, IsAuto, Item, ItemKind, NodeId, Pat, PatKind,
    PolyTraitRef, Ty, TyKind, WherePredicateKind, token,
};
use diagnostics::{Applicability, Diag, ErrCode, Level};
use session::feature_gate::{find_lang_feature, find_removed_feature, find_stable_feature, is_unstable_lib_feature};
use session::{Session, feature_err, lint};
use span::{Span, Symbol, sym};

/// Syntax that the parser notes: feature, message, help.
const PARSER_GATES: &[(&str, &str, &str)] = &[
    ("async_for_loop", "`for await` loops are experimental", ""),
    (
        "async_trait_bounds",
        "`async` trait bounds are unstable",
        "use the desugared name of the async trait, such as `AsyncFn`",
    ),
    ("builtin_syntax", "`builtin #` syntax is unstable", ""),
    ("closure_lifetime_binder", "`for<...>` binders for closures are experimental", "consider removing `for<...>`"),
    ("const_block_items", "const block items are experimental", ""),
    ("const_closures", "const closures are experimental", ""),
    ("const_trait_impl", "const trait impls are experimental", ""),
    ("contracts", "contracts are incomplete", ""),
    ("contracts_internals", "contract internal machinery is for internal use only", ""),
    ("coroutines", "coroutine syntax is experimental", ""),
    ("default_field_values", "default values on fields are experimental", ""),
    ("ergonomic_clones", "ergonomic clones are experimental", ""),
    ("explicit_tail_calls", "`become` expression is experimental", ""),
    ("final_associated_functions", "`final` on trait functions is experimental", ""),
    ("fn_delegation", "functions delegation is not yet fully implemented", ""),
    ("frontmatter", "frontmatters are experimental", ""),
    ("gen_blocks", "gen blocks are experimental", ""),
    ("generic_const_items", "generic const items are experimental", ""),
    ("guard_patterns", "guard patterns are experimental", "consider using match arm guards"),
    ("min_generic_const_args", "unbraced const blocks as const args are experimental", ""),
    ("more_qualified_paths", "usage of qualified paths in this context is experimental", ""),
    ("mut_ref", "mutable by-reference bindings are experimental", ""),
    ("never_patterns", "`!` patterns are experimental", ""),
    ("pin_ergonomics", "pinned reference syntax is experimental", ""),
    ("postfix_match", "postfix match is experimental", ""),
    ("return_type_notation", "return type notation is experimental", ""),
    ("super_let", "`super let` is experimental", ""),
    ("try_blocks", "`try` expression is experimental", ""),
    ("try_blocks_heterogeneous", "`try bikeshed` expression is experimental", ""),
    ("type_ascription", "type ascription is experimental", ""),
    ("unsafe_binders", "unsafe binder types are experimental", ""),
    ("unsafe_fields", "`unsafe` fields are experimental", ""),
    ("where_clause_attrs", "attributes in `where` clause are unstable", ""),
    ("yeet_expr", "`do yeet` expression is experimental", ""),
    ("yield_expr", "yield syntax is experimental", ""),
];

/// Syntax that the parser notes too, and that is gated where it stands in the expanded tree.
const TREE_GATES: &[&str] = &[
    "associated_type_defaults",
    "auto_traits",
    "box_patterns",
    "decl_macro",
    "extern_types",
    "negative_impls",
    "never_type",
    "pattern_types",
    "specialization",
    "trait_alias",
];

/// Checks a crate, and its `#![feature]`s.
pub fn check_crate(sess: &Session, krate: &Crate) {
    check_features(sess, krate);
    let mut visitor = PostExpansionVisitor { sess };
    check_parser_gates(sess);
    visitor.visit_crate(krate);
}

fn check_parser_gates(sess: &Session) {
    let gated = std::mem::take(&mut *sess.gated_spans.borrow_mut());
    for (feature, spans) in gated {
        let entry = PARSER_GATES.iter().find(|(name, ..)| *name == feature.as_str());
        for span in spans {
            match (feature, entry) {
                // Never to be accepted: not even behind the feature by users.
                (sym::negative_bounds, _) => {
                    if !sess.feature(feature) {
                        sess.dcx.span_err(span, "negative bounds are not supported");
                    }
                }
                // The other places are arms without a body, said not to have one in any case.
                (sym::never_patterns, _) if sess.source_map.span_to_snippet(span).is_none_or(|s| s != "!") => {}
                (_, None) if TREE_GATES.contains(&feature.as_str()) => {}
                // Stable since the table was made, in some editions.
                (_, None) if find_stable_feature(feature.as_str()).is_some() => {}
                (_, None) => gate(sess, feature, span, &format!("`{feature}` is experimental"), ""),
                (_, Some((_, message, help))) => gate(sess, feature, span, message, help),
            }
        }
    }
}

fn gate(sess: &Session, feature: Symbol, span: Span, message: &str, help: &str) {
    // What expands to yields is gated where it stands.
    let enabled = sess.feature(feature)
        || (feature == sym::yield_expr && (sess.feature(sym::coroutines) || sess.feature(sym::gen_blocks)));
    if enabled || span.allows_unstable(feature) {
        return;
    }
    let mut err = feature_err(sess, feature, span, message);
    if !help.is_empty() {
        err.help(help);
    }
    err.emit();
}

fn buffer(sess: &Session, lint: &'static lint::Lint, span: Span, diag: Diag<'_>) {
    sess.buffer_lint(lint::BufferedLint {
        lint,
        node_id: ast::CRATE_NODE_ID.as_u32(),
        span,
        diag: Box::new(diag.into_inner()),
    });
}

/// Unknown, repeated, stable, incomplete and internal features.
fn check_features(sess: &Session, krate: &Crate) {
    let mut seen: Vec<Symbol> = Vec::new();
    for attr in ast::attr::filter_by_name(&krate.attrs, sym::feature) {
        for item in attr.meta_item_list().unwrap_or_default() {
            let Some(ident) = item.ident().filter(|_| item.is_word()) else { continue };
            let (name, span) = (ident.name, item.span());
            if seen.contains(&name) {
                sess.dcx
                    .struct_span_err(span, format!("the feature `{name}` has already been enabled"))
                    .with_code(ErrCode(636))
                    .emit();
                continue;
            }
            seen.push(name);
            check_feature(sess, name, span);
        }
    }
}

fn check_feature(sess: &Session, name: Symbol, span: Span) {
    let text = name.as_str();
    if find_removed_feature(text).is_some() {
        // Reported when the features were collected.
        return;
    }
    if let Some(feature) = find_lang_feature(text) {
        if feature.incomplete {
            let mut diag = Diag::new(
                &sess.dcx,
                Level::Warning,
                format!("the feature `{name}` is incomplete and may not be safe to use and/or cause compiler crashes"),
            )
            .with_span(span);
            if let Some(n) = feature.issue {
                diag.note(format!(
                    "see issue #{n} <https://github.com/rust-lang/rust/issues/{n}> for more information"
                ));
            }
            buffer(sess, &lint::INCOMPLETE_FEATURES, span, diag);
        } else if feature.internal {
            let diag = Diag::new(
                &sess.dcx,
                Level::Warning,
                format!("the feature `{name}` is internal to the compiler or standard library"),
            )
            .with_span(span)
            .with_note("using it is strongly discouraged");
            buffer(sess, &lint::INTERNAL_FEATURES, span, diag);
        }
        return;
    }
    if let Some(since) = find_stable_feature(text) {
        let message =
            format!("the feature `{name}` has been stable since {since} and no longer requires an attribute to enable");
        let diag = Diag::new(&sess.dcx, Level::Warning, message).with_span(span);
        buffer(sess, &lint::STABLE_FEATURES, span, diag);
        return;
    }
    // The crates of the library declare features of their own.
    if !is_unstable_lib_feature(text) && !sess.feature(sym::staged_api) {
        let mut err = sess.dcx.struct_span_err(span, format!("unknown feature `{name}`")).with_code(ErrCode(635));
        if text == "custom_derive" {
            err.span_suggestion(span, "remove the feature", "", Applicability::MaybeIncorrect);
        }
        err.emit();
    }
}

struct PostExpansionVisitor<'a> {
    sess: &'a Session,
}

impl PostExpansionVisitor<'_> {
    fn gate(&self, feature: Symbol, span: Span, message: &str) {
        gate(self.sess, feature, span, message, "");
    }

    /// `impl Trait` in a type alias.
    fn check_impl_trait(&self, ty: &Ty, in_associated_ty: bool) {
        struct ImplTraitVisitor<'a> {
            vis: &'a PostExpansionVisitor<'a>,
            in_associated_ty: bool,
        }
        impl Visitor<'_> for ImplTraitVisitor<'_> {
            fn visit_ty(&mut self, ty: &Ty) {
                if let TyKind::ImplTrait(..) = ty.kind {
                    if self.in_associated_ty {
                        let message = "`impl Trait` in associated types is unstable";
                        self.vis.gate(sym::impl_trait_in_assoc_type, ty.span, message);
                    } else {
                        let message = "`impl Trait` in type aliases is unstable";
                        self.vis.gate(sym::type_alias_impl_trait, ty.span, message);
                    }
                }
                visit::walk_ty(self, ty);
            }
            fn visit_anon_const(&mut self, _: &ast::AnonConst) {}
        }
        ImplTraitVisitor { vis: self, in_associated_ty }.visit_ty(ty);
    }

    /// `for<..>` may bind only lifetimes, without bounds.
    fn check_late_bound_lifetime_defs(&self, params: &[GenericParam]) {
        let others: Vec<Span> = params
            .iter()
            .filter(|p| !matches!(p.kind, GenericParamKind::Lifetime))
            .map(|p| p.ident.span)
            .filter(|sp| !sp.allows_unstable(sym::non_lifetime_binders))
            .collect();
        if !others.is_empty() && !self.sess.feature(sym::non_lifetime_binders) {
            let message = "only lifetime parameters can be used in this context";
            feature_err(self.sess, sym::non_lifetime_binders, others, message).emit();
        }
        let consts: Vec<Span> =
            params.iter().filter(|p| matches!(p.kind, GenericParamKind::Const { .. })).map(|p| p.ident.span).collect();
        if !consts.is_empty() && self.sess.feature(sym::non_lifetime_binders) {
            self.sess.dcx.span_err(consts, "late-bound const parameters cannot be used currently");
        }
        for param in params {
            if !param.bounds.is_empty() {
                let spans: Vec<Span> = param.bounds.iter().map(GenericBound::span).collect();
                self.sess.dcx.span_err(spans, "bounds cannot be used in this context");
            }
        }
    }
}

impl<'ast> Visitor<'ast> for PostExpansionVisitor<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        match &item.kind {
            ItemKind::Impl(imp) => {
                if let Some(header) = &imp.of_trait {
                    if let ImplPolarity::Negative(span) = header.polarity {
                        let span = span.to(header.trait_ref.path.span);
                        let message = "negative trait bounds are not fully implemented; use marker types for now";
                        self.gate(sym::negative_impls, span, message);
                    }
                    if let Defaultness::Default(_) = header.defaultness {
                        self.gate(sym::specialization, item.span, "specialization is experimental");
                    }
                }
            }
            ItemKind::Trait(t) if t.is_auto == IsAuto::Yes => {
                self.gate(sym::auto_traits, item.span, "auto traits are experimental and possibly buggy");
            }
            ItemKind::TraitAlias(_) => {
                self.gate(sym::trait_alias, item.span, "trait aliases are experimental");
            }
            ItemKind::MacroDef(_, def) if !def.macro_rules => {
                self.gate(sym::decl_macro, item.span, "`macro` is experimental");
            }
            ItemKind::TyAlias(alias) => {
                if let Some(ty) = &alias.ty {
                    self.check_impl_trait(ty, false);
                }
            }
            ItemKind::Struct(..) => {
                for attr in ast::attr::filter_by_name(&item.attrs, sym::repr) {
                    for repr in attr.meta_item_list().unwrap_or_default() {
                        if repr.has_name(sym::simd) {
                            let message = "SIMD types are experimental and possibly buggy";
                            self.gate(sym::repr_simd, attr.span, message);
                        }
                    }
                }
            }
            _ => {}
        }
        visit::walk_item(self, item);
    }

    fn visit_foreign_item(&mut self, item: &'ast ForeignItem) {
        match &item.kind {
            ForeignItemKind::Fn(f) => self.check_link_name(item, f.ident.name),
            ForeignItemKind::Static(s) => self.check_link_name(item, s.ident.name),
            ForeignItemKind::TyAlias(_) => {
                self.gate(sym::extern_types, item.span, "extern types are experimental");
            }
            ForeignItemKind::MacCall(_) => {}
        }
        visit::walk_foreign_item(self, item);
    }

    fn visit_ty(&mut self, ty: &'ast Ty) {
        match &ty.kind {
            TyKind::FnPtr(f) => self.check_late_bound_lifetime_defs(&f.generic_params),
            TyKind::Never => self.gate(sym::never_type, ty.span, "the `!` type is experimental"),
            TyKind::Pat(..) => self.gate(sym::pattern_types, ty.span, "pattern types are unstable"),
            _ => {}
        }
        visit::walk_ty(self, ty);
    }

    fn visit_where_predicate(&mut self, predicate: &'ast ast::WherePredicate) {
        if let WherePredicateKind::BoundPredicate(bound) = &predicate.kind {
            self.check_late_bound_lifetime_defs(&bound.bound_generic_params);
        }
        visit::walk_where_predicate(self, predicate);
    }

    fn visit_fn_ret_ty(&mut self, ret: &'ast FnRetTy) {
        if let FnRetTy::Ty(ty) = ret
            && !matches!(ty.kind, TyKind::Never)
        {
            self.visit_ty(ty);
        }
    }

    fn visit_generic_args(&mut self, args: &'ast ast::GenericArgs) {
        // `Fn() -> !` is stable.
        if let ast::GenericArgs::Parenthesized(data) = args
            && let FnRetTy::Ty(ty) = &data.output
            && matches!(ty.kind, TyKind::Never)
        {
            data.inputs.iter().for_each(|input| self.visit_ty(input));
            return;
        }
        visit::walk_generic_args(self, args);
    }

    fn visit_expr(&mut self, expr: &'ast Expr) {
        match &expr.kind {
            ExprKind::Lit(token::Lit {
                kind: token::LitKind::Float | token::LitKind::Integer,
                suffix: Some(suffix),
                ..
            }) => match *suffix {
                sym::f16 => self.gate(sym::f16, expr.span, "the type `f16` is unstable"),
                sym::f128 => self.gate(sym::f128, expr.span, "the type `f128` is unstable"),
                _ => {}
            },
            ExprKind::Type(..) => self.gate(sym::type_ascription, expr.span, "type ascription is experimental"),
            _ => {}
        }
        visit::walk_expr(self, expr);
    }

    fn visit_pat(&mut self, pat: &'ast Pat) {
        if let PatKind::Box(_) = pat.kind {
            self.gate(Symbol::intern("box_patterns"), pat.span, "box pattern syntax is experimental");
        }
        if let PatKind::Slice(pats) = &pat.kind {
            for pat in pats {
                let inner = match &pat.kind {
                    PatKind::Ident(.., Some(inner)) => inner,
                    _ => pat,
                };
                if let PatKind::Range(Some(_), None, _) = inner.kind {
                    let message = "`X..` patterns in slices are experimental";
                    self.gate(sym::half_open_range_patterns_in_slices, pat.span, message);
                }
            }
        }
        visit::walk_pat(self, pat);
    }

    fn visit_poly_trait_ref(&mut self, t: &'ast PolyTraitRef) {
        self.check_late_bound_lifetime_defs(&t.bound_generic_params);
        visit::walk_poly_trait_ref(self, t);
    }

    fn visit_fn(&mut self, kind: FnKind<'ast>, _: &AttrVec, _: Span, _: NodeId) {
        if let FnKind::Closure(ast::ClosureBinder::For { generic_params, .. }, ..) = kind {
            self.check_late_bound_lifetime_defs(generic_params);
        }
        if let FnKind::Fn(ctxt, _, f) = kind
            && ctxt != visit::FnCtxt::Foreign
            && f.sig.decl.inputs.last().is_some_and(|p| matches!(p.ty.kind, TyKind::CVarArgs))
            && f.body.is_some()
        {
            self.gate(sym::c_variadic, f.sig.span, "C-variadic functions are unstable");
        }
        visit::walk_fn(self, kind);
    }

    fn visit_assoc_item(&mut self, item: &'ast AssocItem, ctxt: AssocCtxt) {
        let (is_fn, defaultness) = match &item.kind {
            AssocItemKind::Fn(f) => (true, f.defaultness),
            AssocItemKind::Const(c) => (false, c.defaultness),
            AssocItemKind::Type(alias) => {
                if alias.ty.is_some() && ctxt == AssocCtxt::Trait {
                    let message = "associated type defaults are unstable";
                    self.gate(sym::associated_type_defaults, item.span, message);
                }
                if ctxt == (AssocCtxt::Impl { of_trait: false }) {
                    let message = "inherent associated types are unstable";
                    self.gate(sym::inherent_associated_types, item.span, message);
                }
                if let Some(ty) = &alias.ty {
                    self.check_impl_trait(ty, true);
                }
                (false, alias.defaultness)
            }
            AssocItemKind::MacCall(_) | AssocItemKind::Delegation(_) | AssocItemKind::DelegationMac(_) => {
                (false, Defaultness::Implicit)
            }
        };
        if let Defaultness::Default(_) = defaultness
            && !(is_fn && self.sess.feature(sym::min_specialization))
        {
            self.gate(sym::specialization, item.span, "specialization is experimental");
        }
        visit::walk_assoc_item(self, item, ctxt);
    }
}

impl PostExpansionVisitor<'_> {
    fn check_link_name(&self, item: &ForeignItem, name: Symbol) {
        let link_name = ast::attr::find_by_name(&item.attrs, sym::link_name).and_then(|attr| attr.value_str());
        if link_name.unwrap_or(name).as_str().starts_with("llvm.") {
            self.gate(sym::link_llvm_intrinsics, item.span, "linking to LLVM intrinsics is experimental");
        }
    }
}
