//! Paths and lifetimes.

use span::kw;

use super::Printer;
use crate::*;

impl Printer<'_, '_> {
    /// `colons`: with `::` before generic arguments, as in expressions.
    pub(super) fn qpath(&mut self, qpath: &QPath<'_>, colons: bool) {
        match qpath {
            QPath::Resolved(None, path) => self.path(path, colons),
            QPath::Resolved(Some(qself), path) => {
                self.w("<");
                self.ty(qself);
                if let [trait_segments @ .., item] = path.segments {
                    if !trait_segments.is_empty() {
                        self.w(" as ");
                        self.segments(trait_segments, colons);
                    }
                    self.w(">::");
                    self.segment(item, colons);
                } else {
                    self.w(">");
                }
            }
            QPath::TypeRelative(qself, segment) => {
                // Paths need no brackets, nor do the lang items' types.
                if let TyKind::Path(QPath::Resolved(None, path)) = qself.kind {
                    self.path(path, colons);
                } else {
                    self.w("<");
                    self.ty(qself);
                    self.w(">");
                }
                self.w("::");
                self.segment(segment, colons);
            }
            QPath::LangItem(item, _) => self.w(item.name_str()),
        }
    }

    pub(super) fn path<R>(&mut self, path: &Path<'_, R>, colons: bool) {
        self.segments(path.segments, colons);
    }

    fn segments(&mut self, segments: &[PathSegment<'_>], colons: bool) {
        for (i, segment) in segments.iter().enumerate() {
            if i > 0 {
                self.w("::");
            }
            if segment.ident.name != kw::PathRoot {
                self.segment(segment, colons);
            }
        }
    }

    pub(super) fn segment(&mut self, segment: &PathSegment<'_>, colons: bool) {
        self.d(segment.ident);
        if let Some(args) = segment.args {
            self.generic_args(args, colons);
        }
    }

    pub(super) fn generic_args(&mut self, args: &GenericArgs<'_>, colons: bool) {
        match args.parenthesized {
            GenericArgsParentheses::No => {}
            GenericArgsParentheses::ReturnTypeNotation => return self.w("(..)"),
            GenericArgsParentheses::ParenSugar => {
                self.w("(");
                self.comma(args.inputs(), |p, ty| p.ty(ty));
                self.w(")");
                if let Some((_, output)) = args.paren_sugar_inputs_output()
                    && !matches!(output.kind, TyKind::Tup([]))
                {
                    self.w(" -> ");
                    self.ty(output);
                }
                return;
            }
        }
        // Lifetimes are left out where they all were.
        let elide_lifetimes = args.args.iter().all(|arg| match arg {
            GenericArg::Lifetime(lt) => lt.is_elided(),
            _ => true,
        });
        let shown: Vec<_> =
            args.args.iter().filter(|arg| !elide_lifetimes || !matches!(arg, GenericArg::Lifetime(_))).collect();
        if shown.is_empty() && args.constraints.is_empty() {
            return;
        }
        self.w(if colons { "::<" } else { "<" });
        let has_args = !shown.is_empty();
        self.comma(shown, |p, arg| match arg {
            GenericArg::Lifetime(lt) => p.d(lt),
            GenericArg::Type(ty) => p.ty(ty),
            GenericArg::Const(ct) => p.const_arg(ct),
            GenericArg::Infer(_) => p.w("_"),
        });
        if has_args && !args.constraints.is_empty() {
            self.w(", ");
        }
        self.comma(args.constraints, |p, constraint| {
            p.d(constraint.ident);
            p.generic_args(constraint.gen_args, false);
            match constraint.kind {
                AssocItemConstraintKind::Equality { term } => {
                    p.w(" = ");
                    match term {
                        Term::Ty(ty) => p.ty(ty),
                        Term::Const(ct) => p.const_arg(ct),
                    }
                }
                AssocItemConstraintKind::Bound { bounds } => p.bounds(": ", bounds),
            }
        });
        self.w(">");
    }
}
