//! Numbers of any size: operators for values and references, division, parsing, printing, powers, shifts, 128-bit arithmetic.

use std::cmp::Ordering;
use std::fmt;
use std::iter::Product;
use std::ops::{Add, AddAssign, Mul, MulAssign, Rem, Shl, Sub};
use std::str::FromStr;

/// Base 2^32, the least significant digit first, no zeros at the end.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
struct BigUint(Vec<u32>);

impl BigUint {
    fn trim(mut self) -> Self {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        self
    }
    fn is_zero(&self) -> bool {
        self.0.is_empty()
    }
    fn div_rem_small(&self, by: u32) -> (BigUint, u32) {
        let mut rem = 0u64;
        let mut out = vec![0; self.0.len()];
        for (q, d) in out.iter_mut().zip(&self.0).rev() {
            let at = rem << 32 | u64::from(*d);
            *q = (at / u64::from(by)) as u32;
            rem = at % u64::from(by);
        }
        (BigUint(out).trim(), rem as u32)
    }
    fn pow(&self, mut n: u32) -> BigUint {
        let (mut base, mut acc) = (self.clone(), BigUint::from(1u32));
        while n > 0 {
            if n & 1 == 1 {
                acc *= &base;
            }
            base = &base * &base;
            n >>= 1;
        }
        acc
    }
    fn bits(&self) -> usize {
        self.0.last().map_or(0, |d| self.0.len() * 32 - d.leading_zeros() as usize)
    }
}

macro_rules! from_unsigned {
    ($($t:ty)*) => {$(
        impl From<$t> for BigUint {
            fn from(n: $t) -> Self {
                let mut n = n as u128;
                let mut digits = Vec::new();
                while n > 0 {
                    digits.push(n as u32);
                    n >>= 32;
                }
                BigUint(digits)
            }
        }
    )*};
}
from_unsigned!(u8 u32 u64 u128 usize);

impl PartialOrd for BigUint {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for BigUint {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}
impl AddAssign<&BigUint> for BigUint {
    fn add_assign(&mut self, other: &BigUint) {
        let mut carry = false;
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (i, d) in self.0.iter_mut().enumerate() {
            let (sum, c1) = d.overflowing_add(other.0.get(i).copied().unwrap_or(0));
            let (sum, c2) = sum.overflowing_add(carry.into());
            (*d, carry) = (sum, c1 | c2);
        }
        if carry {
            self.0.push(1);
        }
    }
}
impl Add for BigUint {
    type Output = BigUint;
    fn add(mut self, other: BigUint) -> BigUint {
        self += &other;
        self
    }
}
impl Sub for &BigUint {
    type Output = BigUint;
    fn sub(self, other: &BigUint) -> BigUint {
        assert!(self >= other, "subtraction below zero");
        let mut borrow = 0i64;
        let digits = self.0.iter().enumerate().map(|(i, &d)| {
            let diff = i64::from(d) - i64::from(*other.0.get(i).unwrap_or(&0)) + borrow;
            borrow = diff >> 32;
            diff as u32
        });
        BigUint(digits.collect()).trim()
    }
}
impl<'a> Mul<&'a BigUint> for &BigUint {
    type Output = BigUint;
    fn mul(self, other: &'a BigUint) -> BigUint {
        let mut out = vec![0u32; self.0.len() + other.0.len()];
        for (i, &a) in self.0.iter().enumerate() {
            let mut carry = 0u64;
            for (j, &b) in other.0.iter().enumerate() {
                let at = u64::from(a) * u64::from(b) + u64::from(out[i + j]) + carry;
                out[i + j] = at as u32;
                carry = at >> 32;
            }
            out[i + other.0.len()] = carry as u32;
        }
        BigUint(out).trim()
    }
}
impl MulAssign<&BigUint> for BigUint {
    fn mul_assign(&mut self, other: &BigUint) {
        *self = &*self * other;
    }
}
impl Rem<u32> for &BigUint {
    type Output = u32;
    fn rem(self, by: u32) -> u32 {
        self.div_rem_small(by).1
    }
}
impl Shl<u32> for BigUint {
    type Output = BigUint;
    fn shl(self, by: u32) -> BigUint {
        &self * &BigUint::from(2u32).pow(by)
    }
}
impl<'a> Product<&'a BigUint> for BigUint {
    fn product<I: Iterator<Item = &'a BigUint>>(iter: I) -> Self {
        iter.fold(BigUint::from(1u8), |a, b| &a * b)
    }
}
impl fmt::Display for BigUint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        let mut n = self.clone();
        while !n.is_zero() {
            let (q, r) = n.div_rem_small(1_000_000_000);
            parts.push(r);
            n = q;
        }
        let mut text = parts.pop().unwrap_or(0).to_string();
        for p in parts.iter().rev() {
            text.push_str(&format!("{p:09}"));
        }
        f.pad_integral(true, "", &text)
    }
}
impl fmt::LowerHex for BigUint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: String = self.0.iter().rev().enumerate().map(|(i, d)| if i == 0 { format!("{d:x}") } else { format!("{d:08x}") }).collect();
        f.pad_integral(true, "0x", if text.is_empty() { "0" } else { &text })
    }
}
impl FromStr for BigUint {
    type Err = char;
    fn from_str(s: &str) -> Result<Self, char> {
        s.chars().filter(|c| *c != '_').try_fold(BigUint::default(), |n, c| {
            let digit = c.to_digit(10).ok_or(c)?;
            Ok(&n * &BigUint::from(10u8) + BigUint::from(digit))
        })
    }
}

fn main() {
    let factorials: Vec<BigUint> = (1..=30u32)
        .scan(BigUint::from(1u8), |acc, n| {
            *acc *= &BigUint::from(n);
            Some(acc.clone())
        })
        .collect();
    for n in [1, 5, 20, 30] {
        println!("{n}! = {}", factorials[n - 1]);
    }
    let two = BigUint::from(2u8);
    println!("{} {:#x}", two.pow(200), two.pow(100));
    println!("{:>20}|{:<10}|{:+}|{:08}", BigUint::from(12345u32), two, two, two);
    let a: BigUint = "123_456_789_012_345_678_901_234_567_890".parse().unwrap();
    let b = BigUint::from(u128::MAX);
    println!("{} {:?} {}", &b - &a, a.cmp(&b), &a % 97);
    println!("{} {}", (BigUint::from(1u8) << 64) == BigUint::from(u64::MAX) + BigUint::from(1u8), a.bits());
    println!("{:?} {}", "12a".parse::<BigUint>().err(), BigUint::default());
    println!("{}", [3u8, 5, 7].map(BigUint::from).iter().product::<BigUint>());
    let (x, y) = (0xdead_beef_u128 << 64 | 12345, 987_654_321_u128);
    println!("{} {} {} {}", x / y, x % y, x.wrapping_mul(x) >> 17, (x as i128 - i128::MAX) / 3);
    println!("{:?} {:?} {}", x.checked_mul(y), u128::MAX.checked_add(1), x as f64);
    println!("{} {} {}", (1e20f64 as u128), (-1.5e30f64) as i128, i128::MIN);
    println!("{} {} {}", x.leading_zeros(), x.count_ones(), x.rotate_left(70));
    println!("{:?}", "170141183460469231731687303715884105727".parse::<i128>().map(|m| m == i128::MAX));
}
