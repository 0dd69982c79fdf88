//! Walking over HIR: implement [`Visitor`] and override what you want to see; the `walk_*` functions in `walkers.rs`
//! visit a node's children.
//!
//! A visitor sees the nodes of one owner. Bodies and nested items are other trees, found by id: set
//! [`Visitor::NESTED`] and [`Visitor::hir_crate`] to go into them.
//! rustc has an associated type `NestedFilter` and results in the visitor; here a visitor that wants to stop early keeps a
//! flag.

use span::def_id::LocalDefId;
use span::{Ident, Span, Symbol};

use crate::*;

mod item_walkers;
mod walkers;

pub use item_walkers::{
    walk_defaultness, walk_enum_def, walk_field_def, walk_fn, walk_fn_decl, walk_fn_kind, walk_fn_ret_ty,
    walk_foreign_item, walk_impl_item, walk_item, walk_mod, walk_trait_item, walk_use, walk_variant, walk_variant_data,
};
pub use walkers::{
    walk_anon_const, walk_arm, walk_assoc_item_constraint, walk_block, walk_body, walk_const_arg, walk_expr,
    walk_expr_field, walk_generic_arg, walk_generic_args, walk_generic_param, walk_generics, walk_ident, walk_inf,
    walk_inline_asm, walk_inline_const, walk_label, walk_lifetime, walk_local, walk_opaque_ty, walk_param,
    walk_param_bound, walk_pat, walk_pat_expr, walk_pat_field, walk_path, walk_path_segment, walk_poly_trait_ref,
    walk_precise_capturing_arg, walk_qpath, walk_stmt, walk_trait_ref, walk_ty, walk_ty_pat, walk_where_predicate,
};

/// What kind of function a visitor is at.
#[derive(Clone, Copy, Debug)]
pub enum FnKind<'a> {
    /// `fn f()` in a module or function.
    ItemFn(Ident, &'a Generics<'a>, FnHeader),
    /// In a trait or impl.
    Method(Ident, &'a FnSig<'a>),
    Closure,
}

impl FnKind<'_> {
    pub fn header(&self) -> Option<&FnHeader> {
        match self {
            FnKind::ItemFn(_, _, header) => Some(header),
            FnKind::Method(_, sig) => Some(&sig.header),
            FnKind::Closure => None,
        }
    }

    pub fn constness(self) -> Constness {
        self.header().map_or(Constness::NotConst, |header| header.constness)
    }

    pub fn asyncness(self) -> IsAsync {
        self.header().map_or(IsAsync::NotAsync, |header| header.asyncness)
    }
}

/// Which of the trees that are found by id a visitor goes into.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NestedFilter {
    /// None: just the owner's own nodes, without bodies.
    None,
    /// Bodies, closures' and constants' among them, but no nested items.
    OnlyBodies,
    /// Bodies and nested items.
    All,
}

impl NestedFilter {
    /// Goes into bodies.
    pub const fn intra(self) -> bool {
        matches!(self, NestedFilter::OnlyBodies | NestedFilter::All)
    }

    /// Goes into nested items.
    pub const fn inter(self) -> bool {
        matches!(self, NestedFilter::All)
    }
}

macro_rules! visit_methods {
    ($($visit:ident($name:ident: $Ty:ty) => $walk:ident;)*) => {
        $(fn $visit(&mut self, $name: $Ty) { $walk(self, $name) })*
    };
}

/// Sees the nodes of a tree. Each method's default visits the children.
pub trait Visitor<'v>: Sized {
    /// Which trees found by id are visited.
    const NESTED: NestedFilter = NestedFilter::None;

    /// Must be given if [`Self::NESTED`] is not `None`.
    fn hir_crate(&mut self) -> &'v Crate<'v> {
        panic!("a visitor with NESTED must give the crate")
    }

    fn visit_nested_item(&mut self, id: ItemId) {
        if Self::NESTED.inter() {
            let item = self.hir_crate().item(id);
            self.visit_item(item);
        }
    }
    fn visit_nested_trait_item(&mut self, id: TraitItemId) {
        if Self::NESTED.inter() {
            let item = self.hir_crate().trait_item(id);
            self.visit_trait_item(item);
        }
    }
    fn visit_nested_impl_item(&mut self, id: ImplItemId) {
        if Self::NESTED.inter() {
            let item = self.hir_crate().impl_item(id);
            self.visit_impl_item(item);
        }
    }
    fn visit_nested_foreign_item(&mut self, id: ForeignItemId) {
        if Self::NESTED.inter() {
            let item = self.hir_crate().foreign_item(id);
            self.visit_foreign_item(item);
        }
    }
    fn visit_nested_body(&mut self, id: BodyId) {
        if Self::NESTED.intra() {
            let body = self.hir_crate().body(id);
            self.visit_body(body);
        }
    }

    /// Each node's id.
    fn visit_id(&mut self, _hir_id: HirId) {}
    fn visit_name(&mut self, _name: Symbol) {}
    fn visit_lit(&mut self, _hir_id: HirId, _lit: Lit, _negated: bool) {}
    fn visit_attribute(&mut self, _attr: &'v Attribute) {}

    visit_methods! {
        visit_body(b: &Body<'v>) => walk_body;
        visit_param(p: &'v Param<'v>) => walk_param;
        visit_item(i: &'v Item<'v>) => walk_item;
        visit_trait_item(i: &'v TraitItem<'v>) => walk_trait_item;
        visit_impl_item(i: &'v ImplItem<'v>) => walk_impl_item;
        visit_foreign_item(i: &'v ForeignItem<'v>) => walk_foreign_item;
        visit_ident(i: Ident) => walk_ident;
        visit_local(l: &'v LetStmt<'v>) => walk_local;
        visit_block(b: &'v Block<'v>) => walk_block;
        visit_stmt(s: &'v Stmt<'v>) => walk_stmt;
        visit_arm(a: &'v Arm<'v>) => walk_arm;
        visit_pat(p: &'v Pat<'v>) => walk_pat;
        visit_pat_field(f: &'v PatField<'v>) => walk_pat_field;
        visit_pat_expr(e: &'v PatExpr<'v>) => walk_pat_expr;
        visit_anon_const(c: &'v AnonConst) => walk_anon_const;
        visit_inline_const(c: &'v ConstBlock) => walk_inline_const;
        visit_expr(e: &'v Expr<'v>) => walk_expr;
        visit_expr_field(f: &'v ExprField<'v>) => walk_expr_field;
        visit_pattern_type_pattern(p: &'v TyPat<'v>) => walk_ty_pat;
        visit_ty(t: &'v Ty<'v>) => walk_ty;
        visit_const_arg(c: &'v ConstArg<'v>) => walk_const_arg;
        visit_generic_arg(a: &'v GenericArg<'v>) => walk_generic_arg;
        visit_infer(i: &'v InferArg) => walk_inf;
        visit_lifetime(l: &'v Lifetime) => walk_lifetime;
        visit_generic_param(p: &'v GenericParam<'v>) => walk_generic_param;
        visit_generics(g: &'v Generics<'v>) => walk_generics;
        visit_where_predicate(p: &'v WherePredicate<'v>) => walk_where_predicate;
        visit_fn_ret_ty(r: &'v FnRetTy<'v>) => walk_fn_ret_ty;
        visit_fn_decl(d: &'v FnDecl<'v>) => walk_fn_decl;
        visit_trait_ref(t: &'v TraitRef<'v>) => walk_trait_ref;
        visit_param_bound(b: &'v GenericBound<'v>) => walk_param_bound;
        visit_precise_capturing_arg(a: &'v PreciseCapturingArg<'v>) => walk_precise_capturing_arg;
        visit_poly_trait_ref(t: &'v PolyTraitRef<'v>) => walk_poly_trait_ref;
        visit_opaque_ty(o: &'v OpaqueTy<'v>) => walk_opaque_ty;
        visit_variant_data(d: &'v VariantData<'v>) => walk_variant_data;
        visit_field_def(f: &'v FieldDef<'v>) => walk_field_def;
        visit_variant(v: &'v Variant<'v>) => walk_variant;
        visit_label(l: &'v Label) => walk_label;
        visit_path_segment(s: &'v PathSegment<'v>) => walk_path_segment;
        visit_generic_args(a: &'v GenericArgs<'v>) => walk_generic_args;
        visit_assoc_item_constraint(c: &'v AssocItemConstraint<'v>) => walk_assoc_item_constraint;
        visit_defaultness(d: &'v Defaultness) => walk_defaultness;
    }

    fn visit_mod(&mut self, m: &'v Mod<'v>, _span: Span, hir_id: HirId) {
        walk_mod(self, m, hir_id)
    }
    fn visit_fn(&mut self, fk: FnKind<'v>, fd: &'v FnDecl<'v>, b: BodyId, _span: Span, id: LocalDefId) {
        walk_fn(self, fk, fd, b, id)
    }
    fn visit_use(&mut self, path: &'v UsePath<'v>, hir_id: HirId) {
        walk_use(self, path, hir_id)
    }
    fn visit_enum_def(&mut self, enum_definition: &'v EnumDef<'v>) {
        walk_enum_def(self, enum_definition)
    }
    fn visit_qpath(&mut self, qpath: &'v QPath<'v>, id: HirId, _span: Span) {
        walk_qpath(self, qpath, id)
    }
    fn visit_path(&mut self, path: &Path<'v>, _id: HirId) {
        walk_path(self, path)
    }
    fn visit_inline_asm(&mut self, asm: &'v InlineAsm<'v>, id: HirId) {
        walk_inline_asm(self, asm, id)
    }
}
