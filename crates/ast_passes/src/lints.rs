//! Lints on syntax: what is written in more characters than needed, or in a way that later editions do not have. They are
//! buffered until levels are known.

mod delims;
mod syntax;

use ast::Crate;
use ast::visit::Visitor;
use diagnostics::{Diag, Level, MultiSpan};
use session::Session;
use session::lint::{BufferedLint, Lint};
use span::Span;

/// Buffers the lints of a crate.
pub fn check_crate(sess: &Session, krate: &Crate) {
    syntax::SyntaxLints::new(sess).visit_crate(krate);
    delims::UnusedDelims::new(sess).visit_crate(krate);
}

/// Buffers a lint; `decorate` completes it.
fn buffer(
    sess: &Session,
    lint: &'static Lint,
    span: impl Into<MultiSpan>,
    msg: impl Into<String>,
    decorate: impl FnOnce(&mut Diag<'_>),
) {
    let span = span.into();
    let place = span.primary_span().unwrap_or(span::DUMMY_SP);
    let mut diag = Diag::new(&sess.dcx, Level::Warning, msg).with_span(span);
    decorate(&mut diag);
    sess.buffer_lint(BufferedLint {
        lint,
        node_id: ast::CRATE_NODE_ID.as_u32(),
        span: place,
        diag: Box::new(diag.into_inner()),
    });
}

/// The first or last byte of a span.
fn end_byte(span: Span, first: bool) -> Span {
    let one = span::BytePos(1);
    if first { span.with_hi(span.lo() + one) } else { span.with_lo(span.hi() - one) }
}
