//! Interned strings: [`Symbol`], [`Ident`] (a symbol at a place), and the pre-interned `kw::*` and `sym::*`.

use std::fmt;
use std::hash::{Hash, Hasher};

use bumpalo::Bump;

use crate::span_data::{DUMMY_SP, Span};
use crate::{Edition, FxIndexSet, with_session_globals};

/// An interned string. Equal strings have equal symbols within a session.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(u32);

macro_rules! symbol_text {
    ($name:ident) => {
        stringify!($name)
    };
    ($name:ident $text:literal) => {
        $text
    };
}

macro_rules! symbols {
    (
        keywords { $($kw:ident: $kwtext:literal,)* }
        symbols { $($name:ident $(: $text:literal)?,)* }
    ) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[repr(u32)]
        enum Kw { $($kw,)* COUNT }
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[repr(u32)]
        enum Sym { $($name,)* COUNT }

        /// Keywords, in the reference's order: strict, reserved, by edition, weak, then special names.
        #[allow(non_upper_case_globals, missing_docs)]
        pub mod kw {
            use super::{Kw, Symbol};
            $(pub const $kw: Symbol = Symbol(Kw::$kw as u32);)*
        }
        /// Names that the compiler knows.
        #[allow(non_upper_case_globals, missing_docs)]
        pub mod sym {
            use super::{Kw, Sym, Symbol};
            $(pub const $name: Symbol = Symbol(Kw::COUNT as u32 + Sym::$name as u32);)*

            /// The symbol of a small number (tuple fields).
            pub fn integer(n: usize) -> Symbol {
                if n < 10 { Symbol(integer_0.0 + n as u32) } else { Symbol::intern(&n.to_string()) }
            }
        }
        pub(super) const KEYWORD_COUNT: u32 = Kw::COUNT as u32;
        const _: u32 = Sym::COUNT as u32;
        pub(super) static PREFILL: &[&str] = &[$($kwtext,)* $(symbol_text!($name $($text)?),)*];
        use super::Symbol;
    };
}

#[path = "symbol/table.rs"]
mod table;
pub use table::{kw, sym};

#[path = "symbol/byte.rs"]
mod byte;
pub(crate) use byte::ByteInterner;
pub use byte::ByteSymbol;

pub(crate) struct Interner {
    strings: FxIndexSet<&'static str>,
    arena: Bump,
}

impl Interner {
    pub(crate) fn prefilled() -> Interner {
        let strings: FxIndexSet<&'static str> = table::PREFILL.iter().copied().collect();
        assert_eq!(strings.len(), table::PREFILL.len(), "a symbol is listed twice");
        Interner { strings, arena: Bump::new() }
    }

    fn intern(&mut self, s: &str) -> Symbol {
        if let Some(i) = self.strings.get_index_of(s) {
            return Symbol(i as u32);
        }
        let stored: &str = self.arena.alloc_str(s);
        // SAFETY: the arena lives as long as the set, and `Symbol::as_str` ties what it gives out to the
        // session globals' scope by contract (see there).
        let stored: &'static str = unsafe { &*std::ptr::from_ref(stored) };
        Symbol(self.strings.insert_full(stored).0 as u32)
    }
}

impl Symbol {
    /// Interns a string.
    pub fn intern(s: &str) -> Symbol {
        with_session_globals(|g| g.symbols.borrow_mut().intern(s))
    }
    /// Its text. Invariant: valid while the session globals live; symbols do not outlive their session.
    pub fn as_str(&self) -> &str {
        with_session_globals(|g| {
            let s: &'static str =
                g.symbols.borrow().strings.get_index(self.0 as usize).expect("a symbol of this session");
            s
        })
    }
    /// Its number.
    pub fn as_u32(self) -> u32 {
        self.0
    }
    /// Whether it is the empty string.
    pub fn is_empty(self) -> bool {
        self == kw::Empty
    }
    /// The empty-string test in the form of an option.
    pub fn to_opt(self) -> Option<Symbol> {
        (!self.is_empty()).then_some(self)
    }
    /// Special names: `""`, `{{root}}`, `$crate`, `_`.
    pub fn is_special(self) -> bool {
        self <= kw::Underscore
    }
    /// Keywords of all editions.
    pub fn is_used_keyword_always(self) -> bool {
        self >= kw::As && self <= kw::While
    }
    /// Keywords reserved for later, in all editions.
    pub fn is_unused_keyword_always(self) -> bool {
        self >= kw::Abstract && self <= kw::Yield
    }
    /// Whether it is reserved in an edition; the edition is asked for only if need be.
    pub fn is_reserved(self, edition: impl FnOnce() -> Edition) -> bool {
        self.is_special()
            || self.is_used_keyword_always()
            || self.is_unused_keyword_always()
            || (self.0 < table::KEYWORD_COUNT && self.is_reserved_by_edition(edition()))
    }
    fn is_reserved_by_edition(self, edition: Edition) -> bool {
        match self {
            kw::Async | kw::Await | kw::Dyn | kw::Try => edition.at_least_rust_2018(),
            kw::Gen => edition.at_least_rust_2024(),
            _ => false,
        }
    }
    /// `self`, `Self`, `super`, `crate`, `{{root}}`, `$crate`.
    pub fn is_path_segment_keyword(self) -> bool {
        matches!(self, kw::Super | kw::SelfLower | kw::SelfUpper | kw::Crate | kw::PathRoot | kw::DollarCrate)
    }
    /// Whether `r#` may stand before it.
    pub fn can_be_raw(self) -> bool {
        self != kw::Empty && self != kw::Underscore && !self.is_path_segment_keyword()
    }
    /// `true` or `false`.
    pub fn is_bool_lit(self) -> bool {
        self == kw::True || self == kw::False
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), f)
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

/// A name at a place. Two identifiers are equal if their names and their contexts are; normalise first
/// where other hygiene is meant.
#[derive(Clone, Copy)]
pub struct Ident {
    pub name: Symbol,
    pub span: Span,
}

impl Ident {
    /// A name at a place.
    pub const fn new(name: Symbol, span: Span) -> Ident {
        Ident { name, span }
    }
    /// A name that stands nowhere.
    pub const fn with_dummy_span(name: Symbol) -> Ident {
        Ident { name, span: DUMMY_SP }
    }
    /// The empty name.
    pub const fn empty() -> Ident {
        Ident::with_dummy_span(kw::Empty)
    }
    /// Interns a string.
    #[allow(clippy::should_implement_trait, reason = "rustc's name; it cannot fail")]
    pub fn from_str(s: &str) -> Ident {
        Ident::with_dummy_span(Symbol::intern(s))
    }
    /// Interns a string at a place.
    pub fn from_str_and_span(s: &str, span: Span) -> Ident {
        Ident::new(Symbol::intern(s), span)
    }
    /// The same name with the position and context of `span`.
    pub fn with_span_pos(self, span: Span) -> Ident {
        Ident::new(self.name, span.with_ctxt(self.span.ctxt()))
    }
    /// Without the `'` of a lifetime.
    pub fn without_first_quote(self) -> Ident {
        Ident::new(Symbol::intern(self.name.as_str().trim_start_matches('\'')), self.span)
    }
    /// For comparing as `macro` 2.0 items.
    pub fn normalize_to_macros_2_0(self) -> Ident {
        Ident::new(self.name, self.span.normalize_to_macros_2_0())
    }
    /// For comparing as local variables and labels.
    pub fn normalize_to_macro_rules(self) -> Ident {
        Ident::new(self.name, self.span.normalize_to_macro_rules())
    }
    /// The text.
    pub fn as_str(&self) -> &str {
        self.name.as_str()
    }
    /// Whether it is reserved in the edition of its place.
    pub fn is_reserved(self) -> bool {
        self.name.is_reserved(|| self.span.edition())
    }
    /// Whether it is a keyword in use in the edition of its place.
    pub fn is_used_keyword(self) -> bool {
        self.name.is_used_keyword_always()
            || (matches!(self.name, kw::Async | kw::Await | kw::Dyn) && self.span.edition().at_least_rust_2018())
    }
    /// Whether it is reserved for later in the edition of its place.
    pub fn is_unused_keyword(self) -> bool {
        self.name.is_unused_keyword_always()
            || (self.name == kw::Try && self.span.edition().at_least_rust_2018())
            || (self.name == kw::Gen && self.span.edition().at_least_rust_2024())
    }
    /// Whether it is a keyword that starts or continues paths.
    pub fn is_path_segment_keyword(self) -> bool {
        self.name.is_path_segment_keyword()
    }
    /// Whether it must have been written `r#..`.
    pub fn is_raw_guess(self) -> bool {
        self.name.can_be_raw() && self.is_reserved()
    }
    /// Numbers as in tuple fields.
    pub fn is_numeric(self) -> bool {
        self.as_str().bytes().all(|b| b.is_ascii_digit())
    }
}

impl PartialEq for Ident {
    fn eq(&self, rhs: &Ident) -> bool {
        self.name == rhs.name && self.span.ctxt() == rhs.span.ctxt()
    }
}
impl Eq for Ident {}

impl Hash for Ident {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
        self.span.ctxt().hash(state);
    }
}

impl fmt::Debug for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}#{}", self.span.ctxt().as_u32())
    }
}

/// Prints with `r#` where the name is a keyword, and `$crate` as the crate it stands for.
impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.name == kw::DollarCrate {
            return write!(f, "{}", self.span.ctxt().dollar_crate_name());
        }
        if self.is_raw_guess() {
            f.write_str("r#")?;
        }
        fmt::Display::fmt(&self.name, f)
    }
}
