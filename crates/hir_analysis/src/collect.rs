//! The queries that describe an item: its generics, type, signature, bounds, and what an ADT, trait or impl consists of.

mod adt;
mod generics_of;
mod item_bounds;
mod predicates_of;
pub(crate) mod rpitit;
mod traits;
mod type_of;

use hir::def::DefKind;
use hir::{ForeignItemKind, ImplItemKind, ItemKind, Node, TraitItemKind};
use query::{Providers, TyCtxt};
use span::def_id::{DefId, LocalDefId};
use ty::{EarlyBinder, PolyFnSig, Safety};

pub(crate) use adt::is_int_repr;

use crate::{HirTyLowerer, ItemCtxt, late_bound};

pub(crate) fn provide(providers: &mut Providers<'_>) {
    providers.fn_sig = fn_sig;
    providers.constness = constness;
    providers.asyncness = asyncness;
    providers.fn_arg_idents = fn_arg_idents;
    providers.coroutine_kind = coroutine_kind;
    providers.coroutine_for_closure = coroutine_for_closure;
    providers.is_foreign_item = |tcx, id| matches!(tcx.hir_node_by_def_id(id), Node::ForeignItem(_));
    providers.foreign_module_abi = foreign_module_abi;
    providers.opaque_ty_origin = opaque_ty_origin;
    providers.is_type_alias_impl_trait = |tcx, id| {
        matches!(tcx.opaque_ty_origin(id.to_def_id()), hir::OpaqueTyOrigin::TyAlias { in_assoc_ty: false, .. })
    };
    generics_of::provide(providers);
    type_of::provide(providers);
    predicates_of::provide(providers);
    item_bounds::provide(providers);
    adt::provide(providers);
    rpitit::provide(providers);
    traits::provide(providers);
}

fn fn_sig<'tcx>(tcx: TyCtxt<'tcx>, def_id: LocalDefId) -> EarlyBinder<PolyFnSig<'tcx>> {
    let icx = ItemCtxt::new(tcx, def_id);
    let late = late_bound::late_bound_params(tcx, def_id);
    let sig = match tcx.hir_node_by_def_id(def_id) {
        Node::Item(hir::Item { kind: ItemKind::Fn { sig, .. }, .. })
        | Node::TraitItem(hir::TraitItem { kind: TraitItemKind::Fn(sig, _), .. })
        | Node::ImplItem(hir::ImplItem { kind: ImplItemKind::Fn(sig, _), .. }) => {
            // A return type of `_` is inferred from the body, so that the error can name it.
            icx.lowerer().lower_fn_sig(sig.header, sig.decl, late)
        }
        Node::ForeignItem(hir::ForeignItem { kind: ForeignItemKind::Fn(sig, ..), .. }) => {
            // The calling convention is that of the block.
            let abi = tcx.hir_get_foreign_abi(tcx.local_def_id_to_hir_id(def_id));
            icx.lowerer().lower_fn_sig(hir::FnHeader { abi, ..sig.header }, sig.decl, late)
        }
        Node::Ctor(_) => ctor_sig(tcx, def_id),
        Node::Expr(hir::Expr { kind: hir::ExprKind::Closure(_), .. }) => {
            panic!("the signature of a closure is that of its type: {def_id:?}")
        }
        node => panic!("fn_sig of {node:?}"),
    };
    EarlyBinder::bind(sig)
}

/// A constructor's signature: from the fields to the type.
fn ctor_sig(tcx: TyCtxt<'_>, ctor: LocalDefId) -> PolyFnSig<'_> {
    let parent = tcx.parent(ctor.to_def_id());
    let adt = tcx.adt_of_variant(parent);
    let ty = tcx.type_of(adt.did()).instantiate_identity();
    let variant = match tcx.def_kind(parent) {
        DefKind::Variant => adt.variant_with_id(parent),
        _ => adt.non_enum_variant(),
    };
    let inputs = variant.fields.iter().map(|f| tcx.type_of(f.did).instantiate_identity());
    ty::Binder::dummy(tcx.mk_fn_sig(inputs, ty, false, Safety::Safe, ty::ExternAbi::Rust))
}

fn constness(tcx: TyCtxt<'_>, def_id: LocalDefId) -> hir::Constness {
    let node = tcx.hir_node_by_def_id(def_id);
    match node {
        Node::Ctor(_) => hir::Constness::Const,
        Node::Item(hir::Item { kind: ItemKind::Impl(imp), .. }) => imp.constness,
        Node::Item(hir::Item { kind: ItemKind::Trait(constness, ..), .. }) => *constness,
        Node::ForeignItem(hir::ForeignItem { kind: ForeignItemKind::Fn(..), .. }) => {
            let is_const = tcx.has_attr(def_id, span::sym::rustc_const_stable);
            if tcx.intrinsic(def_id).is_some() && is_const { hir::Constness::Const } else { hir::Constness::NotConst }
        }
        Node::TraitItem(_) | Node::ImplItem(_) => {
            // A method of a const trait or impl is const if its container is.
            let own = node.fn_sig().map_or(hir::Constness::NotConst, |s| s.header.constness);
            if own == hir::Constness::Const || tcx.has_attr(def_id, span::sym::rustc_non_const_trait_method) {
                return own;
            }
            tcx.constness(tcx.local_parent(def_id))
        }
        Node::Expr(hir::Expr { kind: hir::ExprKind::Closure(c), .. }) => c.constness,
        _ => node.fn_sig().map_or(hir::Constness::NotConst, |s| s.header.constness),
    }
}

fn asyncness(tcx: TyCtxt<'_>, def_id: LocalDefId) -> bool {
    tcx.hir_node_by_def_id(def_id).fn_sig().is_some_and(|s| s.header.is_async())
}

fn fn_arg_idents(tcx: TyCtxt<'_>, def_id: LocalDefId) -> &[Option<span::Ident>] {
    match tcx.hir_node_by_def_id(def_id) {
        Node::TraitItem(hir::TraitItem { kind: TraitItemKind::Fn(_, hir::TraitFn::Required(idents)), .. }) => idents,
        Node::ForeignItem(hir::ForeignItem { kind: ForeignItemKind::Fn(_, idents, _), .. }) => idents,
        node => match node.body_id() {
            Some(body) => {
                let idents = tcx.hir_body(body).params.iter().map(|p| match p.pat.kind {
                    hir::PatKind::Binding(_, _, ident, _) => Some(ident),
                    _ => None,
                });
                tcx.arena().alloc_from_iter(idents)
            }
            None => &[],
        },
    }
}

fn coroutine_kind(tcx: TyCtxt<'_>, def_id: LocalDefId) -> Option<hir::CoroutineKind> {
    match tcx.hir_node_by_def_id(def_id) {
        Node::Expr(hir::Expr { kind: hir::ExprKind::Closure(c), .. }) => match c.kind {
            hir::ClosureKind::Coroutine(kind) => Some(kind),
            _ => None,
        },
        _ => None,
    }
}

/// The coroutine that an async closure's body is.
fn coroutine_for_closure(tcx: TyCtxt<'_>, def_id: LocalDefId) -> DefId {
    let closure = |node: Node<'_>| match node {
        Node::Expr(hir::Expr { kind: hir::ExprKind::Closure(c), .. }) => (c.def_id, c.body),
        node => panic!("coroutine_for_closure of {node:?}"),
    };
    let (_, body) = closure(tcx.hir_node_by_def_id(def_id));
    closure(Node::Expr(tcx.hir_body(body).value)).0.to_def_id()
}

fn foreign_module_abi(tcx: TyCtxt<'_>, def_id: LocalDefId) -> ty::ExternAbi {
    match tcx.hir_node_by_def_id(def_id) {
        Node::Item(hir::Item { kind: ItemKind::ForeignMod { abi, .. }, .. }) => *abi,
        node => panic!("foreign_module_abi of {node:?}"),
    }
}

fn opaque_ty_origin(tcx: TyCtxt<'_>, def_id: LocalDefId) -> hir::OpaqueTyOrigin<DefId> {
    let Node::OpaqueTy(opaque) = tcx.hir_node_by_def_id(def_id) else { panic!("not an opaque type: {def_id:?}") };
    match opaque.origin {
        hir::OpaqueTyOrigin::FnReturn { parent, in_trait_or_impl } => {
            hir::OpaqueTyOrigin::FnReturn { parent: parent.to_def_id(), in_trait_or_impl }
        }
        hir::OpaqueTyOrigin::AsyncFn { parent, in_trait_or_impl } => {
            hir::OpaqueTyOrigin::AsyncFn { parent: parent.to_def_id(), in_trait_or_impl }
        }
        hir::OpaqueTyOrigin::TyAlias { parent, in_assoc_ty } => {
            hir::OpaqueTyOrigin::TyAlias { parent: parent.to_def_id(), in_assoc_ty }
        }
    }
}

/// Asks for everything about an item, so that its errors are reported.
pub(crate) fn force(tcx: TyCtxt<'_>, def_id: LocalDefId) {
    match tcx.def_kind(def_id) {
        DefKind::Struct | DefKind::Enum | DefKind::Union => {
            tcx.generics_of(def_id);
            tcx.type_of(def_id);
            tcx.predicates_of(def_id);
            for field in tcx.adt_def(def_id).all_fields() {
                tcx.type_of(field.did);
            }
        }
        DefKind::Fn | DefKind::AssocFn | DefKind::Ctor(..) => {
            tcx.generics_of(def_id);
            tcx.predicates_of(def_id);
            tcx.fn_sig(def_id);
        }
        DefKind::Const | DefKind::AssocConst | DefKind::Static { .. } | DefKind::TyAlias => {
            tcx.generics_of(def_id);
            tcx.predicates_of(def_id);
            tcx.type_of(def_id);
        }
        DefKind::Trait => {
            tcx.generics_of(def_id);
            tcx.trait_def(def_id);
            tcx.explicit_super_predicates_of(def_id);
            tcx.predicates_of(def_id);
            tcx.associated_items(def_id);
        }
        DefKind::Impl { .. } => {
            tcx.generics_of(def_id);
            tcx.type_of(def_id);
            tcx.impl_trait_header(def_id);
            tcx.predicates_of(def_id);
            tcx.associated_items(def_id);
        }
        DefKind::AssocTy => {
            tcx.generics_of(def_id);
            tcx.predicates_of(def_id);
            let item = tcx.associated_item(def_id);
            if item.has_value {
                tcx.type_of(def_id);
            }
            if item.container == ty::AssocContainer::Trait {
                tcx.item_bounds(def_id);
            }
        }
        _ => {}
    }
}
