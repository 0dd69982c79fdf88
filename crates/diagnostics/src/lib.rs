//! Diagnostics: building ([`Diag`]), collecting ([`DiagCtxt`]) and, in `render`, showing them as rustc does.
//!
//! Invariant: an [`ErrorGuaranteed`] exists only if an error was emitted (or a delayed bug recorded, which
//! becomes an internal error if no error follows). Stages carry it in error values and report nothing that
//! follows from it.

mod builder;
pub mod codes;
mod context;
pub mod render;

pub use builder::{
    Applicability, CodeSuggestion, Diag, DiagInner, IsLint, Level, MultiSpan, Style, Subdiag, Substitution,
    SubstitutionPart, SuggestionStyle,
};
pub use codes::ErrCode;
pub use context::{DiagCtxt, DiagSink, ErrorGuaranteed, listify};

/// An internal break of an invariant at a place: panics with the place and a message.
#[macro_export]
macro_rules! span_bug {
    ($span:expr, $($arg:tt)*) => {
        panic!("{:?}: {}", $span, format_args!($($arg)*))
    };
}

/// An internal break of an invariant: panics with a message.
#[macro_export]
macro_rules! bug {
    ($($arg:tt)*) => {
        panic!("{}", format_args!($($arg)*))
    };
}
