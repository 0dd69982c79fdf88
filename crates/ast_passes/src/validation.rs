//! What the grammar allows and the language does not: bodies where none may be and the reverse, qualifiers and visibilities where
//! they mean nothing, patterns in declarations, the order of generics, auto traits, C-variadic functions.

use ast::visit::{self, AssocCtxt, BoundKind, FnCtxt, FnKind, Visitor};
use ast::{
    AngleBracketedArg, AngleBracketedArgs, AssocItem, AssocItemKind, AttrVec, Attribute, Const, Crate, Defaultness,
    Expr, ExprKind, ForeignItem, ForeignMod, GenericBound, GenericBounds, Generics, Impl, ImplPolarity, Item, ItemKind,
    NodeId, PolyTraitRef, Safety, Trait, Ty, TyKind, Visibility, VisibilityKind, WherePredicateKind,
};
use diagnostics::{Applicability, ErrCode, MultiSpan};
use session::Session;
use span::{Ident, Span, sym};

mod constness;
mod decl;
mod foreign;
mod generics;

use constness::ConstContext;

/// Validates a crate.
pub fn check_crate(sess: &Session, krate: &Crate) {
    let mut validator = AstValidator {
        sess,
        outer_impl_trait: None,
        const_context: ConstContext::Other,
        extern_mod: None,
        outer_trait: None,
    };
    validator.visit_crate(krate);
}

struct AstValidator<'a> {
    sess: &'a Session,
    /// The `impl Trait` that we are in the arguments of.
    outer_impl_trait: Option<Span>,
    /// Whether `[const]` bounds may stand here.
    const_context: ConstContext,
    /// The extern block that we are in.
    extern_mod: Option<ExternMod>,
    /// The trait or trait impl that we are in.
    outer_trait: Option<OuterTrait>,
}

#[derive(Clone, Copy)]
struct ExternMod {
    /// `unsafe extern "C"`
    head: Span,
    safety: Safety,
    /// Where `unsafe` is to be put.
    extern_span: Span,
}

/// What associated items stand in.
#[derive(Clone, Copy)]
enum OuterTrait {
    Trait { constness: Const },
    TraitImpl { constness: Const },
    Inherent,
}

impl AstValidator<'_> {
    fn visibility_not_permitted(&self, vis: &Visibility, note: &str) {
        if matches!(vis.kind, VisibilityKind::Inherited) {
            return;
        }
        self.sess
            .dcx
            .struct_span_err(vis.span, "visibility qualifiers are not permitted here")
            .with_code(ErrCode(449))
            .with_note(note)
            .with_span_suggestion(vis.span, "remove the qualifier", "", Applicability::MachineApplicable)
            .emit();
    }

    /// The place where a `;` is and something else should be.
    fn semicolon_of(&self, span: Span) -> Span {
        let source_map = self.sess.source_map();
        let end = source_map.end_point(span);
        match source_map.span_to_snippet(end).as_deref() {
            Some(";") => end,
            _ => span.shrink_to_hi(),
        }
    }

    fn without_body(&self, span: Span, what: &str, thing: &str, text: &str) {
        let mut err = self.sess.dcx.struct_span_err(span, format!("{what} without body"));
        err.span_suggestion(
            self.semicolon_of(span),
            format!("provide a definition for the {thing}"),
            text,
            Applicability::HasPlaceholders,
        );
        err.emit();
    }

    fn fn_without_body(&self, span: Span, what: &str) {
        let mut err = self.sess.dcx.struct_span_err(span, format!("{what} without a body"));
        if what.contains("impl") {
            err.primary_message(format!("{what} without body"));
        }
        err.span_suggestion(
            self.semicolon_of(span),
            "provide a definition for the function",
            " { <body> }",
            Applicability::HasPlaceholders,
        );
        err.emit();
    }

    fn check_defaultness(&self, span: Span, defaultness: Defaultness) {
        match defaultness {
            Defaultness::Default(def_span) => {
                let head = self.sess.source_map().guess_head_span(span);
                self.sess
                    .dcx
                    .struct_span_err(head, "`default` is only allowed on items in trait impls")
                    .with_span_label(def_span, "`default` because of this")
                    .emit();
            }
            Defaultness::Final(final_span) => {
                let head = self.sess.source_map().guess_head_span(span);
                self.sess
                    .dcx
                    .struct_span_err(head, "`final` is only allowed on associated functions in traits")
                    .with_span_label(final_span, "`final` because of this")
                    .emit();
            }
            Defaultness::Implicit => {}
        }
    }

    fn check_item_safety(&self, span: Span, safety: Safety) {
        match safety {
            Safety::Unsafe(_) | Safety::Default => {}
            Safety::Safe(_) => {
                self.sess.dcx.span_err(
                    span,
                    "items outside of `unsafe extern { }` cannot be declared with `safe` safety qualifier",
                );
            }
        }
    }

    fn check_nomangle_item_asciionly(&self, ident: Ident, span: Span) {
        if !ident.as_str().is_ascii() {
            self.sess
                .dcx
                .struct_span_err(
                    self.sess.source_map().guess_head_span(span),
                    "`#[no_mangle]` requires ASCII identifier",
                )
                .with_code(ErrCode(754))
                .emit();
        }
    }

    fn visit_generic_args_in(&mut self, args: &ast::GenericArgs) {
        visit::walk_generic_args(self, args);
    }

    fn with_outer_impl_trait(&mut self, span: Option<Span>, f: impl FnOnce(&mut Self)) {
        let old = std::mem::replace(&mut self.outer_impl_trait, span);
        f(self);
        self.outer_impl_trait = old;
    }

    fn check_trait_object(&self, bounds: &GenericBounds) {
        let mut any_lifetime = false;
        for bound in bounds {
            if let GenericBound::Outlives(lifetime) = bound {
                if any_lifetime {
                    self.sess
                        .dcx
                        .struct_span_err(lifetime.ident.span, "only a single explicit lifetime bound is permitted")
                        .with_code(ErrCode(226))
                        .emit();
                    break;
                }
                any_lifetime = true;
            }
        }
    }

    fn check_impl(&mut self, item: &Item, imp: &Impl) {
        if let TyKind::Dummy = imp.self_ty.kind {
            self.sess
                .dcx
                .struct_span_err(item.span, "`impl Trait for .. {}` is an obsolete syntax")
                .with_help("use `auto trait Trait {}` instead")
                .emit();
        }
        match &imp.of_trait {
            Some(header) => {
                let note = "trait items always share the visibility of their trait";
                self.visibility_not_permitted(&item.vis, note);
                if let (Safety::Unsafe(unsafe_span), ImplPolarity::Negative(negative)) =
                    (header.safety, header.polarity)
                {
                    self.sess
                        .dcx
                        .struct_span_err(negative.to(header.trait_ref.path.span), "negative impls cannot be unsafe")
                        .with_code(ErrCode(198))
                        .with_span_label(negative, "negative because of this")
                        .with_span_label(unsafe_span, "unsafe because of this")
                        .emit();
                }
            }
            None => {
                let note = "place qualifiers on individual impl items instead";
                self.visibility_not_permitted(&item.vis, note);
            }
        }
        let outer = match &imp.of_trait {
            Some(_) => OuterTrait::TraitImpl { constness: imp.constness },
            None => OuterTrait::Inherent,
        };
        let context = match (imp.constness, &imp.of_trait) {
            (Const::Yes(_), _) => ConstContext::Allowed,
            (Const::No, Some(_)) => ConstContext::TraitImpl(item.span),
            (Const::No, None) => ConstContext::Impl(item.span),
        };
        let old_trait = self.outer_trait.replace(outer);
        self.with_const_context(context, |this| visit::walk_item(this, item));
        self.outer_trait = old_trait;
    }

    fn check_trait(&mut self, item: &Item, t: &Trait) {
        if t.is_auto == ast::IsAuto::Yes {
            self.check_auto_trait(t);
        }
        let context = match t.constness {
            Const::Yes(_) => ConstContext::Allowed,
            Const::No => ConstContext::Trait(item.span),
        };
        let old_trait = self.outer_trait.replace(OuterTrait::Trait { constness: t.constness });
        self.with_const_context(context, |this| visit::walk_item(this, item));
        self.outer_trait = old_trait;
    }

    fn check_auto_trait(&self, t: &Trait) {
        let dcx = &self.sess.dcx;
        let ident = t.ident.span;
        let remove = |err: &mut diagnostics::Diag<'_>, span: Span, what: &str| {
            err.span_suggestion(span, format!("remove the {what}"), "", Applicability::MachineApplicable);
        };
        if !t.generics.params.is_empty() {
            let mut err = dcx
                .struct_span_err(t.generics.span, "auto traits cannot have generic parameters")
                .with_code(ErrCode(567))
                .with_span_label(ident, "auto trait cannot have generic parameters");
            remove(&mut err, t.generics.span, "parameters");
            err.emit();
        }
        let supertraits = |span: Span, removal: Span| {
            let mut err = dcx
                .struct_span_err(span, "auto traits cannot have super traits or lifetime bounds")
                .with_code(ErrCode(568))
                .with_span_label(ident, "auto traits cannot have super traits or lifetime bounds");
            remove(&mut err, removal, "super traits or lifetime bounds");
            err.emit();
        };
        if let Some(last) = t.bounds.last() {
            let span = t.bounds[0].span().to(last.span());
            supertraits(span, ident.shrink_to_hi().to(last.span()));
        }
        if !t.generics.where_clause.predicates.is_empty() {
            supertraits(t.generics.where_clause.span, t.generics.where_clause.span);
        }
        if !t.items.is_empty() {
            let spans: Vec<Span> =
                t.items.iter().map(|item| item.kind.ident().map_or(item.span, |ident| ident.span)).collect();
            let removal = t.items[0].span.to(t.items[t.items.len() - 1].span);
            let mut err = dcx
                .struct_span_err(MultiSpan::from(spans), "auto traits cannot have associated items")
                .with_code(ErrCode(380));
            remove(&mut err, removal, "associated items");
            err.span_label(ident, "auto traits cannot have associated items");
            err.emit();
        }
    }

    fn check_fn_item(&self, item: &Item, f: &ast::Fn) {
        self.check_defaultness(item.span, f.defaultness);
        self.check_item_safety(item.span, f.sig.header.safety);
        // Intrinsics have their bodies in the compiler.
        if f.body.is_none() && !ast::attr::contains_name(&item.attrs, sym::rustc_intrinsic) {
            self.fn_without_body(item.span, "free function");
        }
        if ast::attr::contains_name(&item.attrs, sym::no_mangle) {
            self.check_nomangle_item_asciionly(f.ident, item.span);
        }
    }
}

impl<'ast> Visitor<'ast> for AstValidator<'_> {
    fn visit_attribute(&mut self, _: &'ast Attribute) {}

    fn visit_item(&mut self, item: &'ast Item) {
        match &item.kind {
            ItemKind::Impl(imp) => {
                self.check_impl(item, imp);
                return;
            }
            ItemKind::Trait(t) => {
                self.check_trait(item, t);
                return;
            }
            ItemKind::TraitAlias(alias) => {
                let context = match alias.constness {
                    Const::Yes(_) => ConstContext::Allowed,
                    Const::No => ConstContext::Trait(item.span),
                };
                self.with_const_context(context, |this| visit::walk_item(this, item));
                return;
            }
            ItemKind::Fn(f) => self.check_fn_item(item, f),
            ItemKind::ForeignMod(block) => {
                self.check_foreign_mod(item, block);
                return;
            }
            ItemKind::Enum(_, _, def) => {
                let note = "enum variants and their fields always share the visibility of the enum they are in";
                for variant in &def.variants {
                    self.visibility_not_permitted(&variant.vis, note);
                    for field in variant.data.fields() {
                        self.visibility_not_permitted(&field.vis, note);
                    }
                }
            }
            ItemKind::Mod(safety, ident, kind) => {
                if let Safety::Unsafe(span) = safety {
                    self.sess.dcx.span_err(*span, "module cannot be declared unsafe");
                }
                let from_file = matches!(kind, ast::ModKind::Loaded(_, ast::Inline::No { .. }, _));
                if from_file && !ident.as_str().is_ascii() && !ast::attr::contains_name(&item.attrs, sym::path) {
                    self.sess
                        .dcx
                        .struct_span_err(
                            ident.span,
                            format!("trying to load file for module `{ident}` with non-ascii identifier name"),
                        )
                        .with_code(ErrCode(754))
                        .with_help("consider using the `#[path]` attribute to specify filesystem path")
                        .emit();
                }
            }
            ItemKind::Union(_, _, data) if data.fields().is_empty() => {
                self.sess.dcx.span_err(item.span, "unions cannot have zero fields");
            }
            ItemKind::Const(c) => {
                self.check_defaultness(item.span, c.defaultness);
                if c.rhs_kind.expr().is_none() {
                    self.without_body(item.span, "free constant item", "constant", " = <expr>;");
                }
            }
            ItemKind::Static(s) => {
                self.check_item_safety(item.span, s.safety);
                if let Safety::Unsafe(_) = s.safety {
                    self.sess.dcx.span_err(
                        item.span,
                        "static items cannot be declared with `unsafe` safety qualifier outside of `extern` block",
                    );
                }
                if s.expr.is_none() {
                    self.without_body(item.span, "free static item", "static", " = <expr>;");
                }
                if ast::attr::contains_name(&item.attrs, sym::no_mangle) {
                    self.check_nomangle_item_asciionly(s.ident, item.span);
                }
            }
            ItemKind::TyAlias(alias) => {
                self.check_defaultness(item.span, alias.defaultness);
                if alias.ty.is_none() {
                    self.without_body(item.span, "free type alias", "type", " = <type>;");
                }
                self.check_type_no_bounds(&alias.bounds, "this context");
                if !self.sess.feature(sym::lazy_type_alias) && alias.after_where_clause.has_where_token {
                    self.sess
                        .dcx
                        .struct_span_err(
                            alias.after_where_clause.span,
                            "where clauses are not allowed after the type for type aliases",
                        )
                        .with_note(
                            "see issue #112792 <https://github.com/rust-lang/rust/issues/112792> for more information",
                        )
                        .emit();
                }
            }
            _ => {}
        }
        visit::walk_item(self, item);
    }

    fn visit_foreign_item(&mut self, item: &'ast ForeignItem) {
        self.check_foreign_item(item);
        visit::walk_foreign_item(self, item);
    }

    fn visit_assoc_item(&mut self, item: &'ast AssocItem, ctxt: AssocCtxt) {
        self.check_assoc_item(item, ctxt);
        let context = match &item.kind {
            AssocItemKind::Fn(_) => self.const_context,
            AssocItemKind::Type(_) => match self.outer_trait {
                Some(
                    OuterTrait::Trait { constness: Const::Yes(_) } | OuterTrait::TraitImpl { constness: Const::Yes(_) },
                ) => ConstContext::Allowed,
                Some(OuterTrait::Trait { .. }) => ConstContext::TraitAssocTy(item.span),
                Some(OuterTrait::TraitImpl { .. }) => ConstContext::TraitImplAssocTy(item.span),
                _ => ConstContext::InherentAssocTy(item.span),
            },
            _ => ConstContext::Other,
        };
        self.with_const_context(context, |this| visit::walk_assoc_item(this, item, ctxt));
    }

    fn visit_fn(&mut self, kind: FnKind<'ast>, attrs: &AttrVec, span: Span, _id: NodeId) {
        self.check_fn(kind, attrs, span);
        let is_const = match kind {
            FnKind::Fn(_, _, f) => matches!(f.sig.header.constness, Const::Yes(_)),
            FnKind::Closure(..) => false,
        };
        let in_const_trait = matches!(
            (kind, self.outer_trait),
            (
                FnKind::Fn(FnCtxt::Assoc(_), ..),
                Some(
                    OuterTrait::Trait { constness: Const::Yes(_) } | OuterTrait::TraitImpl { constness: Const::Yes(_) }
                )
            )
        );
        let context = match kind {
            _ if is_const || in_const_trait => ConstContext::Allowed,
            FnKind::Fn(_, _, f) => ConstContext::Function(f.ident.span),
            FnKind::Closure(..) => ConstContext::Closure,
        };
        self.with_const_context(context, |this| visit::walk_fn(this, kind));
    }

    fn visit_ty(&mut self, ty: &'ast Ty) {
        match &ty.kind {
            TyKind::FnPtr(f) => self.check_fn_ptr(ty, f),
            TyKind::TraitObject(bounds, _) => {
                self.check_trait_object(bounds);
                self.with_const_context(ConstContext::TraitObject, |this| {
                    this.with_outer_impl_trait(None, |this| visit::walk_ty(this, ty));
                });
                return;
            }
            TyKind::ImplTrait(_, bounds) => {
                if let Some(outer) = self.outer_impl_trait {
                    self.sess
                        .dcx
                        .struct_span_err(ty.span, "nested `impl Trait` is not allowed")
                        .with_code(ErrCode(666))
                        .with_span_label(outer, "outer `impl Trait`")
                        .with_span_label(ty.span, "nested `impl Trait` here")
                        .emit();
                }
                if !bounds.iter().any(|bound| matches!(bound, GenericBound::Trait(_))) {
                    self.sess.dcx.span_err(ty.span, "at least one trait must be specified");
                }
                self.with_outer_impl_trait(Some(ty.span), |this| visit::walk_ty(this, ty));
                return;
            }
            _ => {}
        }
        visit::walk_ty(self, ty);
    }

    fn visit_assoc_item_constraint(&mut self, constraint: &'ast ast::AssocItemConstraint) {
        // `impl Iterator<Item = impl Copy>` is fine.
        if let Some(args) = &constraint.gen_args {
            self.visit_generic_args_in(args);
        }
        match &constraint.kind {
            ast::AssocItemConstraintKind::Equality { term } => match term {
                ast::Term::Ty(ty) => self.with_outer_impl_trait(None, |this| this.visit_ty(ty)),
                ast::Term::Const(c) => self.visit_anon_const(c),
            },
            ast::AssocItemConstraintKind::Bound { bounds } => self.with_outer_impl_trait(None, |this| {
                for bound in bounds {
                    this.visit_param_bound(bound, BoundKind::Bound);
                }
            }),
        }
    }

    fn visit_generic_args(&mut self, args: &'ast ast::GenericArgs) {
        match args {
            ast::GenericArgs::AngleBracketed(data) => {
                self.check_generic_args_before_constraints(data);
                visit::walk_generic_args(self, args);
            }
            ast::GenericArgs::Parenthesized(_) => {
                self.with_const_context(ConstContext::Other, |this| visit::walk_generic_args(this, args));
            }
            ast::GenericArgs::ParenthesizedElided(_) => {}
        }
    }

    fn visit_generics(&mut self, generics: &'ast Generics) {
        self.check_generics(generics);
        visit::walk_generics(self, generics);
    }

    fn visit_where_predicate(&mut self, predicate: &'ast ast::WherePredicate) {
        if let WherePredicateKind::EqPredicate(_) = &predicate.kind {
            self.sess
                .dcx
                .struct_span_err(predicate.span, "equality constraints are not yet supported in `where` clauses")
                .with_span_label(predicate.span, "not supported")
                .with_note("see issue #20041 <https://github.com/rust-lang/rust/issues/20041> for more information")
                .emit();
        }
        visit::walk_where_predicate(self, predicate);
    }

    fn visit_param_bound(&mut self, bound: &'ast GenericBound, kind: BoundKind) {
        if let GenericBound::Trait(t) = bound {
            self.check_bound_modifiers(t, kind);
        }
        visit::walk_param_bound(self, bound);
    }

    fn visit_poly_trait_ref(&mut self, t: &'ast PolyTraitRef) {
        visit::walk_poly_trait_ref(self, t);
    }

    fn visit_anon_const(&mut self, c: &'ast ast::AnonConst) {
        self.with_const_context(ConstContext::Other, |this| visit::walk_anon_const(this, c));
    }

    fn visit_expr(&mut self, expr: &'ast Expr) {
        if let ExprKind::Match(_, arms, _) = &expr.kind {
            for arm in arms {
                self.check_match_arm(arm);
            }
        }
        visit::walk_expr(self, expr);
    }
}

impl AstValidator<'_> {
    fn check_generic_args_before_constraints(&self, data: &AngleBracketedArgs) {
        let Some(first) = data.args.iter().position(|arg| matches!(arg, AngleBracketedArg::Constraint(_))) else {
            return;
        };
        let (mut constraints, mut args) = (Vec::new(), Vec::new());
        for arg in &data.args {
            match arg {
                AngleBracketedArg::Constraint(c) => constraints.push(c.span),
                AngleBracketedArg::Arg(arg) => args.push((arg.span(), arg)),
            }
        }
        let late: Vec<Span> = data.args[first..]
            .iter()
            .filter(|arg| matches!(arg, AngleBracketedArg::Arg(_)))
            .map(AngleBracketedArg::span)
            .collect();
        if late.is_empty() {
            return;
        }
        let plural = |n: usize, one: &'static str, many: &'static str| if n == 1 { one } else { many };
        let mut err = self
            .sess
            .dcx
            .struct_span_err(MultiSpan::from(late), "generic arguments must come before the first constraint");
        err.span_label(constraints[0], plural(constraints.len(), "constraint", "constraints"));
        if let Some((last, _)) = args.last() {
            err.span_label(*last, plural(args.len(), "generic argument", "generic arguments"));
        }
        err.emit();
    }

    fn check_match_arm(&self, arm: &ast::Arm) {
        if arm.body.is_none() && !arm.pat.contains_never_pattern() && !arm.is_placeholder {
            self.sess
                .dcx
                .struct_span_err(arm.pat.span, "`match` arm with no body")
                .with_span_suggestion(
                    arm.pat.span.shrink_to_hi(),
                    "add a body after the pattern",
                    " => todo!(),",
                    Applicability::HasPlaceholders,
                )
                .emit();
        }
    }

    fn check_assoc_item(&self, item: &AssocItem, ctxt: AssocCtxt) {
        let in_impl = matches!(ctxt, AssocCtxt::Impl { .. });
        let of_trait = matches!(ctxt, AssocCtxt::Trait | AssocCtxt::Impl { of_trait: true });
        if of_trait {
            self.visibility_not_permitted(&item.vis, "trait items always share the visibility of their trait");
        }
        let defaultness = match &item.kind {
            AssocItemKind::Fn(f) => f.defaultness,
            AssocItemKind::Const(c) => c.defaultness,
            AssocItemKind::Type(t) => t.defaultness,
            _ => Defaultness::Implicit,
        };
        match (defaultness, ctxt) {
            (Defaultness::Default(_), AssocCtxt::Impl { of_trait: true }) => {}
            (Defaultness::Final(_), AssocCtxt::Trait) if matches!(item.kind, AssocItemKind::Fn(_)) => {}
            _ => self.check_defaultness(item.span, defaultness),
        }
        match &item.kind {
            AssocItemKind::Fn(f) => {
                if in_impl && f.body.is_none() {
                    self.fn_without_body(item.span, "associated function in `impl`");
                }
                if of_trait && let Const::Yes(span) = f.sig.header.constness {
                    self.trait_fn_const(span, in_impl);
                }
                self.check_item_safety(item.span, f.sig.header.safety);
                if ast::attr::contains_name(&item.attrs, sym::no_mangle) {
                    self.check_nomangle_item_asciionly(f.ident, item.span);
                }
            }
            AssocItemKind::Const(c) if in_impl && c.rhs_kind.expr().is_none() => {
                self.without_body(item.span, "associated constant in `impl`", "constant", " = <expr>;");
            }
            AssocItemKind::Type(alias) if in_impl => {
                if alias.ty.is_none() {
                    self.without_body(item.span, "associated type in `impl`", "type", " = <type>;");
                }
                self.check_type_no_bounds(&alias.bounds, "`impl`s");
            }
            _ => {}
        }
    }

    fn trait_fn_const(&self, span: Span, in_impl: bool) {
        let place = if in_impl { "trait impls" } else { "traits" };
        self.sess
            .dcx
            .struct_span_err(span, format!("functions in {place} cannot be declared const"))
            .with_code(ErrCode(379))
            .with_span_label(span, format!("functions in {place} cannot be const"))
            .with_span_suggestion(span, "remove the `const`", "", Applicability::MachineApplicable)
            .emit();
    }

    fn check_type_no_bounds(&self, bounds: &GenericBounds, ctx: &str) {
        if let (Some(first), Some(last)) = (bounds.first(), bounds.last()) {
            let span = first.span().to(last.span());
            self.sess.dcx.span_err(span, format!("bounds on `type`s in {ctx} have no effect"));
        }
    }

    fn check_foreign_mod(&mut self, item: &Item, block: &ForeignMod) {
        self.visibility_not_permitted(&item.vis, "place qualifiers on individual foreign items instead");
        if matches!(block.safety, Safety::Default) && item.span.at_least_rust_2024() {
            self.sess.dcx.span_err(item.span, "extern blocks must be unsafe");
        }
        let head = self.sess.source_map().span_until_char(item.span, '{');
        let head = trim_end(self.sess, head);
        let old = self.extern_mod.replace(ExternMod {
            head: head.with_lo(match block.safety {
                Safety::Unsafe(span) => span.lo(),
                _ => block.extern_span.lo(),
            }),
            safety: block.safety,
            extern_span: block.extern_span,
        });
        visit::walk_item(self, item);
        self.extern_mod = old;
    }
}

/// Without white space at the end.
fn trim_end(sess: &Session, span: Span) -> Span {
    match sess.source_map().span_to_snippet(span) {
        Some(text) => {
            let cut = (text.len() - text.trim_end().len()) as u32;
            span.with_hi(span::BytePos(span.hi().0 - cut))
        }
        None => span,
    }
}
