//! Making attributes and finding them among others.

use span::{Ident, Span, Symbol};
use thin_vec::ThinVec;

use super::{AttrArgs, AttrId, AttrItem, AttrKind, AttrStyle, AttrVec, Attribute, DelimArgs, NormalAttr};
use crate::token::{self, CommentKind, Delimiter, IdentIsRaw, TokenKind};
use crate::tokenstream::{DelimSpan, TokenStream};
use crate::{
    AssocItemKind, DUMMY_NODE_ID, Expr, ExprKind, ForeignItemKind, Item, ItemKind, P, Path, Safety, Stmt, StmtKind,
};

/// The value of a string literal token; `None` for other literals.
pub(super) fn str_lit_value(lit: token::Lit) -> Option<Symbol> {
    match lit.kind {
        token::LitKind::StrRaw(_) => Some(lit.symbol),
        token::LitKind::Str => {
            let text = lit.symbol.as_str();
            let text: &str = text;
            if text.contains('\\') { Some(Symbol::intern(&crate::lit::unescape_str(text))) } else { Some(lit.symbol) }
        }
        _ => None,
    }
}

/// Is there an attribute of this name?
pub fn contains_name(attrs: &[Attribute], name: Symbol) -> bool {
    find_by_name(attrs, name).is_some()
}

/// The first attribute of this name.
pub fn find_by_name(attrs: &[Attribute], name: Symbol) -> Option<&Attribute> {
    attrs.iter().find(|attr| attr.has_name(name))
}

/// All attributes of this name.
pub fn filter_by_name(attrs: &[Attribute], name: Symbol) -> impl Iterator<Item = &Attribute> {
    attrs.iter().filter(move |attr| attr.has_name(name))
}

/// An attribute of this item.
pub fn mk_attr_from_item(id: AttrId, item: AttrItem, style: AttrStyle, span: Span) -> Attribute {
    Attribute { kind: AttrKind::Normal(P(NormalAttr { item, tokens: None })), id, style, span }
}

/// `#[name]`
pub fn mk_attr_word(id: AttrId, style: AttrStyle, unsafety: Safety, name: Symbol, span: Span) -> Attribute {
    let path = Path::from_ident(Ident::new(name, span));
    mk_attr_from_item(id, AttrItem { unsafety, path, args: AttrArgs::Empty }, style, span)
}

/// `#[outer(inner)]`
pub fn mk_attr_nested_word(
    id: AttrId,
    style: AttrStyle,
    unsafety: Safety,
    outer: Symbol,
    inner: Symbol,
    span: Span,
) -> Attribute {
    let tokens = TokenStream::token_alone(TokenKind::Ident(inner, IdentIsRaw::No), span);
    let args =
        AttrArgs::Delimited(DelimArgs { dspan: DelimSpan::from_single(span), delim: Delimiter::Parenthesis, tokens });
    let path = Path::from_ident(Ident::new(outer, span));
    mk_attr_from_item(id, AttrItem { unsafety, path, args }, style, span)
}

/// `#[name = "val"]`
pub fn mk_attr_name_value_str(
    id: AttrId,
    style: AttrStyle,
    unsafety: Safety,
    name: Symbol,
    val: Symbol,
    span: Span,
) -> Attribute {
    let text = val.as_str();
    let text: &str = text;
    let lit = token::Lit::new(token::LitKind::Str, Symbol::intern(&text.escape_default().to_string()), None);
    let expr = P(Expr { id: DUMMY_NODE_ID, kind: ExprKind::Lit(lit), span, attrs: ThinVec::new() });
    let path = Path::from_ident(Ident::new(name, span));
    let args = AttrArgs::Eq { eq_span: span, expr };
    mk_attr_from_item(id, AttrItem { unsafety, path, args }, style, span)
}

/// `/// data`
pub fn mk_doc_comment(id: AttrId, kind: CommentKind, style: AttrStyle, data: Symbol, span: Span) -> Attribute {
    Attribute { kind: AttrKind::DocComment(kind, data), id, style, span }
}

/// Nodes that carry attributes.
pub trait HasAttrs {
    fn attrs(&self) -> &[Attribute];
    fn visit_attrs(&mut self, f: impl FnOnce(&mut AttrVec));
}

macro_rules! impl_has_attrs {
    ($($Node:ty,)*) => {
        $(impl HasAttrs for $Node {
            fn attrs(&self) -> &[Attribute] {
                &self.attrs
            }
            fn visit_attrs(&mut self, f: impl FnOnce(&mut AttrVec)) {
                f(&mut self.attrs)
            }
        })*
    };
}

impl_has_attrs! {
    Expr, Item<ItemKind>, Item<AssocItemKind>, Item<ForeignItemKind>, crate::Arm, crate::Crate,
    crate::ExprField, crate::FieldDef, crate::GenericParam, crate::Local, crate::MacCallStmt, crate::Param,
    crate::PatField, crate::Variant, crate::WherePredicate,
}

impl<T: HasAttrs> HasAttrs for P<T> {
    fn attrs(&self) -> &[Attribute] {
        (**self).attrs()
    }
    fn visit_attrs(&mut self, f: impl FnOnce(&mut AttrVec)) {
        (**self).visit_attrs(f)
    }
}

impl HasAttrs for Stmt {
    fn attrs(&self) -> &[Attribute] {
        match &self.kind {
            StmtKind::Let(local) => &local.attrs,
            StmtKind::Expr(expr) | StmtKind::Semi(expr) => &expr.attrs,
            StmtKind::MacCall(mac) => &mac.attrs,
            StmtKind::Item(item) => &item.attrs,
            StmtKind::Empty => &[],
        }
    }
    fn visit_attrs(&mut self, f: impl FnOnce(&mut AttrVec)) {
        match &mut self.kind {
            StmtKind::Let(local) => f(&mut local.attrs),
            StmtKind::Expr(expr) | StmtKind::Semi(expr) => f(&mut expr.attrs),
            StmtKind::MacCall(mac) => f(&mut mac.attrs),
            StmtKind::Item(item) => f(&mut item.attrs),
            StmtKind::Empty => {}
        }
    }
}
