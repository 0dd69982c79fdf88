//! Literals.

use ast::{LitKind, token};
use span::{Span, respan};

use crate::{LoweringContext, diagnostics};

impl LoweringContext<'_, '_> {
    /// The value of a literal; one that has none is reported.
    pub(crate) fn lower_lit(&self, lit: token::Lit, span: Span) -> hir::Lit {
        let kind = match LitKind::from_token_lit(lit) {
            Ok(kind) => kind,
            Err(err) => LitKind::Err(diagnostics::lit_error(self.dcx(), err, lit, span)),
        };
        respan(span, kind)
    }
}
