//! Properties and case mappings of characters.

mod tables;

use self::tables::*;

pub const UNICODE_VERSION: (u8, u8, u8) = (17, 0, 0);

/// The code points at which a property begins or ends, in a form that is small.
struct Boundaries {
    /// Every 32nd boundary, and where the differences begin that lead to those after it.
    index: &'static [(u32, u16)],
    /// LEB128.
    deltas: &'static [u8],
}

const INDEX_STEP: usize = 32;

/// Whether the number of boundaries up to `c` is odd.
#[inline(never)]
fn contains(boundaries: &Boundaries, c: char) -> bool {
    let c = c as u32;
    let after = boundaries.index.partition_point(|x| x.0 <= c);
    let Some(&(mut at, start)) = boundaries.index.get(after.wrapping_sub(1)) else { return false };
    let mut deltas = boundaries.deltas[start as usize..].iter();
    // A step's first boundary is even.
    let mut inside = true;
    for _ in 1..INDEX_STEP {
        let (mut delta, mut shift) = (0, 0);
        loop {
            let Some(&b) = deltas.next() else { return inside };
            delta |= ((b & 0x7f) as u32) << shift;
            shift += 7;
            if b & 0x80 == 0 {
                break;
            }
        }
        at += delta;
        if at > c {
            break;
        }
        inside = !inside;
    }
    inside
}

pub(crate) fn is_alphabetic(c: char) -> bool {
    contains(&ALPHABETIC, c)
}

pub(crate) fn is_lowercase(c: char) -> bool {
    contains(&LOWERCASE, c)
}

pub(crate) fn is_uppercase(c: char) -> bool {
    contains(&UPPERCASE, c)
}

pub(crate) fn is_numeric(c: char) -> bool {
    contains(&NUMERIC, c)
}

pub(crate) fn is_printable(c: char) -> bool {
    !contains(&UNPRINTABLE, c)
}

pub(crate) fn is_grapheme_extend(c: char) -> bool {
    contains(&GRAPHEME_EXTEND, c)
}


/// Whether the letter before or after decides about a final sigma.
#[doc(hidden)]
pub fn is_cased(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase() || !matches!(to_lower(c), [x, '\0', '\0'] if x == c)
}

/// Whether a final sigma is decided by looking past the character.
#[doc(hidden)]
pub fn is_case_ignorable(c: char) -> bool {
    matches!(c, '\'' | '.' | ':' | '^' | '`' | '\u{a8}' | '\u{ad}' | '\u{af}' | '\u{b4}' | '\u{b7}' | '\u{b8}' | '\u{2019}')
        || is_grapheme_extend(c)
}

fn map(c: char, runs: &[(u32, u32, u32, i32)], special: &[(u32, [u32; 3])]) -> [char; 3] {
    let x = c as u32;
    if let Ok(i) = special.binary_search_by(|s| s.0.cmp(&x)) {
        return special[i].1.map(|x| unsafe { char::from_u32_unchecked(x) });
    }
    let after = runs.partition_point(|run| run.0 <= x);
    if after > 0 {
        let (first, last, step, delta) = runs[after - 1];
        if x <= last && (x - first) % step == 0 {
            return [unsafe { char::from_u32_unchecked((x as i32 + delta) as u32) }, '\0', '\0'];
        }
    }
    [c, '\0', '\0']
}

pub(crate) fn to_lower(c: char) -> [char; 3] {
    if c.is_ascii() {
        return [c.to_ascii_lowercase(), '\0', '\0'];
    }
    map(c, &TO_LOWER, &TO_LOWER_SPECIAL)
}

pub(crate) fn to_upper(c: char) -> [char; 3] {
    if c.is_ascii() {
        return [c.to_ascii_uppercase(), '\0', '\0'];
    }
    map(c, &TO_UPPER, &TO_UPPER_SPECIAL)
}
