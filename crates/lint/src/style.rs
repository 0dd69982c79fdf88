//! `nonstandard_style`: the case of names (RFC 430).

use diagnostics::{Applicability, Diag};
use hir::def::{DefKind, Res};
use hir::intravisit::{self, FnKind, NestedFilter, Visitor};
use hir::{GenericParamKind, HirId, ItemKind, Node, Pat, PatExprKind, PatKind, QPath};
use session::lint::{NON_CAMEL_CASE_TYPES, NON_SNAKE_CASE, NON_UPPER_CASE_GLOBALS};
use span::def_id::LocalDefId;
use span::{Ident, sym};

use crate::late::LateContext;

fn has_case(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase()
}

fn is_camel_case(name: &str) -> bool {
    let name = name.trim_matches('_');
    let Some(first) = name.chars().next() else { return true };
    let pairs = || name.chars().zip(name.chars().skip(1));
    !first.is_lowercase()
        && !name.contains("__")
        && !pairs().any(|(a, b)| (has_case(a) && b == '_') || (a == '_' && has_case(b)))
}

pub(crate) fn to_camel_case(name: &str) -> String {
    let mut out = String::new();
    for word in name.trim_matches('_').split('_').filter(|w| !w.is_empty()) {
        let mut camel = String::new();
        let mut new_word = true;
        let mut after_lower = true;
        for c in word.chars() {
            // `camelCase` is two words already.
            if after_lower && c.is_uppercase() {
                new_word = true;
            }
            if new_word {
                camel.extend(c.to_uppercase());
            } else {
                camel.extend(c.to_lowercase());
            }
            after_lower = c.is_lowercase();
            new_word = false;
        }
        // Digits would run together.
        let joins_digits =
            out.chars().last().is_some_and(|a| !has_case(a)) && camel.chars().next().is_some_and(|b| !has_case(b));
        if joins_digits {
            out.push('_');
        }
        out.push_str(&camel);
    }
    out
}

pub(crate) fn to_snake_case(mut name: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    // Leading underscores are kept.
    while let Some(rest) = name.strip_prefix('_') {
        words.push(String::new());
        name = rest;
    }
    for part in name.split('_') {
        let mut after_upper = false;
        let mut word = String::new();
        if part.is_empty() {
            continue;
        }
        for c in part.chars() {
            if !word.is_empty() && word != "'" && c.is_uppercase() && !after_upper {
                words.push(std::mem::take(&mut word));
            }
            after_upper = c.is_uppercase();
            word.extend(c.to_lowercase());
        }
        words.push(word);
    }
    words.join("_")
}

fn is_snake_case(name: &str) -> bool {
    let name = name.trim_start_matches('\'').trim_matches('_');
    !name.contains("__") && !name.chars().any(char::is_uppercase)
}

fn camel(cx: &LateContext<'_>, sort: &str, ident: Ident, id: HirId) {
    let name = ident.as_str();
    if is_camel_case(name) {
        return;
    }
    let new = to_camel_case(name);
    let msg = format!("{sort} `{name}` should have an upper camel case name");
    cx.lint(&NON_CAMEL_CASE_TYPES, id, ident.span, msg, |d| {
        if new == name {
            d.span_label(ident.span, "should have an UpperCamelCase name");
        } else {
            d.span_suggestion(
                ident.span,
                "convert the identifier to upper camel case",
                new,
                Applicability::MaybeIncorrect,
            );
        }
    });
}

fn snake(cx: &LateContext<'_>, sort: &str, ident: Ident, id: HirId) {
    let name = ident.as_str();
    if is_snake_case(name) {
        return;
    }
    let new = to_snake_case(name);
    let msg = format!("{sort} `{name}` should have a snake case name");
    cx.lint(&NON_SNAKE_CASE, id, ident.span, msg, |d| suggest_snake(d, sort, ident, new));
}

fn suggest_snake(d: &mut Diag<'_>, sort: &str, ident: Ident, new: String) {
    if new == ident.as_str() {
        d.span_label(ident.span, "should have a snake_case name");
    } else if ident.span.is_dummy() {
        d.help(format!("convert the identifier to snake case: `{new}`"));
    } else if Ident::new(span::Symbol::intern(&new), ident.span).is_reserved() && sort != "lifetime" {
        if matches!(new.as_str(), "self" | "super" | "crate" | "Self" | "_") {
            d.span_suggestion(ident.span, "rename the identifier", "", Applicability::MaybeIncorrect);
            d.note(format!("`{new}` cannot be used as a raw identifier"));
        } else {
            d.span_suggestion(
                ident.span,
                "rename the identifier or convert it to a snake case raw identifier",
                format!("r#{new}"),
                Applicability::MaybeIncorrect,
            );
        }
    } else {
        d.span_suggestion(ident.span, "convert the identifier to snake case", new, Applicability::MaybeIncorrect);
    }
}

fn upper(cx: &LateContext<'_>, sort: &str, ident: Ident, id: HirId) {
    let name = ident.as_str();
    if !name.chars().any(char::is_lowercase) {
        return;
    }
    let new = to_snake_case(name).to_uppercase();
    let msg = format!("{sort} `{name}` should have an upper case name");
    cx.lint(&NON_UPPER_CASE_GLOBALS, id, ident.span, msg, |d| {
        if new == name {
            d.span_label(ident.span, "should have an UPPER_CASE name");
        } else {
            d.span_suggestion(ident.span, "convert the identifier to upper case", new, Applicability::MaybeIncorrect);
        }
    });
}

/// Types' names: said before type checking, as they need none of it.
pub(crate) fn check_types(cx: &LateContext<'_>) {
    let mut names = TypeNames { cx };
    cx.tcx.hir_walk_toplevel_module(&mut names);
}

struct TypeNames<'a, 'tcx> {
    cx: &'a LateContext<'tcx>,
}

impl<'tcx> Visitor<'tcx> for TypeNames<'_, 'tcx> {
    const NESTED: NestedFilter = NestedFilter::All;

    fn hir_crate(&mut self) -> &'tcx hir::Crate<'tcx> {
        self.cx.tcx.hir_crate()
    }
    fn visit_item(&mut self, item: &'tcx hir::Item<'tcx>) {
        let (cx, id) = (self.cx, item.hir_id());
        match item.kind {
            ItemKind::TyAlias(ident, ..)
            | ItemKind::Enum(ident, ..)
            | ItemKind::Struct(ident, ..)
            | ItemKind::Union(ident, ..) => {
                let c = span::Symbol::intern("C");
                if !cx.tcx.get_attrs(item.owner_id.def_id, sym::repr).any(|a| a.lists_word(c)) {
                    camel(cx, "type", ident, id);
                }
            }
            ItemKind::Trait(_, _, _, ident, ..) => camel(cx, "trait", ident, id),
            ItemKind::TraitAlias(_, ident, ..) => camel(cx, "trait alias", ident, id),
            _ => {}
        }
        intravisit::walk_item(self, item);
    }
    fn visit_variant(&mut self, variant: &'tcx hir::Variant<'tcx>) {
        camel(self.cx, "variant", variant.ident, variant.hir_id);
        intravisit::walk_variant(self, variant);
    }
    fn visit_trait_item(&mut self, item: &'tcx hir::TraitItem<'tcx>) {
        if let hir::TraitItemKind::Type(..) = item.kind {
            camel(self.cx, "associated type", item.ident, item.hir_id());
        }
        intravisit::walk_trait_item(self, item);
    }
    fn visit_impl_item(&mut self, item: &'tcx hir::ImplItem<'tcx>) {
        if let (hir::ImplItemKind::Type(..), hir::ImplItemImplKind::Inherent { .. }) = (item.kind, item.impl_kind) {
            camel(self.cx, "associated type", item.ident, item.hir_id());
        }
        intravisit::walk_impl_item(self, item);
    }
    fn visit_generic_param(&mut self, param: &'tcx hir::GenericParam<'tcx>) {
        if let (hir::ParamName::Plain(ident), GenericParamKind::Type { synthetic: false, .. }) =
            (param.name, param.kind)
        {
            camel(self.cx, "type parameter", ident, param.hir_id);
        }
        intravisit::walk_generic_param(self, param);
    }
}

/// The crate's own name.
pub(crate) fn check_crate(cx: &LateContext<'_>) {
    if cx.tcx.sess().opts.test {
        return;
    }
    let attr = cx.tcx.hir_krate_attrs().iter().find(|a| a.has_name(sym::crate_name));
    let ident = match (&cx.tcx.sess().opts.crate_name, attr) {
        (Some(name), _) => Ident::new(span::Symbol::intern(name), span::DUMMY_SP),
        (None, Some(attr)) => {
            let (Some(name), Some(lit)) = (attr.value_str(), attr.value_lit()) else { return };
            // Within the quotes.
            let one = span::BytePos(1);
            Ident::new(name, lit.span.with_lo(lit.span.lo() + one).with_hi(lit.span.hi() - one))
        }
        (None, None) => return,
    };
    if ident.span.is_dummy() {
        let name = ident.as_str();
        if !is_snake_case(name) {
            let new = to_snake_case(name);
            let msg = format!("crate `{name}` should have a snake case name");
            cx.tcx.emit_node_lint(&NON_SNAKE_CASE, hir::CRATE_HIR_ID, msg, |d| suggest_snake(d, "crate", ident, new));
        }
        return;
    }
    snake(cx, "crate", ident, hir::CRATE_HIR_ID);
}

pub(crate) fn check_item(cx: &LateContext<'_>, item: &hir::Item<'_>) {
    let id = item.hir_id();
    match item.kind {
        ItemKind::Mod(ident, _) => snake(cx, "module", ident, id),
        ItemKind::Static(_, ident, ..) => {
            let linked = cx.tcx.has_attr(item.owner_id.def_id, sym::no_mangle);
            if !linked {
                upper(cx, "static variable", ident, id);
            }
        }
        ItemKind::Const(ident, ..) => upper(cx, "constant", ident, id),
        _ => {}
    }
}

pub(crate) fn check_field(cx: &LateContext<'_>, field: &hir::FieldDef<'_>) {
    snake(cx, "structure field", field.ident, field.hir_id);
}

pub(crate) fn check_trait_item(cx: &LateContext<'_>, item: &hir::TraitItem<'_>) {
    match item.kind {
        hir::TraitItemKind::Const(..) => upper(cx, "associated constant", item.ident, item.hir_id()),
        hir::TraitItemKind::Fn(_, hir::TraitFn::Required(names)) => {
            snake(cx, "trait method", item.ident, item.hir_id());
            for name in names.iter().flatten() {
                snake(cx, "variable", *name, item.hir_id());
            }
        }
        hir::TraitItemKind::Fn(..) | hir::TraitItemKind::Type(..) => {}
    }
}

pub(crate) fn check_impl_item(cx: &LateContext<'_>, item: &hir::ImplItem<'_>) {
    if !matches!(item.impl_kind, hir::ImplItemImplKind::Inherent { .. }) {
        return;
    }
    match item.kind {
        hir::ImplItemKind::Const(..) => upper(cx, "associated constant", item.ident, item.hir_id()),
        hir::ImplItemKind::Fn(..) | hir::ImplItemKind::Type(..) => {}
    }
}

pub(crate) fn check_generic_param(cx: &LateContext<'_>, param: &hir::GenericParam<'_>) {
    let hir::ParamName::Plain(ident) = param.name else { return };
    match param.kind {
        GenericParamKind::Lifetime { kind: hir::LifetimeParamKind::Explicit } => {
            snake(cx, "lifetime", ident, param.hir_id)
        }
        GenericParamKind::Lifetime { .. } => {}
        GenericParamKind::Type { .. } => {}
        GenericParamKind::Const { .. } => upper(cx, "const parameter", ident, param.hir_id),
    }
}

pub(crate) fn check_fn(cx: &LateContext<'_>, kind: FnKind<'_>, def: LocalDefId) {
    let tcx = cx.tcx;
    let is_foreign_abi = |header: &hir::FnHeader| !header.abi.is_rustic_abi() && tcx.has_attr(def, sym::no_mangle);
    let id = tcx.local_def_id_to_hir_id(def);
    match kind {
        FnKind::Method(ident, sig) => {
            let parent = tcx.local_parent(def);
            match tcx.def_kind(parent) {
                DefKind::Impl { of_trait: true } => {}
                DefKind::Impl { of_trait: false } => {
                    if !is_foreign_abi(&sig.header) {
                        snake(cx, "method", ident, id);
                    }
                }
                _ => snake(cx, "trait method", ident, id),
            }
        }
        FnKind::ItemFn(ident, _, header) => {
            if !is_foreign_abi(&header) {
                snake(cx, "function", ident, id);
            }
        }
        FnKind::Closure => {}
    }
}

pub(crate) fn check_pat(cx: &LateContext<'_>, pat: &Pat<'_>) {
    match &pat.kind {
        PatKind::Binding(_, _, ident, _) => {
            // A shorthand has the field's name.
            if let Node::PatField(field) = cx.tcx.parent_hir_node(pat.hir_id) {
                if field.is_shorthand {
                    return;
                }
            }
            snake(cx, "variable", *ident, pat.hir_id);
        }
        PatKind::Expr(hir::PatExpr { kind: PatExprKind::Path(QPath::Resolved(None, path)), .. }) => {
            if let (Res::Def(DefKind::Const, _), [segment]) = (path.res, path.segments) {
                upper(cx, "constant in pattern", segment.ident, pat.hir_id);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_are_told_apart_and_converted() {
        assert!(
            is_camel_case("HttpServer")
                && is_camel_case("X86_64")
                && !is_camel_case("foo")
                && !is_camel_case("Foo_Bar")
        );
        assert_eq!(to_camel_case("foo_bar"), "FooBar");
        assert_eq!(to_camel_case("x86_64"), "X86_64");
        assert!(
            is_snake_case("_foo_bar1") && is_snake_case("'a") && !is_snake_case("fooBar") && !is_snake_case("a__b")
        );
        assert_eq!(to_snake_case("fooBarBAZ"), "foo_bar_baz");
        assert_eq!(to_snake_case("__Foo"), "__foo");
    }
}
