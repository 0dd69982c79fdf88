//! Printing items.

use super::Printer;
use crate::token::Delimiter;
use crate::{
    AssocItem, AssocItemKind, Const, ConstItem, ConstItemRhsKind, Defaultness, Delegation, DelegationMac, FieldDef, Fn,
    FnHeader, ForeignItem, ForeignItemKind, Generics, ImplPolarity, IsAuto, Item, ItemKind, MacCall, ModKind,
    Mutability, StaticItem, TyAlias, UseTree, UseTreeKind, VariantData,
};

impl Printer {
    pub(super) fn item(&mut self, item: &Item) {
        let start = self.out.len();
        self.item_text(item);
        self.spans.push((start, self.out.len(), item.span));
    }

    fn item_text(&mut self, item: &Item) {
        self.outer_attrs(&item.attrs);
        self.vis(&item.vis);
        match &item.kind {
            ItemKind::ExternCrate(orig, ident) => {
                self.word("extern crate ");
                if let Some(orig) = orig {
                    self.display(orig);
                    self.word(" as ");
                }
                self.display(ident);
                self.word(";");
            }
            ItemKind::Use(tree) => {
                self.word("use ");
                self.use_tree(tree);
                self.word(";");
            }
            ItemKind::Static(item) => self.static_item(item),
            ItemKind::Const(item) => self.const_item(item),
            ItemKind::ConstBlock(item) => {
                self.word("const ");
                self.block(&item.block);
            }
            ItemKind::Fn(func) => self.func(func),
            ItemKind::Mod(safety, ident, kind) => {
                self.safety(*safety);
                self.word("mod ");
                self.display(ident);
                match kind {
                    ModKind::Unloaded => self.word(";"),
                    ModKind::Loaded(items, ..) => {
                        self.word(" ");
                        self.braced(items.is_empty(), |p| {
                            p.inner_attrs_on_lines(&item.attrs);
                            for item in items {
                                p.newline();
                                p.item(item);
                            }
                        });
                    }
                }
            }
            ItemKind::ForeignMod(foreign) => {
                self.safety(foreign.safety);
                self.word("extern ");
                if let Some(abi) = foreign.abi {
                    self.display(abi.as_token_lit());
                    self.word(" ");
                }
                self.braced(foreign.items.is_empty(), |p| {
                    p.inner_attrs_on_lines(&item.attrs);
                    for item in &foreign.items {
                        p.newline();
                        p.foreign_item(item);
                    }
                });
            }
            ItemKind::GlobalAsm(_) => self.word("global_asm!(..);"),
            ItemKind::TyAlias(item) => self.ty_alias(item),
            ItemKind::Enum(ident, generics, def) => {
                self.word("enum ");
                self.display(ident);
                self.generic_params(&generics.params);
                self.where_clause(&generics.where_clause);
                self.word(" ");
                self.braced(def.variants.is_empty(), |p| {
                    for variant in &def.variants {
                        p.newline();
                        p.outer_attrs(&variant.attrs);
                        p.vis(&variant.vis);
                        p.display(variant.ident);
                        p.variant_data(&variant.data);
                        if let Some(discr) = &variant.disr_expr {
                            p.word(" = ");
                            p.expr(&discr.value);
                        }
                        p.word(",");
                    }
                });
            }
            ItemKind::Struct(ident, generics, data) => self.adt("struct ", ident, generics, data),
            ItemKind::Union(ident, generics, data) => self.adt("union ", ident, generics, data),
            ItemKind::Trait(item) => {
                self.constness(item.constness);
                self.safety(item.safety);
                if item.is_auto == IsAuto::Yes {
                    self.word("auto ");
                }
                self.word("trait ");
                self.display(item.ident);
                self.generic_params(&item.generics.params);
                if !item.bounds.is_empty() {
                    self.word(": ");
                    self.bounds(&item.bounds);
                }
                self.where_clause(&item.generics.where_clause);
                self.word(" ");
                self.assoc_items(&item.items);
            }
            ItemKind::TraitAlias(item) => {
                self.constness(item.constness);
                self.word("trait ");
                self.display(item.ident);
                self.generic_params(&item.generics.params);
                self.word(" = ");
                self.bounds(&item.bounds);
                self.where_clause(&item.generics.where_clause);
                self.word(";");
            }
            ItemKind::Impl(item) => {
                if let Some(header) = &item.of_trait {
                    self.defaultness(header.defaultness);
                    self.safety(header.safety);
                }
                self.word("impl");
                self.generic_params(&item.generics.params);
                self.word(" ");
                self.constness(item.constness);
                if let Some(header) = &item.of_trait {
                    if let ImplPolarity::Negative(_) = header.polarity {
                        self.word("!");
                    }
                    self.path(&header.trait_ref.path, false);
                    self.word(" for ");
                }
                self.ty(&item.self_ty);
                self.where_clause(&item.generics.where_clause);
                self.word(" ");
                self.assoc_items(&item.items);
            }
            ItemKind::MacCall(mac) => self.item_mac_call(mac),
            ItemKind::MacroDef(ident, def) => {
                self.word(if def.macro_rules { "macro_rules! " } else { "macro " });
                self.display(ident);
                self.delim_args(&def.body);
                if def.body.delim != Delimiter::Brace {
                    self.word(";");
                }
            }
            ItemKind::Delegation(item) => self.delegation(item),
            ItemKind::DelegationMac(item) => self.delegation_mac(item),
        }
    }

    fn inner_attrs_on_lines(&mut self, attrs: &[crate::Attribute]) {
        for attr in attrs.iter().filter(|attr| attr.style == crate::AttrStyle::Inner) {
            self.newline();
            self.attribute(attr);
        }
    }

    fn item_mac_call(&mut self, mac: &MacCall) {
        self.mac_call(mac);
        if mac.args.need_semicolon() {
            self.word(";");
        }
    }

    fn use_tree(&mut self, tree: &UseTree) {
        let prefix = !tree.prefix.segments.is_empty();
        match &tree.kind {
            UseTreeKind::Simple(rename) => {
                self.path(&tree.prefix, false);
                if let Some(rename) = rename {
                    self.word(" as ");
                    self.display(rename);
                }
            }
            UseTreeKind::Glob(_) => {
                if prefix {
                    self.path(&tree.prefix, false);
                    self.word("::");
                }
                self.word("*");
            }
            UseTreeKind::Nested { items, .. } => {
                if prefix {
                    self.path(&tree.prefix, false);
                    self.word("::");
                }
                self.word("{");
                self.list(items, ", ", |p, (tree, _)| p.use_tree(tree));
                self.word("}");
            }
        }
    }

    fn constness(&mut self, constness: Const) {
        if let Const::Yes(_) = constness {
            self.word("const ");
        }
    }

    fn defaultness(&mut self, defaultness: Defaultness) {
        match defaultness {
            Defaultness::Default(_) => self.word("default "),
            Defaultness::Final(_) => self.word("final "),
            Defaultness::Implicit => {}
        }
    }

    fn fn_header(&mut self, header: &FnHeader) {
        self.constness(header.constness);
        if let Some(kind) = header.coroutine_kind {
            self.word(kind.as_str());
            self.word(" ");
        }
        self.safety(header.safety);
        self.ext(header.ext);
    }

    fn func(&mut self, func: &Fn) {
        self.defaultness(func.defaultness);
        self.fn_header(&func.sig.header);
        self.word("fn ");
        self.display(func.ident);
        self.generic_params(&func.generics.params);
        self.fn_params_and_ret(&func.sig.decl);
        self.where_clause(&func.generics.where_clause);
        match &func.body {
            Some(body) => {
                self.word(" ");
                self.block(body);
            }
            None => self.word(";"),
        }
    }

    fn static_item(&mut self, item: &StaticItem) {
        self.safety(item.safety);
        self.word("static ");
        if item.mutability == Mutability::Mut {
            self.word("mut ");
        }
        self.display(item.ident);
        self.word(": ");
        self.ty(&item.ty);
        if let Some(expr) = &item.expr {
            self.word(" = ");
            self.expr(expr);
        }
        self.word(";");
    }

    fn const_item(&mut self, item: &ConstItem) {
        self.defaultness(item.defaultness);
        if let ConstItemRhsKind::TypeConst { .. } = item.rhs_kind {
            self.word("type ");
        }
        self.word("const ");
        self.display(item.ident);
        self.generic_params(&item.generics.params);
        self.word(": ");
        self.ty(&item.ty);
        if let Some(expr) = item.rhs_kind.expr() {
            self.word(" = ");
            self.expr(expr);
        }
        self.where_clause(&item.generics.where_clause);
        self.word(";");
    }

    fn ty_alias(&mut self, item: &TyAlias) {
        self.defaultness(item.defaultness);
        self.word("type ");
        self.display(item.ident);
        self.generic_params(&item.generics.params);
        if !item.bounds.is_empty() {
            self.word(": ");
            self.bounds(&item.bounds);
        }
        self.where_clause(&item.generics.where_clause);
        if let Some(ty) = &item.ty {
            self.word(" = ");
            self.ty(ty);
        }
        self.where_clause(&item.after_where_clause);
        self.word(";");
    }

    fn adt(&mut self, keyword: &str, ident: &span::Ident, generics: &Generics, data: &VariantData) {
        self.word(keyword);
        self.display(ident);
        self.generic_params(&generics.params);
        match data {
            VariantData::Tuple(..) | VariantData::Unit(_) => {
                self.variant_data(data);
                self.where_clause(&generics.where_clause);
                self.word(";");
            }
            VariantData::Struct { fields, .. } => {
                self.where_clause(&generics.where_clause);
                self.word(" ");
                self.braced(fields.is_empty(), |p| {
                    for field in fields {
                        p.newline();
                        p.field(field);
                        p.word(",");
                    }
                });
            }
        }
    }

    fn variant_data(&mut self, data: &VariantData) {
        match data {
            VariantData::Unit(_) => {}
            VariantData::Tuple(fields, _) => {
                self.word("(");
                self.list(fields, ", ", |p, field| p.field(field));
                self.word(")");
            }
            VariantData::Struct { fields, .. } => {
                self.word(" ");
                self.braced(fields.is_empty(), |p| {
                    for field in fields {
                        p.newline();
                        p.field(field);
                        p.word(",");
                    }
                });
            }
        }
    }

    fn field(&mut self, field: &FieldDef) {
        if field.ident.is_some() {
            self.outer_attrs(&field.attrs);
        } else {
            self.outer_attrs_inline(&field.attrs);
        }
        self.vis(&field.vis);
        self.safety(field.safety);
        if let Some(ident) = field.ident {
            self.display(ident);
            self.word(": ");
        }
        self.ty(&field.ty);
        if let Some(default) = &field.default {
            self.word(" = ");
            self.expr(&default.value);
        }
    }

    fn assoc_items(&mut self, items: &[Box<AssocItem>]) {
        self.braced(items.is_empty(), |p| {
            for item in items {
                p.newline();
                p.assoc_item(item);
            }
        });
    }

    fn assoc_item(&mut self, item: &AssocItem) {
        self.outer_attrs(&item.attrs);
        self.vis(&item.vis);
        match &item.kind {
            AssocItemKind::Const(item) => self.const_item(item),
            AssocItemKind::Fn(func) => self.func(func),
            AssocItemKind::Type(item) => self.ty_alias(item),
            AssocItemKind::MacCall(mac) => self.item_mac_call(mac),
            AssocItemKind::Delegation(item) => self.delegation(item),
            AssocItemKind::DelegationMac(item) => self.delegation_mac(item),
        }
    }

    fn foreign_item(&mut self, item: &ForeignItem) {
        self.outer_attrs(&item.attrs);
        self.vis(&item.vis);
        match &item.kind {
            ForeignItemKind::Static(item) => self.static_item(item),
            ForeignItemKind::Fn(func) => self.func(func),
            ForeignItemKind::TyAlias(item) => self.ty_alias(item),
            ForeignItemKind::MacCall(mac) => self.item_mac_call(mac),
        }
    }

    fn delegation(&mut self, item: &Delegation) {
        self.word("reuse ");
        self.maybe_qpath(item.qself.as_deref(), &item.path);
        if let Some(rename) = item.rename {
            self.word(" as ");
            self.display(rename);
        }
        self.delegation_body(item.body.as_deref());
    }

    fn delegation_mac(&mut self, item: &DelegationMac) {
        self.word("reuse ");
        self.maybe_qpath(item.qself.as_deref(), &item.prefix);
        self.word("::");
        match &item.suffixes {
            None => self.word("*"),
            Some(suffixes) => {
                self.word("{");
                self.list(suffixes, ", ", |p, (ident, rename)| {
                    p.display(ident);
                    if let Some(rename) = rename {
                        p.word(" as ");
                        p.display(rename);
                    }
                });
                self.word("}");
            }
        }
        self.delegation_body(item.body.as_deref());
    }

    fn delegation_body(&mut self, body: Option<&crate::Block>) {
        match body {
            Some(body) => {
                self.word(" ");
                self.block(body);
            }
            None => self.word(";"),
        }
    }
}
