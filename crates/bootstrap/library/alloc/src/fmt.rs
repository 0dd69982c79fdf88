//! Formatting, and into a `String`.

pub use core::fmt::{
    Alignment, Arguments, Binary, Debug, DebugAsHex, DebugList, DebugMap, DebugSet, DebugStruct,
    DebugTuple, Display, Error, Formatter, FormattingOptions, FromFn, LowerExp, LowerHex, Octal,
    Pointer, Result, Sign, UpperExp, UpperHex, Write, from_fn, write,
};
#[doc(hidden)]
pub use core::fmt::rt;

use crate::string::String;

/// What `format!` calls.
#[must_use]
#[inline]
pub fn format(args: Arguments<'_>) -> String {
    match args.as_str() {
        Some(s) => String::from(s),
        None => format_inner(args),
    }
}

fn format_inner(args: Arguments<'_>) -> String {
    let mut output = String::with_capacity(args.estimated_capacity());
    output.write_fmt(args).expect("a formatting trait implementation returned an error when the underlying stream did not");
    output
}
