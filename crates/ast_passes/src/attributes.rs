//! The forms of built-in attributes: malformed, unstable, repeated and wrongly (un)safe ones.

use ast::visit::{self, AssocCtxt, Visitor};
use ast::{
    AssocItem, AttrArgs, AttrKind, AttrStyle, Attribute, Crate, FieldDef, ForeignItem, Item, LitKind, MetaItem,
    MetaItemInner, MetaItemKind, NodeId, Safety, Variant,
};
use diagnostics::{Applicability, Diag, ErrCode, Level};
use session::{Session, feature_err, lint};
use span::{FxHashMap, Span, Symbol, sym};

use crate::attr_table::{BUILTIN_ATTRS, BuiltinAttr};

mod args;
mod duplicates;

/// Checks all attributes of a crate.
pub fn check_crate(sess: &Session, krate: &Crate) {
    let mut visitor = AttrVisitor { sess, node: ast::CRATE_NODE_ID, found: FxHashMap::default() };
    duplicates::check(sess, ast::CRATE_NODE_ID, &krate.attrs);
    visitor.visit_crate(krate);
}

pub(crate) fn find(name: Symbol) -> Option<&'static BuiltinAttr> {
    BUILTIN_ATTRS.binary_search_by(|attr| attr.name.cmp(name.as_str())).ok().map(|i| &BUILTIN_ATTRS[i])
}

/// Attributes that need `unsafe(..)`, with the edition since which they do.
const UNSAFE_ATTRS: &[(Symbol, span::Edition)] = &[
    (sym::no_mangle, span::Edition::Edition2024),
    (sym::export_name, span::Edition::Edition2024),
    (sym::link_section, span::Edition::Edition2024),
    (sym::naked, span::Edition::Edition2015),
    (sym::ffi_pure, span::Edition::Edition2015),
    (sym::ffi_const, span::Edition::Edition2015),
];

struct AttrVisitor<'a> {
    sess: &'a Session,
    /// The node that lints are reported at.
    node: NodeId,
    /// What is known of the names that came up, and whether the feature that they need is on.
    found: FxHashMap<Symbol, Option<(&'static BuiltinAttr, bool)>>,
}

impl AttrVisitor<'_> {
    fn at(&mut self, node: NodeId, attrs: &[Attribute], f: impl FnOnce(&mut Self)) {
        duplicates::check(self.sess, node, attrs);
        let old = std::mem::replace(&mut self.node, node);
        f(self);
        self.node = old;
    }
}

impl<'ast> Visitor<'ast> for AttrVisitor<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        self.at(item.id, &item.attrs, |this| visit::walk_item(this, item));
    }

    fn visit_assoc_item(&mut self, item: &'ast AssocItem, ctxt: AssocCtxt) {
        self.at(item.id, &item.attrs, |this| visit::walk_assoc_item(this, item, ctxt));
    }

    fn visit_foreign_item(&mut self, item: &'ast ForeignItem) {
        self.at(item.id, &item.attrs, |this| visit::walk_foreign_item(this, item));
    }

    fn visit_variant(&mut self, variant: &'ast Variant) {
        self.at(variant.id, &variant.attrs, |this| visit::walk_variant(this, variant));
    }

    fn visit_field_def(&mut self, field: &'ast FieldDef) {
        self.at(field.id, &field.attrs, |this| visit::walk_field_def(this, field));
    }

    fn visit_attribute(&mut self, attr: &'ast Attribute) {
        let AttrKind::Normal(normal) = &attr.kind else { return };
        let [segment] = &normal.item.path.segments[..] else {
            // `#[rustfmt::skip]` and so on.
            if let Safety::Unsafe(span) = normal.item.unsafety {
                self.not_unsafe(attr, span);
            }
            return;
        };
        let name = segment.ident.name;
        self.check_safety(attr, name, normal.item.unsafety);
        let sess = self.sess;
        let feature_is_on =
            |info: &BuiltinAttr| info.gate.is_none_or(|(feature, _)| sess.feature(Symbol::intern(feature)));
        let found = self.found.entry(name).or_insert_with(|| find(name).map(|info| (info, feature_is_on(info))));
        let Some((info, feature_is_on)) = *found else { return };
        if !feature_is_on {
            self.check_gate(attr, info);
        }
        self.check_form(attr, info);
        args::check(self.sess, self.node, attr, name);
    }
}

impl AttrVisitor<'_> {
    fn not_unsafe(&self, attr: &Attribute, span: Span) {
        let path = ast::pretty::path_to_string(&attr.get_normal_item().path);
        self.sess
            .dcx
            .struct_span_err(span, format!("`{path}` is not an unsafe attribute"))
            .with_span_label(span, "this is not an unsafe attribute")
            .with_note("extraneous unsafe is not allowed in attributes")
            .emit();
    }

    fn check_safety(&self, attr: &Attribute, name: Symbol, unsafety: Safety) {
        let since = UNSAFE_ATTRS.iter().find(|(n, _)| *n == name).map(|(_, since)| *since);
        let path_span = attr.get_normal_item().path.span;
        match (since, unsafety) {
            (None, Safety::Unsafe(span)) => self.not_unsafe(attr, span),
            (Some(since), Safety::Default) if path_span.edition() >= since => {
                let args_end = attr.get_normal_item().span().shrink_to_hi();
                self.sess
                    .dcx
                    .struct_span_err(path_span, "unsafe attribute used without unsafe")
                    .with_span_label(path_span, "usage of unsafe attribute")
                    .with_multipart_suggestion(
                        "wrap the attribute in `unsafe(...)`",
                        vec![(path_span.shrink_to_lo(), "unsafe(".into()), (args_end, ")".into())],
                        Applicability::MachineApplicable,
                    )
                    .emit();
            }
            (Some(since), Safety::Default) if since > span::Edition::Edition2015 => {
                let args_end = attr.get_normal_item().span().shrink_to_hi();
                let mut diag =
                    Diag::new(&self.sess.dcx, diagnostics::Level::Warning, "unsafe attribute used without unsafe")
                        .with_span(path_span);
                diag.span_label(path_span, "usage of unsafe attribute");
                diag.multipart_suggestion(
                    "wrap the attribute in `unsafe(...)`",
                    vec![(path_span.shrink_to_lo(), "unsafe(".into()), (args_end, ")".into())],
                    Applicability::MachineApplicable,
                );
                buffer(self.sess, self.node, &lint::UNSAFE_ATTR_OUTSIDE_UNSAFE, path_span, diag);
            }
            _ => {}
        }
    }

    fn check_gate(&self, attr: &Attribute, info: &BuiltinAttr) {
        let Some((feature, message)) = info.gate else { return };
        let feature = Symbol::intern(feature);
        if attr.span.allows_unstable(feature) {
            return;
        }
        let mut err = feature_err(self.sess, feature, attr.span, message);
        for note in info.notes {
            err.note(*note);
        }
        err.emit();
    }

    fn check_form(&self, attr: &Attribute, info: &BuiltinAttr) {
        let item = attr.get_normal_item();
        let only_word = info.word && !info.list && !info.name_value;
        let args_span = |span: Span| item.path.span.shrink_to_hi().to(span).with_lo(item.path.span.hi());
        match &item.args {
            AttrArgs::Empty => {
                if !info.word {
                    let label = (info.list && !info.name_value).then_some((attr.span, "expected this to be a list"));
                    self.malformed(attr, info, 539, label);
                }
            }
            AttrArgs::Delimited(args) => {
                let sp = args.dspan.entire();
                if only_word {
                    self.malformed(attr, info, 565, Some((sp, "didn't expect any arguments here")));
                } else if !info.list {
                    let label = info.word.then_some((sp, "didn't expect a list here"));
                    self.malformed(attr, info, 539, label);
                }
            }
            AttrArgs::Eq { eq_span, expr } => {
                if only_word {
                    let sp = eq_span.to(expr.span);
                    self.malformed(attr, info, 565, Some((sp, "didn't expect any arguments here")));
                } else if !info.name_value {
                    let sp = args_span(expr.span).with_lo(eq_span.lo());
                    self.malformed(attr, info, 539, Some((sp, "expected this to be a list")));
                } else if item.value_str().is_none() && attr.doc_str().is_none() {
                    let is_literal = matches!(expr.kind, ast::ExprKind::Lit(_));
                    let is_err = matches!(expr.kind, ast::ExprKind::Err(_) | ast::ExprKind::IncludedBytes(_));
                    if is_literal && !attr.has_name(sym::doc) {
                        self.malformed(attr, info, 539, Some((expr.span, "expected a string literal here")));
                    } else if !is_err && !is_literal {
                        let found = ast::pretty::expr_to_string(expr);
                        self.sess.dcx.span_err(
                            expr.span,
                            format!("attribute value must be a literal, found expression `{found}`"),
                        );
                    }
                }
            }
        }
    }

    fn malformed(&self, attr: &Attribute, info: &BuiltinAttr, code: u16, label: Option<(Span, &str)>) {
        malformed(self.sess, self.node, attr, info, code, label);
    }
}

/// An attribute of a wrong form.
pub(crate) fn malformed(
    sess: &Session,
    node: NodeId,
    attr: &Attribute,
    info: &BuiltinAttr,
    code: u16,
    label: Option<(Span, &str)>,
) {
    let name = info.name;
    let bang = if attr.style == AttrStyle::Inner { "!" } else { "" };
    let is_unsafe = matches!(attr.get_normal_item().unsafety, Safety::Unsafe(_));
    let forms: Vec<String> = info
        .forms
        .iter()
        .map(|form| if is_unsafe { format!("#{bang}[unsafe({form})]") } else { format!("#{bang}[{form}]") })
        .collect();
    if info.lint
        && code == 539
        && label.is_none_or(|(_, text)| text != "expected a single argument here")
        && !label.is_some_and(|(_, text)| text.starts_with("valid arguments"))
    {
        let quoted: Vec<String> = forms.iter().map(|f| format!("`{f}`")).collect();
        let message = match &quoted[..] {
            [form] => format!("attribute must be of the form {form}"),
            [a, b] => format!("valid forms for the attribute are {a} and {b}"),
            [init @ .., last] => format!("valid forms for the attribute are {}, and {last}", init.join(", ")),
            [] => format!("malformed `{name}` attribute input"),
        };
        buffer(sess, node, &lint::ILL_FORMED_ATTRIBUTE_INPUT, attr.span, Diag::new(&sess.dcx, Level::Error, message));
        return;
    }
    let mut err = sess.dcx.struct_span_err(attr.span, format!("malformed `{name}` attribute input"));
    // `path` is checked by what loads modules.
    if name != "path" {
        err.code(ErrCode(code));
    }
    if let Some((span, label)) = label {
        err.span_label(span, label);
    }
    match forms.len() {
        0 => {}
        1 => {
            err.span_suggestion(
                attr.span,
                "must be of the form",
                forms.into_iter().next().unwrap_or_default(),
                Applicability::HasPlaceholders,
            );
        }
        _ => {
            err.span_suggestions(
                attr.span,
                "try changing it to one of the following valid forms of the attribute",
                forms,
                Applicability::HasPlaceholders,
            );
        }
    }
    err.emit();
}

pub(crate) fn buffer(sess: &Session, node: NodeId, lint: &'static lint::Lint, span: Span, diag: Diag<'_>) {
    sess.buffer_lint(lint::BufferedLint {
        lint,
        node_id: node.as_u32(),
        span,
        diag: Box::new(diag.with_span(span).into_inner()),
    });
}

/// The items of an attribute's list, if it has one and it can be read.
pub(crate) fn list_of(attr: &Attribute) -> Option<thin_vec::ThinVec<MetaItemInner>> {
    match attr.meta()? {
        MetaItem { kind: MetaItemKind::List(list), .. } => Some(list),
        _ => None,
    }
}

/// The string of `name = "string"`, or where else a string was expected.
pub(crate) fn string_of(meta: &MetaItem) -> Result<Symbol, Span> {
    match &meta.kind {
        MetaItemKind::NameValue(lit) => match lit.kind {
            LitKind::Str(s, _) => Ok(s),
            _ => Err(lit.span),
        },
        MetaItemKind::Word | MetaItemKind::List(_) => Err(meta.span),
    }
}

#[cfg(test)]
mod tests {
    use super::BUILTIN_ATTRS;

    #[test]
    fn table_is_sorted() {
        assert!(BUILTIN_ATTRS.is_sorted_by_key(|attr| attr.name));
    }
}
