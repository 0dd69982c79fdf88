//! Items.

use ast::{ImplPolarity, IsAuto};
use span::Ident;

use super::Printer;
use crate::*;

impl Printer<'_, '_> {
    pub(super) fn module(&mut self, module: &Mod<'_>) {
        for (i, &id) in module.item_ids.iter().enumerate() {
            if i > 0 {
                self.newline();
            }
            let item = self.krate.item(id);
            self.item(item);
        }
        if self.indent == 0 && !self.out.ends_with('\n') {
            self.w("\n");
        }
    }

    pub(super) fn item(&mut self, item: &Item<'_>) {
        let start = self.out.len();
        self.item_text(item);
        self.spans.push((start, self.out.len(), item.span));
    }

    fn item_text(&mut self, item: &Item<'_>) {
        self.attrs(item.hir_id());
        match &item.kind {
            ItemKind::ExternCrate(orig, ident) => match orig {
                Some(orig) => self.d(format_args!("extern crate {orig} as {ident};")),
                None => self.d(format_args!("extern crate {ident};")),
            },
            ItemKind::Use(path, kind) => self.use_item(path, *kind),
            ItemKind::Static(mutbl, ident, ty, body) => {
                self.d(format_args!("static {}{ident}: ", mutbl.prefix_str()));
                self.ty(ty);
                self.w(" = ");
                self.body_value(*body);
                self.w(";");
            }
            ItemKind::Const(ident, generics, ty, rhs) => self.const_item(*ident, generics, ty, Some(*rhs)),
            ItemKind::Fn { sig, ident, generics, body, .. } => self.function(*ident, generics, sig, *body),
            ItemKind::Macro(ident, def, _) => {
                self.w(if def.macro_rules { "macro_rules! " } else { "macro " });
                self.d(format_args!("{ident} {{ .. }}"));
            }
            ItemKind::Mod(ident, module) => {
                self.d(format_args!("mod {ident} "));
                self.braces(module.item_ids, |p, &id| {
                    let item = p.krate.item(id);
                    p.item(item);
                });
            }
            ItemKind::ForeignMod { abi, items } => {
                self.d(format_args!("extern {abi} "));
                self.braces(*items, |p, &id| p.foreign_item(p.krate.foreign_item(id)));
            }
            ItemKind::GlobalAsm { asm, .. } => {
                self.asm(asm);
                self.w(";");
            }
            ItemKind::TyAlias(ident, generics, ty) => {
                self.d(format_args!("type {ident}"));
                self.param_list(generics.params);
                self.where_clause(generics);
                self.w(" = ");
                self.ty(ty);
                self.w(";");
            }
            ItemKind::Enum(ident, generics, def) => {
                self.d(format_args!("enum {ident}"));
                self.param_list(generics.params);
                self.where_clause(generics);
                self.w(" ");
                self.braces(def.variants, |p, variant| {
                    p.attrs(variant.hir_id);
                    p.d(variant.ident);
                    p.variant_data(&variant.data);
                    if let Some(disr) = variant.disr_expr {
                        p.w(" = ");
                        p.body_value(disr.body);
                    }
                    p.w(",");
                });
            }
            ItemKind::Struct(ident, generics, data) => self.struct_item("struct", *ident, generics, data),
            ItemKind::Union(ident, generics, data) => self.struct_item("union", *ident, generics, data),
            ItemKind::Trait(constness, is_auto, safety, ident, generics, bounds, items) => {
                self.constness(*constness);
                self.w(safety.prefix_str());
                self.w(if *is_auto == IsAuto::Yes { "auto trait " } else { "trait " });
                self.d(ident);
                self.param_list(generics.params);
                self.bounds(": ", bounds);
                self.where_clause(generics);
                self.w(" ");
                self.braces(*items, |p, &id| p.trait_item(p.krate.trait_item(id)));
            }
            ItemKind::TraitAlias(constness, ident, generics, bounds) => {
                self.constness(*constness);
                self.d(format_args!("trait {ident}"));
                self.param_list(generics.params);
                self.bounds(" = ", bounds);
                self.where_clause(generics);
                self.w(";");
            }
            ItemKind::Impl(imp) => self.impl_item_block(imp),
        }
    }

    fn constness(&mut self, constness: Constness) {
        if constness == Constness::Const {
            self.w("const ");
        }
    }

    fn use_item(&mut self, path: &UsePath<'_>, kind: UseKind) {
        self.w("use ");
        self.path(path, false);
        match kind {
            UseKind::Single(ident) => {
                if path.segments.last().is_none_or(|last| last.ident.name != ident.name) {
                    self.d(format_args!(" as {ident}"));
                }
            }
            UseKind::Glob => self.w("::*"),
            UseKind::ListStem => self.w("::{}"),
        }
        self.w(";");
    }

    fn const_item(&mut self, ident: Ident, generics: &Generics<'_>, ty: &Ty<'_>, rhs: Option<ConstItemRhs<'_>>) {
        self.d(format_args!("const {ident}"));
        self.param_list(generics.params);
        self.w(": ");
        self.ty(ty);
        if let Some(rhs) = rhs {
            self.w(" = ");
            match rhs {
                ConstItemRhs::Body(body) => self.body_value(body),
                ConstItemRhs::TypeConst(ct) => self.const_arg(ct),
            }
        }
        self.where_clause(generics);
        self.w(";");
    }

    fn function(&mut self, ident: Ident, generics: &Generics<'_>, sig: &FnSig<'_>, body: BodyId) {
        let body = self.krate.body(body);
        self.fn_header(sig.header);
        self.d(format_args!("fn {ident}"));
        self.param_list(generics.params);
        self.fn_decl_body(sig.decl, body);
        self.where_clause(generics);
        self.w(" ");
        self.expr(body.value);
    }

    fn struct_item(&mut self, keyword: &str, ident: Ident, generics: &Generics<'_>, data: &VariantData<'_>) {
        self.d(format_args!("{keyword} {ident}"));
        self.param_list(generics.params);
        let is_struct = matches!(data, VariantData::Struct { .. });
        if is_struct {
            self.where_clause(generics);
        }
        self.variant_data(data);
        if !is_struct {
            self.where_clause(generics);
            self.w(";");
        }
    }

    fn variant_data(&mut self, data: &VariantData<'_>) {
        match data {
            VariantData::Struct { fields, .. } => {
                self.w(" ");
                self.braces(*fields, |p, field| {
                    p.attrs(field.hir_id);
                    p.d(format_args!("{}: ", field.ident));
                    p.ty(field.ty);
                    if let Some(default) = field.default {
                        p.w(" = ");
                        p.body_value(default.body);
                    }
                    p.w(",");
                });
            }
            VariantData::Tuple(fields, ..) => {
                self.w("(");
                self.comma(*fields, |p, field| {
                    p.inline_attrs(field.hir_id);
                    p.ty(field.ty);
                });
                self.w(")");
            }
            VariantData::Unit(..) => {}
        }
    }

    fn impl_item_block(&mut self, imp: &Impl<'_>) {
        if let Some(header) = imp.of_trait {
            if header.defaultness.is_default() {
                self.w("default ");
            }
            self.w(header.safety.prefix_str());
        }
        self.w("impl");
        self.param_list(imp.generics.params);
        self.w(" ");
        self.constness(imp.constness);
        if let Some(header) = imp.of_trait {
            if let ImplPolarity::Negative(_) = header.polarity {
                self.w("!");
            }
            self.path(header.trait_ref.path, false);
            self.w(" for ");
        }
        self.ty(imp.self_ty);
        self.where_clause(imp.generics);
        self.w(" ");
        self.braces(imp.items, |p, &id| p.impl_item(p.krate.impl_item(id)));
    }

    fn trait_item(&mut self, item: &TraitItem<'_>) {
        self.attrs(item.hir_id());
        match &item.kind {
            TraitItemKind::Const(ty, rhs) => self.const_item(item.ident, item.generics, ty, *rhs),
            TraitItemKind::Fn(sig, TraitFn::Required(idents)) => {
                self.fn_header(sig.header);
                self.d(format_args!("fn {}", item.ident));
                self.param_list(item.generics.params);
                self.fn_decl_idents(sig.decl, idents);
                self.where_clause(item.generics);
                self.w(";");
            }
            TraitItemKind::Fn(sig, TraitFn::Provided(body)) => {
                self.function(item.ident, item.generics, sig, *body);
            }
            TraitItemKind::Type(bounds, default) => {
                self.assoc_type(item.ident, item.generics, bounds, *default);
            }
        }
    }

    fn impl_item(&mut self, item: &ImplItem<'_>) {
        self.attrs(item.hir_id());
        if let ImplItemImplKind::Trait { defaultness, .. } = item.impl_kind
            && defaultness.is_default()
        {
            self.w("default ");
        }
        match &item.kind {
            ImplItemKind::Const(ty, rhs) => self.const_item(item.ident, item.generics, ty, Some(*rhs)),
            ImplItemKind::Fn(sig, body) => self.function(item.ident, item.generics, sig, *body),
            ImplItemKind::Type(ty) => self.assoc_type(item.ident, item.generics, &[], Some(ty)),
        }
    }

    fn assoc_type(&mut self, ident: Ident, generics: &Generics<'_>, bounds: GenericBounds<'_>, ty: Option<&Ty<'_>>) {
        self.d(format_args!("type {ident}"));
        self.param_list(generics.params);
        self.bounds(": ", bounds);
        if let Some(ty) = ty {
            self.w(" = ");
            self.ty(ty);
        }
        self.where_clause(generics);
        self.w(";");
    }

    fn foreign_item(&mut self, item: &ForeignItem<'_>) {
        self.attrs(item.hir_id());
        match &item.kind {
            ForeignItemKind::Fn(sig, idents, generics) => {
                self.fn_header(sig.header);
                self.d(format_args!("fn {}", item.ident));
                self.param_list(generics.params);
                self.fn_decl_idents(sig.decl, idents);
                self.where_clause(generics);
            }
            ForeignItemKind::Static(ty, mutbl, safety) => {
                self.w(if safety.is_safe() { "safe " } else { "" });
                self.d(format_args!("static {}{}: ", mutbl.prefix_str(), item.ident));
                self.ty(ty);
            }
            ForeignItemKind::Type => self.d(format_args!("type {}", item.ident)),
        }
        self.w(";");
    }
}
