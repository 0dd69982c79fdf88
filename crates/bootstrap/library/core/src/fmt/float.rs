//! Formatting of floats: where the point, the zeros and the exponent go.

use super::{Alignment, Formatter, Result, Write};
use crate::fmt::{Debug, Display, LowerExp, UpperExp};
use crate::num::FpCategory;
use crate::num::digits::{self, Decoded, MAX_SHORTEST};
use crate::str;

/// The digits of the longest exact output; all that follow are zeros.
const MAX_DIGITS: usize = 1100;

fn text(digits: &[u8]) -> &str {
    unsafe { str::from_utf8_unchecked(digits) }
}

fn zeros(w: &mut dyn Write, mut n: usize) -> Result {
    const ZEROS: &str = "0000000000000000000000000000000000000000000000000000000000000000";
    while n > ZEROS.len() {
        w.write_str(ZEROS)?;
        n -= ZEROS.len();
    }
    w.write_str(&ZEROS[..n])
}

/// A float's sign and size, and the number to print.
struct Parts {
    negative: bool,
    category: FpCategory,
    decoded: Decoded,
}

/// Writes a number of `length` characters and its sign with padding; zeros go behind the sign.
fn pad_number(
    f: &mut Formatter<'_>,
    negative: bool,
    length: usize,
    write: impl FnOnce(&mut dyn Write) -> Result,
) -> Result {
    let sign = if negative {
        "-"
    } else if f.sign_plus() {
        "+"
    } else {
        ""
    };
    if f.sign_aware_zero_pad() {
        f.write_str(sign)?;
        let width = f.width().unwrap_or(0);
        zeros(f.buf, width.saturating_sub(length + sign.len()))?;
        return write(f.buf);
    }
    f.padded(length + sign.len(), Alignment::Right, |w| {
        w.write_str(sign)?;
        write(w)
    })
}

/// `ddd.ddd` of the digits `0.d * 10^k`, with at least `fraction` digits after the point.
fn pad_decimal(f: &mut Formatter<'_>, negative: bool, d: &[u8], k: i32, fraction: usize) -> Result {
    let n = d.len();
    // Digits before the point, zeros right after it, digits after it.
    let whole = if k <= 0 { 0 } else { k as usize };
    let leading = if k < 0 { -k as usize } else { 0 };
    let leading = if n == 0 { 0 } else { leading };
    let after = leading + n.saturating_sub(whole);
    let after = if after > fraction { after } else { fraction };
    let length = if whole == 0 { 1 } else { whole } + if after > 0 { after + 1 } else { 0 };
    pad_number(f, negative, length, |w| {
        if whole == 0 {
            w.write_str("0")?;
        } else if n <= whole {
            w.write_str(text(d))?;
            zeros(w, whole - n)?;
        } else {
            w.write_str(text(&d[..whole]))?;
        }
        if after == 0 {
            return Ok(());
        }
        w.write_str(".")?;
        zeros(w, leading)?;
        let rest = if n > whole { &d[whole..] } else { &[] };
        w.write_str(text(rest))?;
        zeros(w, after - leading - rest.len())
    })
}

/// `d.ddde±x` with `shown` digits, of which those that are missing are zeros.
pub(super) fn pad_scientific(
    f: &mut Formatter<'_>,
    is_nonnegative: bool,
    d: &str,
    shown: usize,
    exponent: i32,
    e: u8,
) -> Result {
    let mut buf = [0u8; 8];
    let mut at = 8;
    let mut rest = exponent.unsigned_abs();
    loop {
        at -= 1;
        buf[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if exponent < 0 {
        at -= 1;
        buf[at] = b'-';
    }
    at -= 1;
    buf[at] = e;
    let length = shown + (shown > 1) as usize + 8 - at;
    pad_number(f, !is_nonnegative, length, |w| {
        w.write_str(&d[..1])?;
        if shown > 1 {
            w.write_str(".")?;
            w.write_str(&d[1..])?;
            zeros(w, shown - d.len())?;
        }
        w.write_str(text(&buf[at..]))
    })
}

fn special(f: &mut Formatter<'_>, p: &Parts) -> Option<Result> {
    match p.category {
        // A NaN has no sign, not even when one is asked for.
        FpCategory::Nan => {
            let options = f.options;
            f.options.sign(None);
            let result = pad_number(f, false, 3, |w| w.write_str("NaN"));
            f.options = options;
            Some(result)
        }
        FpCategory::Infinite => Some(pad_number(f, p.negative, 3, |w| w.write_str("inf"))),
        _ => None,
    }
}

fn decimal(f: &mut Formatter<'_>, p: &Parts, min_fraction: usize) -> Result {
    if let Some(result) = special(f, p) {
        return result;
    }
    let zero = p.category == FpCategory::Zero;
    match f.precision() {
        Some(precision) if zero => pad_decimal(f, p.negative, &[], 0, precision),
        Some(precision) => {
            let mut buf = [0; MAX_DIGITS];
            let (n, k) = digits::exact(&p.decoded, &mut buf, -(precision as i32));
            pad_decimal(f, p.negative, &buf[..n], k, precision)
        }
        None if zero => pad_decimal(f, p.negative, &[], 0, min_fraction),
        None => {
            let mut buf = [0; MAX_SHORTEST];
            let (n, k) = digits::shortest(&p.decoded, &mut buf);
            pad_decimal(f, p.negative, &buf[..n], k, min_fraction)
        }
    }
}

fn scientific(f: &mut Formatter<'_>, p: &Parts, e: u8) -> Result {
    if let Some(result) = special(f, p) {
        return result;
    }
    let zero = p.category == FpCategory::Zero;
    match f.precision() {
        Some(precision) if zero => pad_scientific(f, !p.negative, "0", precision + 1, 0, e),
        Some(precision) => {
            let mut buf = [0; MAX_DIGITS];
            let (n, k) = digits::exact_count(&p.decoded, &mut buf, precision + 1);
            pad_scientific(f, !p.negative, text(&buf[..n]), precision + 1, k - 1, e)
        }
        None if zero => pad_scientific(f, !p.negative, "0", 1, 0, e),
        None => {
            let mut buf = [0; MAX_SHORTEST];
            let (n, k) = digits::shortest(&p.decoded, &mut buf);
            pad_scientific(f, !p.negative, text(&buf[..n]), n, k - 1, e)
        }
    }
}

macro_rules! floating {
    ($($t:ident)*) => {$(
        impl Debug for $t {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                let abs = self.abs();
                let p = Parts {
                    negative: self.is_sign_negative(),
                    category: self.classify(),
                    decoded: self.decode(),
                };
                let large_or_small = abs >= 1e16 || (abs != 0.0 && abs < 1e-4);
                if f.precision().is_none() && large_or_small {
                    scientific(f, &p, b'e')
                } else {
                    decimal(f, &p, 1)
                }
            }
        }

        impl Display for $t {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                let p = Parts {
                    negative: self.is_sign_negative(),
                    category: self.classify(),
                    decoded: self.decode(),
                };
                decimal(f, &p, 0)
            }
        }

        impl LowerExp for $t {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                let p = Parts {
                    negative: self.is_sign_negative(),
                    category: self.classify(),
                    decoded: self.decode(),
                };
                scientific(f, &p, b'e')
            }
        }

        impl UpperExp for $t {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                let p = Parts {
                    negative: self.is_sign_negative(),
                    category: self.classify(),
                    decoded: self.decode(),
                };
                scientific(f, &p, b'E')
            }
        }
    )*};
}
floating! { f32 f64 }
