//! Reading meta items, `word`, `list(..)`, `name = "value"`, out of attributes' tokens.

use std::iter::Peekable;

use span::{Ident, Span};
use thin_vec::ThinVec;

use super::{AttrArgs, AttrItem, AttrKind, Attribute, DelimArgs, MetaItem, MetaItemInner, MetaItemKind};
use crate::token::{self, Delimiter, Token, TokenKind};
use crate::tokenstream::{TokenStream, TokenTree, TokenTreeIter};
use crate::{ExprKind, MetaItemLit, Path, PathSegment, Safety};

type Trees<'a> = Peekable<TokenTreeIter<'a>>;

impl Attribute {
    /// The attribute as a meta item, if it has that form.
    pub fn meta(&self) -> Option<MetaItem> {
        match &self.kind {
            AttrKind::Normal(normal) => normal.item.meta(self.span),
            AttrKind::DocComment(..) => None,
        }
    }

    /// The list in `#[name(list)]`.
    pub fn meta_item_list(&self) -> Option<ThinVec<MetaItemInner>> {
        match &self.kind {
            AttrKind::Normal(normal) => normal.item.meta_item_list(),
            AttrKind::DocComment(..) => None,
        }
    }
}

impl AttrItem {
    /// The item as a meta item, if it has that form.
    pub fn meta(&self, span: Span) -> Option<MetaItem> {
        let kind = MetaItemKind::from_attr_args(&self.args)?;
        Some(MetaItem { unsafety: Safety::Default, path: self.path.clone(), kind, span })
    }

    /// The list in `name(list)`.
    pub fn meta_item_list(&self) -> Option<ThinVec<MetaItemInner>> {
        match &self.args {
            AttrArgs::Delimited(args) if args.delim == Delimiter::Parenthesis => {
                MetaItemKind::list_from_tokens(args.tokens.clone())
            }
            AttrArgs::Delimited(_) | AttrArgs::Eq { .. } | AttrArgs::Empty => None,
        }
    }
}

impl MetaItemKind {
    /// What stands behind an attribute's path.
    pub fn from_attr_args(args: &AttrArgs) -> Option<MetaItemKind> {
        match args {
            AttrArgs::Empty => Some(MetaItemKind::Word),
            AttrArgs::Delimited(DelimArgs { delim: Delimiter::Parenthesis, tokens, .. }) => {
                Self::list_from_tokens(tokens.clone()).map(MetaItemKind::List)
            }
            AttrArgs::Delimited(..) => None,
            AttrArgs::Eq { expr, .. } => match expr.kind {
                ExprKind::Lit(lit) => MetaItemLit::from_token_lit(lit, expr.span).ok().map(MetaItemKind::NameValue),
                _ => None,
            },
        }
    }

    /// `a, b(c), "d"`
    pub fn list_from_tokens(tokens: TokenStream) -> Option<ThinVec<MetaItemInner>> {
        let mut trees = tokens.iter().peekable();
        let mut result = ThinVec::new();
        while trees.peek().is_some() {
            result.push(inner_from_tokens(&mut trees)?);
            match trees.next() {
                None => break,
                Some(TokenTree::Token(Token { kind: TokenKind::Comma, .. }, _)) => {}
                Some(_) => return None,
            }
        }
        Some(result)
    }
}

/// A token behind invisible brackets, in which a macro's fragment arrives.
fn strip_invisible(tree: TokenTree) -> TokenTree {
    if let TokenTree::Delimited(.., Delimiter::Invisible(_), stream) = &tree
        && let Some(inner) = stream.iter().next()
        && stream.iter().count() == 1
    {
        return strip_invisible(inner);
    }
    tree
}

fn literal(tree: TokenTree) -> Option<(token::Lit, Span)> {
    match strip_invisible(tree) {
        TokenTree::Token(token, _) => Some((token::Lit::from_token(&token)?, token.span)),
        TokenTree::Delimited(..) => None,
    }
}

fn inner_from_tokens(trees: &mut Trees<'_>) -> Option<MetaItemInner> {
    if let Some((lit, span)) = trees.peek().cloned().and_then(literal) {
        trees.next();
        return MetaItemLit::from_token_lit(lit, span).ok().map(MetaItemInner::Lit);
    }
    meta_item_from_tokens(trees).map(MetaItemInner::MetaItem)
}

fn meta_item_from_tokens(trees: &mut Trees<'_>) -> Option<MetaItem> {
    if let Some(TokenTree::Delimited(.., Delimiter::Invisible(_), inner)) = trees.peek().cloned() {
        trees.next();
        let mut inner = inner.iter().peekable();
        return meta_item_from_tokens(&mut inner);
    }
    let mut segments: ThinVec<PathSegment> = ThinVec::new();
    let mut is_start = true;
    loop {
        match trees.peek() {
            Some(TokenTree::Token(Token { kind: TokenKind::Ident(name, _), span }, _)) => {
                segments.push(PathSegment::from_ident(Ident::new(*name, *span)));
                trees.next();
            }
            Some(TokenTree::Token(Token { kind: TokenKind::PathSep, span }, _)) if is_start => {
                segments.push(PathSegment::path_root(*span));
            }
            _ => return None,
        }
        is_start = false;
        match trees.peek() {
            Some(TokenTree::Token(Token { kind: TokenKind::PathSep, .. }, _)) => {
                trees.next();
            }
            _ => break,
        }
    }
    let span = segments.first()?.ident.span.to(segments.last()?.ident.span);
    let (kind, hi) = match trees.peek().cloned() {
        Some(TokenTree::Delimited(dspan, _, Delimiter::Parenthesis, inner)) => {
            trees.next();
            (MetaItemKind::List(MetaItemKind::list_from_tokens(inner)?), dspan.entire())
        }
        Some(TokenTree::Delimited(..)) => return None,
        Some(TokenTree::Token(Token { kind: TokenKind::Eq, .. }, _)) => {
            trees.next();
            let (lit, lit_span) = literal(trees.next()?)?;
            (MetaItemKind::NameValue(MetaItemLit::from_token_lit(lit, lit_span).ok()?), lit_span)
        }
        _ => (MetaItemKind::Word, span),
    };
    Some(MetaItem { unsafety: Safety::Default, path: Path { segments, span }, kind, span: span.to(hi) })
}
