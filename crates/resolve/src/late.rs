//! Late resolution: everything inside items, once all macros are expanded and all imports resolved.
//!
//! Walks the crate with the scopes of local names (ribs), labels and lifetimes, and finds out what each path, label and
//! lifetime means. `item.rs`, `expr.rs`, `pat.rs`, `ty.rs` walk; `path.rs` resolves paths; `generics.rs` and `lifetimes.rs`
//! do parameters and elision; `labels.rs` labels; `traits_in_scope.rs` the traits whose methods can be called.

mod expr;
mod generics;
mod item;
mod labels;
mod lifetimes;
mod pat;
mod path;
mod path_source;
mod traits_in_scope;
mod ty;

mod lifetime_errors;
mod path_errors;
mod path_help;

use ast::visit::{self, FnKind, Visitor};
use ast::{Arm, AttrVec, Block, Expr, ExprField, Item, Local, NodeId, Stmt, StmtKind, Ty};
use hir::def::{LifetimeRes, Namespace, Namespace::*};
use span::def_id::LocalDefId;
use span::{FxHashMap, Ident, Span};

use crate::Resolver;
use crate::errors::ResolutionError;
use crate::ident::{LateNames, LexicalScopeBinding};
use crate::macro_scope::ParentScope;
use crate::module::{Module, NameBinding};
use crate::path::Finalize;
use crate::rib::{Rib, RibKind};
use lifetimes::{ElisionCandidate, LifetimeRib, LifetimeRibKind, MissingLifetime};

/// What errors say about the surroundings.
#[derive(Default)]
struct DiagMetadata<'ast> {
    /// The impl's self type.
    current_self_type: Option<&'ast Ty>,
    /// The struct, enum, union or trait.
    current_self_item: Option<NodeId>,
    current_item: Option<&'ast Item>,
    /// The generic parameters being resolved.
    currently_processing_generic_args: bool,
    /// The innermost function, with its span.
    current_function: Option<(FnKind<'ast>, Span)>,
    /// Missing lifetimes of the signature's output.
    current_elision_failures: Vec<MissingLifetime>,
    current_where_predicate: Option<&'ast ast::WherePredicate>,
    current_type_path: Option<&'ast Ty>,
    current_let_binding: Option<(Span, Option<Span>, Option<Span>)>,
    in_if_condition: Option<&'ast Expr>,
    in_assignment: Option<&'ast Expr>,
    /// The trait and self type of the impl.
    current_impl: Option<(&'ast ast::TraitRef, &'ast Ty)>,
    current_impl_items: Option<&'ast [Box<ast::AssocItem>]>,
    current_trait_items: Option<&'ast [Box<ast::AssocItem>]>,
}

struct LateResolver<'a, 'ast, 'ra, 'tcx> {
    r: &'a mut Resolver<'ra, 'tcx>,
    parent_scope: ParentScope<'ra>,
    value_ribs: Vec<Rib<'ra>>,
    type_ribs: Vec<Rib<'ra>>,
    label_ribs: Vec<Rib<'ra, NodeId>>,
    lifetime_ribs: Vec<LifetimeRib>,
    /// Lifetimes in the function parameter being resolved, that the output's may be elided to.
    elision_candidates: Option<Vec<(LifetimeRes, ElisionCandidate)>>,
    /// The trait of the impl being resolved.
    current_trait_ref: Option<(Module<'ra>, &'ast ast::TraitRef)>,
    diag: DiagMetadata<'ast>,
    /// The names of the block that was left last, for errors.
    last_block_rib: Option<Rib<'ra>>,
    trait_item_names: traits_in_scope::TraitItemNames<'ra>,
    lifetime_uses: FxHashMap<LocalDefId, u32>,
}

impl<'ra> Resolver<'ra, '_> {
    pub(crate) fn late_resolve_crate(&mut self, krate: &ast::Crate) {
        let graph_root = self.graph_root;
        self.count_lifetime_params(krate);
        let parent_scope = ParentScope::module(graph_root, self.empty_macro_rules_scope);
        let root_rib = || vec![Rib::new(RibKind::Module(graph_root))];
        let mut late = LateResolver {
            r: self,
            parent_scope,
            value_ribs: root_rib(),
            type_ribs: root_rib(),
            label_ribs: Vec::new(),
            lifetime_ribs: Vec::new(),
            elision_candidates: None,
            current_trait_ref: None,
            diag: DiagMetadata::default(),
            last_block_rib: None,
            trait_item_names: FxHashMap::default(),
            lifetime_uses: FxHashMap::default(),
        };
        visit::walk_crate(&mut late, krate);
        let labels: Vec<(NodeId, Span)> = self.unused_labels.iter().map(|(id, span)| (*id, *span)).collect();
        for (id, span) in labels {
            self.buffer_lint(&session::lint::UNUSED_LABELS, id, span, "unused label".to_string(), |_| {});
        }
    }

    /// How many lifetime parameters each type and trait has, for elision in paths to it.
    fn count_lifetime_params(&mut self, krate: &ast::Crate) {
        struct Counter<'a, 'ra, 'tcx> {
            r: &'a mut Resolver<'ra, 'tcx>,
        }
        impl<'ast> Visitor<'ast> for Counter<'_, '_, '_> {
            fn visit_item(&mut self, item: &'ast Item) {
                if let Some(generics) = item.kind.generics() {
                    let def_id = self.r.local_def_id(item.id);
                    let count =
                        generics.params.iter().filter(|p| matches!(p.kind, ast::GenericParamKind::Lifetime)).count();
                    self.r.item_generics_num_lifetimes.insert(def_id, count);
                }
                visit::walk_item(self, item);
            }
        }
        visit::walk_crate(&mut Counter { r: self }, krate);
    }

    /// The number of lifetime parameters of a type or trait.
    pub(crate) fn num_lifetime_params(&self, def_id: span::def_id::DefId) -> usize {
        match def_id.as_local() {
            Some(local) => self.item_generics_num_lifetimes.get(&local).copied().unwrap_or(0),
            None => self.tcx.generics_of(def_id).own_counts().lifetimes,
        }
    }
}

impl<'ast, 'ra> LateResolver<'_, 'ast, 'ra, '_> {
    fn ribs_mut(&mut self, ns: Namespace) -> &mut Vec<Rib<'ra>> {
        match ns {
            ValueNS => &mut self.value_ribs,
            TypeNS => &mut self.type_ribs,
            MacroNS => unreachable!("macros are not local"),
        }
    }

    fn with_rib<T>(&mut self, ns: Namespace, kind: RibKind<'ra>, f: impl FnOnce(&mut Self) -> T) -> T {
        self.ribs_mut(ns).push(Rib::new(kind));
        let result = f(self);
        self.ribs_mut(ns).pop();
        result
    }

    fn with_label_rib<T>(&mut self, kind: RibKind<'ra>, f: impl FnOnce(&mut Self) -> T) -> T {
        self.label_ribs.push(Rib::new(kind));
        let result = f(self);
        self.label_ribs.pop();
        result
    }

    fn with_lifetime_rib<T>(&mut self, kind: LifetimeRibKind, f: impl FnOnce(&mut Self) -> T) -> T {
        self.lifetime_ribs.push(LifetimeRib::new(kind));
        let result = f(self);
        self.lifetime_ribs.pop();
        result
    }

    fn report_error(&mut self, span: Span, error: ResolutionError<'ra>) {
        if !self.r.glob_error {
            self.r.report_error(span, error);
        }
    }

    fn resolve_ident(
        &mut self,
        ident: Ident,
        ns: Namespace,
        finalize: Option<Finalize>,
    ) -> Option<LexicalScopeBinding<'ra>> {
        self.resolve_ident_ignoring(ident, ns, finalize, None)
    }

    fn resolve_ident_ignoring(
        &mut self,
        ident: Ident,
        ns: Namespace,
        finalize: Option<Finalize>,
        ignore: Option<NameBinding<'ra>>,
    ) -> Option<LexicalScopeBinding<'ra>> {
        let ribs = LateNames { value_ribs: &self.value_ribs, type_ribs: &self.type_ribs };
        self.r.resolve_ident_in_lexical_scope(ident, ns, &self.parent_scope, finalize, &ribs, ignore)
    }

    fn resolve_block(&mut self, block: &'ast Block) {
        let orig_module = self.parent_scope.module;
        let anonymous = self.r.block_map.get(&block.id).copied();
        self.value_ribs.push(Rib::new(RibKind::Block(anonymous)));
        if let Some(module) = anonymous {
            self.type_ribs.push(Rib::new(RibKind::Block(anonymous)));
            self.parent_scope.module = module;
        }
        let mut macro_definitions = 0;
        for stmt in &block.stmts {
            if let StmtKind::Item(item) = &stmt.kind
                && let ast::ItemKind::MacroDef(..) = item.kind
            {
                macro_definitions += 1;
                let def_id = self.r.local_def_id(item.id).to_def_id();
                self.value_ribs.push(Rib::new(RibKind::MacroDefinition(def_id)));
                self.label_ribs.push(Rib::new(RibKind::MacroDefinition(def_id)));
            }
            self.visit_stmt(stmt);
        }
        self.parent_scope.module = orig_module;
        for _ in 0..macro_definitions {
            self.value_ribs.pop();
            self.label_ribs.pop();
        }
        self.last_block_rib = self.value_ribs.pop();
        if anonymous.is_some() {
            self.type_ribs.pop();
        }
    }

    fn resolve_arm(&mut self, arm: &'ast Arm) {
        self.with_rib(ValueNS, RibKind::Normal, |this| {
            this.resolve_pattern_top(&arm.pat, pat::PatternSource::Match);
            if let Some(guard) = &arm.guard {
                this.visit_expr(guard);
            }
            if let Some(body) = &arm.body {
                this.visit_expr(body);
            }
        });
    }

    fn resolve_local(&mut self, local: &'ast Local) {
        let pat_span = local.pat.span;
        let ty_span = local.ty.as_ref().map(|ty| ty.span);
        let init_span = local.kind.init().map(|init| init.span);
        let orig = self.diag.current_let_binding.replace((pat_span, ty_span, init_span));
        if let Some(ty) = &local.ty {
            self.visit_ty(ty);
        }
        if let Some((init, els)) = local.kind.init_else_opt() {
            self.visit_expr(init);
            if let Some(els) = els {
                self.visit_block(els);
            }
        }
        self.diag.current_let_binding = orig;
        self.resolve_pattern_top(&local.pat, pat::PatternSource::Let);
    }
}

impl<'ast> Visitor<'ast> for LateResolver<'_, 'ast, '_, '_> {
    fn visit_attribute(&mut self, _: &'ast ast::Attribute) {
        // Their paths and arguments were dealt with when macros were expanded.
    }
    fn visit_item(&mut self, item: &'ast Item) {
        let prev = self.diag.current_item.replace(item);
        let prev_name = self.r.current_item;
        self.r.current_item = item.kind.ident().map(|ident| (ident, item.kind.descr()));
        // Conditions around have nothing to do with what is inside an item.
        let in_if_condition = self.diag.in_if_condition.take();
        let in_assignment = self.diag.in_assignment.take();
        self.with_lifetime_rib(LifetimeRibKind::Item, |this| this.resolve_item(item));
        self.diag.in_if_condition = in_if_condition;
        self.diag.in_assignment = in_assignment;
        self.r.current_item = prev_name;
        self.diag.current_item = prev;
    }
    fn visit_assoc_item(&mut self, _: &'ast ast::AssocItem, _: visit::AssocCtxt) {
        unreachable!("impls and traits resolve their items themselves");
    }
    fn visit_foreign_item(&mut self, item: &'ast ast::ForeignItem) {
        self.with_lifetime_rib(LifetimeRibKind::Item, |this| this.resolve_foreign_item(item));
    }
    fn visit_fn(&mut self, kind: FnKind<'ast>, _: &AttrVec, span: Span, id: NodeId) {
        self.resolve_fn(kind, span, id);
    }
    fn visit_arm(&mut self, arm: &'ast Arm) {
        self.resolve_arm(arm);
    }
    fn visit_block(&mut self, block: &'ast Block) {
        self.resolve_block(block);
    }
    fn visit_local(&mut self, local: &'ast Local) {
        self.resolve_local(local);
    }
    fn visit_stmt(&mut self, stmt: &'ast Stmt) {
        visit::walk_stmt(self, stmt);
    }
    fn visit_expr(&mut self, expr: &'ast Expr) {
        self.resolve_expr(expr, None);
    }
    fn visit_expr_field(&mut self, field: &'ast ExprField) {
        self.resolve_expr(&field.expr, None);
    }
    fn visit_pat(&mut self, _: &'ast ast::Pat) {
        unreachable!("patterns are resolved by their owners");
    }
    fn visit_anon_const(&mut self, constant: &'ast ast::AnonConst) {
        self.resolve_anon_const(constant, generics::AnonConstKind::InlineConst);
    }
    fn visit_variant_discr(&mut self, discr: &'ast ast::AnonConst) {
        self.resolve_anon_const(discr, generics::AnonConstKind::EnumDiscriminant);
    }
    fn visit_field_def(&mut self, field: &'ast ast::FieldDef) {
        self.visit_vis(&field.vis);
        self.visit_ty(&field.ty);
        if let Some(default) = &field.default {
            self.resolve_anon_const(default, generics::AnonConstKind::FieldDefaultValue);
        }
    }
    fn visit_vis(&mut self, _: &'ast ast::Visibility) {
        // Resolved when the module tree was built.
    }
    fn visit_ty(&mut self, ty: &'ast Ty) {
        self.resolve_ty(ty);
    }
    fn visit_poly_trait_ref(&mut self, tref: &'ast ast::PolyTraitRef) {
        self.resolve_poly_trait_ref(tref);
    }
    fn visit_generics(&mut self, generics: &'ast ast::Generics) {
        let is_adt = self.diag.current_self_item.is_some();
        self.resolve_generic_params(&generics.params, is_adt);
        for predicate in &generics.where_clause.predicates {
            self.visit_where_predicate(predicate);
        }
    }
    fn visit_where_predicate(&mut self, predicate: &'ast ast::WherePredicate) {
        self.resolve_where_predicate(predicate);
    }
    fn visit_closure_binder(&mut self, binder: &'ast ast::ClosureBinder) {
        if let ast::ClosureBinder::For { generic_params, .. } = binder {
            self.resolve_generic_params(generic_params, false);
        }
    }
    fn visit_lifetime(&mut self, lifetime: &'ast ast::Lifetime, use_ctxt: visit::LifetimeCtxt) {
        self.resolve_lifetime(lifetime, use_ctxt);
    }
    fn visit_generic_arg(&mut self, arg: &'ast ast::GenericArg) {
        self.resolve_generic_arg(arg);
    }
    fn visit_assoc_item_constraint(&mut self, constraint: &'ast ast::AssocItemConstraint) {
        self.resolve_assoc_item_constraint(constraint);
    }
    fn visit_path_segment(&mut self, segment: &'ast ast::PathSegment) {
        self.resolve_path_segment_args(segment);
    }
    fn visit_param_bound(&mut self, bound: &'ast ast::GenericBound, _: visit::BoundKind) {
        self.resolve_param_bound(bound);
    }
    fn visit_inline_asm(&mut self, asm: &'ast ast::InlineAsm) {
        self.resolve_inline_asm(asm);
    }
    fn visit_inline_asm_sym(&mut self, sym: &'ast ast::InlineAsmSym) {
        self.resolve_inline_asm_sym(sym);
    }
}
