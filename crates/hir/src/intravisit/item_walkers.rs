//! The children of items.

use span::def_id::LocalDefId;

use super::{FnKind, Visitor};
use crate::*;

pub fn walk_mod<'v, V: Visitor<'v>>(v: &mut V, module: &'v Mod<'v>, hir_id: HirId) {
    v.visit_id(hir_id);
    for &item in module.item_ids {
        v.visit_nested_item(item);
    }
}

fn walk_const_rhs<'v, V: Visitor<'v>>(v: &mut V, rhs: ConstItemRhs<'v>) {
    match rhs {
        ConstItemRhs::Body(body) => v.visit_nested_body(body),
        ConstItemRhs::TypeConst(ct) => v.visit_const_arg(ct),
    }
}

pub fn walk_item<'v, V: Visitor<'v>>(v: &mut V, item: &'v Item<'v>) {
    if let Some(ident) = item.kind.ident() {
        v.visit_ident(ident);
    }
    let id = item.hir_id();
    // A module's and a function's id is visited by what walks them.
    match item.kind {
        ItemKind::Mod(..) | ItemKind::Use(..) => {}
        _ => v.visit_id(id),
    }
    match &item.kind {
        ItemKind::ExternCrate(original, _) => {
            if let Some(original) = original {
                v.visit_name(*original);
            }
        }
        ItemKind::Use(path, _) => v.visit_use(path, id),
        ItemKind::Static(_, _, ty, body) => {
            v.visit_ty(ty);
            v.visit_nested_body(*body);
        }
        ItemKind::Const(_, generics, ty, rhs) => {
            v.visit_generics(generics);
            v.visit_ty(ty);
            walk_const_rhs(v, *rhs);
        }
        ItemKind::Fn { sig, ident, generics, body, .. } => {
            v.visit_fn(FnKind::ItemFn(*ident, generics, sig.header), sig.decl, *body, item.span, item.owner_id.def_id);
        }
        ItemKind::Macro(..) => {}
        ItemKind::Mod(_, module) => v.visit_mod(module, item.span, id),
        ItemKind::ForeignMod { items, .. } => {
            for &item in *items {
                v.visit_nested_foreign_item(item);
            }
        }
        ItemKind::GlobalAsm { fake_body, .. } => v.visit_nested_body(*fake_body),
        ItemKind::TyAlias(_, generics, ty) => {
            v.visit_generics(generics);
            v.visit_ty(ty);
        }
        ItemKind::Enum(_, generics, def) => {
            v.visit_generics(generics);
            v.visit_enum_def(def);
        }
        ItemKind::Struct(_, generics, data) | ItemKind::Union(_, generics, data) => {
            v.visit_generics(generics);
            v.visit_variant_data(data);
        }
        ItemKind::Trait(_, _, _, _, generics, bounds, items) => {
            v.visit_generics(generics);
            for bound in *bounds {
                v.visit_param_bound(bound);
            }
            for &item in *items {
                v.visit_nested_trait_item(item);
            }
        }
        ItemKind::TraitAlias(_, _, generics, bounds) => {
            v.visit_generics(generics);
            for bound in *bounds {
                v.visit_param_bound(bound);
            }
        }
        ItemKind::Impl(imp) => {
            v.visit_generics(imp.generics);
            if let Some(header) = imp.of_trait {
                v.visit_trait_ref(&header.trait_ref);
            }
            v.visit_ty(imp.self_ty);
            for &item in imp.items {
                v.visit_nested_impl_item(item);
            }
        }
    }
}

pub fn walk_use<'v, V: Visitor<'v>>(v: &mut V, path: &'v UsePath<'v>, hir_id: HirId) {
    v.visit_id(hir_id);
    for res in path.res.present_items() {
        v.visit_path(&Path { res, span: path.span, segments: path.segments }, hir_id);
    }
}

pub fn walk_trait_item<'v, V: Visitor<'v>>(v: &mut V, item: &'v TraitItem<'v>) {
    v.visit_ident(item.ident);
    v.visit_generics(item.generics);
    v.visit_defaultness(&item.defaultness);
    v.visit_id(item.hir_id());
    match &item.kind {
        TraitItemKind::Const(ty, default) => {
            v.visit_ty(ty);
            if let Some(rhs) = default {
                walk_const_rhs(v, *rhs);
            }
        }
        TraitItemKind::Fn(sig, TraitFn::Required(idents)) => {
            v.visit_fn_decl(sig.decl);
            for ident in idents.iter().flatten() {
                v.visit_ident(*ident);
            }
        }
        TraitItemKind::Fn(sig, TraitFn::Provided(body)) => {
            v.visit_fn(FnKind::Method(item.ident, sig), sig.decl, *body, item.span, item.owner_id.def_id);
        }
        TraitItemKind::Type(bounds, default) => {
            for bound in *bounds {
                v.visit_param_bound(bound);
            }
            if let Some(ty) = default {
                v.visit_ty(ty);
            }
        }
    }
}

pub fn walk_impl_item<'v, V: Visitor<'v>>(v: &mut V, item: &'v ImplItem<'v>) {
    v.visit_ident(item.ident);
    v.visit_generics(item.generics);
    v.visit_id(item.hir_id());
    if let ImplItemImplKind::Trait { defaultness, .. } = &item.impl_kind {
        v.visit_defaultness(defaultness);
    }
    match &item.kind {
        ImplItemKind::Const(ty, rhs) => {
            v.visit_ty(ty);
            walk_const_rhs(v, *rhs);
        }
        ImplItemKind::Fn(sig, body) => {
            v.visit_fn(FnKind::Method(item.ident, sig), sig.decl, *body, item.span, item.owner_id.def_id);
        }
        ImplItemKind::Type(ty) => v.visit_ty(ty),
    }
}

pub fn walk_foreign_item<'v, V: Visitor<'v>>(v: &mut V, item: &'v ForeignItem<'v>) {
    v.visit_id(item.hir_id());
    v.visit_ident(item.ident);
    match &item.kind {
        ForeignItemKind::Fn(sig, idents, generics) => {
            v.visit_generics(generics);
            v.visit_fn_decl(sig.decl);
            for ident in idents.iter().flatten() {
                v.visit_ident(*ident);
            }
        }
        ForeignItemKind::Static(ty, _, _) => v.visit_ty(ty),
        ForeignItemKind::Type => {}
    }
}

pub fn walk_fn_ret_ty<'v, V: Visitor<'v>>(v: &mut V, ret: &'v FnRetTy<'v>) {
    if let FnRetTy::Return(ty) = ret {
        v.visit_ty(ty);
    }
}

pub fn walk_fn_decl<'v, V: Visitor<'v>>(v: &mut V, decl: &'v FnDecl<'v>) {
    for ty in decl.inputs {
        v.visit_ty(ty);
    }
    v.visit_fn_ret_ty(&decl.output);
}

pub fn walk_fn_kind<'v, V: Visitor<'v>>(v: &mut V, kind: FnKind<'v>) {
    match kind {
        FnKind::ItemFn(_, generics, _) => v.visit_generics(generics),
        FnKind::Method(..) | FnKind::Closure => {}
    }
}

pub fn walk_fn<'v, V: Visitor<'v>>(v: &mut V, kind: FnKind<'v>, decl: &'v FnDecl<'v>, body: BodyId, _: LocalDefId) {
    v.visit_fn_decl(decl);
    walk_fn_kind(v, kind);
    v.visit_nested_body(body);
}

pub fn walk_variant_data<'v, V: Visitor<'v>>(v: &mut V, data: &'v VariantData<'v>) {
    if let Some(ctor) = data.ctor_hir_id() {
        v.visit_id(ctor);
    }
    for field in data.fields() {
        v.visit_field_def(field);
    }
}

pub fn walk_field_def<'v, V: Visitor<'v>>(v: &mut V, field: &'v FieldDef<'v>) {
    v.visit_id(field.hir_id);
    v.visit_ident(field.ident);
    if let Some(default) = field.default {
        v.visit_anon_const(default);
    }
    v.visit_ty(field.ty);
}

pub fn walk_enum_def<'v, V: Visitor<'v>>(v: &mut V, def: &'v EnumDef<'v>) {
    for variant in def.variants {
        v.visit_variant(variant);
    }
}

pub fn walk_variant<'v, V: Visitor<'v>>(v: &mut V, variant: &'v Variant<'v>) {
    v.visit_ident(variant.ident);
    v.visit_id(variant.hir_id);
    v.visit_variant_data(&variant.data);
    if let Some(disr) = variant.disr_expr {
        v.visit_anon_const(disr);
    }
}

pub fn walk_defaultness<'v, V: Visitor<'v>>(_: &mut V, _: &'v Defaultness) {}
