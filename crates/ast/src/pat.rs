//! Patterns.

use span::{ErrorGuaranteed, Ident, Span, Spanned};
use thin_vec::ThinVec;

use crate::{AttrVec, Expr, MacCall, MutTy, Mutability, NodeId, P, Path, Pinnedness, QSelf, Ty, TyKind};

/// A pattern.
#[derive(Clone, Debug)]
pub struct Pat {
    pub id: NodeId,
    pub kind: PatKind,
    pub span: Span,
}

impl From<P<Pat>> for Pat {
    fn from(value: P<Pat>) -> Self {
        *value
    }
}

/// `field: pat` or `field` in a struct pattern.
#[derive(Clone, Debug)]
pub struct PatField {
    pub ident: Ident,
    pub pat: P<Pat>,
    pub is_shorthand: bool,
    pub attrs: AttrVec,
    pub id: NodeId,
    pub span: Span,
    pub is_placeholder: bool,
}

/// `ref`, `ref mut`, or neither.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Hash)]
pub enum ByRef {
    Yes(Pinnedness, Mutability),
    No,
}

impl ByRef {
    /// Weakens `ref mut` to `ref` if `mutbl` is `Not`.
    #[must_use]
    pub fn cap_ref_mutability(mut self, mutbl: Mutability) -> Self {
        if let ByRef::Yes(_, old) = &mut self {
            *old = mutbl.min(*old);
        }
        self
    }
}

/// How a name is bound: by reference or value, and whether it can be assigned to.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Hash)]
pub struct BindingMode(pub ByRef, pub Mutability);

impl BindingMode {
    pub const NONE: Self = Self(ByRef::No, Mutability::Not);
    pub const REF: Self = Self(ByRef::Yes(Pinnedness::Not, Mutability::Not), Mutability::Not);
    pub const REF_PIN: Self = Self(ByRef::Yes(Pinnedness::Pinned, Mutability::Not), Mutability::Not);
    pub const MUT: Self = Self(ByRef::No, Mutability::Mut);
    pub const REF_MUT: Self = Self(ByRef::Yes(Pinnedness::Not, Mutability::Mut), Mutability::Not);
    pub const REF_PIN_MUT: Self = Self(ByRef::Yes(Pinnedness::Pinned, Mutability::Mut), Mutability::Not);
    pub const MUT_REF: Self = Self(ByRef::Yes(Pinnedness::Not, Mutability::Not), Mutability::Mut);
    pub const MUT_REF_PIN: Self = Self(ByRef::Yes(Pinnedness::Pinned, Mutability::Not), Mutability::Mut);
    pub const MUT_REF_MUT: Self = Self(ByRef::Yes(Pinnedness::Not, Mutability::Mut), Mutability::Mut);
    pub const MUT_REF_PIN_MUT: Self = Self(ByRef::Yes(Pinnedness::Pinned, Mutability::Mut), Mutability::Mut);

    pub fn prefix_str(self) -> &'static str {
        match self {
            Self::NONE => "",
            Self::REF => "ref ",
            Self::REF_PIN => "ref pin const ",
            Self::MUT => "mut ",
            Self::REF_MUT => "ref mut ",
            Self::REF_PIN_MUT => "ref pin mut ",
            Self::MUT_REF => "mut ref ",
            Self::MUT_REF_PIN => "mut ref pin ",
            Self::MUT_REF_MUT => "mut ref mut ",
            Self::MUT_REF_PIN_MUT => "mut ref pin mut ",
        }
    }
}

/// Whether a range pattern includes its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RangeEnd {
    /// `..=` or `...`
    Included(RangeSyntax),
    /// `..`
    Excluded,
}

/// How an inclusive range pattern is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RangeSyntax {
    /// `...`
    DotDotDot,
    /// `..=`
    DotDotEq,
}

/// The kinds of pattern.
#[derive(Clone, Debug)]
pub enum PatKind {
    /// No pattern: an anonymous parameter.
    Missing,
    /// `_`
    Wild,
    /// `ref mut x @ pat`; a plain name may be a unit struct or a constant, which resolution decides.
    Ident(BindingMode, Ident, Option<P<Pat>>),
    /// `S { x, y: p, .. }`
    Struct(Option<P<QSelf>>, Path, ThinVec<PatField>, PatFieldsRest),
    /// `S(p, q)`
    TupleStruct(Option<P<QSelf>>, Path, ThinVec<P<Pat>>),
    /// `p | q`, at least two.
    Or(ThinVec<P<Pat>>),
    /// `a::B`, `<T>::C`
    Path(Option<P<QSelf>>, Path),
    /// `(p, q)`
    Tuple(ThinVec<P<Pat>>),
    /// `box p`
    Box(P<Pat>),
    /// `deref!(p)`
    Deref(P<Pat>),
    /// `&mut p`
    Ref(P<Pat>, Pinnedness, Mutability),
    /// A literal or a const block.
    Expr(P<Expr>),
    /// `1..=2`
    Range(Option<P<Expr>>, Option<P<Expr>>, Spanned<RangeEnd>),
    /// `[p, q]`
    Slice(ThinVec<P<Pat>>),
    /// `..`
    Rest,
    /// `!`
    Never,
    /// `(p if cond)`
    Guard(P<Pat>, P<Expr>),
    /// `(p)`
    Paren(P<Pat>),
    /// `m!(..)`
    MacCall(P<MacCall>),
    /// A pattern that could not be parsed.
    Err(ErrorGuaranteed),
}

/// Whether a struct pattern ends in `..`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PatFieldsRest {
    Rest(Span),
    /// A syntax error stands there.
    Recovered(ErrorGuaranteed),
    None,
}

impl Pat {
    /// `..`
    pub fn is_rest(&self) -> bool {
        matches!(self.kind, PatKind::Rest)
    }

    /// Calls `it` on the pattern and, top down, on all in it; below a pattern for which it returns false nothing is visited.
    pub fn walk<'ast>(&'ast self, it: &mut impl FnMut(&'ast Pat) -> bool) {
        if !it(self) {
            return;
        }
        match &self.kind {
            PatKind::Ident(_, _, Some(p)) => p.walk(it),
            PatKind::Struct(_, _, fields, _) => fields.iter().for_each(|field| field.pat.walk(it)),
            PatKind::TupleStruct(_, _, s) | PatKind::Tuple(s) | PatKind::Slice(s) | PatKind::Or(s) => {
                s.iter().for_each(|p| p.walk(it))
            }
            PatKind::Box(s) | PatKind::Deref(s) | PatKind::Ref(s, _, _) | PatKind::Paren(s) | PatKind::Guard(s, _) => {
                s.walk(it)
            }
            PatKind::Missing
            | PatKind::Wild
            | PatKind::Rest
            | PatKind::Never
            | PatKind::Expr(_)
            | PatKind::Range(..)
            | PatKind::Ident(..)
            | PatKind::Path(..)
            | PatKind::MacCall(_)
            | PatKind::Err(_) => {}
        }
    }

    /// The pattern read as a type, for suggestions.
    pub fn to_ty(&self) -> Option<P<Ty>> {
        let kind = match &self.kind {
            PatKind::Wild => TyKind::Infer,
            PatKind::Ident(BindingMode::NONE, ident, None) => TyKind::Path(None, Path::from_ident(*ident)),
            PatKind::Path(qself, path) => TyKind::Path(qself.clone(), path.clone()),
            PatKind::MacCall(mac) => TyKind::MacCall(mac.clone()),
            PatKind::Ref(pat, pinned, mutbl) => {
                let inner = MutTy { ty: pat.to_ty()?, mutbl: *mutbl };
                match pinned {
                    Pinnedness::Not => TyKind::Ref(None, inner),
                    Pinnedness::Pinned => TyKind::PinnedRef(None, inner),
                }
            }
            PatKind::Slice(pats) => match pats.as_slice() {
                [pat] => TyKind::Slice(pat.to_ty()?),
                _ => return None,
            },
            PatKind::Tuple(pats) => TyKind::Tup(pats.iter().map(|p| p.to_ty()).collect::<Option<_>>()?),
            _ => return None,
        };
        Some(P(Ty { kind, id: self.id, span: self.span }))
    }

    /// May expand to or contain `!` in each alternative.
    pub fn could_be_never_pattern(&self) -> bool {
        let mut found = false;
        self.walk(&mut |pat| match &pat.kind {
            PatKind::Never | PatKind::MacCall(_) => {
                found = true;
                false
            }
            PatKind::Or(s) => {
                found = s.iter().all(|p| p.could_be_never_pattern());
                false
            }
            _ => true,
        });
        found
    }

    /// Contains `!`.
    pub fn contains_never_pattern(&self) -> bool {
        let mut found = false;
        self.walk(&mut |pat| {
            found |= matches!(pat.kind, PatKind::Never);
            true
        });
        found
    }

    /// A name for messages, if the pattern is simple.
    pub fn descr(&self) -> Option<String> {
        match &self.kind {
            PatKind::Wild => Some("_".to_string()),
            PatKind::Ident(BindingMode::NONE, ident, None) => Some(format!("{ident}")),
            PatKind::Ref(pat, pinned, mutbl) => pat.descr().map(|d| format!("&{}{d}", pinned.prefix_str(*mutbl))),
            _ => None,
        }
    }
}
