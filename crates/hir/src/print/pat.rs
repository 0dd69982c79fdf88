//! Patterns.

use super::Printer;
use crate::*;

impl Printer<'_, '_> {
    pub(super) fn pat(&mut self, pat: &Pat<'_>) {
        let start = self.out.len();
        self.pat_text(pat);
        self.spans.push((start, self.out.len(), pat.span));
    }

    fn pat_text(&mut self, pat: &Pat<'_>) {
        match &pat.kind {
            PatKind::Missing | PatKind::Wild => self.w("_"),
            PatKind::Never => self.w("!"),
            PatKind::Binding(mode, _, ident, sub) => {
                self.w(mode.prefix_str());
                self.d(ident);
                if let Some(sub) = sub {
                    self.w(" @ ");
                    self.pat(sub);
                }
            }
            PatKind::TupleStruct(qpath, pats, ddpos) => {
                self.qpath(qpath, true);
                self.w("(");
                self.pats_with_rest(pats, *ddpos);
                self.w(")");
            }
            PatKind::Struct(qpath, fields, rest) => {
                self.qpath(qpath, true);
                if fields.is_empty() && rest.is_none() {
                    return self.w(" { }");
                }
                self.w(" { ");
                self.comma(*fields, |p, field| {
                    p.inline_attrs(field.hir_id);
                    if !field.is_shorthand {
                        p.d(format_args!("{}: ", field.ident));
                    }
                    p.pat(field.pat);
                });
                if rest.is_some() {
                    self.w(if fields.is_empty() { ".." } else { ", .." });
                }
                self.w(" }");
            }
            PatKind::Or(pats) => {
                for (i, pat) in pats.iter().enumerate() {
                    if i > 0 {
                        self.w(" | ");
                    }
                    self.pat(pat);
                }
            }
            PatKind::Tuple(pats, ddpos) => {
                self.w("(");
                self.pats_with_rest(pats, *ddpos);
                let is_single = pats.len() == 1 && ddpos.as_opt_usize().is_none();
                self.w(if is_single { ",)" } else { ")" });
            }
            PatKind::Box(inner) => {
                self.w("box ");
                self.pat(inner);
            }
            PatKind::Deref(inner) => {
                self.w("deref!(");
                self.pat(inner);
                self.w(")");
            }
            PatKind::Ref(inner, pinned, mutbl) => {
                self.w("&");
                self.w(pinned.prefix_str(*mutbl));
                let is_or = matches!(inner.kind, PatKind::Or(_) | PatKind::Range(..));
                if is_or {
                    self.w("(");
                }
                self.pat(inner);
                if is_or {
                    self.w(")");
                }
            }
            PatKind::Expr(expr) => self.pat_expr(expr),
            PatKind::Guard(inner, cond) => {
                self.pat(inner);
                self.w(" if ");
                self.expr(cond);
            }
            PatKind::Range(lo, hi, end) => {
                if let Some(lo) = lo {
                    self.pat_expr(lo);
                }
                self.d(end);
                if let Some(hi) = hi {
                    self.pat_expr(hi);
                }
            }
            PatKind::Slice(before, slice, after) => {
                self.w("[");
                let parts = before.iter().chain(*slice).chain(after.iter()).enumerate();
                let slice_at = slice.map(|_| before.len());
                self.comma(parts, |p, (i, pat)| {
                    if Some(i) == slice_at {
                        p.rest_pat(pat);
                    } else {
                        p.pat(pat);
                    }
                });
                self.w("]");
            }
            PatKind::Err(_) => self.w("/*ERROR*/"),
        }
    }

    /// `..` or `x @ ..` in a slice.
    fn rest_pat(&mut self, pat: &Pat<'_>) {
        match &pat.kind {
            PatKind::Wild => self.w(".."),
            PatKind::Binding(mode, _, ident, Some(sub)) if matches!(sub.kind, PatKind::Wild) => {
                self.d(format_args!("{}{ident} @ ..", mode.prefix_str()));
            }
            _ => {
                self.pat(pat);
            }
        }
    }

    fn pats_with_rest(&mut self, pats: &[Pat<'_>], ddpos: DotDotPos) {
        let Some(at) = ddpos.as_opt_usize() else {
            return self.comma(pats, |p, pat| p.pat(pat));
        };
        let (before, after) = pats.split_at(at.min(pats.len()));
        for pat in before {
            self.pat(pat);
            self.w(", ");
        }
        self.w("..");
        for pat in after {
            self.w(", ");
            self.pat(pat);
        }
    }

    fn pat_expr(&mut self, expr: &PatExpr<'_>) {
        match &expr.kind {
            PatExprKind::Lit { lit, negated } => {
                if *negated {
                    self.w("-");
                }
                self.lit_kind(&lit.node);
            }
            PatExprKind::Path(qpath) => self.qpath(qpath, true),
        }
    }
}
