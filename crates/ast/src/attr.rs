//! Attributes and meta items: `#[path(args)]`, `/// doc`, and what is parsed out of the arguments.

use span::{Ident, Span, Symbol};
use thin_vec::ThinVec;

use crate::token::{CommentKind, Delimiter};
use crate::tokenstream::{DelimSpan, TokenStream};
use crate::{Expr, LitKind, MetaItemLit, P, Path, Safety};

mod helpers;
mod meta;

pub use helpers::{
    HasAttrs, contains_name, filter_by_name, find_by_name, mk_attr_from_item, mk_attr_name_value_str,
    mk_attr_nested_word, mk_attr_word, mk_doc_comment,
};

span::newtype_index! {
    /// Tells attributes apart that look the same: which have been used.
    pub struct AttrId = "AttrId";
}

/// Before the thing (`#[..]`) or inside it (`#![..]`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, macros::Encodable, macros::Decodable)]
pub enum AttrStyle {
    Outer,
    Inner,
}

/// A list of attributes.
pub type AttrVec = ThinVec<Attribute>;

/// An attribute or doc comment.
#[derive(Clone, Debug)]
pub struct Attribute {
    pub kind: AttrKind,
    pub id: AttrId,
    pub style: AttrStyle,
    pub span: Span,
}

/// The kinds of attribute.
#[derive(Clone, Debug)]
pub enum AttrKind {
    /// `#[..]`, also `#[doc = ".."]`.
    Normal(P<NormalAttr>),
    /// `/// ..`, `/** .. */` and so on: the text without the comment marks.
    DocComment(CommentKind, Symbol),
}

/// `#[item]`
#[derive(Clone, Debug)]
pub struct NormalAttr {
    pub item: AttrItem,
    /// The whole attribute's tokens, for attribute macros; made on demand if absent.
    pub tokens: Option<TokenStream>,
}

impl NormalAttr {
    pub fn from_ident(ident: Ident) -> Self {
        NormalAttr { item: AttrItem::from_ident(ident), tokens: None }
    }
}

/// What stands inside `#[..]`.
#[derive(Clone, Debug)]
pub struct AttrItem {
    /// `unsafe(..)`
    pub unsafety: Safety,
    pub path: Path,
    pub args: AttrArgs,
}

impl AttrItem {
    pub fn from_ident(ident: Ident) -> Self {
        AttrItem { unsafety: Safety::Default, path: Path::from_ident(ident), args: AttrArgs::Empty }
    }
}

/// The arguments of an attribute.
#[derive(Clone, Debug)]
pub enum AttrArgs {
    /// `#[attr]`
    Empty,
    /// `#[attr(..)]`
    Delimited(DelimArgs),
    /// `#[attr = expr]`
    Eq { eq_span: Span, expr: P<Expr> },
}

impl AttrArgs {
    pub fn span(&self) -> Option<Span> {
        match self {
            AttrArgs::Empty => None,
            AttrArgs::Delimited(args) => Some(args.dspan.entire()),
            AttrArgs::Eq { eq_span, expr } => Some(eq_span.to(expr.span)),
        }
    }

    /// The tokens inside the delimiters or behind `=`.
    pub fn inner_tokens(&self) -> TokenStream {
        match self {
            AttrArgs::Empty => TokenStream::default(),
            AttrArgs::Delimited(args) => args.tokens.clone(),
            AttrArgs::Eq { expr, .. } => match expr.kind {
                crate::ExprKind::Lit(lit) => TokenStream::token_alone(crate::token::TokenKind::Literal(lit), expr.span),
                _ => TokenStream::default(),
            },
        }
    }
}

/// `(..)`, `[..]` or `{..}` and the tokens in it.
#[derive(Clone, Debug, macros::Encodable, macros::Decodable)]
pub struct DelimArgs {
    pub dspan: DelimSpan,
    /// Never invisible.
    pub delim: Delimiter,
    pub tokens: TokenStream,
}

impl DelimArgs {
    /// Whether a macro call with these arguments needs a `;` as an item or statement.
    pub fn need_semicolon(&self) -> bool {
        self.delim != Delimiter::Brace
    }
}

/// The form that built-in attributes have: `word`, `list(..)`, `name = "value"`.
#[derive(Clone, Debug)]
pub struct MetaItem {
    pub unsafety: Safety,
    pub path: Path,
    pub kind: MetaItemKind,
    pub span: Span,
}

/// What follows the path of a meta item.
#[derive(Clone, Debug)]
pub enum MetaItemKind {
    /// `test`
    Word,
    /// `derive(..)`
    List(ThinVec<MetaItemInner>),
    /// `feature = "foo"`
    NameValue(MetaItemLit),
}

/// An element of a meta item list.
#[derive(Clone, Debug)]
pub enum MetaItemInner {
    MetaItem(MetaItem),
    /// `"foo"`, `64`, `true`
    Lit(MetaItemLit),
}

impl Attribute {
    /// The item of a normal attribute; panics on a doc comment.
    pub fn get_normal_item(&self) -> &AttrItem {
        match &self.kind {
            AttrKind::Normal(normal) => &normal.item,
            AttrKind::DocComment(..) => panic!("a doc comment has no attribute item"),
        }
    }

    pub fn is_doc_comment(&self) -> bool {
        matches!(self.kind, AttrKind::DocComment(..))
    }

    /// The name, if the path is one name.
    pub fn ident(&self) -> Option<Ident> {
        match &self.kind {
            AttrKind::Normal(normal) => match normal.item.path.segments.as_slice() {
                [segment] => Some(segment.ident),
                _ => None,
            },
            AttrKind::DocComment(..) => None,
        }
    }

    /// The name, if the path is one name.
    pub fn name(&self) -> Option<Symbol> {
        self.ident().map(|ident| ident.name)
    }

    pub fn has_name(&self, name: Symbol) -> bool {
        matches!(&self.kind, AttrKind::Normal(normal) if normal.item.path == name)
    }

    /// Has it any of these names?
    pub fn has_any_name(&self, names: &[Symbol]) -> bool {
        names.iter().any(|name| self.has_name(*name))
    }

    /// `rustfmt::skip` and so on.
    pub fn path_matches(&self, names: &[Symbol]) -> bool {
        matches!(&self.kind, AttrKind::Normal(normal) if normal.item.path == names)
    }

    pub fn path_span(&self) -> Option<Span> {
        match &self.kind {
            AttrKind::Normal(normal) => Some(normal.item.path.span),
            AttrKind::DocComment(..) => None,
        }
    }

    /// `#[word]`
    pub fn is_word(&self) -> bool {
        matches!(&self.kind, AttrKind::Normal(normal) if matches!(normal.item.args, AttrArgs::Empty))
    }

    /// The string in `#[name = "string"]`.
    pub fn value_str(&self) -> Option<Symbol> {
        match &self.kind {
            AttrKind::Normal(normal) => normal.item.value_str(),
            AttrKind::DocComment(..) => None,
        }
    }

    /// The span of the value in `#[name = value]`.
    pub fn value_span(&self) -> Option<Span> {
        match &self.kind {
            AttrKind::Normal(normal) => match &normal.item.args {
                AttrArgs::Eq { expr, .. } => Some(expr.span),
                _ => None,
            },
            AttrKind::DocComment(..) => None,
        }
    }

    /// The text of a doc comment or `#[doc = ".."]`.
    pub fn doc_str(&self) -> Option<Symbol> {
        match &self.kind {
            AttrKind::DocComment(_, data) => Some(*data),
            AttrKind::Normal(normal) if normal.item.path == span::sym::doc => normal.item.value_str(),
            AttrKind::Normal(_) => None,
        }
    }
}

impl AttrItem {
    pub fn span(&self) -> Span {
        self.args.span().map_or(self.path.span, |args| self.path.span.to(args))
    }

    /// The string in `name = "string"`.
    pub fn value_str(&self) -> Option<Symbol> {
        match &self.args {
            AttrArgs::Eq { expr, .. } => match expr.kind {
                crate::ExprKind::Lit(lit) => helpers::str_lit_value(lit),
                _ => None,
            },
            AttrArgs::Delimited(_) | AttrArgs::Empty => None,
        }
    }
}

impl MetaItem {
    /// The name, if the path is one name.
    pub fn ident(&self) -> Option<Ident> {
        match self.path.segments.as_slice() {
            [segment] => Some(segment.ident),
            _ => None,
        }
    }

    pub fn name(&self) -> Option<Symbol> {
        self.ident().map(|ident| ident.name)
    }

    pub fn has_name(&self, name: Symbol) -> bool {
        self.path == name
    }

    pub fn is_word(&self) -> bool {
        matches!(self.kind, MetaItemKind::Word)
    }

    pub fn meta_item_list(&self) -> Option<&[MetaItemInner]> {
        match &self.kind {
            MetaItemKind::List(list) => Some(list),
            _ => None,
        }
    }

    /// `value` of `name = value`.
    pub fn name_value_literal(&self) -> Option<&MetaItemLit> {
        match &self.kind {
            MetaItemKind::NameValue(lit) => Some(lit),
            _ => None,
        }
    }

    /// The string in `name = "string"`.
    pub fn value_str(&self) -> Option<Symbol> {
        self.name_value_literal().and_then(|lit| lit.kind.str())
    }
}

impl MetaItemInner {
    pub fn span(&self) -> Span {
        match self {
            MetaItemInner::MetaItem(item) => item.span,
            MetaItemInner::Lit(lit) => lit.span,
        }
    }

    pub fn meta_item(&self) -> Option<&MetaItem> {
        match self {
            MetaItemInner::MetaItem(item) => Some(item),
            MetaItemInner::Lit(_) => None,
        }
    }

    pub fn lit(&self) -> Option<&MetaItemLit> {
        match self {
            MetaItemInner::MetaItem(_) => None,
            MetaItemInner::Lit(lit) => Some(lit),
        }
    }

    pub fn ident(&self) -> Option<Ident> {
        self.meta_item().and_then(MetaItem::ident)
    }

    pub fn name(&self) -> Option<Symbol> {
        self.ident().map(|ident| ident.name)
    }

    pub fn has_name(&self, name: Symbol) -> bool {
        self.meta_item().is_some_and(|item| item.has_name(name))
    }

    pub fn is_word(&self) -> bool {
        self.meta_item().is_some_and(MetaItem::is_word)
    }

    pub fn is_meta_item(&self) -> bool {
        self.meta_item().is_some()
    }

    pub fn value_str(&self) -> Option<Symbol> {
        self.meta_item().and_then(MetaItem::value_str)
    }

    pub fn meta_item_list(&self) -> Option<&[MetaItemInner]> {
        self.meta_item().and_then(MetaItem::meta_item_list)
    }

    /// `true` or `false` as a bare literal.
    pub fn boolean_literal(&self) -> Option<bool> {
        match self.lit()?.kind {
            LitKind::Bool(b) => Some(b),
            _ => None,
        }
    }
}
