//! `str`: text in UTF-8.

mod converts;
mod iter;
mod lossy;
mod methods;
pub mod pattern;
mod traits;
mod validations;

pub use self::converts::{from_raw_parts, from_utf8, from_utf8_mut, from_utf8_unchecked, from_utf8_unchecked_mut};
pub use self::iter::{
    Bytes, CharIndices, Chars, EncodeUtf16, EscapeDebug, EscapeDefault, EscapeUnicode, Lines,
    MatchIndices, Matches, RMatchIndices, RMatches, RSplit, RSplitN, RSplitTerminator, Split,
    SplitAsciiWhitespace, SplitInclusive, SplitN, SplitTerminator, SplitWhitespace,
};
pub use self::lossy::{Utf8Chunk, Utf8Chunks};
pub use self::traits::{FromStr, ParseBoolError};
pub use self::validations::Utf8Error;

/// Slicing failed: tells why.
#[inline(never)]
#[cold]
#[track_caller]
fn slice_error_fail(s: &str, begin: usize, end: usize) -> ! {
    let shown = &s[..s.floor_char_boundary(256)];
    let ellipsis = if shown.len() < s.len() { "[...]" } else { "" };
    let len = s.len();
    if begin > len {
        panic!("start byte index {begin} is out of bounds of `{shown}`{ellipsis}");
    }
    if end > len {
        panic!("end byte index {end} is out of bounds of `{shown}`{ellipsis}");
    }
    if begin > end {
        panic!("begin > end ({begin} > {end}) when slicing `{shown}`{ellipsis}");
    }
    let (which, index) = if !s.is_char_boundary(begin) { ("start", begin) } else { ("end", end) };
    if s.is_char_boundary(index) {
        panic!("end byte index {end} is out of bounds of `{shown}`{ellipsis}");
    }
    let range = s.floor_char_boundary(index)..s.ceil_char_boundary(index);
    let c = s[range.clone()].chars().next().unwrap();
    panic!(
        "{which} byte index {index} is not a char boundary; it is inside {c:?} (bytes {range:?}) of `{shown}`{ellipsis}"
    )
}
