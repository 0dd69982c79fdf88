//! How deep a program may nest: what is too deep for the stack is an error with a place.
//!
//! The command has a stack as large as it likes. A browser gives its worker about 1 MB, of which nobody can ask how much is
//! left, so there the limit is low, and what needs more of the stack in the passes to come counts for more. The figures
//! come of `tests/npm/depth.mjs`, which finds how deep each construct may nest before Chromium ends it.

use super::{PResult, Parser};
use diagnostics::Diag;

/// How deep expressions, types, patterns and blocks may nest in each other, in levels.
pub const DEPTH_LIMIT: u32 = if cfg!(target_arch = "wasm32") { 256 } else { 1000 };

/// Levels that something counts for where the stack is small.
const fn where_small(levels: u32) -> u32 {
    if cfg!(target_arch = "wasm32") { levels } else { 0 }
}

/// A closure's body, beyond the level that any expression is.
pub(crate) const CLOSURE: u32 = where_small(2);
/// A `for` loop's body, beyond the two of any block: it becomes a `match` with a `loop` with a `match` in it.
pub(crate) const FOR_LOOP: u32 = where_small(3);
/// A field, call, index or `?` behind an expression, which nests in it.
pub(crate) const POSTFIX: u32 = where_small(2);
/// A binary operator, whose left operand may be as long as it likes.
pub(crate) const OPERATOR: u32 = where_small(1);

impl<'a> Parser<'a> {
    /// Runs `f` one level deeper; too deep is an error that ends parsing.
    #[inline]
    pub(crate) fn deeper<R>(&mut self, f: impl FnOnce(&mut Self) -> PResult<'a, R>) -> PResult<'a, R> {
        self.deeper_by(1, f)
    }

    /// Runs `f` some levels deeper.
    #[inline]
    pub(crate) fn deeper_by<R>(&mut self, levels: u32, f: impl FnOnce(&mut Self) -> PResult<'a, R>) -> PResult<'a, R> {
        if self.depth + levels > DEPTH_LIMIT {
            return Err(self.too_deep());
        }
        self.depth += levels;
        let before = std::mem::replace(&mut self.deepest, self.depth);
        let result = f(self);
        self.deepest = self.deepest.max(before);
        self.depth -= levels;
        result
    }

    /// What was just parsed comes to lie some levels deeper: it is the first operand of what follows.
    #[inline]
    pub(crate) fn sink_operand(&mut self, levels: u32) -> PResult<'a, ()> {
        if levels == 0 {
            return Ok(());
        }
        self.deepest += levels;
        if self.deepest > DEPTH_LIMIT { Err(self.too_deep()) } else { Ok(()) }
    }

    #[cold]
    fn too_deep(&mut self) -> Diag<'a> {
        let err = self
            .dcx()
            .struct_span_err(self.token.span, "recursion limit reached while parsing")
            .with_help(format!("nesting is limited to {DEPTH_LIMIT} levels"));
        self.seek_to_end();
        if !self.recovery {
            // Only an attempt, or a macro's matcher, which reports it.
            return err;
        }
        if self.aborted.is_some() {
            err.cancel();
        } else {
            self.aborted = Some(err.emit());
        }
        self.silent_error()
    }
}
