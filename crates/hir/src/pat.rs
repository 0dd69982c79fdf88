//! Patterns.

use macros::{Decodable, Encodable};
use span::{ErrorGuaranteed, Ident, Span};

use crate::{Expr, HirId, Lit, Mutability, Pinnedness, QPath};
pub use ast::{BindingMode, ByRef};

/// A pattern.
#[derive(Clone, Copy, Debug)]
pub struct Pat<'hir> {
    pub hir_id: HirId,
    pub kind: PatKind<'hir>,
    pub span: Span,
    /// False in the left side of a destructuring assignment: references are not looked through.
    pub default_binding_modes: bool,
}

/// `field: pat`
#[derive(Clone, Copy, Debug)]
pub struct PatField<'hir> {
    pub hir_id: HirId,
    pub ident: Ident,
    pub pat: &'hir Pat<'hir>,
    pub is_shorthand: bool,
    pub span: Span,
}

/// Whether a range pattern includes its end.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum RangeEnd {
    Included,
    Excluded,
}

impl std::fmt::Display for RangeEnd {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            RangeEnd::Included => "..=",
            RangeEnd::Excluded => "..",
        })
    }
}

/// The place of `..` among the patterns of a tuple: `Some(n)` before the `n`th.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct DotDotPos(u32);

impl DotDotPos {
    /// `n` must be less than `u32::MAX`.
    pub fn new(n: Option<usize>) -> Self {
        match n {
            Some(n) => Self(u32::try_from(n).unwrap_or(u32::MAX - 1)),
            None => Self(u32::MAX),
        }
    }

    pub fn as_opt_usize(&self) -> Option<usize> {
        (self.0 != u32::MAX).then_some(self.0 as usize)
    }
}

impl std::fmt::Debug for DotDotPos {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.as_opt_usize().fmt(f)
    }
}

/// A constant in a pattern.
#[derive(Clone, Copy, Debug)]
pub struct PatExpr<'hir> {
    pub hir_id: HirId,
    pub span: Span,
    pub kind: PatExprKind<'hir>,
}

/// The kinds of constant in patterns.
#[derive(Clone, Copy, Debug)]
pub enum PatExprKind<'hir> {
    /// `1`, `-1`
    Lit { lit: Lit, negated: bool },
    /// A constant's path.
    Path(QPath<'hir>),
}

/// The kinds of pattern.
#[derive(Clone, Copy, Debug)]
pub enum PatKind<'hir> {
    /// No pattern: an anonymous parameter.
    Missing,
    /// `_`
    Wild,
    /// `ref mut x @ pat`. In an or-pattern, all bindings of a name have the id of the first.
    Binding(BindingMode, HirId, Ident, Option<&'hir Pat<'hir>>),
    /// `S { x: p, .. }`, with the place of `..`.
    Struct(QPath<'hir>, &'hir [PatField<'hir>], Option<Span>),
    /// `S(p, .., q)`
    TupleStruct(QPath<'hir>, &'hir [Pat<'hir>], DotDotPos),
    /// `p | q`, at least two.
    Or(&'hir [Pat<'hir>]),
    /// `!`
    Never,
    /// `(p, .., q)`
    Tuple(&'hir [Pat<'hir>], DotDotPos),
    /// `box p`
    Box(&'hir Pat<'hir>),
    /// `deref!(p)`
    Deref(&'hir Pat<'hir>),
    /// `&mut p`
    Ref(&'hir Pat<'hir>, Pinnedness, Mutability),
    /// A literal or a constant.
    Expr(&'hir PatExpr<'hir>),
    /// `(p if cond)`
    Guard(&'hir Pat<'hir>, &'hir Expr<'hir>),
    /// `1..=2`
    Range(Option<&'hir PatExpr<'hir>>, Option<&'hir PatExpr<'hir>>, RangeEnd),
    /// `[a, b, rest @ .., c]`
    Slice(&'hir [Pat<'hir>], Option<&'hir Pat<'hir>>, &'hir [Pat<'hir>]),
    /// It was reported.
    Err(ErrorGuaranteed),
}

impl<'hir> Pat<'hir> {
    /// Calls `it` on the pattern and, top down, on all in it; nothing is visited below one for which it returns false.
    pub fn walk_(&self, it: &mut impl FnMut(&Pat<'hir>) -> bool) {
        if !it(self) {
            return;
        }
        match self.kind {
            PatKind::Missing
            | PatKind::Wild
            | PatKind::Never
            | PatKind::Expr(_)
            | PatKind::Range(..)
            | PatKind::Binding(.., None)
            | PatKind::Err(_) => {}
            PatKind::Box(s)
            | PatKind::Deref(s)
            | PatKind::Ref(s, _, _)
            | PatKind::Binding(.., Some(s))
            | PatKind::Guard(s, _) => s.walk_(it),
            PatKind::Struct(_, fields, _) => fields.iter().for_each(|field| field.pat.walk_(it)),
            PatKind::TupleStruct(_, s, _) | PatKind::Tuple(s, _) | PatKind::Or(s) => s.iter().for_each(|p| p.walk_(it)),
            PatKind::Slice(before, slice, after) => {
                before.iter().chain(slice).chain(after.iter()).for_each(|p| p.walk_(it))
            }
        }
    }

    /// See [`Self::walk_`].
    pub fn walk(&self, mut it: impl FnMut(&Pat<'hir>) -> bool) {
        self.walk_(&mut it)
    }

    /// Calls `it` on all patterns in it.
    pub fn walk_always(&self, mut it: impl FnMut(&Pat<'hir>)) {
        self.walk(|p| {
            it(p);
            true
        })
    }

    /// As [`Self::walk`], but only into the first alternative of or-patterns.
    pub fn walk_short(&self, mut it: impl FnMut(&Pat<'hir>) -> bool) -> bool {
        self.walk_short_(&mut it)
    }

    fn walk_short_(&self, it: &mut impl FnMut(&Pat<'hir>) -> bool) -> bool {
        if !it(self) {
            return false;
        }
        match self.kind {
            PatKind::Missing
            | PatKind::Wild
            | PatKind::Never
            | PatKind::Expr(_)
            | PatKind::Range(..)
            | PatKind::Binding(.., None)
            | PatKind::Err(_) => true,
            PatKind::Box(s)
            | PatKind::Deref(s)
            | PatKind::Ref(s, _, _)
            | PatKind::Binding(.., Some(s))
            | PatKind::Guard(s, _) => s.walk_short_(it),
            PatKind::Struct(_, fields, _) => fields.iter().all(|field| field.pat.walk_short_(it)),
            PatKind::TupleStruct(_, s, _) | PatKind::Tuple(s, _) => s.iter().all(|p| p.walk_short_(it)),
            PatKind::Or(s) => s[0].walk_short_(it),
            PatKind::Slice(before, slice, after) => {
                before.iter().chain(slice).chain(after.iter()).all(|p| p.walk_short_(it))
            }
        }
    }

    /// Calls `f` on each binding: mode, id, span, name.
    pub fn each_binding(&self, mut f: impl FnMut(BindingMode, HirId, Span, Ident)) {
        self.walk_always(|p| {
            if let PatKind::Binding(binding_mode, _, ident, _) = p.kind {
                f(binding_mode, p.hir_id, p.span, ident);
            }
        });
    }

    /// As [`Self::each_binding`], but each name of an or-pattern once, where it is in the first alternative.
    pub fn each_binding_or_first(&self, f: &mut impl FnMut(BindingMode, HirId, Span, Ident)) {
        self.walk(|p| match p.kind {
            PatKind::Or(ps) => {
                for p in ps.iter().take(1) {
                    p.each_binding_or_first(f);
                }
                false
            }
            PatKind::Binding(bm, _, ident, _) => {
                f(bm, p.hir_id, p.span, ident);
                true
            }
            _ => true,
        })
    }

    /// The name, if the pattern is just one.
    pub fn simple_ident(&self) -> Option<Ident> {
        match self.kind {
            PatKind::Binding(BindingMode(ByRef::No, _), _, ident, None) => Some(ident),
            _ => None,
        }
    }

    /// Each alternative contains `!`.
    pub fn is_never_pattern(&self) -> bool {
        let mut is_never_pattern = false;
        self.walk(|pat| match pat.kind {
            PatKind::Never => {
                is_never_pattern = true;
                false
            }
            PatKind::Or(s) => {
                is_never_pattern = s.iter().all(|p| p.is_never_pattern());
                false
            }
            _ => true,
        });
        is_never_pattern
    }

    /// The strongest explicit `ref` or `ref mut` in it.
    pub fn contains_explicit_ref_binding(&self) -> Option<Mutability> {
        let mut result = None;
        self.each_binding(|annotation, _, _, _| {
            if let BindingMode(ByRef::Yes(_, mutbl), _) = annotation {
                result = match (result, mutbl) {
                    (Some(Mutability::Mut), _) | (_, Mutability::Mut) => Some(Mutability::Mut),
                    _ => Some(mutbl),
                };
            }
        });
        result
    }
}
