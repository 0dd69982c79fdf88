//! Looking things up in the lowered crate: rustc's `TyCtxt::hir_*`.

use hir::def::DefKind;
use hir::*;
use span::def_id::{CRATE_DEF_ID, DefId, LocalDefId};
use span::{Ident, Span, Symbol, kw, sym};

use crate::TyCtxt;

mod items;
mod spans;

pub use items::ModuleItems;

/// Sets the queries that only look into the lowered crate.
pub fn provide(providers: &mut crate::Providers<'_>) {
    providers.hir_crate_items_query = |tcx, ()| tcx.arena().alloc(items::collect_crate_items(tcx));
    providers.hir_module_items = |tcx, module| tcx.arena().alloc(items::collect_module_items(tcx, module));
    providers.def_span = |tcx, id| spans::local_def_span(tcx, id);
    providers.def_ident_span = |tcx, id| spans::local_def_ident_span(tcx, id);
    providers.def_kind = |tcx, id| tcx.definitions().def_kind(id);
    providers.expn_that_defined = |tcx, id| tcx.definitions().expn_that_defined(id);
    providers.attrs = |tcx, id| tcx.hir_attrs_of_def(id);
}

impl<'tcx> TyCtxt<'tcx> {
    // Nodes.

    /// The nodes of an owner.
    #[track_caller]
    pub fn hir_owner_nodes(self, owner_id: OwnerId) -> &'tcx OwnerNodes<'tcx> {
        &self.hir_crate().owner(owner_id.def_id).unwrap().nodes
    }
    /// An owner's own node.
    #[track_caller]
    pub fn hir_owner_node(self, owner_id: OwnerId) -> OwnerNode<'tcx> {
        self.hir_owner_nodes(owner_id).node()
    }
    /// The node of an id.
    #[track_caller]
    pub fn hir_node(self, id: HirId) -> Node<'tcx> {
        self.hir_owner_nodes(id.owner).nodes[id.local_id].node
    }
    /// The node of a definition; [`Node::Synthetic`] of one that is not in HIR.
    pub fn hir_node_by_def_id(self, id: LocalDefId) -> Node<'tcx> {
        match self.hir_crate().owner(id) {
            MaybeOwner::Owner(info) => info.node().into(),
            MaybeOwner::NonOwner(id) => self.hir_node(id),
            MaybeOwner::Phantom => Node::Synthetic,
        }
    }
    /// The node of a definition, if it is local and in HIR.
    pub fn hir_get_if_local(self, id: DefId) -> Option<Node<'tcx>> {
        match self.hir_node_by_def_id(id.as_local()?) {
            Node::Synthetic => None,
            node => Some(node),
        }
    }
    /// The id of a definition's node.
    #[track_caller]
    pub fn local_def_id_to_hir_id(self, id: LocalDefId) -> HirId {
        self.opt_local_def_id_to_hir_id(id).unwrap_or_else(|| panic!("no HirId for {id:?}"))
    }
    pub fn opt_local_def_id_to_hir_id(self, id: LocalDefId) -> Option<HirId> {
        match self.hir_crate().owner(id) {
            MaybeOwner::Owner(_) => Some(HirId::make_owner(id)),
            MaybeOwner::NonOwner(id) => Some(id),
            MaybeOwner::Phantom => None,
        }
    }

    // Parents.

    /// The node that an id's node stands in.
    #[track_caller]
    pub fn parent_hir_id(self, id: HirId) -> HirId {
        if id.local_id == ItemLocalId::ZERO {
            return self.hir_owner_parent(id.owner);
        }
        let parent = self.hir_owner_nodes(id.owner).nodes[id.local_id].parent;
        HirId { owner: id.owner, local_id: parent }
    }
    /// The node that an owner stands in.
    pub fn hir_owner_parent(self, owner: OwnerId) -> HirId {
        let mut parent = self.definitions().opt_local_parent(owner.def_id);
        // A parent that is not in HIR (a constant that needed no body of its own, say) is skipped.
        while let Some(id) = parent {
            let Some(parent_id) = self.opt_local_def_id_to_hir_id(id) else {
                parent = self.definitions().opt_local_parent(id);
                continue;
            };
            let info = self.hir_crate().owner(parent_id.owner.def_id).unwrap();
            return match info.parenting.get(&owner.def_id) {
                Some(&local_id) => HirId { owner: parent_id.owner, local_id },
                None => parent_id,
            };
        }
        CRATE_HIR_ID
    }
    #[track_caller]
    pub fn parent_hir_node(self, id: HirId) -> Node<'tcx> {
        self.hir_node(self.parent_hir_id(id))
    }
    /// The ids of the nodes around, from the inside out; the last is the crate's.
    pub fn hir_parent_id_iter(self, mut id: HirId) -> impl Iterator<Item = HirId> {
        std::iter::from_fn(move || {
            if id == CRATE_HIR_ID {
                return None;
            }
            id = self.parent_hir_id(id);
            Some(id)
        })
    }
    /// The nodes around, from the inside out.
    pub fn hir_parent_iter(self, id: HirId) -> impl Iterator<Item = (HirId, Node<'tcx>)> {
        self.hir_parent_id_iter(id).map(move |id| (id, self.hir_node(id)))
    }
    /// The owners around, from the inside out.
    pub fn hir_parent_owner_iter(self, id: HirId) -> impl Iterator<Item = (OwnerId, OwnerNode<'tcx>)> {
        let mut current = id;
        std::iter::from_fn(move || {
            if current.local_id != ItemLocalId::ZERO {
                current = HirId::from(current.owner);
            } else if current == CRATE_HIR_ID {
                return None;
            } else {
                current = HirId::from(self.hir_owner_parent(current.owner).owner);
            }
            Some((current.owner, self.hir_owner_node(current.owner)))
        })
    }
    /// The item that the node stands in; of an item, the item around it.
    pub fn hir_get_parent_item(self, id: HirId) -> OwnerId {
        if id.local_id != ItemLocalId::ZERO {
            return id.owner;
        }
        self.hir_parent_owner_iter(id).next().map_or(CRATE_OWNER_ID, |(owner, _)| owner)
    }
    /// The module that the node stands in.
    pub fn hir_get_module_parent(self, id: HirId) -> LocalDefId {
        let mut id = id.owner.def_id;
        while self.definitions().def_kind(id) != DefKind::Mod {
            match self.definitions().opt_local_parent(id) {
                Some(parent) => id = parent,
                None => break,
            }
        }
        id
    }

    // Bodies.

    #[track_caller]
    pub fn hir_body(self, id: BodyId) -> &'tcx Body<'tcx> {
        self.hir_owner_nodes(id.hir_id.owner).bodies[&id.hir_id.local_id]
    }
    /// The node that a body belongs to.
    pub fn hir_body_owner(self, id: BodyId) -> HirId {
        self.parent_hir_id(id.hir_id)
    }
    /// The definition that a body belongs to.
    #[track_caller]
    pub fn hir_body_owner_def_id(self, id: BodyId) -> LocalDefId {
        self.parent_hir_node(id.hir_id).associated_body().expect("a body has an owner").0
    }
    pub fn hir_maybe_body_owned_by(self, id: LocalDefId) -> Option<&'tcx Body<'tcx>> {
        Some(self.hir_body(self.hir_node_by_def_id(id).body_id()?))
    }
    #[track_caller]
    pub fn hir_body_owned_by(self, id: LocalDefId) -> &'tcx Body<'tcx> {
        self.hir_maybe_body_owned_by(id).unwrap_or_else(|| panic!("{id:?} has no body"))
    }
    /// The names of a body's parameters.
    pub fn hir_body_param_idents(self, id: BodyId) -> impl Iterator<Item = Option<Ident>> {
        self.hir_body(id).params.iter().map(|param| match param.pat.kind {
            PatKind::Binding(_, _, ident, _) => Some(ident),
            PatKind::Wild => Some(Ident::new(kw::Underscore, param.pat.span)),
            _ => None,
        })
    }
    /// What kind of body a definition has.
    #[track_caller]
    pub fn hir_body_owner_kind(self, def_id: impl Into<DefId>) -> BodyOwnerKind {
        let def_id = def_id.into();
        match self.def_kind(def_id) {
            DefKind::Const | DefKind::AssocConst | DefKind::AnonConst => BodyOwnerKind::Const { inline: false },
            DefKind::InlineConst => BodyOwnerKind::Const { inline: true },
            DefKind::Ctor(..) | DefKind::Fn | DefKind::AssocFn => BodyOwnerKind::Fn,
            DefKind::Closure | DefKind::SyntheticCoroutineBody => BodyOwnerKind::Closure,
            DefKind::Static { safety: _, mutability, nested: false } => BodyOwnerKind::Static(mutability),
            DefKind::GlobalAsm => BodyOwnerKind::GlobalAsm,
            kind => panic!("{def_id:?} is no body owner: {kind:?}"),
        }
    }
    /// In what constant a definition's body is evaluated, if in any.
    pub fn hir_body_const_context(self, def_id: impl Into<DefId>) -> Option<ConstContext> {
        let def_id = def_id.into();
        match self.hir_body_owner_kind(def_id) {
            BodyOwnerKind::Fn if self.is_constructor(def_id) => None,
            BodyOwnerKind::Fn | BodyOwnerKind::Closure if self.constness(def_id) == Constness::Const => {
                Some(ConstContext::ConstFn)
            }
            BodyOwnerKind::Fn | BodyOwnerKind::Closure | BodyOwnerKind::GlobalAsm => None,
            BodyOwnerKind::Const { inline } => Some(ConstContext::Const { inline }),
            BodyOwnerKind::Static(mutability) => Some(ConstContext::Static(mutability)),
        }
    }
    /// All definitions with a body.
    pub fn hir_body_owners(self) -> impl Iterator<Item = LocalDefId> {
        self.hir_crate_items(()).body_owners.iter().copied()
    }
    /// The definition whose body the node stands in.
    #[track_caller]
    pub fn hir_enclosing_body_owner(self, id: HirId) -> LocalDefId {
        std::iter::once((id, self.hir_node(id)))
            .chain(self.hir_parent_iter(id))
            .find_map(|(_, node)| node.associated_body())
            .unwrap_or_else(|| panic!("no enclosing body owner for {id:?}"))
            .0
    }
    /// Whether the node is in a constant, a static or a `const fn`.
    pub fn hir_is_inside_const_context(self, id: HirId) -> bool {
        self.hir_body_const_context(self.hir_enclosing_body_owner(id)).is_some()
    }

    // Attributes.

    pub fn hir_attrs(self, id: HirId) -> &'tcx [Attribute] {
        match self.hir_crate().owner(id.owner.def_id) {
            MaybeOwner::Owner(info) => info.attrs.get(id.local_id),
            MaybeOwner::NonOwner(_) | MaybeOwner::Phantom => &[],
        }
    }
    pub fn hir_attr_map(self, owner: OwnerId) -> &'tcx AttributeMap<'tcx> {
        &self.hir_crate().owner(owner.def_id).unwrap().attrs
    }
    /// The attributes of a local definition.
    pub fn hir_attrs_of_def(self, id: LocalDefId) -> &'tcx [Attribute] {
        match self.opt_local_def_id_to_hir_id(id) {
            Some(id) => self.hir_attrs(id),
            None => &[],
        }
    }
    pub fn hir_krate_attrs(self) -> &'tcx [Attribute] {
        self.hir_attrs(CRATE_HIR_ID)
    }
    pub fn hir_rustc_coherence_is_core(self) -> bool {
        attr::contains_name(self.hir_krate_attrs(), sym::rustc_coherence_is_core)
    }

    // Items.

    #[track_caller]
    pub fn hir_item(self, id: ItemId) -> &'tcx Item<'tcx> {
        self.hir_owner_node(id.owner_id).expect_item()
    }
    #[track_caller]
    pub fn hir_trait_item(self, id: TraitItemId) -> &'tcx TraitItem<'tcx> {
        self.hir_owner_node(id.owner_id).expect_trait_item()
    }
    #[track_caller]
    pub fn hir_impl_item(self, id: ImplItemId) -> &'tcx ImplItem<'tcx> {
        self.hir_owner_node(id.owner_id).expect_impl_item()
    }
    #[track_caller]
    pub fn hir_foreign_item(self, id: ForeignItemId) -> &'tcx ForeignItem<'tcx> {
        self.hir_owner_node(id.owner_id).expect_foreign_item()
    }
    #[track_caller]
    pub fn hir_expect_item(self, id: LocalDefId) -> &'tcx Item<'tcx> {
        self.hir_node_by_def_id(id).expect_item()
    }
    #[track_caller]
    pub fn hir_expect_trait_item(self, id: LocalDefId) -> &'tcx TraitItem<'tcx> {
        self.hir_node_by_def_id(id).expect_trait_item()
    }
    #[track_caller]
    pub fn hir_expect_impl_item(self, id: LocalDefId) -> &'tcx ImplItem<'tcx> {
        self.hir_node_by_def_id(id).expect_impl_item()
    }
    #[track_caller]
    pub fn hir_expect_foreign_item(self, id: OwnerId) -> &'tcx ForeignItem<'tcx> {
        self.hir_owner_node(id).expect_foreign_item()
    }
    #[track_caller]
    pub fn hir_expect_opaque_ty(self, id: LocalDefId) -> &'tcx OpaqueTy<'tcx> {
        self.hir_node_by_def_id(id).expect_opaque_ty()
    }
    #[track_caller]
    pub fn hir_expect_expr(self, id: HirId) -> &'tcx Expr<'tcx> {
        self.hir_node(id).expect_expr()
    }
    #[track_caller]
    pub fn hir_expect_variant(self, id: HirId) -> &'tcx Variant<'tcx> {
        self.hir_node(id).expect_variant()
    }
    pub fn hir_get_generics(self, id: LocalDefId) -> Option<&'tcx Generics<'tcx>> {
        self.hir_node_by_def_id(id).generics()
    }
    pub fn hir_fn_decl_by_hir_id(self, id: HirId) -> Option<&'tcx FnDecl<'tcx>> {
        self.hir_node(id).fn_decl()
    }
    pub fn hir_fn_sig_by_hir_id(self, id: HirId) -> Option<&'tcx FnSig<'tcx>> {
        self.hir_node(id).fn_sig()
    }
    /// The calling convention of the extern block that a foreign item stands in.
    #[track_caller]
    pub fn hir_get_foreign_abi(self, id: HirId) -> Abi {
        let parent = self.hir_get_parent_item(id);
        match self.hir_owner_node(parent) {
            OwnerNode::Item(Item { kind: ItemKind::ForeignMod { abi, .. }, .. }) => *abi,
            node => panic!("expected a foreign module, found {node:?}"),
        }
    }
    /// The module of a definition, its span and id.
    #[track_caller]
    pub fn hir_get_module(self, module: LocalDefId) -> (&'tcx Mod<'tcx>, Span, HirId) {
        let id = HirId::make_owner(module);
        match self.hir_owner_node(OwnerId { def_id: module }) {
            OwnerNode::Item(&Item { span, kind: ItemKind::Mod(_, m), .. }) => (m, span, id),
            OwnerNode::Crate(m) => (m, m.spans.inner_span, id),
            node => panic!("not a module: {node:?}"),
        }
    }
    pub fn hir_root_module(self) -> &'tcx Mod<'tcx> {
        self.hir_get_module(CRATE_DEF_ID).0
    }
    /// The local impls of a trait.
    pub fn hir_trait_impls(self, trait_did: DefId) -> &'tcx [LocalDefId] {
        self.all_local_trait_impls(()).get(&trait_did).map_or(&[], |impls| &impls[..])
    }
    /// What a type parameter (or a trait, for `Self`) belongs to.
    pub fn hir_ty_param_owner(self, id: LocalDefId) -> LocalDefId {
        match self.definitions().def_kind(id) {
            DefKind::Trait | DefKind::TraitAlias => id,
            _ => self.definitions().opt_local_parent(id).unwrap_or(CRATE_DEF_ID),
        }
    }
    pub fn hir_ty_param_name(self, id: LocalDefId) -> Symbol {
        match self.definitions().def_kind(id) {
            DefKind::Trait | DefKind::TraitAlias => kw::SelfUpper,
            _ => self.definitions().def_key(id).get_opt_name().unwrap_or(kw::Empty),
        }
    }

    // Names.

    pub fn hir_opt_ident(self, id: HirId) -> Option<Ident> {
        match self.hir_node(id) {
            Node::Pat(&Pat { kind: PatKind::Binding(_, _, ident, _), .. }) => Some(ident),
            // A constructor has no name of its own.
            Node::Ctor(..) => match self.parent_hir_node(id) {
                Node::Item(item) => item.kind.ident(),
                Node::Variant(variant) => Some(variant.ident),
                _ => None,
            },
            node => node.ident(),
        }
    }
    pub fn hir_opt_ident_span(self, id: HirId) -> Option<Span> {
        self.hir_opt_ident(id).map(|ident| ident.span)
    }
    pub fn hir_opt_name(self, id: HirId) -> Option<Symbol> {
        self.hir_opt_ident(id).map(|ident| ident.name)
    }
    #[track_caller]
    pub fn hir_ident(self, id: HirId) -> Ident {
        self.hir_opt_ident(id).unwrap_or_else(|| panic!("no name for {id:?}"))
    }
    #[track_caller]
    pub fn hir_name(self, id: HirId) -> Symbol {
        self.hir_ident(id).name
    }

    // Around expressions.

    /// The function that a returned expression leaves: from a block's or function body's end, or `return`.
    pub fn hir_get_fn_id_for_return_block(self, id: HirId) -> Option<HirId> {
        let enclosing_body = self.hir_body_owned_by(self.hir_enclosing_body_owner(id));
        // A `return` leaves the function wherever it stands.
        if let Node::Expr(Expr { kind: ExprKind::Ret(_), .. }) = self.hir_node(id) {
            return Some(self.parent_hir_id(enclosing_body.id().hir_id));
        }
        let mut child = id;
        for (parent_id, parent) in self.hir_parent_iter(id) {
            match parent {
                // A `return` leaves the function wherever it stands.
                Node::Expr(Expr { kind: ExprKind::Ret(_), .. }) => {
                    return Some(self.parent_hir_id(enclosing_body.id().hir_id));
                }
                // Not the value of the block.
                Node::Block(Block { expr, .. }) if expr.is_none_or(|expr| expr.hir_id != child) => return None,
                Node::Expr(Expr { kind: ExprKind::Loop(..), .. }) | Node::Stmt(_) | Node::LetStmt(_) => return None,
                Node::Item(_) | Node::ForeignItem(_) | Node::TraitItem(_) | Node::ImplItem(_) => {
                    return Some(parent_id);
                }
                Node::Expr(Expr { kind: ExprKind::Closure(_), .. }) => return Some(parent_id),
                _ => {}
            }
            child = parent_id;
        }
        None
    }
    /// The innermost item or block around.
    pub fn hir_get_enclosing_scope(self, id: HirId) -> Option<HirId> {
        self.hir_parent_iter(id)
            .find(|(_, node)| {
                matches!(
                    node,
                    Node::Item(_) | Node::ForeignItem(_) | Node::TraitItem(_) | Node::ImplItem(_) | Node::Block(_)
                )
            })
            .map(|(id, _)| id)
    }
    /// Whether a node stands in another.
    pub fn hir_is_inside(self, id: HirId, ancestor: HirId) -> bool {
        id == ancestor || self.hir_parent_id_iter(id).any(|parent| parent == ancestor)
    }
    /// The traits in scope at an expression, pattern or type whose name type checking resolves.
    pub fn in_scope_traits(self, id: HirId) -> Option<&'tcx [TraitCandidate]> {
        let info = self.hir_crate().owner(id.owner.def_id).as_owner()?;
        info.trait_map.get(&id.local_id).map(|traits| &traits[..])
    }
    /// The name of the field in `S { x }` where the id is `x`'s.
    pub fn hir_maybe_get_struct_pattern_shorthand_field(self, expr: &Expr<'_>) -> Option<Symbol> {
        let ExprKind::Path(QPath::Resolved(None, path)) = expr.kind else {
            return None;
        };
        let [segment] = path.segments else {
            return None;
        };
        match self.parent_hir_node(expr.hir_id) {
            Node::ExprField(field) if field.ident.name == segment.ident.name && field.is_shorthand => {
                Some(segment.ident.name)
            }
            _ => None,
        }
    }
}
