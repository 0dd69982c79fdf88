//! Changing a syntax tree in place: implement [`MutVisitor`], override what is of interest, and call `walk_*` to go on below.
//!
//! Nodes in lists can be removed or multiplied by `flat_map_*`, optional expressions removed by `filter_map_expr`.

use smallvec::{SmallVec, smallvec};
use span::{Ident, Span};
use thin_vec::ThinVec;

use crate::visit::{AssocCtxt, BoundKind, FnCtxt, LifetimeCtxt};
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

/// A function item or a closure.
#[derive(Debug)]
pub enum FnKind<'a> {
    Fn(FnCtxt, &'a mut Visibility, &'a mut Fn),
    Closure(&'a mut ClosureBinder, &'a mut Option<CoroutineKind>, &'a mut FnDecl, &'a mut Expr),
}

/// Replaces each element by those that `f` makes of it.
pub trait FlatMapInPlace<T> {
    fn flat_map_in_place<I: IntoIterator<Item = T>>(&mut self, f: impl FnMut(T) -> I);
}

impl<T> FlatMapInPlace<T> for ThinVec<T> {
    fn flat_map_in_place<I: IntoIterator<Item = T>>(&mut self, f: impl FnMut(T) -> I) {
        if !self.is_empty() {
            *self = std::mem::take(self).into_iter().flat_map(f).collect();
        }
    }
}

impl<T> FlatMapInPlace<T> for Vec<T> {
    fn flat_map_in_place<I: IntoIterator<Item = T>>(&mut self, f: impl FnMut(T) -> I) {
        if !self.is_empty() {
            *self = std::mem::take(self).into_iter().flat_map(f).collect();
        }
    }
}

/// Changes the nodes of a tree. Each method's default walks on below the node.
pub trait MutVisitor: Sized {
    fn visit_id(&mut self, _id: &mut NodeId) {}
    fn visit_span(&mut self, _span: &mut Span) {}
    fn visit_ident(&mut self, ident: &mut Ident) {
        self.visit_span(&mut ident.span)
    }
    fn visit_item(&mut self, item: &mut Item) {
        walk_item(self, item)
    }
    fn visit_assoc_item(&mut self, item: &mut AssocItem, ctxt: AssocCtxt) {
        walk_assoc_item(self, item, ctxt)
    }
    fn visit_foreign_item(&mut self, item: &mut ForeignItem) {
        walk_foreign_item(self, item)
    }
    fn visit_fn(&mut self, kind: FnKind<'_>, _attrs: &AttrVec, _span: Span, _id: NodeId) {
        walk_fn(self, kind)
    }
    fn visit_lifetime(&mut self, lifetime: &mut Lifetime, _ctxt: LifetimeCtxt) {
        walk_lifetime(self, lifetime)
    }
    fn visit_param_bound(&mut self, bound: &mut GenericBound, _kind: BoundKind) {
        walk_param_bound(self, bound)
    }
    fn visit_nested_use_tree(&mut self, tree: &mut UseTree, id: &mut NodeId) {
        walk_nested_use_tree(self, tree, id)
    }
    fn visit_variant_discr(&mut self, discr: &mut AnonConst) {
        self.visit_anon_const(discr)
    }
    fn visit_macro_def(&mut self, _def: &mut MacroDef, _id: NodeId) {}
    /// An expression that may be left out: in a list, or a statement. `None` removes it.
    fn filter_map_expr(&mut self, mut expr: P<Expr>) -> Option<P<Expr>> {
        self.visit_expr(&mut expr);
        Some(expr)
    }
    fn visit_exprs(&mut self, exprs: &mut ThinVec<P<Expr>>) {
        exprs.flat_map_in_place(|expr| self.filter_map_expr(expr))
    }
    fn flat_map_item(&mut self, mut item: P<Item>) -> SmallVec<[P<Item>; 1]> {
        self.visit_item(&mut item);
        smallvec![item]
    }
    fn visit_items(&mut self, items: &mut ThinVec<P<Item>>) {
        items.flat_map_in_place(|item| self.flat_map_item(item))
    }
    fn flat_map_assoc_item(&mut self, mut item: P<AssocItem>, ctxt: AssocCtxt) -> SmallVec<[P<AssocItem>; 1]> {
        self.visit_assoc_item(&mut item, ctxt);
        smallvec![item]
    }
    fn visit_assoc_items(&mut self, items: &mut ThinVec<P<AssocItem>>, ctxt: AssocCtxt) {
        items.flat_map_in_place(|item| self.flat_map_assoc_item(item, ctxt))
    }
    fn flat_map_foreign_item(&mut self, mut item: P<ForeignItem>) -> SmallVec<[P<ForeignItem>; 1]> {
        self.visit_foreign_item(&mut item);
        smallvec![item]
    }
    fn visit_foreign_items(&mut self, items: &mut ThinVec<P<ForeignItem>>) {
        items.flat_map_in_place(|item| self.flat_map_foreign_item(item))
    }
    fn flat_map_stmt(&mut self, stmt: Stmt) -> SmallVec<[Stmt; 1]> {
        walk_flat_map_stmt(self, stmt)
    }
    fn visit_stmts(&mut self, stmts: &mut ThinVec<Stmt>) {
        stmts.flat_map_in_place(|stmt| self.flat_map_stmt(stmt))
    }
    fn visit_attrs(&mut self, attrs: &mut AttrVec) {
        for attr in attrs {
            self.visit_attribute(attr);
        }
    }
    fn visit_crate(&mut self, node: &mut Crate) {
        walk_crate(self, node)
    }
    fn visit_fn_header(&mut self, node: &mut FnHeader) {
        walk_fn_header(self, node)
    }
    fn visit_fn_decl(&mut self, node: &mut FnDecl) {
        walk_fn_decl(self, node)
    }
    fn visit_fn_ret_ty(&mut self, node: &mut FnRetTy) {
        walk_fn_ret_ty(self, node)
    }
    fn visit_closure_binder(&mut self, node: &mut ClosureBinder) {
        walk_closure_binder(self, node)
    }
    fn visit_coroutine_kind(&mut self, node: &mut CoroutineKind) {
        walk_coroutine_kind(self, node)
    }
    fn visit_safety(&mut self, node: &mut Safety) {
        walk_safety(self, node)
    }
    fn visit_constness(&mut self, node: &mut Const) {
        walk_constness(self, node)
    }
    fn visit_capture_by(&mut self, node: &mut CaptureBy) {
        walk_capture_by(self, node)
    }
    fn visit_variant_data(&mut self, node: &mut VariantData) {
        walk_variant_data(self, node)
    }
    fn visit_vis(&mut self, node: &mut Visibility) {
        walk_vis(self, node)
    }
    fn visit_use_tree(&mut self, node: &mut UseTree) {
        walk_use_tree(self, node)
    }
    fn visit_trait_ref(&mut self, node: &mut TraitRef) {
        walk_trait_ref(self, node)
    }
    fn visit_poly_trait_ref(&mut self, node: &mut PolyTraitRef) {
        walk_poly_trait_ref(self, node)
    }
    fn visit_precise_capturing_arg(&mut self, node: &mut PreciseCapturingArg) {
        walk_precise_capturing_arg(self, node)
    }
    fn visit_generics(&mut self, node: &mut Generics) {
        walk_generics(self, node)
    }
    fn visit_path(&mut self, node: &mut Path) {
        walk_path(self, node)
    }
    fn visit_path_segment(&mut self, node: &mut PathSegment) {
        walk_path_segment(self, node)
    }
    fn visit_generic_args(&mut self, node: &mut GenericArgs) {
        walk_generic_args(self, node)
    }
    fn visit_generic_arg(&mut self, node: &mut GenericArg) {
        walk_generic_arg(self, node)
    }
    fn visit_assoc_item_constraint(&mut self, node: &mut AssocItemConstraint) {
        walk_assoc_item_constraint(self, node)
    }
    fn visit_ty(&mut self, node: &mut Ty) {
        walk_ty(self, node)
    }
    fn visit_ty_pat(&mut self, node: &mut TyPat) {
        walk_ty_pat(self, node)
    }
    fn visit_pat(&mut self, node: &mut Pat) {
        walk_pat(self, node)
    }
    fn visit_block(&mut self, node: &mut Block) {
        walk_block(self, node)
    }
    fn visit_anon_const(&mut self, node: &mut AnonConst) {
        walk_anon_const(self, node)
    }
    fn visit_expr(&mut self, node: &mut Expr) {
        walk_expr(self, node)
    }
    fn visit_label(&mut self, node: &mut Label) {
        walk_label(self, node)
    }
    fn visit_mac_call(&mut self, node: &mut MacCall) {
        walk_mac_call(self, node)
    }
    fn visit_attribute(&mut self, node: &mut Attribute) {
        walk_attribute(self, node)
    }
    fn visit_inline_asm(&mut self, node: &mut InlineAsm) {
        walk_inline_asm(self, node)
    }
    fn visit_inline_asm_sym(&mut self, node: &mut InlineAsmSym) {
        walk_inline_asm_sym(self, node)
    }
    fn visit_format_args(&mut self, node: &mut FormatArgs) {
        walk_format_args(self, node)
    }
    fn visit_local(&mut self, node: &mut Local) {
        walk_local(self, node)
    }
    fn visit_param(&mut self, node: &mut Param) {
        walk_param(self, node)
    }
    fn flat_map_param(&mut self, mut node: Param) -> SmallVec<[Param; 1]> {
        self.visit_param(&mut node);
        smallvec![node]
    }
    fn visit_params(&mut self, nodes: &mut ThinVec<Param>) {
        nodes.flat_map_in_place(|node| self.flat_map_param(node))
    }
    fn visit_variant(&mut self, node: &mut Variant) {
        walk_variant(self, node)
    }
    fn flat_map_variant(&mut self, mut node: Variant) -> SmallVec<[Variant; 1]> {
        self.visit_variant(&mut node);
        smallvec![node]
    }
    fn visit_variants(&mut self, nodes: &mut ThinVec<Variant>) {
        nodes.flat_map_in_place(|node| self.flat_map_variant(node))
    }
    fn visit_field_def(&mut self, node: &mut FieldDef) {
        walk_field_def(self, node)
    }
    fn flat_map_field_def(&mut self, mut node: FieldDef) -> SmallVec<[FieldDef; 1]> {
        self.visit_field_def(&mut node);
        smallvec![node]
    }
    fn visit_field_defs(&mut self, nodes: &mut ThinVec<FieldDef>) {
        nodes.flat_map_in_place(|node| self.flat_map_field_def(node))
    }
    fn visit_generic_param(&mut self, node: &mut GenericParam) {
        walk_generic_param(self, node)
    }
    fn flat_map_generic_param(&mut self, mut node: GenericParam) -> SmallVec<[GenericParam; 1]> {
        self.visit_generic_param(&mut node);
        smallvec![node]
    }
    fn visit_generic_params(&mut self, nodes: &mut ThinVec<GenericParam>) {
        nodes.flat_map_in_place(|node| self.flat_map_generic_param(node))
    }
    fn visit_where_predicate(&mut self, node: &mut WherePredicate) {
        walk_where_predicate(self, node)
    }
    fn flat_map_where_predicate(&mut self, mut node: WherePredicate) -> SmallVec<[WherePredicate; 1]> {
        self.visit_where_predicate(&mut node);
        smallvec![node]
    }
    fn visit_where_predicates(&mut self, nodes: &mut ThinVec<WherePredicate>) {
        nodes.flat_map_in_place(|node| self.flat_map_where_predicate(node))
    }
    fn visit_pat_field(&mut self, node: &mut PatField) {
        walk_pat_field(self, node)
    }
    fn flat_map_pat_field(&mut self, mut node: PatField) -> SmallVec<[PatField; 1]> {
        self.visit_pat_field(&mut node);
        smallvec![node]
    }
    fn visit_pat_fields(&mut self, nodes: &mut ThinVec<PatField>) {
        nodes.flat_map_in_place(|node| self.flat_map_pat_field(node))
    }
    fn visit_expr_field(&mut self, node: &mut ExprField) {
        walk_expr_field(self, node)
    }
    fn flat_map_expr_field(&mut self, mut node: ExprField) -> SmallVec<[ExprField; 1]> {
        self.visit_expr_field(&mut node);
        smallvec![node]
    }
    fn visit_expr_fields(&mut self, nodes: &mut ThinVec<ExprField>) {
        nodes.flat_map_in_place(|node| self.flat_map_expr_field(node))
    }
    fn visit_arm(&mut self, node: &mut Arm) {
        walk_arm(self, node)
    }
    fn flat_map_arm(&mut self, mut node: Arm) -> SmallVec<[Arm; 1]> {
        self.visit_arm(&mut node);
        smallvec![node]
    }
    fn visit_arms(&mut self, nodes: &mut ThinVec<Arm>) {
        nodes.flat_map_in_place(|node| self.flat_map_arm(node))
    }
}

macro_rules! format_arguments {
    ($fmt:ident, mut) => {
        $fmt.arguments.all_args_mut()
    };
}

crate::visit::node_walkers!(MutVisitor, [], '_, [mut]);
crate::visit::inner_walkers!(MutVisitor, [], '_, [mut]);

/// Changes what is in a statement; the statements that come of it have its id and span.
pub fn walk_flat_map_stmt<V: MutVisitor>(vis: &mut V, Stmt { kind, mut span, mut id }: Stmt) -> SmallVec<[Stmt; 1]> {
    vis.visit_id(&mut id);
    let kinds: SmallVec<[StmtKind; 1]> = match kind {
        StmtKind::Let(mut local) => {
            vis.visit_local(&mut local);
            smallvec![StmtKind::Let(local)]
        }
        StmtKind::Item(item) => vis.flat_map_item(item).into_iter().map(StmtKind::Item).collect(),
        StmtKind::Expr(expr) => vis.filter_map_expr(expr).into_iter().map(StmtKind::Expr).collect(),
        StmtKind::Semi(expr) => vis.filter_map_expr(expr).into_iter().map(StmtKind::Semi).collect(),
        StmtKind::Empty => smallvec![StmtKind::Empty],
        StmtKind::MacCall(mut mac) => {
            let MacCallStmt { mac: call, style: _, attrs } = &mut *mac;
            vis.visit_attrs(attrs);
            vis.visit_mac_call(call);
            smallvec![StmtKind::MacCall(mac)]
        }
    };
    vis.visit_span(&mut span);
    kinds.into_iter().map(|kind| Stmt { id, kind, span }).collect()
}
