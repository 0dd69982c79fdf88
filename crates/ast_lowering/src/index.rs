//! The table of an owner's nodes: what each [`ItemLocalId`] is, and its parent.

use hir::intravisit::{self, Visitor};
use hir::*;
use rustc_index::IndexVec;
use span::def_id::LocalDefId;
use span::{DUMMY_SP, FxIndexMap};

/// Walks over an owner and its bodies.
pub(crate) fn index_owner<'hir>(
    owner: OwnerId,
    node: OwnerNode<'hir>,
    bodies: &ItemLocalMap<&'hir Body<'hir>>,
    num_nodes: usize,
) -> (IndexVec<ItemLocalId, ParentedNode<'hir>>, FxIndexMap<LocalDefId, ItemLocalId>) {
    // Ids that were given out for nodes that did not come to be stay as errors.
    let gap = ParentedNode { parent: ItemLocalId::ZERO, node: Node::Err(DUMMY_SP) };
    let mut nodes = IndexVec::from_elem_n(gap, num_nodes.max(1));
    nodes[ItemLocalId::ZERO] = ParentedNode { parent: ItemLocalId::ZERO, node: node.into() };
    let mut collector =
        NodeCollector { owner, parent: ItemLocalId::ZERO, nodes, bodies, parenting: FxIndexMap::default() };
    match node {
        OwnerNode::Crate(m) => {
            for &id in m.item_ids {
                collector.visit_nested_item(id);
            }
        }
        OwnerNode::Item(i) => intravisit::walk_item(&mut collector, i),
        OwnerNode::TraitItem(i) => intravisit::walk_trait_item(&mut collector, i),
        OwnerNode::ImplItem(i) => intravisit::walk_impl_item(&mut collector, i),
        OwnerNode::ForeignItem(i) => intravisit::walk_foreign_item(&mut collector, i),
        OwnerNode::Synthetic => {}
    }
    (collector.nodes, collector.parenting)
}

struct NodeCollector<'a, 'hir> {
    owner: OwnerId,
    parent: ItemLocalId,
    nodes: IndexVec<ItemLocalId, ParentedNode<'hir>>,
    bodies: &'a ItemLocalMap<&'hir Body<'hir>>,
    parenting: FxIndexMap<LocalDefId, ItemLocalId>,
}

impl<'hir> NodeCollector<'_, 'hir> {
    fn insert(&mut self, hir_id: HirId, node: Node<'hir>) {
        debug_assert_eq!(hir_id.owner, self.owner, "a node of another owner: {node:?}");
        self.nodes[hir_id.local_id] = ParentedNode { parent: self.parent, node };
    }

    fn with_parent(&mut self, hir_id: HirId, f: impl FnOnce(&mut Self)) {
        let old = std::mem::replace(&mut self.parent, hir_id.local_id);
        f(self);
        self.parent = old;
    }

    fn node(&mut self, hir_id: HirId, node: Node<'hir>, walk: impl FnOnce(&mut Self)) {
        self.insert(hir_id, node);
        self.with_parent(hir_id, walk);
    }

    fn insert_nested(&mut self, def_id: LocalDefId) {
        self.parenting.insert(def_id, self.parent);
    }
}

impl<'hir> Visitor<'hir> for NodeCollector<'_, 'hir> {
    fn visit_nested_item(&mut self, id: ItemId) {
        self.insert_nested(id.owner_id.def_id);
    }
    fn visit_nested_trait_item(&mut self, id: TraitItemId) {
        self.insert_nested(id.owner_id.def_id);
    }
    fn visit_nested_impl_item(&mut self, id: ImplItemId) {
        self.insert_nested(id.owner_id.def_id);
    }
    fn visit_nested_foreign_item(&mut self, id: ForeignItemId) {
        self.insert_nested(id.owner_id.def_id);
    }
    fn visit_nested_body(&mut self, id: BodyId) {
        debug_assert_eq!(id.hir_id.owner, self.owner);
        let body = self.bodies[&id.hir_id.local_id];
        self.visit_body(body);
    }

    fn visit_param(&mut self, p: &'hir Param<'hir>) {
        self.node(p.hir_id, Node::Param(p), |this| intravisit::walk_param(this, p));
    }
    fn visit_local(&mut self, l: &'hir LetStmt<'hir>) {
        self.node(l.hir_id, Node::LetStmt(l), |this| intravisit::walk_local(this, l));
    }
    fn visit_block(&mut self, b: &'hir Block<'hir>) {
        self.node(b.hir_id, Node::Block(b), |this| intravisit::walk_block(this, b));
    }
    fn visit_stmt(&mut self, s: &'hir Stmt<'hir>) {
        self.node(s.hir_id, Node::Stmt(s), |this| intravisit::walk_stmt(this, s));
    }
    fn visit_arm(&mut self, a: &'hir Arm<'hir>) {
        self.node(a.hir_id, Node::Arm(a), |this| intravisit::walk_arm(this, a));
    }
    fn visit_pat(&mut self, p: &'hir Pat<'hir>) {
        self.node(p.hir_id, Node::Pat(p), |this| intravisit::walk_pat(this, p));
    }
    fn visit_pat_field(&mut self, f: &'hir PatField<'hir>) {
        self.node(f.hir_id, Node::PatField(f), |this| intravisit::walk_pat_field(this, f));
    }
    fn visit_pat_expr(&mut self, e: &'hir PatExpr<'hir>) {
        self.node(e.hir_id, Node::PatExpr(e), |this| intravisit::walk_pat_expr(this, e));
    }
    fn visit_anon_const(&mut self, c: &'hir AnonConst) {
        self.node(c.hir_id, Node::AnonConst(c), |this| intravisit::walk_anon_const(this, c));
    }
    fn visit_inline_const(&mut self, c: &'hir ConstBlock) {
        self.node(c.hir_id, Node::ConstBlock(c), |this| intravisit::walk_inline_const(this, c));
    }
    fn visit_expr(&mut self, e: &'hir Expr<'hir>) {
        self.node(e.hir_id, Node::Expr(e), |this| intravisit::walk_expr(this, e));
    }
    fn visit_expr_field(&mut self, f: &'hir ExprField<'hir>) {
        self.node(f.hir_id, Node::ExprField(f), |this| intravisit::walk_expr_field(this, f));
    }
    fn visit_pattern_type_pattern(&mut self, p: &'hir TyPat<'hir>) {
        self.node(p.hir_id, Node::TyPat(p), |this| intravisit::walk_ty_pat(this, p));
    }
    fn visit_ty(&mut self, t: &'hir Ty<'hir>) {
        self.node(t.hir_id, Node::Ty(t), |this| intravisit::walk_ty(this, t));
    }
    fn visit_const_arg(&mut self, c: &'hir ConstArg<'hir>) {
        self.node(c.hir_id, Node::ConstArg(c), |this| intravisit::walk_const_arg(this, c));
    }
    fn visit_infer(&mut self, i: &'hir InferArg) {
        self.node(i.hir_id, Node::Infer(i), |this| intravisit::walk_inf(this, i));
    }
    fn visit_lifetime(&mut self, l: &'hir Lifetime) {
        self.insert(l.hir_id, Node::Lifetime(l));
    }
    fn visit_generic_param(&mut self, p: &'hir GenericParam<'hir>) {
        self.node(p.hir_id, Node::GenericParam(p), |this| intravisit::walk_generic_param(this, p));
    }
    fn visit_where_predicate(&mut self, p: &'hir WherePredicate<'hir>) {
        self.node(p.hir_id, Node::WherePredicate(p), |this| intravisit::walk_where_predicate(this, p));
    }
    fn visit_trait_ref(&mut self, t: &'hir TraitRef<'hir>) {
        self.node(t.hir_ref_id, Node::TraitRef(t), |this| intravisit::walk_trait_ref(this, t));
    }
    fn visit_precise_capturing_arg(&mut self, a: &'hir PreciseCapturingArg<'hir>) {
        match a {
            PreciseCapturingArg::Lifetime(l) => self.visit_lifetime(l),
            PreciseCapturingArg::Param(p) => self.insert(p.hir_id, Node::PreciseCapturingNonLifetimeArg(p)),
        }
    }
    fn visit_opaque_ty(&mut self, o: &'hir OpaqueTy<'hir>) {
        self.node(o.hir_id, Node::OpaqueTy(o), |this| intravisit::walk_opaque_ty(this, o));
    }
    fn visit_variant_data(&mut self, d: &'hir VariantData<'hir>) {
        if let Some(ctor) = d.ctor_hir_id() {
            self.insert(ctor, Node::Ctor(d));
        }
        intravisit::walk_variant_data(self, d);
    }
    fn visit_field_def(&mut self, f: &'hir FieldDef<'hir>) {
        self.node(f.hir_id, Node::Field(f), |this| intravisit::walk_field_def(this, f));
    }
    fn visit_variant(&mut self, v: &'hir Variant<'hir>) {
        self.node(v.hir_id, Node::Variant(v), |this| intravisit::walk_variant(this, v));
    }
    fn visit_path_segment(&mut self, s: &'hir PathSegment<'hir>) {
        self.node(s.hir_id, Node::PathSegment(s), |this| intravisit::walk_path_segment(this, s));
    }
    fn visit_assoc_item_constraint(&mut self, c: &'hir AssocItemConstraint<'hir>) {
        self.node(c.hir_id, Node::AssocItemConstraint(c), |this| intravisit::walk_assoc_item_constraint(this, c));
    }
}
