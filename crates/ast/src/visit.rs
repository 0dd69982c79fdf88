//! Walking over a syntax tree: implement [`Visitor`], override what is of interest, and call `walk_*` to go on below.

#[macro_use]
mod inner;
#[macro_use]
mod walkers;

use span::{Ident, Span};
use thin_vec::ThinVec;

use crate::{
    AngleBracketedArg, AngleBracketedArgs, AnonConst, Arm, AssocItem, AssocItemConstraint, AssocItemConstraintKind,
    AssocItemKind, AttrArgs, AttrItem, AttrKind, AttrVec, Attribute, Block, BoundAsyncness, BoundConstness,
    BoundPolarity, CaptureBy, Closure, ClosureBinder, Const, ConstBlockItem, ConstItem, ConstItemRhsKind,
    CoroutineKind, Crate, Defaultness, Delegation, DelegationMac, EnumDef, Expr, ExprField, ExprKind, Extern, FieldDef,
    Fn, FnContract, FnDecl, FnHeader, FnPtrTy, FnRetTy, FnSig, ForeignItem, ForeignItemKind, ForeignMod, FormatArgs,
    FormatArgumentKind, GenericArg, GenericArgs, GenericBound, GenericBounds, GenericParam, GenericParamKind, Generics,
    Impl, ImplPolarity, InlineAsm, InlineAsmOperand, InlineAsmSym, Item, ItemKind, Label, Lifetime, Local, LocalKind,
    MacCall, MacCallStmt, MacroDef, MethodCall, ModKind, ModSpans, MutTy, NodeId, P, Param, ParenthesizedArgs, Pat,
    PatField, PatKind, Path, PathSegment, PolyTraitRef, PreciseCapturingArg, QSelf, Safety, StaticItem, Stmt, StmtKind,
    StructExpr, StructRest, Term, Trait, TraitAlias, TraitBoundModifiers, TraitImplHeader, TraitRef, Ty, TyAlias,
    TyKind, TyPat, TyPatKind, UnsafeBinderTy, UseTree, UseTreeKind, Variant, VariantData, Visibility, VisibilityKind,
    WhereBoundPredicate, WhereClause, WhereEqPredicate, WherePredicate, WherePredicateKind, WhereRegionPredicate,
    YieldKind,
};

pub(crate) use {inner_walkers, node_walkers};

/// Where an associated item stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AssocCtxt {
    Trait,
    Impl { of_trait: bool },
}

/// Where a function item stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FnCtxt {
    Free,
    Foreign,
    Assoc(AssocCtxt),
}

/// What bounds are bounds of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BoundKind {
    /// A generic parameter, associated type or where predicate.
    Bound,
    /// `impl Bounds`
    Impl,
    /// `dyn Bounds`
    TraitObject,
    /// `trait T: Bounds`
    SuperTraits,
}

impl BoundKind {
    pub fn descr(self) -> &'static str {
        match self {
            BoundKind::Bound => "bounds",
            BoundKind::Impl => "`impl Trait`",
            BoundKind::TraitObject => "`dyn` trait object bounds",
            BoundKind::SuperTraits => "supertrait bounds",
        }
    }
}

/// Where a lifetime stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LifetimeCtxt {
    /// `&'a T`
    Ref,
    /// `T: 'a`
    Bound,
    /// `T<'a>`
    GenericArg,
}

/// A function item or a closure.
#[derive(Clone, Copy, Debug)]
pub enum FnKind<'a> {
    Fn(FnCtxt, &'a Visibility, &'a Fn),
    Closure(&'a ClosureBinder, &'a Option<CoroutineKind>, &'a FnDecl, &'a Expr),
}

impl<'a> FnKind<'a> {
    pub fn header(&self) -> Option<&'a FnHeader> {
        match self {
            FnKind::Fn(_, _, func) => Some(&func.sig.header),
            FnKind::Closure(..) => None,
        }
    }

    pub fn ident(&self) -> Option<&'a Ident> {
        match self {
            FnKind::Fn(_, _, func) => Some(&func.ident),
            FnKind::Closure(..) => None,
        }
    }

    pub fn decl(&self) -> &'a FnDecl {
        match self {
            FnKind::Fn(_, _, func) => &func.sig.decl,
            FnKind::Closure(_, _, decl, _) => decl,
        }
    }

    pub fn ctxt(&self) -> Option<FnCtxt> {
        match self {
            FnKind::Fn(ctxt, ..) => Some(*ctxt),
            FnKind::Closure(..) => None,
        }
    }
}

/// Visits the nodes of a tree. Each method's default walks on below the node.
pub trait Visitor<'ast>: Sized {
    fn visit_id(&mut self, _id: &'ast NodeId) {}
    fn visit_span(&mut self, _span: &'ast Span) {}
    fn visit_ident(&mut self, _ident: &'ast Ident) {}
    fn visit_item(&mut self, item: &'ast Item) {
        walk_item(self, item)
    }
    fn visit_assoc_item(&mut self, item: &'ast AssocItem, ctxt: AssocCtxt) {
        walk_assoc_item(self, item, ctxt)
    }
    fn visit_foreign_item(&mut self, item: &'ast ForeignItem) {
        walk_foreign_item(self, item)
    }
    fn visit_stmt(&mut self, stmt: &'ast Stmt) {
        walk_stmt(self, stmt)
    }
    fn visit_fn(&mut self, kind: FnKind<'ast>, _attrs: &AttrVec, _span: Span, _id: NodeId) {
        walk_fn(self, kind)
    }
    fn visit_lifetime(&mut self, lifetime: &'ast Lifetime, _ctxt: LifetimeCtxt) {
        walk_lifetime(self, lifetime)
    }
    fn visit_param_bound(&mut self, bound: &'ast GenericBound, _kind: BoundKind) {
        walk_param_bound(self, bound)
    }
    fn visit_nested_use_tree(&mut self, tree: &'ast UseTree, id: &'ast NodeId) {
        walk_nested_use_tree(self, tree, id)
    }
    fn visit_variant_discr(&mut self, discr: &'ast AnonConst) {
        self.visit_anon_const(discr)
    }
    fn visit_macro_def(&mut self, _def: &'ast MacroDef, _id: NodeId) {}
    fn visit_crate(&mut self, node: &'ast Crate) {
        walk_crate(self, node)
    }
    fn visit_fn_header(&mut self, node: &'ast FnHeader) {
        walk_fn_header(self, node)
    }
    fn visit_fn_decl(&mut self, node: &'ast FnDecl) {
        walk_fn_decl(self, node)
    }
    fn visit_fn_ret_ty(&mut self, node: &'ast FnRetTy) {
        walk_fn_ret_ty(self, node)
    }
    fn visit_closure_binder(&mut self, node: &'ast ClosureBinder) {
        walk_closure_binder(self, node)
    }
    fn visit_coroutine_kind(&mut self, node: &'ast CoroutineKind) {
        walk_coroutine_kind(self, node)
    }
    fn visit_safety(&mut self, node: &'ast Safety) {
        walk_safety(self, node)
    }
    fn visit_constness(&mut self, node: &'ast Const) {
        walk_constness(self, node)
    }
    fn visit_capture_by(&mut self, node: &'ast CaptureBy) {
        walk_capture_by(self, node)
    }
    fn visit_variant_data(&mut self, node: &'ast VariantData) {
        walk_variant_data(self, node)
    }
    fn visit_vis(&mut self, node: &'ast Visibility) {
        walk_vis(self, node)
    }
    fn visit_use_tree(&mut self, node: &'ast UseTree) {
        walk_use_tree(self, node)
    }
    fn visit_trait_ref(&mut self, node: &'ast TraitRef) {
        walk_trait_ref(self, node)
    }
    fn visit_poly_trait_ref(&mut self, node: &'ast PolyTraitRef) {
        walk_poly_trait_ref(self, node)
    }
    fn visit_precise_capturing_arg(&mut self, node: &'ast PreciseCapturingArg) {
        walk_precise_capturing_arg(self, node)
    }
    fn visit_generics(&mut self, node: &'ast Generics) {
        walk_generics(self, node)
    }
    fn visit_path(&mut self, node: &'ast Path) {
        walk_path(self, node)
    }
    fn visit_path_segment(&mut self, node: &'ast PathSegment) {
        walk_path_segment(self, node)
    }
    fn visit_generic_args(&mut self, node: &'ast GenericArgs) {
        walk_generic_args(self, node)
    }
    fn visit_generic_arg(&mut self, node: &'ast GenericArg) {
        walk_generic_arg(self, node)
    }
    fn visit_assoc_item_constraint(&mut self, node: &'ast AssocItemConstraint) {
        walk_assoc_item_constraint(self, node)
    }
    fn visit_ty(&mut self, node: &'ast Ty) {
        walk_ty(self, node)
    }
    fn visit_ty_pat(&mut self, node: &'ast TyPat) {
        walk_ty_pat(self, node)
    }
    fn visit_pat(&mut self, node: &'ast Pat) {
        walk_pat(self, node)
    }
    fn visit_block(&mut self, node: &'ast Block) {
        walk_block(self, node)
    }
    fn visit_anon_const(&mut self, node: &'ast AnonConst) {
        walk_anon_const(self, node)
    }
    fn visit_expr(&mut self, node: &'ast Expr) {
        walk_expr(self, node)
    }
    fn visit_label(&mut self, node: &'ast Label) {
        walk_label(self, node)
    }
    fn visit_mac_call(&mut self, node: &'ast MacCall) {
        walk_mac_call(self, node)
    }
    fn visit_attribute(&mut self, node: &'ast Attribute) {
        walk_attribute(self, node)
    }
    fn visit_inline_asm(&mut self, node: &'ast InlineAsm) {
        walk_inline_asm(self, node)
    }
    fn visit_inline_asm_sym(&mut self, node: &'ast InlineAsmSym) {
        walk_inline_asm_sym(self, node)
    }
    fn visit_format_args(&mut self, node: &'ast FormatArgs) {
        walk_format_args(self, node)
    }
    fn visit_local(&mut self, node: &'ast Local) {
        walk_local(self, node)
    }
    fn visit_param(&mut self, node: &'ast Param) {
        walk_param(self, node)
    }
    fn visit_params(&mut self, nodes: &'ast ThinVec<Param>) {
        nodes.iter().for_each(|node| self.visit_param(node))
    }
    fn visit_variant(&mut self, node: &'ast Variant) {
        walk_variant(self, node)
    }
    fn visit_variants(&mut self, nodes: &'ast ThinVec<Variant>) {
        nodes.iter().for_each(|node| self.visit_variant(node))
    }
    fn visit_field_def(&mut self, node: &'ast FieldDef) {
        walk_field_def(self, node)
    }
    fn visit_field_defs(&mut self, nodes: &'ast ThinVec<FieldDef>) {
        nodes.iter().for_each(|node| self.visit_field_def(node))
    }
    fn visit_generic_param(&mut self, node: &'ast GenericParam) {
        walk_generic_param(self, node)
    }
    fn visit_generic_params(&mut self, nodes: &'ast ThinVec<GenericParam>) {
        nodes.iter().for_each(|node| self.visit_generic_param(node))
    }
    fn visit_where_predicate(&mut self, node: &'ast WherePredicate) {
        walk_where_predicate(self, node)
    }
    fn visit_where_predicates(&mut self, nodes: &'ast ThinVec<WherePredicate>) {
        nodes.iter().for_each(|node| self.visit_where_predicate(node))
    }
    fn visit_pat_field(&mut self, node: &'ast PatField) {
        walk_pat_field(self, node)
    }
    fn visit_pat_fields(&mut self, nodes: &'ast ThinVec<PatField>) {
        nodes.iter().for_each(|node| self.visit_pat_field(node))
    }
    fn visit_expr_field(&mut self, node: &'ast ExprField) {
        walk_expr_field(self, node)
    }
    fn visit_expr_fields(&mut self, nodes: &'ast ThinVec<ExprField>) {
        nodes.iter().for_each(|node| self.visit_expr_field(node))
    }
    fn visit_arm(&mut self, node: &'ast Arm) {
        walk_arm(self, node)
    }
    fn visit_arms(&mut self, nodes: &'ast ThinVec<Arm>) {
        nodes.iter().for_each(|node| self.visit_arm(node))
    }
    fn visit_items(&mut self, nodes: &'ast ThinVec<P<Item>>) {
        nodes.iter().for_each(|node| self.visit_item(node))
    }
    fn visit_foreign_items(&mut self, nodes: &'ast ThinVec<P<ForeignItem>>) {
        nodes.iter().for_each(|node| self.visit_foreign_item(node))
    }
    fn visit_stmts(&mut self, nodes: &'ast ThinVec<Stmt>) {
        nodes.iter().for_each(|node| self.visit_stmt(node))
    }
    fn visit_exprs(&mut self, nodes: &'ast ThinVec<P<Expr>>) {
        nodes.iter().for_each(|node| self.visit_expr(node))
    }
    fn visit_attrs(&mut self, nodes: &'ast ThinVec<Attribute>) {
        nodes.iter().for_each(|node| self.visit_attribute(node))
    }
    fn visit_assoc_items(&mut self, nodes: &'ast ThinVec<P<AssocItem>>, ctxt: AssocCtxt) {
        nodes.iter().for_each(|node| self.visit_assoc_item(node, ctxt))
    }
}

macro_rules! format_arguments {
    ($fmt:ident,) => {
        $fmt.arguments.all_args()
    };
}

node_walkers!(Visitor, ['ast], 'ast, []);
inner_walkers!(Visitor, ['ast], 'ast, []);

pub fn walk_stmt<'ast, V: Visitor<'ast>>(vis: &mut V, stmt: &'ast Stmt) {
    let Stmt { id, kind, span } = stmt;
    vis.visit_id(id);
    match kind {
        StmtKind::Let(local) => vis.visit_local(local),
        StmtKind::Item(item) => vis.visit_item(item),
        StmtKind::Expr(expr) | StmtKind::Semi(expr) => vis.visit_expr(expr),
        StmtKind::Empty => {}
        StmtKind::MacCall(mac) => {
            let MacCallStmt { mac, style: _, attrs } = &**mac;
            vis.visit_attrs(attrs);
            vis.visit_mac_call(mac);
        }
    }
    vis.visit_span(span);
}
