//! [`Span`]: a range of source bytes and the macro expansion it belongs to.

use std::cmp;
use std::fmt;

use crate::hygiene::{ExpnData, ExpnId, ExpnKind, SyntaxContext, Transparency};
use crate::{DesugaringKind, Edition, with_session_globals};

/// A byte offset into the session's [`crate::SourceMap`], where all files lie one behind the other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct BytePos(pub u32);

/// A number of characters (not bytes), for columns.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct CharPos(pub usize);

impl std::ops::Add<BytePos> for BytePos {
    type Output = BytePos;
    fn add(self, rhs: BytePos) -> BytePos {
        BytePos(self.0 + rhs.0)
    }
}

impl std::ops::Sub<BytePos> for BytePos {
    type Output = BytePos;
    fn sub(self, rhs: BytePos) -> BytePos {
        BytePos(self.0 - rhs.0)
    }
}

/// A range `lo..hi` of source bytes with its hygiene context.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    lo: BytePos,
    hi: BytePos,
    ctxt: SyntaxContext,
}

/// The span of what stands nowhere in the source.
pub const DUMMY_SP: Span = Span { lo: BytePos(0), hi: BytePos(0), ctxt: SyntaxContext::root() };

impl Span {
    /// The span from `lo` to `hi` (swapped if out of order).
    #[inline]
    pub fn new(lo: BytePos, hi: BytePos, ctxt: SyntaxContext) -> Span {
        if lo <= hi { Span { lo, hi, ctxt } } else { Span { lo: hi, hi: lo, ctxt } }
    }
    /// A span in no macro expansion.
    #[inline]
    pub fn with_root_ctxt(lo: BytePos, hi: BytePos) -> Span {
        Span::new(lo, hi, SyntaxContext::root())
    }
    /// The first byte.
    #[inline]
    pub fn lo(self) -> BytePos {
        self.lo
    }
    /// The byte after the last.
    #[inline]
    pub fn hi(self) -> BytePos {
        self.hi
    }
    /// The hygiene context.
    #[inline]
    pub fn ctxt(self) -> SyntaxContext {
        self.ctxt
    }
    /// This span starting at `lo`.
    pub fn with_lo(self, lo: BytePos) -> Span {
        Span::new(lo, self.hi, self.ctxt)
    }
    /// This span ending at `hi`.
    pub fn with_hi(self, hi: BytePos) -> Span {
        Span::new(self.lo, hi, self.ctxt)
    }
    /// This span in another hygiene context.
    #[inline]
    pub fn with_ctxt(self, ctxt: SyntaxContext) -> Span {
        Span { ctxt, ..self }
    }
    /// This span with the context of `other`.
    pub fn with_ctxt_of(self, other: Span) -> Span {
        self.with_ctxt(other.ctxt)
    }
    /// Whether this is [`DUMMY_SP`]'s place.
    pub fn is_dummy(self) -> bool {
        self.lo.0 == 0 && self.hi.0 == 0
    }
    /// Whether it covers no byte.
    pub fn is_empty(self) -> bool {
        self.lo == self.hi
    }
    /// The empty span before the first byte.
    pub fn shrink_to_lo(self) -> Span {
        self.with_hi(self.lo)
    }
    /// The empty span after the last byte.
    pub fn shrink_to_hi(self) -> Span {
        self.with_lo(self.hi)
    }
    /// Whether `other` lies within this span.
    pub fn contains(self, other: Span) -> bool {
        self.lo <= other.lo && other.hi <= self.hi
    }
    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.lo < other.hi && other.lo < self.hi
    }
    /// Whether both cover the same bytes, in whatever context.
    pub fn source_equal(self, other: Span) -> bool {
        self.lo == other.lo && self.hi == other.hi
    }
    /// The span from the start of `self` to the end of `end`.
    ///
    /// Where one of the two comes from an expansion and the other does not, the one written in the source is
    /// kept whole, so that errors point at what the user wrote.
    pub fn to(self, end: Span) -> Span {
        match Span::prepare_to_combine(self, end) {
            Ok((a, b, ctxt)) => Span::new(cmp::min(a.lo, b.lo), cmp::max(a.hi, b.hi), ctxt),
            Err(fallback) => fallback,
        }
    }
    /// The span between the end of `self` and the start of `end`.
    pub fn between(self, end: Span) -> Span {
        match Span::prepare_to_combine(self, end) {
            Ok((a, b, ctxt)) => Span::new(a.hi, b.lo, ctxt),
            Err(fallback) => fallback,
        }
    }
    /// The span from the start of `self` up to the start of `end`.
    pub fn until(self, end: Span) -> Span {
        match Span::prepare_to_combine(self, end) {
            Ok((a, b, ctxt)) => Span::new(a.lo, b.lo, ctxt),
            Err(fallback) => fallback,
        }
    }

    /// Remembers that a macro's `$x`, whose span this is in the expansion, became what `self` is the span of.
    pub fn set_metavar(self, metavar: Span) {
        with_session_globals(|g| {
            g.metavar_spans.borrow_mut().entry(self).or_insert(metavar);
        });
    }

    fn prepare_to_combine(a: Span, b: Span) -> Result<(Span, Span, SyntaxContext), Span> {
        if a.ctxt == b.ctxt {
            return Ok((a, b, a.ctxt));
        }
        // `$x + 1`: the place of the `$x` in the macro goes with the rest.
        let (meta_a, meta_b) = with_session_globals(|g| {
            let spans = g.metavar_spans.borrow();
            (spans.get(&a).copied(), spans.get(&b).copied())
        });
        for (a, b) in [(meta_a, Some(b)), (Some(a), meta_b), (meta_a, meta_b)] {
            if let (Some(a), Some(b)) = (a, b)
                && a.ctxt == b.ctxt
            {
                return Ok((a, b, a.ctxt));
            }
        }
        // Contexts differ: find the innermost expansion that contains both and combine there.
        let mut chain = vec![a];
        let mut cur = a;
        while !cur.ctxt.is_root() {
            cur = cur.ctxt.outer_expn_data().call_site;
            chain.push(cur);
        }
        let mut cur = b;
        loop {
            if let Some(&found) = chain.iter().find(|s| s.ctxt == cur.ctxt) {
                return Ok((found, cur, cur.ctxt));
            }
            if cur.ctxt.is_root() {
                return Err(a);
            }
            cur = cur.ctxt.outer_expn_data().call_site;
        }
    }

    /// Whether it comes out of a macro expansion or a desugaring.
    #[inline]
    pub fn from_expansion(self) -> bool {
        !self.ctxt.is_root()
    }
    /// Whether it comes out of a derive.
    pub fn in_derive_expansion(self) -> bool {
        self.from_expansion()
            && matches!(self.ctxt.outer_expn_data().kind, ExpnKind::Macro(crate::MacroKind::Derive, _))
    }
    /// Whether it comes out of a macro defined in another crate (or a derive).
    pub fn in_external_macro(self) -> bool {
        if !self.from_expansion() {
            return false;
        }
        let data = self.ctxt.outer_expn_data();
        match data.kind {
            ExpnKind::Macro(crate::MacroKind::Bang, _) => data.macro_def_id.is_some_and(|d| !d.is_local()),
            ExpnKind::Macro(..) => true,
            _ => data.call_site.in_external_macro(),
        }
    }
    /// The place where the macro (or chain of macros) that produced this span was called by the user.
    pub fn source_callsite(self) -> Span {
        let mut span = self;
        while span.from_expansion() {
            let data = span.ctxt.outer_expn_data();
            if matches!(data.kind, ExpnKind::Root) {
                break;
            }
            span = data.call_site;
        }
        span
    }
    /// Climbs out of expansions while they are nested in the same macro call as `outer`'s context.
    pub fn find_ancestor_in_same_ctxt(self, other: Span) -> Option<Span> {
        let mut span = self;
        while !span.ctxt.eq(&other.ctxt) {
            span = span.parent_callsite()?;
        }
        Some(span)
    }
    /// The nearest call site (or this span) that lies inside `outer`.
    pub fn find_ancestor_inside(self, outer: Span) -> Option<Span> {
        let mut span = self;
        while !outer.contains(span) {
            span = span.parent_callsite()?;
        }
        Some(span)
    }
    /// The call of the expansion this comes from; `None` for what the user wrote.
    pub fn parent_callsite(self) -> Option<Span> {
        self.from_expansion().then(|| self.ctxt.outer_expn_data().call_site)
    }
    /// The expansions this span comes from, innermost first.
    pub fn macro_backtrace(self) -> impl Iterator<Item = ExpnData> {
        let mut span = self;
        std::iter::from_fn(move || {
            if !span.from_expansion() {
                return None;
            }
            let data = span.ctxt.outer_expn_data();
            span = data.call_site;
            Some(data)
        })
    }
    /// The edition in force where the token was written.
    pub fn edition(self) -> Edition {
        self.ctxt.edition()
    }
    /// Whether the edition is 2018 or later.
    pub fn at_least_rust_2018(self) -> bool {
        self.edition().at_least_rust_2018()
    }
    /// Whether the edition is 2021 or later.
    pub fn at_least_rust_2021(self) -> bool {
        self.edition().at_least_rust_2021()
    }
    /// Whether the edition is 2024 or later.
    pub fn at_least_rust_2024(self) -> bool {
        self.edition().at_least_rust_2024()
    }
    /// Whether an unstable library feature may be used here (`allow_internal_unstable` of the macro).
    pub fn allows_unstable(self, feature: crate::Symbol) -> bool {
        self.from_expansion()
            && self.ctxt.outer_expn_data().allow_internal_unstable.is_some_and(|f| f.contains(&feature))
    }
    /// Whether this comes from the given desugaring.
    pub fn is_desugaring(self, kind: DesugaringKind) -> bool {
        self.desugaring_kind() == Some(kind)
    }
    /// The desugaring this comes from.
    pub fn desugaring_kind(self) -> Option<DesugaringKind> {
        match self.from_expansion().then(|| self.ctxt.outer_expn_data().kind)? {
            ExpnKind::Desugaring(kind) => Some(kind),
            _ => None,
        }
    }
    /// This span with the mark of a desugaring, so that diagnostics know it is compiler-made.
    pub fn mark_with_desugaring(self, kind: DesugaringKind) -> Span {
        let expn = ExpnId::fresh(ExpnData {
            kind: ExpnKind::Desugaring(kind),
            call_site: self,
            def_site: crate::DUMMY_SP,
            parent: self.ctxt.outer_expn(),
            edition: self.edition(),
            macro_def_id: None,
            parent_module: None,
            allow_internal_unstable: None,
            allow_internal_unsafe: false,
            local_inner_macros: false,
            collapse_debuginfo: false,
            hide_backtrace: false,
        });
        self.with_ctxt(SyntaxContext::root().apply_mark(expn, Transparency::Transparent))
    }
    /// This span as if written at the definition of macro expansion `expn` (def-site hygiene).
    pub fn with_def_site_ctxt(self, expn: ExpnId) -> Span {
        self.with_ctxt(SyntaxContext::root().apply_mark(expn, Transparency::Opaque))
    }
    /// This span with call-site hygiene of `expn`.
    pub fn with_call_site_ctxt(self, expn: ExpnId) -> Span {
        self.with_ctxt(SyntaxContext::root().apply_mark(expn, Transparency::Transparent))
    }
    /// This span with `macro_rules!` hygiene of `expn`.
    pub fn with_mixed_site_ctxt(self, expn: ExpnId) -> Span {
        self.with_ctxt(SyntaxContext::root().apply_mark(expn, Transparency::SemiOpaque))
    }
    /// This span with one more expansion mark.
    pub fn apply_mark(self, expn: ExpnId, transparency: Transparency) -> Span {
        self.with_ctxt(self.ctxt.apply_mark(expn, transparency))
    }
    /// Hygiene as `macro` 2.0 items see it.
    pub fn normalize_to_macros_2_0(self) -> Span {
        self.with_ctxt(self.ctxt.normalize_to_macros_2_0())
    }
    /// Hygiene as local variables and labels see it.
    pub fn normalize_to_macro_rules(self) -> Span {
        self.with_ctxt(self.ctxt.normalize_to_macro_rules())
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.lo.0, self.hi.0)?;
        if self.from_expansion() { write!(f, "#{}", self.ctxt.as_u32()) } else { Ok(()) }
    }
}

impl Default for Span {
    fn default() -> Self {
        DUMMY_SP
    }
}

impl PartialOrd for Span {
    fn partial_cmp(&self, other: &Self) -> Option<cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Span {
    fn cmp(&self, other: &Self) -> cmp::Ordering {
        (self.lo, self.hi, self.ctxt.as_u32()).cmp(&(other.lo, other.hi, other.ctxt.as_u32()))
    }
}

/// A value and where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, macros::Encodable, macros::Decodable)]
pub struct Spanned<T> {
    pub node: T,
    pub span: Span,
}

/// Puts a value at a place.
pub fn respan<T>(span: Span, node: T) -> Spanned<T> {
    Spanned { node, span }
}
