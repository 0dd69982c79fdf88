//! From tokens to the syntax tree.
//!
//! Start with [`parse_crate_from_source`] for files, [`Parser`] for all else: a macro's output is parsed by
//! [`nonterminal::parser_for`] and the `parse_*` method for what is expected there, a macro's arguments by
//! [`nonterminal::parse_nonterminal`]. `frame.rs` says how `chumsky` is used, `parser.rs` holds the steps, and each other file
//! the productions that its name says.
//!
//! Errors are emitted to the session. Where parsing goes on behind one, the tree has an `Err` node there.

mod attr;
pub mod diagnostics;
mod expr;
mod expr_bottom;
mod expr_control;
pub mod frame;
mod generics;
pub mod item;
mod item_adt;
mod item_fn;
mod let_check;
pub mod meta;
pub mod nonterminal;
pub mod parser;
pub mod pat;
pub mod path;
pub mod stmt;
pub mod token_type;
mod ty;

use ::diagnostics::ErrorGuaranteed;
use ast::{AttrVec, Crate, Item, ModSpans, P};
use session::Session;
use span::SourceFile;
use thin_vec::ThinVec;

pub use nonterminal::{ParseNtResult, ParsedNt, nonterminal_may_begin, parse_nonterminal, parser_for};
pub use parser::{PResult, Parser};

/// Lexes and parses the root file of a crate.
pub fn parse_crate_from_source(sess: &Session, file: &SourceFile) -> Result<Crate, ErrorGuaranteed> {
    let stream = lexer::lex_file(&sess.dcx, file, sess.edition())?;
    let mut krate = frame::run(sess, &stream, None, |parser| parser.parse_crate_mod())?;
    krate.spans.inner_span = file_span(file);
    Ok(krate)
}

/// Lexes and parses a file that is a module: its inner attributes and items. The error tells that some were not read.
pub fn parse_item_mod(
    sess: &Session,
    file: &SourceFile,
) -> Result<(AttrVec, ThinVec<P<Item>>, ModSpans), ErrorGuaranteed> {
    let stream = lexer::lex_file(&sess.dcx, file, sess.edition())?;
    let (attrs, items, mut spans) =
        frame::run(sess, &stream, None, |parser| parser.parse_mod(token_type::TokenType::Eof))?;
    spans.inner_span = file_span(file);
    Ok((attrs, items, spans))
}

fn file_span(file: &SourceFile) -> span::Span {
    span::Span::with_root_ctxt(file.start_pos, file.end_pos())
}
