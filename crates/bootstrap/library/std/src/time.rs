//! Clocks.

pub use core::time::{Duration, TryFromFloatSecsError};

use core::error::Error;
use core::fmt;
use core::ops::{Add, AddAssign, Sub, SubAssign};

use crate::sys;

const NANOS: u32 = 1_000_000_000;

/// Seconds, which may be negative, and nanoseconds.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Timespec {
    secs: i64,
    nanos: u32,
}

impl Timespec {
    fn now(clock: usize) -> Timespec {
        let (secs, nanos) = sys::clock(clock);
        Timespec { secs, nanos: nanos as u32 }
    }

    fn since(self, other: Timespec) -> Result<Duration, Duration> {
        if self < other {
            return match other.since(self) {
                Ok(d) => Err(d),
                Err(d) => Ok(d),
            };
        }
        let mut secs = self.secs.wrapping_sub(other.secs) as u64;
        let mut nanos = self.nanos + NANOS - other.nanos;
        if nanos >= NANOS {
            nanos -= NANOS;
        } else {
            secs -= 1;
        }
        Ok(Duration::new(secs, nanos))
    }

    fn checked_add(self, d: Duration) -> Option<Timespec> {
        let mut secs = self.secs.checked_add_unsigned(d.as_secs())?;
        let mut nanos = self.nanos + d.subsec_nanos();
        if nanos >= NANOS {
            nanos -= NANOS;
            secs = secs.checked_add(1)?;
        }
        Some(Timespec { secs, nanos })
    }

    fn checked_sub(self, d: Duration) -> Option<Timespec> {
        let mut secs = self.secs.checked_sub_unsigned(d.as_secs())?;
        let mut nanos = self.nanos + NANOS - d.subsec_nanos();
        if nanos >= NANOS {
            nanos -= NANOS;
        } else {
            secs = secs.checked_sub(1)?;
        }
        Some(Timespec { secs, nanos })
    }
}

/// A point of a clock that never goes back.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[rustc_diagnostic_item = "Instant"]
pub struct Instant(Timespec);

impl Instant {
    #[must_use]
    pub fn now() -> Instant {
        const CLOCK_MONOTONIC: usize = 1;
        Instant(Timespec::now(CLOCK_MONOTONIC))
    }

    #[must_use]
    pub fn duration_since(&self, earlier: Instant) -> Duration {
        self.checked_duration_since(earlier).unwrap_or_default()
    }

    #[must_use]
    pub fn checked_duration_since(&self, earlier: Instant) -> Option<Duration> {
        self.0.since(earlier.0).ok()
    }

    #[must_use]
    pub fn saturating_duration_since(&self, earlier: Instant) -> Duration {
        self.checked_duration_since(earlier).unwrap_or_default()
    }

    #[must_use]
    pub fn elapsed(&self) -> Duration {
        Instant::now() - *self
    }

    pub fn checked_add(&self, duration: Duration) -> Option<Instant> {
        self.0.checked_add(duration).map(Instant)
    }

    pub fn checked_sub(&self, duration: Duration) -> Option<Instant> {
        self.0.checked_sub(duration).map(Instant)
    }
}

impl Add<Duration> for Instant {
    type Output = Instant;
    fn add(self, other: Duration) -> Instant {
        self.checked_add(other).expect("overflow when adding duration to instant")
    }
}

impl AddAssign<Duration> for Instant {
    fn add_assign(&mut self, other: Duration) {
        *self = *self + other;
    }
}

impl Sub<Duration> for Instant {
    type Output = Instant;
    fn sub(self, other: Duration) -> Instant {
        self.checked_sub(other).expect("overflow when subtracting duration from instant")
    }
}

impl SubAssign<Duration> for Instant {
    fn sub_assign(&mut self, other: Duration) {
        *self = *self - other;
    }
}

impl Sub<Instant> for Instant {
    type Output = Duration;
    fn sub(self, other: Instant) -> Duration {
        self.duration_since(other)
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Instant")
            .field("tv_sec", &self.0.secs)
            .field("tv_nsec", &self.0.nanos)
            .finish()
    }
}

/// A point of the clock on the wall.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SystemTime(Timespec);

/// The other time is later.
#[derive(Clone, Debug)]
pub struct SystemTimeError(Duration);

impl SystemTimeError {
    #[must_use]
    pub fn duration(&self) -> Duration {
        self.0
    }
}

impl fmt::Display for SystemTimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("second time provided was later than self")
    }
}

impl Error for SystemTimeError {}

/// 1970-01-01 00:00:00 UTC
pub const UNIX_EPOCH: SystemTime = SystemTime(Timespec { secs: 0, nanos: 0 });

impl SystemTime {
    pub const UNIX_EPOCH: SystemTime = UNIX_EPOCH;

    #[must_use]
    pub fn now() -> SystemTime {
        const CLOCK_REALTIME: usize = 0;
        SystemTime(Timespec::now(CLOCK_REALTIME))
    }

    pub fn duration_since(&self, earlier: SystemTime) -> Result<Duration, SystemTimeError> {
        self.0.since(earlier.0).map_err(SystemTimeError)
    }

    pub fn elapsed(&self) -> Result<Duration, SystemTimeError> {
        SystemTime::now().duration_since(*self)
    }

    pub fn checked_add(&self, duration: Duration) -> Option<SystemTime> {
        self.0.checked_add(duration).map(SystemTime)
    }

    pub fn checked_sub(&self, duration: Duration) -> Option<SystemTime> {
        self.0.checked_sub(duration).map(SystemTime)
    }
}

impl Add<Duration> for SystemTime {
    type Output = SystemTime;
    fn add(self, dur: Duration) -> SystemTime {
        self.checked_add(dur).expect("overflow when adding duration to instant")
    }
}

impl Sub<Duration> for SystemTime {
    type Output = SystemTime;
    fn sub(self, dur: Duration) -> SystemTime {
        self.checked_sub(dur).expect("overflow when subtracting duration from instant")
    }
}

impl fmt::Debug for SystemTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SystemTime")
            .field("tv_sec", &self.0.secs)
            .field("tv_nsec", &self.0.nanos)
            .finish()
    }
}
