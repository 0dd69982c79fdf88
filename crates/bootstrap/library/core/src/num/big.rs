//! Natural numbers of a bounded size, for exact conversions between floats and decimals.

use crate::cmp::Ordering;

/// Less than `2^(32 * N)`: little-endian words, of which those from `len` on are zero.
#[derive(Clone)]
pub(crate) struct Big<const N: usize> {
    len: usize,
    words: [u32; N],
}

impl<const N: usize> Big<N> {
    pub(crate) fn new(x: u64) -> Self {
        let mut big = Big { len: 2, words: [0; N] };
        big.words[0] = x as u32;
        big.words[1] = (x >> 32) as u32;
        big.trim();
        big
    }

    fn trim(&mut self) {
        while self.len > 0 && self.words[self.len - 1] == 0 {
            self.len -= 1;
        }
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.len == 0
    }

    pub(crate) fn bit_length(&self) -> usize {
        match self.len {
            0 => 0,
            n => 32 * n - self.words[n - 1].leading_zeros() as usize,
        }
    }

    /// `self = self * factor + carry`
    pub(crate) fn mul_add(&mut self, factor: u32, carry: u32) {
        let mut carry = carry as u64;
        let mut i = 0;
        while i < self.len {
            let x = self.words[i] as u64 * factor as u64 + carry;
            self.words[i] = x as u32;
            carry = x >> 32;
            i += 1;
        }
        if carry != 0 {
            self.words[self.len] = carry as u32;
            self.len += 1;
        }
    }

    pub(crate) fn mul_pow10(&mut self, mut n: usize) {
        while n >= 9 {
            self.mul_add(1_000_000_000, 0);
            n -= 9;
        }
        if n > 0 {
            self.mul_add(10u32.pow(n as u32), 0);
        }
    }

    pub(crate) fn shl(&mut self, bits: usize) {
        let (words, bits) = (bits / 32, bits % 32);
        if self.len == 0 {
            return;
        }
        if words > 0 {
            self.words.copy_within(0..self.len, words);
            self.words[..words].fill(0);
            self.len += words;
        }
        if bits > 0 {
            self.mul_add(1 << bits, 0);
        }
    }

    pub(crate) fn cmp(&self, other: &Self) -> Ordering {
        if self.len != other.len {
            return self.len.cmp(&other.len);
        }
        let mut i = self.len;
        while i > 0 {
            i -= 1;
            if self.words[i] != other.words[i] {
                return self.words[i].cmp(&other.words[i]);
            }
        }
        Ordering::Equal
    }

    pub(crate) fn add(&mut self, other: &Self) {
        let n = if self.len > other.len { self.len } else { other.len };
        let mut carry = 0u64;
        let mut i = 0;
        while i < n {
            let x = self.words[i] as u64 + other.words[i] as u64 + carry;
            self.words[i] = x as u32;
            carry = x >> 32;
            i += 1;
        }
        self.len = n;
        if carry != 0 {
            self.words[n] = carry as u32;
            self.len += 1;
        }
    }

    /// `self -= other`, which must not be larger.
    pub(crate) fn sub(&mut self, other: &Self) {
        let mut borrow = 0i64;
        let mut i = 0;
        while i < self.len {
            let x = self.words[i] as i64 - other.words[i] as i64 + borrow;
            self.words[i] = x as u32;
            borrow = x >> 32;
            i += 1;
        }
        self.trim();
    }
}
