//! Meta items out of attributes: `cfg(..)`, `derive(..)`, `name = "value"`.

use ast::{AttrArgs, AttrItem, AttrKind, Attribute, ExprKind, MetaItem, MetaItemInner, MetaItemKind, MetaItemLit};
use diagnostics::ErrorGuaranteed;
use session::Session;
use span::Span;
use thin_vec::ThinVec;

use crate::nonterminal::parser_for;
use crate::parser::{PResult, Parser};

/// The list in `name(..)`.
pub fn parse_meta_list(sess: &Session, item: &AttrItem) -> Result<ThinVec<MetaItemInner>, ErrorGuaranteed> {
    match &item.args {
        AttrArgs::Delimited(args) => parse_in(sess, args.tokens.clone(), "attribute", Parser::parse_meta_seq_top),
        AttrArgs::Empty | AttrArgs::Eq { .. } => Ok(ThinVec::new()),
    }
}

/// Parses all of a stream by one production; what is left over is an error.
pub fn parse_in<'a, R>(
    sess: &'a Session,
    tokens: ast::tokenstream::TokenStream,
    name: &'static str,
    mut f: impl FnMut(&mut Parser<'a>) -> PResult<'a, R>,
) -> Result<R, ErrorGuaranteed> {
    let mut parser = parser_for(sess, tokens, Some(name));
    let result = match f(&mut parser) {
        Ok(result) => result,
        Err(err) => return Err(parser.report(err)),
    };
    if parser.token.kind != ast::token::TokenKind::Eof {
        let err = parser.expected_error();
        return Err(parser.report(err));
    }
    Ok(result)
}

/// An attribute's item as a meta item; emits an error if it has not that form.
pub fn parse_meta(sess: &Session, attr: &Attribute) -> Result<MetaItem, ErrorGuaranteed> {
    match &attr.kind {
        AttrKind::Normal(normal) => parse_meta_of_item(sess, &normal.item, attr.span),
        AttrKind::DocComment(..) => Err(sess.dcx.span_delayed_bug(attr.span, "a doc comment is no meta item")),
    }
}

/// As [`parse_meta`], of what stands inside `#[..]`.
pub fn parse_meta_of_item(sess: &Session, item: &AttrItem, span: Span) -> Result<MetaItem, ErrorGuaranteed> {
    let kind = match &item.args {
        AttrArgs::Empty => MetaItemKind::Word,
        AttrArgs::Delimited(args) => {
            if args.delim != ast::token::Delimiter::Parenthesis {
                return Err(report_wrong_delim(sess, args));
            }
            MetaItemKind::List(parse_in(sess, args.tokens.clone(), "attribute", Parser::parse_meta_seq_top)?)
        }
        AttrArgs::Eq { expr, .. } => match expr.kind {
            ExprKind::Lit(lit) => {
                let lit = match MetaItemLit::from_token_lit(lit, expr.span) {
                    Ok(lit) => lit,
                    Err(error) => return Err(crate::diagnostics::report_lit_error(sess, error, lit, expr.span)),
                };
                if lit.kind.is_suffixed() {
                    sess.dcx
                        .struct_span_err(expr.span, "suffixed literals are not allowed in attributes")
                        .with_help("instead of using a suffixed literal (`1u8`, `1.0f32`, etc.), use an unsuffixed version (`1`, `1.0`, etc.)")
                        .emit();
                }
                MetaItemKind::NameValue(lit)
            }
            ExprKind::Err(guar) => return Err(guar),
            _ => {
                let err = sess.dcx.struct_span_err(expr.span, "attribute value must be a literal");
                return Err(err.emit());
            }
        },
    };
    Ok(MetaItem { unsafety: item.unsafety, path: item.path.clone(), kind, span })
}

/// `attr[..]`, `attr{..}`
pub fn report_wrong_delim(sess: &Session, args: &ast::DelimArgs) -> ErrorGuaranteed {
    sess.dcx
        .struct_span_err(args.dspan.entire(), "wrong meta list delimiters")
        .with_multipart_suggestion(
            "the delimiters should be `(` and `)`",
            vec![(args.dspan.open, "(".to_string()), (args.dspan.close, ")".to_string())],
            diagnostics::Applicability::MachineApplicable,
        )
        .emit()
}
