//! `type_of`: the type of anything that has one.

use hir::def::DefKind;
use hir::{ForeignItemKind, GenericParamKind, ImplItemKind, ItemKind, Node, TraitItemKind};
use query::{Providers, TyCtxt};
use span::def_id::LocalDefId;
use ty::{Const, EarlyBinder, Ty, TyKind};

use crate::{HirTyLowerer, ItemCtxt};

pub(super) fn provide(providers: &mut Providers<'_>) {
    providers.type_of = type_of_untainted;
    providers.const_param_default = const_param_default;
}

/// A type in which something is wrong is an error as a whole, so that nothing follows from the rest.
fn type_of_untainted(tcx: TyCtxt<'_>, def_id: LocalDefId) -> EarlyBinder<Ty<'_>> {
    let owner = match tcx.def_kind(def_id) {
        DefKind::Field => tcx.adt_item_of_field(def_id),
        _ => def_id,
    };
    let icx = ItemCtxt::new(tcx, owner);
    let ty = type_of(tcx, def_id, &icx);
    EarlyBinder::bind(match icx.check_tainted_by_errors() {
        Ok(()) => ty,
        Err(guar) => Ty::new_error(tcx.interner(), guar),
    })
}

fn type_of<'tcx>(tcx: TyCtxt<'tcx>, def_id: LocalDefId, icx: &ItemCtxt<'tcx>) -> Ty<'tcx> {
    if let Some((data, item)) = super::rpitit::info(tcx, def_id) {
        return super::rpitit::type_of(tcx, data, &item);
    }
    let fn_def = || {
        let args = tcx.identity_args_for(def_id);
        tcx.mk_fn_def(def_id.to_def_id(), args)
    };
    match tcx.hir_node_by_def_id(def_id) {
        Node::TraitItem(item) => match item.kind {
            TraitItemKind::Fn(..) => fn_def(),
            TraitItemKind::Const(ty, _) => const_ty(icx, ty),
            TraitItemKind::Type(_, Some(ty)) => icx.lower_ty(ty),
            TraitItemKind::Type(_, None) => panic!("associated type without a default: {def_id:?}"),
        },
        Node::ImplItem(item) => match item.kind {
            ImplItemKind::Fn(..) => fn_def(),
            ImplItemKind::Const(ty, _) => const_ty(icx, ty),
            ImplItemKind::Type(ty) => icx.lower_ty(ty),
        },
        Node::Item(item) => match item.kind {
            ItemKind::Static(_, _, ty, _) => const_ty(icx, ty),
            ItemKind::Const(_, _, ty, _) => const_ty(icx, ty),
            ItemKind::TyAlias(_, _, ty) => icx.lower_ty(ty),
            ItemKind::Impl(imp) => icx.lower_ty(imp.self_ty),
            ItemKind::Fn { .. } => fn_def(),
            ItemKind::Enum(..) | ItemKind::Struct(..) | ItemKind::Union(..) => {
                let def = tcx.adt_def(def_id.to_def_id());
                tcx.mk_adt(def, tcx.identity_args_for(def_id))
            }
            ItemKind::GlobalAsm { .. } => tcx.types().unit,
            kind => panic!("type_of of an item without one: {kind:?}"),
        },
        Node::OpaqueTy(_) => tcx.type_of_opaque(def_id.to_def_id()).instantiate_identity(),
        Node::ForeignItem(item) => match item.kind {
            ForeignItemKind::Fn(..) => fn_def(),
            ForeignItemKind::Static(ty, ..) => icx.lower_ty(ty),
            ForeignItemKind::Type => tcx.mk_ty(TyKind::Foreign(def_id.to_def_id())),
        },
        Node::Ctor(data) => match data {
            hir::VariantData::Unit(..) => {
                let parent = tcx.parent(def_id.to_def_id());
                tcx.type_of(tcx.adt_of_variant(parent).did()).instantiate_identity()
            }
            _ => fn_def(),
        },
        Node::Variant(_) => tcx.type_of(tcx.parent(def_id.to_def_id())).instantiate_identity(),
        Node::Field(field) => {
            // A field's type is lowered in the scope of the ADT.
            icx.lower_ty(field.ty)
        }
        Node::Expr(hir::Expr { kind: hir::ExprKind::Closure(_), .. }) => {
            tcx.typeck(def_id).node_type(tcx.local_def_id_to_hir_id(def_id))
        }
        Node::AnonConst(_) => anon_const_ty(tcx, def_id),
        Node::ConstBlock(_) => {
            let args = tcx.identity_args_for(def_id);
            args.as_inline_const().ty()
        }
        Node::GenericParam(param) => match param.kind {
            GenericParamKind::Type { default: Some(ty), .. } => {
                let item = tcx.local_parent(def_id);
                ItemCtxt::new(tcx, item).lower_ty(ty)
            }
            GenericParamKind::Const { ty, .. } => {
                let item = tcx.local_parent(def_id);
                ItemCtxt::new(tcx, item).lower_ty(ty)
            }
            kind => panic!("type_of of parameter {kind:?}"),
        },
        Node::Crate(_) | Node::Synthetic => {
            let guar = tcx.dcx().delayed_bug("type_of of what has none");
            Ty::new_error(tcx.interner(), guar)
        }
        node => panic!("type_of of {node:?}"),
    }
}

fn const_ty<'tcx>(icx: &ItemCtxt<'tcx>, ty: &hir::Ty<'tcx>) -> Ty<'tcx> {
    icx.lower_ty(ty)
}

/// The type an anonymous constant must have, by where it stands.
fn anon_const_ty<'tcx>(tcx: TyCtxt<'tcx>, def_id: LocalDefId) -> Ty<'tcx> {
    let hir_id = tcx.local_def_id_to_hir_id(def_id);
    let parent_id = tcx.parent_hir_id(hir_id);
    match tcx.hir_node(parent_id) {
        Node::Variant(hir::Variant { def_id: variant, .. }) => {
            let adt = tcx.adt_def(tcx.parent(variant.to_def_id()));
            crate::collect::adt::discriminant_ty(tcx, adt.repr())
        }
        Node::Field(field) => tcx.type_of(field.def_id.to_def_id()).instantiate_identity(),
        Node::ConstArg(arg) => const_arg_ty(tcx, arg.hir_id, def_id),
        Node::Ty(hir::Ty { kind: hir::TyKind::Array(..), .. })
        | Node::Expr(hir::Expr { kind: hir::ExprKind::Repeat(..), .. }) => tcx.types().usize,
        Node::GenericParam(param) => tcx.type_of(param.def_id.to_def_id()).instantiate_identity(),
        _ => tcx.types().usize,
    }
}

fn const_arg_ty<'tcx>(tcx: TyCtxt<'tcx>, arg: hir::HirId, def_id: LocalDefId) -> Ty<'tcx> {
    let parent = tcx.parent_hir_id(arg);
    match tcx.hir_node(parent) {
        Node::GenericParam(param) => tcx.type_of(param.def_id.to_def_id()).instantiate_identity(),
        Node::TyPat(pat) => {
            // The pattern's type is that of the type it restricts.
            let mut id = tcx.parent_hir_id(pat.hir_id);
            while let Node::TyPat(p) = tcx.hir_node(id) {
                id = tcx.parent_hir_id(p.hir_id);
            }
            match tcx.hir_node(id) {
                Node::Ty(hir::Ty { kind: hir::TyKind::Pat(inner, _), .. }) => {
                    ItemCtxt::new(tcx, tcx.hir_enclosing_item(arg)).lower_ty(inner)
                }
                _ => tcx.types().usize,
            }
        }
        Node::PathSegment(segment) => match param_of_arg(tcx, segment, arg) {
            Some(ty) => ty,
            None => {
                let guar = tcx.dcx().span_delayed_bug(tcx.def_span(def_id), "a constant argument without a parameter");
                Ty::new_error(tcx.interner(), guar)
            }
        },
        Node::Ty(hir::Ty { kind: hir::TyKind::Path(hir::QPath::TypeRelative(_, segment)), .. })
        | Node::Expr(hir::Expr { kind: hir::ExprKind::MethodCall(segment, ..), .. }) => {
            param_of_arg(tcx, segment, arg).unwrap_or(tcx.types().usize)
        }
        _ => tcx.types().usize,
    }
}

/// The type of the const parameter that an argument of a path segment is for.
fn param_of_arg<'tcx>(tcx: TyCtxt<'tcx>, segment: &hir::PathSegment<'tcx>, arg: hir::HirId) -> Option<Ty<'tcx>> {
    let def_id = match segment.res {
        hir::def::Res::Def(DefKind::Ctor(..), id) => tcx.parent(id),
        hir::def::Res::Def(_, id) => id,
        _ => {
            // A method or associated function: type checking knows which.
            let owner = tcx.hir_enclosing_body_owner(segment.hir_id);
            let parent = tcx.parent_hir_id(segment.hir_id);
            tcx.typeck(owner).type_dependent_def_id(parent)?
        }
    };
    if !tcx.def_kind(def_id).has_generics() {
        return None;
    }
    let args = segment.args?;
    let position = args
        .args
        .iter()
        .filter(|a| !matches!(a, hir::GenericArg::Lifetime(_)))
        .position(|a| matches!(a, hir::GenericArg::Const(c) if c.hir_id == arg))?;
    let generics = tcx.generics_of(def_id);
    let own_self = generics.has_self && generics.parent.is_none();
    let param = generics
        .own_params
        .iter()
        .filter(|p| p.kind.is_ty_or_const() && !p.kind.is_synthetic() && !(own_self && p.index == 0))
        .nth(position)?;
    matches!(param.kind, ty::GenericParamDefKind::Const { .. })
        .then(|| tcx.type_of(param.def_id).instantiate_identity())
}

fn const_param_default<'tcx>(tcx: TyCtxt<'tcx>, def_id: LocalDefId) -> EarlyBinder<Const<'tcx>> {
    let Node::GenericParam(hir::GenericParam { kind: GenericParamKind::Const { default: Some(ct), .. }, .. }) =
        tcx.hir_node_by_def_id(def_id)
    else {
        panic!("const_param_default of a parameter without one")
    };
    let icx = ItemCtxt::new(tcx, tcx.local_parent(def_id));
    let ty = tcx.type_of(def_id.to_def_id()).instantiate_identity();
    EarlyBinder::bind(icx.lowerer().lower_const_arg(ct, ty))
}
