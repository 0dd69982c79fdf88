//! Spans of time.

use crate::fmt::{self, Display};
use crate::iter::Sum;
use crate::num::niche_types::Nanoseconds;
use crate::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Sub, SubAssign};

const NANOS_PER_SEC: u32 = 1_000_000_000;

/// A span of time in seconds and nanoseconds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[rustc_diagnostic_item = "Duration"]
pub struct Duration {
    secs: u64,
    nanos: Nanoseconds,
}

impl Duration {
    pub const SECOND: Duration = Duration::from_secs(1);
    pub const MILLISECOND: Duration = Duration::from_millis(1);
    pub const MICROSECOND: Duration = Duration::from_micros(1);
    pub const NANOSECOND: Duration = Duration::from_nanos(1);
    pub const ZERO: Duration = Duration::from_nanos(0);
    pub const MAX: Duration = Duration::new(u64::MAX, NANOS_PER_SEC - 1);

    #[inline]
    #[must_use]
    pub const fn new(secs: u64, nanos: u32) -> Duration {
        let Some(secs) = secs.checked_add((nanos / NANOS_PER_SEC) as u64) else {
            panic!("overflow in Duration::new");
        };
        let nanos = unsafe { Nanoseconds::new_unchecked(nanos % NANOS_PER_SEC) };
        Duration { secs, nanos }
    }

    #[must_use]
    #[inline]
    #[cfg_attr(rcc, rustc_promotable)]
    pub const fn from_secs(secs: u64) -> Duration {
        Duration::new(secs, 0)
    }

    #[must_use]
    #[inline]
    #[cfg_attr(rcc, rustc_promotable)]
    pub const fn from_millis(millis: u64) -> Duration {
        Duration::new(millis / 1000, (millis % 1000) as u32 * 1_000_000)
    }

    #[must_use]
    #[inline]
    #[cfg_attr(rcc, rustc_promotable)]
    pub const fn from_micros(micros: u64) -> Duration {
        Duration::new(micros / 1_000_000, (micros % 1_000_000) as u32 * 1000)
    }

    #[must_use]
    #[inline]
    #[cfg_attr(rcc, rustc_promotable)]
    pub const fn from_nanos(nanos: u64) -> Duration {
        Duration::new(nanos / NANOS_PER_SEC as u64, (nanos % NANOS_PER_SEC as u64) as u32)
    }

    #[must_use]
    #[inline]
    pub const fn from_mins(mins: u64) -> Duration {
        Duration::new(mins * 60, 0)
    }

    #[must_use]
    #[inline]
    pub const fn from_hours(hours: u64) -> Duration {
        Duration::new(hours * 3600, 0)
    }

    #[must_use]
    #[inline]
    pub const fn is_zero(&self) -> bool {
        self.secs == 0 && self.subsec_nanos() == 0
    }

    #[must_use]
    #[inline]
    pub const fn as_secs(&self) -> u64 {
        self.secs
    }

    #[must_use]
    #[inline]
    pub const fn subsec_millis(&self) -> u32 {
        self.subsec_nanos() / 1_000_000
    }

    #[must_use]
    #[inline]
    pub const fn subsec_micros(&self) -> u32 {
        self.subsec_nanos() / 1000
    }

    #[must_use]
    #[inline]
    pub const fn subsec_nanos(&self) -> u32 {
        self.nanos.as_inner()
    }

    #[must_use]
    #[inline]
    pub const fn as_millis(&self) -> u128 {
        self.secs as u128 * 1000 + self.subsec_millis() as u128
    }

    #[must_use]
    #[inline]
    pub const fn as_micros(&self) -> u128 {
        self.secs as u128 * 1_000_000 + self.subsec_micros() as u128
    }

    #[must_use]
    #[inline]
    pub const fn as_nanos(&self) -> u128 {
        self.secs as u128 * NANOS_PER_SEC as u128 + self.subsec_nanos() as u128
    }

    #[must_use]
    #[inline]
    pub const fn abs_diff(self, other: Duration) -> Duration {
        match self.checked_sub(other) {
            Some(diff) => diff,
            None => match other.checked_sub(self) {
                Some(diff) => diff,
                None => Duration::ZERO,
            },
        }
    }

    #[must_use]
    #[inline]
    pub const fn checked_add(self, rhs: Duration) -> Option<Duration> {
        let Some(mut secs) = self.secs.checked_add(rhs.secs) else { return None };
        let mut nanos = self.subsec_nanos() + rhs.subsec_nanos();
        if nanos >= NANOS_PER_SEC {
            nanos -= NANOS_PER_SEC;
            secs = match secs.checked_add(1) {
                Some(secs) => secs,
                None => return None,
            };
        }
        Some(Duration::new(secs, nanos))
    }

    #[must_use]
    #[inline]
    pub const fn saturating_add(self, rhs: Duration) -> Duration {
        match self.checked_add(rhs) {
            Some(res) => res,
            None => Duration::MAX,
        }
    }

    #[must_use]
    #[inline]
    pub const fn checked_sub(self, rhs: Duration) -> Option<Duration> {
        let Some(mut secs) = self.secs.checked_sub(rhs.secs) else { return None };
        let mut nanos = self.subsec_nanos();
        if nanos < rhs.subsec_nanos() {
            nanos += NANOS_PER_SEC;
            secs = match secs.checked_sub(1) {
                Some(secs) => secs,
                None => return None,
            };
        }
        Some(Duration::new(secs, nanos - rhs.subsec_nanos()))
    }

    #[must_use]
    #[inline]
    pub const fn saturating_sub(self, rhs: Duration) -> Duration {
        match self.checked_sub(rhs) {
            Some(res) => res,
            None => Duration::ZERO,
        }
    }

    #[must_use]
    #[inline]
    pub const fn checked_mul(self, rhs: u32) -> Option<Duration> {
        let nanos = self.subsec_nanos() as u64 * rhs as u64;
        let Some(secs) = self.secs.checked_mul(rhs as u64) else { return None };
        match secs.checked_add(nanos / NANOS_PER_SEC as u64) {
            Some(secs) => Some(Duration::new(secs, (nanos % NANOS_PER_SEC as u64) as u32)),
            None => None,
        }
    }

    #[must_use]
    #[inline]
    pub const fn saturating_mul(self, rhs: u32) -> Duration {
        match self.checked_mul(rhs) {
            Some(res) => res,
            None => Duration::MAX,
        }
    }

    #[must_use]
    #[inline]
    pub const fn checked_div(self, rhs: u32) -> Option<Duration> {
        if rhs == 0 {
            return None;
        }
        let rest = self.secs % rhs as u64 * NANOS_PER_SEC as u64 + self.subsec_nanos() as u64;
        Some(Duration::new(self.secs / rhs as u64, (rest / rhs as u64) as u32))
    }

    #[must_use]
    #[inline]
    pub const fn as_secs_f64(&self) -> f64 {
        self.secs as f64 + self.subsec_nanos() as f64 / NANOS_PER_SEC as f64
    }

    #[must_use]
    #[inline]
    pub const fn as_secs_f32(&self) -> f32 {
        self.secs as f32 + self.subsec_nanos() as f32 / NANOS_PER_SEC as f32
    }

    #[must_use]
    #[inline]
    pub const fn as_millis_f64(&self) -> f64 {
        self.secs as f64 * 1e3 + self.subsec_nanos() as f64 / 1e6
    }

    #[must_use]
    #[inline]
    pub fn from_secs_f64(secs: f64) -> Duration {
        match Duration::try_from_secs_f64(secs) {
            Ok(v) => v,
            Err(e) => panic!("{e}"),
        }
    }

    #[must_use]
    #[inline]
    pub fn from_secs_f32(secs: f32) -> Duration {
        Duration::from_secs_f64(secs as f64)
    }

    pub fn try_from_secs_f64(secs: f64) -> Result<Duration, TryFromFloatSecsError> {
        if secs < 0.0 {
            return Err(TryFromFloatSecsError { negative: true });
        }
        // Also false for NaN.
        if !(secs < 18446744073709551616.0) {
            return Err(TryFromFloatSecsError { negative: false });
        }
        let whole = secs as u64;
        // The fraction is exact, and so is rounding its product half to even.
        let scaled = (secs - whole as f64) * 1e9;
        let mut nanos = scaled as u32;
        let rest = scaled - nanos as f64;
        if rest > 0.5 || (rest == 0.5 && nanos % 2 == 1) {
            nanos += 1;
        }
        Ok(Duration::new(whole, nanos))
    }

    pub fn try_from_secs_f32(secs: f32) -> Result<Duration, TryFromFloatSecsError> {
        Duration::try_from_secs_f64(secs as f64)
    }

    #[must_use]
    #[inline]
    pub fn mul_f64(self, rhs: f64) -> Duration {
        Duration::from_secs_f64(rhs * self.as_secs_f64())
    }

    #[must_use]
    #[inline]
    pub fn mul_f32(self, rhs: f32) -> Duration {
        Duration::from_secs_f32(rhs * self.as_secs_f32())
    }

    #[must_use]
    #[inline]
    pub fn div_f64(self, rhs: f64) -> Duration {
        Duration::from_secs_f64(self.as_secs_f64() / rhs)
    }

    #[must_use]
    #[inline]
    pub const fn div_duration_f64(self, rhs: Duration) -> f64 {
        self.as_nanos() as f64 / rhs.as_nanos() as f64
    }
}

impl Add for Duration {
    type Output = Duration;
    #[inline]
    fn add(self, rhs: Duration) -> Duration {
        self.checked_add(rhs).expect("overflow when adding durations")
    }
}

impl AddAssign for Duration {
    #[inline]
    fn add_assign(&mut self, rhs: Duration) {
        *self = *self + rhs;
    }
}

impl Sub for Duration {
    type Output = Duration;
    #[inline]
    fn sub(self, rhs: Duration) -> Duration {
        self.checked_sub(rhs).expect("overflow when subtracting durations")
    }
}

impl SubAssign for Duration {
    #[inline]
    fn sub_assign(&mut self, rhs: Duration) {
        *self = *self - rhs;
    }
}

impl Mul<u32> for Duration {
    type Output = Duration;
    #[inline]
    fn mul(self, rhs: u32) -> Duration {
        self.checked_mul(rhs).expect("overflow when multiplying duration by scalar")
    }
}

impl Mul<Duration> for u32 {
    type Output = Duration;
    #[inline]
    fn mul(self, rhs: Duration) -> Duration {
        rhs * self
    }
}

impl MulAssign<u32> for Duration {
    #[inline]
    fn mul_assign(&mut self, rhs: u32) {
        *self = *self * rhs;
    }
}

impl Div<u32> for Duration {
    type Output = Duration;
    #[inline]
    #[track_caller]
    fn div(self, rhs: u32) -> Duration {
        self.checked_div(rhs).expect("divide by zero error when dividing duration by scalar")
    }
}

impl DivAssign<u32> for Duration {
    #[inline]
    fn div_assign(&mut self, rhs: u32) {
        *self = *self / rhs;
    }
}

impl Sum for Duration {
    fn sum<I: Iterator<Item = Duration>>(iter: I) -> Duration {
        iter.fold(Duration::ZERO, |a, b| a.checked_add(b).expect("overflow in iter::sum over durations"))
    }
}

impl<'a> Sum<&'a Duration> for Duration {
    fn sum<I: Iterator<Item = &'a Duration>>(iter: I) -> Duration {
        iter.copied().sum()
    }
}

impl fmt::Debug for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prefix = if f.sign_plus() { "+" } else { "" };
        let nanos = self.subsec_nanos();
        if self.secs > 0 {
            fmt_decimal(f, self.secs, nanos, NANOS_PER_SEC / 10, prefix, "s")
        } else if nanos >= 1_000_000 {
            fmt_decimal(f, (nanos / 1_000_000) as u64, nanos % 1_000_000, 100_000, prefix, "ms")
        } else if nanos >= 1000 {
            fmt_decimal(f, (nanos / 1000) as u64, nanos % 1000, 100, prefix, "µs")
        } else {
            fmt_decimal(f, nanos as u64, 0, 1, prefix, "ns")
        }
    }
}

/// `integer + fraction / (10 * divisor)`, trailing zeros left out or cut at the precision.
fn fmt_decimal(
    f: &mut fmt::Formatter<'_>,
    integer: u64,
    mut fraction: u32,
    mut divisor: u32,
    prefix: &str,
    postfix: &str,
) -> fmt::Result {
    let mut buf = [b'0'; 9];
    let mut pos = 0;
    let end = f.precision().map_or(9, |p| if p < 9 { p } else { 9 });
    while fraction > 0 && pos < end {
        buf[pos] = b'0' + (fraction / divisor) as u8;
        fraction %= divisor;
        divisor /= 10;
        pos += 1;
    }
    let mut integer = integer as u128;
    let half = divisor * 5;
    let last_odd = if pos > 0 { buf[pos - 1] % 2 == 1 } else { integer % 2 == 1 };
    if fraction > 0 && (fraction > half || (fraction == half && last_odd)) {
        let mut i = pos;
        loop {
            if i == 0 {
                integer += 1;
                break;
            }
            i -= 1;
            if buf[i] < b'9' {
                buf[i] += 1;
                break;
            }
            buf[i] = b'0';
        }
    }
    let shown = f.precision().map_or(pos, |p| if p < 9 { p } else { 9 });
    let digits = unsafe { crate::str::from_utf8_unchecked(&buf[..shown]) };
    let zeros = f.precision().map_or(0, |p| p - shown);
    let body = fmt::from_fn(|f| {
        write!(f, "{prefix}{integer}")?;
        if shown > 0 {
            write!(f, ".{digits}{:0<zeros$}", "")?;
        }
        f.write_str(postfix)
    });
    let Some(width) = f.width() else { return write!(f, "{body}") };
    let mut length = prefix.len() + postfix.chars().count() + 1;
    let mut rest = integer;
    while rest >= 10 {
        rest /= 10;
        length += 1;
    }
    if shown > 0 {
        length += 1 + shown + zeros;
    }
    let padding = width.saturating_sub(length);
    let before = match f.align() {
        None | Some(fmt::Alignment::Left) => 0,
        Some(fmt::Alignment::Right) => padding,
        Some(fmt::Alignment::Center) => padding / 2,
    };
    use fmt::Write;
    let fill = f.fill();
    for _ in 0..before {
        f.write_char(fill)?;
    }
    write!(f, "{body}")?;
    for _ in before..padding {
        f.write_char(fill)?;
    }
    Ok(())
}

/// The float is no duration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TryFromFloatSecsError {
    negative: bool,
}

impl fmt::Display for TryFromFloatSecsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negative {
            "cannot convert float seconds to Duration: value is negative"
        } else {
            "cannot convert float seconds to Duration: value is either too big or NaN"
        }
        .fmt(f)
    }
}
