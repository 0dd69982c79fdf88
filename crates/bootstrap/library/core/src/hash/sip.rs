//! SipHash (Aumasson and Bernstein 2012) with one round per word and three at the end, and the
//! 2-4 variant. A word of input is mixed into four state words; the length goes into the last.

use super::Hasher;

#[derive(Clone, Copy, Debug, Default)]
struct State {
    v0: u64,
    v1: u64,
    v2: u64,
    v3: u64,
}

impl State {
    fn new(k0: u64, k1: u64) -> State {
        State {
            v0: k0 ^ 0x736f_6d65_7073_6575,
            v1: k1 ^ 0x646f_7261_6e64_6f6d,
            v2: k0 ^ 0x6c79_6765_6e65_7261,
            v3: k1 ^ 0x7465_6462_7974_6573,
        }
    }

    #[inline]
    fn round(&mut self) {
        self.v0 = self.v0.wrapping_add(self.v1);
        self.v2 = self.v2.wrapping_add(self.v3);
        self.v1 = self.v1.rotate_left(13) ^ self.v0;
        self.v3 = self.v3.rotate_left(16) ^ self.v2;
        self.v0 = self.v0.rotate_left(32);
        self.v2 = self.v2.wrapping_add(self.v1);
        self.v0 = self.v0.wrapping_add(self.v3);
        self.v1 = self.v1.rotate_left(17) ^ self.v2;
        self.v3 = self.v3.rotate_left(21) ^ self.v0;
        self.v2 = self.v2.rotate_left(32);
    }
}

/// A SipHash with `C` rounds per word and `D` final rounds.
#[derive(Clone, Debug)]
struct Sip<const C: usize, const D: usize> {
    state: State,
    // Up to seven bytes that do not make a word yet, and their number.
    tail: u64,
    ntail: usize,
    length: usize,
}

impl<const C: usize, const D: usize> Sip<C, D> {
    #[inline]
    fn new(k0: u64, k1: u64) -> Self {
        Sip { state: State::new(k0, k1), tail: 0, ntail: 0, length: 0 }
    }

    #[inline]
    fn word(&mut self, m: u64) {
        self.state.v3 ^= m;
        let mut i = 0;
        while i < C {
            self.state.round();
            i += 1;
        }
        self.state.v0 ^= m;
    }

    /// Takes `size` bytes, 1 to 8, given as a little-endian number.
    #[inline]
    fn short(&mut self, x: u64, size: usize) {
        self.length += size;
        self.tail |= x << (8 * self.ntail);
        let room = 8 - self.ntail;
        if size < room {
            self.ntail += size;
            return;
        }
        self.word(self.tail);
        self.ntail = size - room;
        self.tail = if room < 8 { x >> (8 * room) } else { 0 };
    }

    #[inline]
    fn bytes(&mut self, msg: &[u8]) {
        let mut rest = msg;
        while let Some((chunk, after)) = rest.split_first_chunk::<8>() {
            self.short(u64::from_le_bytes(*chunk), 8);
            rest = after;
        }
        if !rest.is_empty() {
            let mut x = 0;
            let mut i = 0;
            while i < rest.len() {
                x |= (rest[i] as u64) << (8 * i);
                i += 1;
            }
            self.short(x, rest.len());
        }
    }

    #[inline]
    fn finish(&self) -> u64 {
        let mut hasher = Sip::<C, D> { ..*self };
        hasher.word(((self.length as u64 & 0xff) << 56) | self.tail);
        let mut state = hasher.state;
        state.v2 ^= 0xff;
        let mut i = 0;
        while i < D {
            state.round();
            i += 1;
        }
        state.v0 ^ state.v1 ^ state.v2 ^ state.v3
    }
}

/// The hasher of `HashMap`.
#[derive(Clone, Debug)]
#[doc(hidden)]
pub struct SipHasher13 {
    hasher: Sip<1, 3>,
}

/// SipHash 2-4.
#[deprecated(since = "1.13.0", note = "use `std::hash::DefaultHasher` instead")]
#[derive(Clone, Debug)]
pub struct SipHasher {
    hasher: Sip<2, 4>,
}

macro_rules! sip_hasher {
    ($($Hasher:ident)*) => {$(
        #[allow(deprecated)]
        impl $Hasher {
            #[inline]
            #[must_use]
            pub fn new() -> $Hasher {
                $Hasher::new_with_keys(0, 0)
            }

            #[inline]
            #[must_use]
            pub fn new_with_keys(key0: u64, key1: u64) -> $Hasher {
                $Hasher { hasher: Sip::new(key0, key1) }
            }
        }

        #[allow(deprecated)]
        impl Default for $Hasher {
            #[inline]
            fn default() -> $Hasher {
                $Hasher::new()
            }
        }

        #[allow(deprecated)]
        impl Hasher for $Hasher {
            #[inline]
            fn write(&mut self, msg: &[u8]) {
                self.hasher.bytes(msg)
            }
            #[inline]
            fn write_u8(&mut self, i: u8) {
                self.hasher.short(i as u64, 1)
            }
            #[inline]
            fn write_u16(&mut self, i: u16) {
                self.hasher.short(i as u64, 2)
            }
            #[inline]
            fn write_u32(&mut self, i: u32) {
                self.hasher.short(i as u64, 4)
            }
            #[inline]
            fn write_u64(&mut self, i: u64) {
                self.hasher.short(i, 8)
            }
            #[inline]
            fn write_usize(&mut self, i: usize) {
                self.hasher.short(i as u64, 8)
            }
            #[inline]
            fn write_str(&mut self, s: &str) {
                self.hasher.bytes(s.as_bytes());
                self.hasher.short(0xff, 1);
            }
            #[inline]
            fn finish(&self) -> u64 {
                self.hasher.finish()
            }
        }
    )*};
}
sip_hasher! { SipHasher13 SipHasher }
