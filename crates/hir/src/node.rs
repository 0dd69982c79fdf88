//! Nodes of all kinds, and the crate: each owner's nodes and tables.

use rustc_index::IndexVec;
use span::def_id::LocalDefId;
use span::{FxIndexMap, Ident, Span};

use crate::*;

/// A node of any kind.
#[derive(Clone, Copy, Debug)]
pub enum Node<'hir> {
    Param(&'hir Param<'hir>),
    Item(&'hir Item<'hir>),
    ForeignItem(&'hir ForeignItem<'hir>),
    TraitItem(&'hir TraitItem<'hir>),
    ImplItem(&'hir ImplItem<'hir>),
    Variant(&'hir Variant<'hir>),
    Field(&'hir FieldDef<'hir>),
    AnonConst(&'hir AnonConst),
    ConstBlock(&'hir ConstBlock),
    ConstArg(&'hir ConstArg<'hir>),
    Expr(&'hir Expr<'hir>),
    ExprField(&'hir ExprField<'hir>),
    Stmt(&'hir Stmt<'hir>),
    PathSegment(&'hir PathSegment<'hir>),
    Ty(&'hir Ty<'hir>),
    AssocItemConstraint(&'hir AssocItemConstraint<'hir>),
    TraitRef(&'hir TraitRef<'hir>),
    OpaqueTy(&'hir OpaqueTy<'hir>),
    TyPat(&'hir TyPat<'hir>),
    Pat(&'hir Pat<'hir>),
    PatField(&'hir PatField<'hir>),
    PatExpr(&'hir PatExpr<'hir>),
    Arm(&'hir Arm<'hir>),
    Block(&'hir Block<'hir>),
    LetStmt(&'hir LetStmt<'hir>),
    /// The constructor of a tuple or unit struct or variant.
    Ctor(&'hir VariantData<'hir>),
    Lifetime(&'hir Lifetime),
    GenericParam(&'hir GenericParam<'hir>),
    Crate(&'hir Mod<'hir>),
    Infer(&'hir InferArg),
    WherePredicate(&'hir WherePredicate<'hir>),
    PreciseCapturingNonLifetimeArg(&'hir PreciseCapturingNonLifetimeArg),
    /// Made by the compiler, without a tree.
    Synthetic,
    Err(Span),
}

impl<'hir> Node<'hir> {
    /// The name, of nodes that have one.
    pub fn ident(&self) -> Option<Ident> {
        match self {
            Node::Item(item) => item.kind.ident(),
            Node::TraitItem(TraitItem { ident, .. })
            | Node::ImplItem(ImplItem { ident, .. })
            | Node::ForeignItem(ForeignItem { ident, .. })
            | Node::Field(FieldDef { ident, .. })
            | Node::Variant(Variant { ident, .. })
            | Node::PathSegment(PathSegment { ident, .. }) => Some(*ident),
            Node::Lifetime(lt) => Some(lt.ident),
            Node::GenericParam(p) => Some(p.name.ident()),
            Node::AssocItemConstraint(c) => Some(c.ident),
            Node::PatField(f) => Some(f.ident),
            Node::ExprField(f) => Some(f.ident),
            Node::PreciseCapturingNonLifetimeArg(a) => Some(a.ident),
            _ => None,
        }
    }

    pub fn fn_decl(self) -> Option<&'hir FnDecl<'hir>> {
        if let Node::Expr(Expr { kind: ExprKind::Closure(Closure { fn_decl, .. }), .. }) = self {
            return Some(fn_decl);
        }
        self.fn_sig().map(|sig| sig.decl)
    }

    pub fn fn_sig(self) -> Option<&'hir FnSig<'hir>> {
        match self {
            Node::TraitItem(TraitItem { kind: TraitItemKind::Fn(sig, _), .. })
            | Node::ImplItem(ImplItem { kind: ImplItemKind::Fn(sig, _), .. })
            | Node::Item(Item { kind: ItemKind::Fn { sig, .. }, .. })
            | Node::ForeignItem(ForeignItem { kind: ForeignItemKind::Fn(sig, _, _), .. }) => Some(sig),
            _ => None,
        }
    }

    /// The type of an item that has one written.
    pub fn ty(self) -> Option<&'hir Ty<'hir>> {
        match self {
            Node::Item(it) => match it.kind {
                ItemKind::TyAlias(_, _, ty) | ItemKind::Static(_, _, ty, _) | ItemKind::Const(_, _, ty, _) => Some(ty),
                ItemKind::Impl(impl_) => Some(impl_.self_ty),
                _ => None,
            },
            Node::TraitItem(it) => match it.kind {
                TraitItemKind::Const(ty, _) => Some(ty),
                TraitItemKind::Type(_, ty) => ty,
                TraitItemKind::Fn(..) => None,
            },
            Node::ImplItem(it) => match it.kind {
                ImplItemKind::Const(ty, _) | ImplItemKind::Type(ty) => Some(ty),
                ImplItemKind::Fn(..) => None,
            },
            Node::ForeignItem(it) => match it.kind {
                ForeignItemKind::Static(ty, ..) => Some(ty),
                _ => None,
            },
            Node::GenericParam(param) => match param.kind {
                GenericParamKind::Lifetime { .. } => None,
                GenericParamKind::Type { default, .. } => default,
                GenericParamKind::Const { ty, .. } => Some(ty),
            },
            Node::Field(f) => Some(f.ty),
            _ => None,
        }
    }

    pub fn alias_ty(self) -> Option<&'hir Ty<'hir>> {
        match self {
            Node::Item(Item { kind: ItemKind::TyAlias(_, _, ty), .. }) => Some(ty),
            _ => None,
        }
    }

    /// The definition and the body that belongs to it.
    pub fn associated_body(&self) -> Option<(LocalDefId, BodyId)> {
        match *self {
            Node::Item(Item {
                owner_id,
                kind:
                    ItemKind::Const(.., ConstItemRhs::Body(body))
                    | ItemKind::Static(.., body)
                    | ItemKind::Fn { body, .. }
                    | ItemKind::GlobalAsm { fake_body: body, .. },
                ..
            }) => Some((owner_id.def_id, *body)),
            Node::TraitItem(TraitItem {
                owner_id,
                kind:
                    TraitItemKind::Const(.., Some(ConstItemRhs::Body(body))) | TraitItemKind::Fn(_, TraitFn::Provided(body)),
                ..
            }) => Some((owner_id.def_id, *body)),
            Node::ImplItem(ImplItem {
                owner_id,
                kind: ImplItemKind::Const(.., ConstItemRhs::Body(body)) | ImplItemKind::Fn(.., body),
                ..
            }) => Some((owner_id.def_id, *body)),
            Node::Expr(Expr { kind: ExprKind::Closure(Closure { def_id, body, .. }), .. }) => Some((*def_id, *body)),
            Node::AnonConst(constant) => Some((constant.def_id, constant.body)),
            Node::ConstBlock(constant) => Some((constant.def_id, constant.body)),
            _ => None,
        }
    }

    pub fn body_id(&self) -> Option<BodyId> {
        Some(self.associated_body()?.1)
    }

    pub fn generics(self) -> Option<&'hir Generics<'hir>> {
        match self {
            Node::ForeignItem(ForeignItem { kind: ForeignItemKind::Fn(_, _, generics), .. })
            | Node::TraitItem(TraitItem { generics, .. })
            | Node::ImplItem(ImplItem { generics, .. }) => Some(generics),
            Node::Item(item) => item.kind.generics(),
            _ => None,
        }
    }

    pub fn as_owner(self) -> Option<OwnerNode<'hir>> {
        match self {
            Node::Item(i) => Some(OwnerNode::Item(i)),
            Node::ForeignItem(i) => Some(OwnerNode::ForeignItem(i)),
            Node::TraitItem(i) => Some(OwnerNode::TraitItem(i)),
            Node::ImplItem(i) => Some(OwnerNode::ImplItem(i)),
            Node::Crate(i) => Some(OwnerNode::Crate(i)),
            Node::Synthetic => Some(OwnerNode::Synthetic),
            _ => None,
        }
    }

    /// What a function or closure node is.
    pub fn fn_kind(self) -> Option<crate::intravisit::FnKind<'hir>> {
        use crate::intravisit::FnKind;
        match self {
            Node::Item(Item { kind: ItemKind::Fn { sig, ident, generics, .. }, .. }) => {
                Some(FnKind::ItemFn(*ident, generics, sig.header))
            }
            Node::TraitItem(TraitItem { ident, kind: TraitItemKind::Fn(sig, _), .. })
            | Node::ImplItem(ImplItem { ident, kind: ImplItemKind::Fn(sig, _), .. }) => {
                Some(FnKind::Method(*ident, sig))
            }
            Node::Expr(Expr { kind: ExprKind::Closure(..), .. }) => Some(FnKind::Closure),
            _ => None,
        }
    }
}

macro_rules! expect_methods {
    ($($name:ident, $ret:ty, $pat:pat => $expr:expr;)*) => {
        impl<'hir> Node<'hir> { $(
            /// The node as this kind; panics if it is another.
            #[track_caller]
            pub fn $name(self) -> $ret {
                match self {
                    $pat => $expr,
                    _ => panic!("{}: unexpected node {self:?}", stringify!($name)),
                }
            }
        )* }
    };
}
expect_methods! {
    expect_param, &'hir Param<'hir>, Node::Param(n) => n;
    expect_item, &'hir Item<'hir>, Node::Item(n) => n;
    expect_foreign_item, &'hir ForeignItem<'hir>, Node::ForeignItem(n) => n;
    expect_trait_item, &'hir TraitItem<'hir>, Node::TraitItem(n) => n;
    expect_impl_item, &'hir ImplItem<'hir>, Node::ImplItem(n) => n;
    expect_variant, &'hir Variant<'hir>, Node::Variant(n) => n;
    expect_field, &'hir FieldDef<'hir>, Node::Field(n) => n;
    expect_anon_const, &'hir AnonConst, Node::AnonConst(n) => n;
    expect_inline_const, &'hir ConstBlock, Node::ConstBlock(n) => n;
    expect_expr, &'hir Expr<'hir>, Node::Expr(n) => n;
    expect_stmt, &'hir Stmt<'hir>, Node::Stmt(n) => n;
    expect_ty, &'hir Ty<'hir>, Node::Ty(n) => n;
    expect_opaque_ty, &'hir OpaqueTy<'hir>, Node::OpaqueTy(n) => n;
    expect_pat, &'hir Pat<'hir>, Node::Pat(n) => n;
    expect_arm, &'hir Arm<'hir>, Node::Arm(n) => n;
    expect_block, &'hir Block<'hir>, Node::Block(n) => n;
    expect_let_stmt, &'hir LetStmt<'hir>, Node::LetStmt(n) => n;
    expect_ctor, &'hir VariantData<'hir>, Node::Ctor(n) => n;
    expect_lifetime, &'hir Lifetime, Node::Lifetime(n) => n;
    expect_generic_param, &'hir GenericParam<'hir>, Node::GenericParam(n) => n;
    expect_crate, &'hir Mod<'hir>, Node::Crate(n) => n;
    expect_closure, &'hir Closure<'hir>, Node::Expr(Expr { kind: ExprKind::Closure(n), .. }) => n;
}

/// A node that owns others.
#[derive(Clone, Copy, Debug)]
pub enum OwnerNode<'hir> {
    Item(&'hir Item<'hir>),
    ForeignItem(&'hir ForeignItem<'hir>),
    TraitItem(&'hir TraitItem<'hir>),
    ImplItem(&'hir ImplItem<'hir>),
    Crate(&'hir Mod<'hir>),
    Synthetic,
}

impl<'hir> OwnerNode<'hir> {
    pub fn span(&self) -> Span {
        match self {
            OwnerNode::Item(Item { span, .. })
            | OwnerNode::ForeignItem(ForeignItem { span, .. })
            | OwnerNode::ImplItem(ImplItem { span, .. })
            | OwnerNode::TraitItem(TraitItem { span, .. }) => *span,
            OwnerNode::Crate(m) => m.spans.inner_span,
            OwnerNode::Synthetic => span::DUMMY_SP,
        }
    }

    pub fn fn_sig(self) -> Option<&'hir FnSig<'hir>> {
        Node::from(self).fn_sig()
    }

    pub fn fn_decl(self) -> Option<&'hir FnDecl<'hir>> {
        Node::from(self).fn_decl()
    }

    pub fn generics(self) -> Option<&'hir Generics<'hir>> {
        Node::from(self).generics()
    }

    pub fn body_id(&self) -> Option<BodyId> {
        Node::from(*self).body_id()
    }

    /// The owner's id; `None` of a synthetic one.
    pub fn def_id(self) -> Option<OwnerId> {
        match self {
            OwnerNode::Item(Item { owner_id, .. })
            | OwnerNode::TraitItem(TraitItem { owner_id, .. })
            | OwnerNode::ImplItem(ImplItem { owner_id, .. })
            | OwnerNode::ForeignItem(ForeignItem { owner_id, .. }) => Some(*owner_id),
            OwnerNode::Crate(..) => Some(CRATE_OWNER_ID),
            OwnerNode::Synthetic => None,
        }
    }

    #[track_caller]
    pub fn expect_item(self) -> &'hir Item<'hir> {
        Node::from(self).expect_item()
    }

    #[track_caller]
    pub fn expect_foreign_item(self) -> &'hir ForeignItem<'hir> {
        Node::from(self).expect_foreign_item()
    }

    #[track_caller]
    pub fn expect_trait_item(self) -> &'hir TraitItem<'hir> {
        Node::from(self).expect_trait_item()
    }

    #[track_caller]
    pub fn expect_impl_item(self) -> &'hir ImplItem<'hir> {
        Node::from(self).expect_impl_item()
    }
}

impl<'hir> From<OwnerNode<'hir>> for Node<'hir> {
    fn from(node: OwnerNode<'hir>) -> Self {
        match node {
            OwnerNode::Item(n) => Node::Item(n),
            OwnerNode::ForeignItem(n) => Node::ForeignItem(n),
            OwnerNode::TraitItem(n) => Node::TraitItem(n),
            OwnerNode::ImplItem(n) => Node::ImplItem(n),
            OwnerNode::Crate(n) => Node::Crate(n),
            OwnerNode::Synthetic => Node::Synthetic,
        }
    }
}

/// A node and the number of its parent in the same owner. The owner's own node is its own parent here.
#[derive(Clone, Copy, Debug)]
pub struct ParentedNode<'hir> {
    pub parent: ItemLocalId,
    pub node: Node<'hir>,
}

/// The attributes of an owner's nodes.
#[derive(Debug, Default)]
pub struct AttributeMap<'hir> {
    pub map: ItemLocalMap<&'hir [Attribute]>,
    /// The paths in `#[define_opaque(..)]`, with what they name.
    pub define_opaque: Option<&'hir [(Span, LocalDefId)]>,
}

impl<'hir> AttributeMap<'hir> {
    pub fn get(&self, id: ItemLocalId) -> &'hir [Attribute] {
        self.map.get(&id).copied().unwrap_or(&[])
    }
}

/// The nodes of an owner.
#[derive(Debug)]
pub struct OwnerNodes<'hir> {
    /// The first is the owner's own.
    pub nodes: IndexVec<ItemLocalId, ParentedNode<'hir>>,
    /// By the number of their value.
    pub bodies: ItemLocalMap<&'hir Body<'hir>>,
}

impl<'hir> OwnerNodes<'hir> {
    pub fn node(&self) -> OwnerNode<'hir> {
        self.nodes[ItemLocalId::ZERO].node.as_owner().expect("the first node is the owner's")
    }
}

/// An owner.
#[derive(Debug)]
pub struct OwnerInfo<'hir> {
    pub nodes: OwnerNodes<'hir>,
    /// Owners that stand in this one, and the number of the node in which they stand.
    pub parenting: FxIndexMap<LocalDefId, ItemLocalId>,
    pub attrs: AttributeMap<'hir>,
    /// The traits in scope at the nodes that may need them.
    pub trait_map: ItemLocalMap<Box<[TraitCandidate]>>,
}

impl<'hir> OwnerInfo<'hir> {
    pub fn node(&self) -> OwnerNode<'hir> {
        self.nodes.node()
    }
}

/// What a definition is in HIR.
#[derive(Clone, Copy, Debug)]
pub enum MaybeOwner<'hir> {
    Owner(&'hir OwnerInfo<'hir>),
    /// A node of some owner.
    NonOwner(HirId),
    /// Nothing: it was left out or is made up.
    Phantom,
}

impl<'hir> MaybeOwner<'hir> {
    pub fn as_owner(self) -> Option<&'hir OwnerInfo<'hir>> {
        match self {
            MaybeOwner::Owner(i) => Some(i),
            MaybeOwner::NonOwner(_) | MaybeOwner::Phantom => None,
        }
    }

    #[track_caller]
    pub fn unwrap(self) -> &'hir OwnerInfo<'hir> {
        self.as_owner().expect("not a HIR owner")
    }
}

/// The crate: its owners.
#[derive(Debug)]
pub struct Crate<'hir> {
    pub owners: IndexVec<LocalDefId, MaybeOwner<'hir>>,
}

impl<'hir> Crate<'hir> {
    /// What a definition is; definitions made since lowering are [`MaybeOwner::Phantom`].
    pub fn owner(&self, def_id: LocalDefId) -> MaybeOwner<'hir> {
        self.owners.get(def_id).copied().unwrap_or(MaybeOwner::Phantom)
    }
}

impl<'hir> Crate<'hir> {
    pub fn item(&self, id: ItemId) -> &'hir Item<'hir> {
        self.owner(id.owner_id.def_id).unwrap().node().expect_item()
    }

    pub fn trait_item(&self, id: TraitItemId) -> &'hir TraitItem<'hir> {
        self.owner(id.owner_id.def_id).unwrap().node().expect_trait_item()
    }

    pub fn impl_item(&self, id: ImplItemId) -> &'hir ImplItem<'hir> {
        self.owner(id.owner_id.def_id).unwrap().node().expect_impl_item()
    }

    pub fn foreign_item(&self, id: ForeignItemId) -> &'hir ForeignItem<'hir> {
        self.owner(id.owner_id.def_id).unwrap().node().expect_foreign_item()
    }

    pub fn body(&self, id: BodyId) -> &'hir Body<'hir> {
        let HirId { owner, local_id } = id.hir_id;
        self.owner(owner.def_id).unwrap().nodes.bodies[&local_id]
    }
}
