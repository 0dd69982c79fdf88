//! Attributes: a path and its arguments' tokens, or a doc comment. `cfg`s, derives and attribute macros are gone.

use ast::token::{CommentKind, Delimiter};
use ast::{AttrStyle, DelimArgs, MetaItemInner, MetaItemKind, MetaItemLit};
use macros::{Decodable, Encodable};
use span::{Ident, Span, Symbol, sym};

pub use ast::AttrId;

/// An attribute or doc comment.
#[derive(Clone, Debug, Encodable, Decodable)]
pub struct Attribute {
    pub kind: AttrKind,
    pub id: AttrId,
    pub style: AttrStyle,
    pub span: Span,
}

/// The kinds of attribute.
#[derive(Clone, Debug, Encodable, Decodable)]
pub enum AttrKind {
    Normal(Box<AttrItem>),
    /// Without the comment marks.
    DocComment(CommentKind, Symbol),
}

/// What stands inside `#[..]`.
#[derive(Clone, Debug, Encodable, Decodable)]
pub struct AttrItem {
    /// `unsafe(..)`, with the place of `unsafe`.
    pub unsafety: Option<Span>,
    pub path: AttrPath,
    pub args: AttrArgs,
    pub span: Span,
}

/// The path of an attribute.
#[derive(Clone, Debug, Encodable, Decodable)]
pub struct AttrPath {
    pub segments: Box<[Ident]>,
    pub span: Span,
}

impl std::fmt::Display for AttrPath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (i, segment) in self.segments.iter().enumerate() {
            if i > 0 {
                f.write_str("::")?;
            }
            write!(f, "{segment}")?;
        }
        Ok(())
    }
}

/// The arguments of an attribute.
#[derive(Clone, Debug, Encodable, Decodable)]
pub enum AttrArgs {
    /// `#[attr]`
    Empty,
    /// `#[attr(..)]`
    Delimited(DelimArgs),
    /// `#[attr = literal]`
    Eq { eq_span: Span, expr: MetaItemLit },
}

impl AttrItem {
    /// The list in `name(list)`.
    pub fn meta_item_list(&self) -> Option<Vec<MetaItemInner>> {
        match &self.args {
            AttrArgs::Delimited(args) if args.delim == Delimiter::Parenthesis => {
                MetaItemKind::list_from_tokens(args.tokens.clone()).map(|list| list.into_iter().collect())
            }
            AttrArgs::Delimited(_) | AttrArgs::Empty | AttrArgs::Eq { .. } => None,
        }
    }

    /// The value in `name = value`.
    pub fn value_lit(&self) -> Option<&MetaItemLit> {
        match &self.args {
            AttrArgs::Eq { expr, .. } => Some(expr),
            AttrArgs::Delimited(_) | AttrArgs::Empty => None,
        }
    }
}

impl Attribute {
    /// The item, if it is no doc comment.
    pub fn item(&self) -> Option<&AttrItem> {
        match &self.kind {
            AttrKind::Normal(item) => Some(item),
            AttrKind::DocComment(..) => None,
        }
    }

    /// The item of a normal attribute; panics on a doc comment.
    pub fn get_normal_item(&self) -> &AttrItem {
        self.item().expect("unexpected doc comment")
    }

    pub fn id(&self) -> AttrId {
        self.id
    }

    pub fn span(&self) -> Span {
        self.span
    }

    pub fn is_doc_comment(&self) -> bool {
        matches!(self.kind, AttrKind::DocComment(..))
    }

    /// The name, if the path is one name.
    pub fn ident(&self) -> Option<Ident> {
        match &*self.item()?.path.segments {
            &[ident] => Some(ident),
            _ => None,
        }
    }

    /// The name, if the path is one name.
    pub fn name(&self) -> Option<Symbol> {
        self.ident().map(|ident| ident.name)
    }

    pub fn has_name(&self, name: Symbol) -> bool {
        self.name() == Some(name)
    }

    pub fn has_any_name(&self, names: &[Symbol]) -> bool {
        self.name().is_some_and(|name| names.contains(&name))
    }

    /// `rustfmt::skip` and so on.
    pub fn path_matches(&self, names: &[Symbol]) -> bool {
        self.item().is_some_and(|item| item.path.segments.iter().map(|ident| ident.name).eq(names.iter().copied()))
    }

    /// The path's names; none of a doc comment.
    pub fn path(&self) -> Vec<Symbol> {
        self.item().map_or_else(Vec::new, |item| item.path.segments.iter().map(|ident| ident.name).collect())
    }

    pub fn path_span(&self) -> Option<Span> {
        self.item().map(|item| item.path.span)
    }

    /// `#[word]`
    pub fn is_word(&self) -> bool {
        self.item().is_some_and(|item| matches!(item.args, AttrArgs::Empty))
    }

    /// The list in `#[name(list)]`; `None` also if it is malformed.
    pub fn meta_item_list(&self) -> Option<Vec<MetaItemInner>> {
        self.item()?.meta_item_list()
    }

    /// Whether `#[name(word)]` lists the word.
    pub fn lists_word(&self, word: Symbol) -> bool {
        self.meta_item_list().is_some_and(|list| list.iter().any(|inner| inner.has_name(word)))
    }

    /// The string in `#[name = "string"]`.
    pub fn value_str(&self) -> Option<Symbol> {
        self.value_lit()?.kind.str()
    }

    /// The literal in `#[name = literal]`.
    pub fn value_lit(&self) -> Option<&MetaItemLit> {
        self.item()?.value_lit()
    }

    pub fn value_span(&self) -> Option<Span> {
        self.value_lit().map(|lit| lit.span)
    }

    /// The text of a doc comment or `#[doc = ".."]`.
    pub fn doc_str(&self) -> Option<Symbol> {
        match &self.kind {
            AttrKind::DocComment(_, text) => Some(*text),
            AttrKind::Normal(_) if self.has_name(sym::doc) => self.value_str(),
            AttrKind::Normal(_) => None,
        }
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

/// The value of the first `#[name = "value"]`.
pub fn first_attr_value_str_by_name(attrs: &[Attribute], name: Symbol) -> Option<Symbol> {
    find_by_name(attrs, name).and_then(Attribute::value_str)
}
