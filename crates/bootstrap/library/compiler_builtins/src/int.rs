//! Multiplication, division and shifts of 128-bit integers, in halves of 64 bits, so that none of
//! them needs itself.

#[inline(always)]
fn low(x: u128) -> u64 {
    x as u64
}

#[inline(always)]
fn high(x: u128) -> u64 {
    (x >> 64) as u64
}

#[inline(always)]
fn join(high: u64, low: u64) -> u128 {
    (high as u128) << 64 | low as u128
}

/// The high and the low half of a product.
#[inline]
fn wide_mul(a: u64, b: u64) -> (u64, u64) {
    let (a1, a0) = (a >> 32, a & 0xffff_ffff);
    let (b1, b0) = (b >> 32, b & 0xffff_ffff);
    let p00 = a0 * b0;
    let p01 = a0 * b1;
    let p10 = a1 * b0;
    let middle = (p00 >> 32) + (p01 & 0xffff_ffff) + (p10 & 0xffff_ffff);
    let high = a1 * b1 + (p01 >> 32) + (p10 >> 32) + (middle >> 32);
    (high, middle << 32 | p00 & 0xffff_ffff)
}

#[inline]
fn mul(a: u128, b: u128) -> u128 {
    let (h, l) = wide_mul(low(a), low(b));
    let cross = high(a).wrapping_mul(low(b)).wrapping_add(low(a).wrapping_mul(high(b)));
    join(h.wrapping_add(cross), l)
}

/// Divides `n1:n0` by `d`, where `n1 < d`, so that the quotient has 64 bits. Schoolbook division
/// with digits of 32 bits (Knuth 4.3.1 D).
fn div_wide(n1: u64, n0: u64, d: u64) -> (u64, u64) {
    let s = d.leading_zeros();
    let d = d << s;
    let n32 = if s == 0 { n1 } else { n1 << s | n0 >> (64 - s) };
    let n10 = n0 << s;
    let (d1, d0) = (d >> 32, d & 0xffff_ffff);
    let digit = |n: u64, next: u64| {
        let (mut q, mut r) = (n / d1, n % d1);
        while q >> 32 != 0 || q * d0 > (r << 32 | next) {
            q -= 1;
            r += d1;
            if r >> 32 != 0 {
                break;
            }
        }
        q
    };
    let q1 = digit(n32, n10 >> 32);
    let n21 = (n32 << 32 | n10 >> 32).wrapping_sub(q1.wrapping_mul(d));
    let q0 = digit(n21, n10 & 0xffff_ffff);
    let r = (n21 << 32 | n10 & 0xffff_ffff).wrapping_sub(q0.wrapping_mul(d));
    ((q1 << 32) + q0, r >> s)
}

fn div_rem(n: u128, d: u128) -> (u128, u128) {
    if high(n) == 0 && high(d) == 0 {
        let (n, d) = (low(n), low(d));
        return ((n / d) as u128, (n % d) as u128);
    }
    if n < d {
        return (0, n);
    }
    if high(d) == 0 {
        let d = low(d);
        let (q1, r1) = (high(n) / d, high(n) % d);
        let (q0, r0) = div_wide(r1, low(n), d);
        return (join(q1, q0), r0 as u128);
    }
    // The quotient has 64 bits: divides by the upper 64 bits of `d`, which is at most two too much.
    let s = high(d).leading_zeros();
    let d1 = high(d << s);
    let half = n >> 1;
    let (q, _) = div_wide(high(half), low(half), d1);
    let mut q = (join(0, q) << s) >> 63;
    q = q.saturating_sub(1);
    let mut r = n.wrapping_sub(mul(q, d));
    while r >= d {
        r -= d;
        q += 1;
    }
    (q, r)
}

#[inline]
fn abs(x: i128) -> u128 {
    if x < 0 { (x as u128).wrapping_neg() } else { x as u128 }
}

#[unsafe(no_mangle)]
pub extern "C" fn __udivti3(n: u128, d: u128) -> u128 {
    div_rem(n, d).0
}

#[unsafe(no_mangle)]
pub extern "C" fn __umodti3(n: u128, d: u128) -> u128 {
    div_rem(n, d).1
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn __udivmodti4(n: u128, d: u128, rem: *mut u128) -> u128 {
    let (q, r) = div_rem(n, d);
    if rem as usize != 0 {
        *rem = r;
    }
    q
}

#[unsafe(no_mangle)]
pub extern "C" fn __divti3(n: i128, d: i128) -> i128 {
    let q = div_rem(abs(n), abs(d)).0 as i128;
    if (n < 0) != (d < 0) { q.wrapping_neg() } else { q }
}

#[unsafe(no_mangle)]
pub extern "C" fn __modti3(n: i128, d: i128) -> i128 {
    let r = div_rem(abs(n), abs(d)).1 as i128;
    if n < 0 { r.wrapping_neg() } else { r }
}

#[unsafe(no_mangle)]
pub extern "C" fn __multi3(a: i128, b: i128) -> i128 {
    mul(a as u128, b as u128) as i128
}

fn mul_overflow_unsigned(a: u128, b: u128) -> (u128, bool) {
    let (h, l) = wide_mul(low(a), low(b));
    let (x1, x0) = wide_mul(high(a), low(b));
    let (y1, y0) = wide_mul(low(a), high(b));
    let both = high(a) != 0 && high(b) != 0;
    let (h, o1) = h.overflowing_add(x0);
    let (h, o2) = h.overflowing_add(y0);
    (join(h, l), both | (x1 != 0) | (y1 != 0) | o1 | o2)
}

fn mul_overflow_signed(a: i128, b: i128) -> (i128, bool) {
    let (x, overflow) = mul_overflow_unsigned(abs(a), abs(b));
    if (a < 0) != (b < 0) {
        let r = x.wrapping_neg() as i128;
        (r, overflow | (r > 0))
    } else {
        (x as i128, overflow | ((x as i128) < 0))
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn __muloti4(a: i128, b: i128, overflow: *mut i32) -> i128 {
    let (r, o) = mul_overflow_signed(a, b);
    *overflow = o as i32;
    r
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn __rust_i128_mulo(a: i128, b: i128, overflow: *mut i32) -> i128 {
    let (r, o) = mul_overflow_signed(a, b);
    *overflow = o as i32;
    r
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn __rust_u128_mulo(a: u128, b: u128, overflow: *mut i32) -> u128 {
    let (r, o) = mul_overflow_unsigned(a, b);
    *overflow = o as i32;
    r
}

#[unsafe(no_mangle)]
pub extern "C" fn __ashlti3(x: u128, n: u32) -> u128 {
    let (h, l) = (high(x), low(x));
    match n {
        0 => x,
        1..64 => join(h << n | l >> (64 - n), l << n),
        _ => join(l << (n & 63), 0),
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn __lshrti3(x: u128, n: u32) -> u128 {
    let (h, l) = (high(x), low(x));
    match n {
        0 => x,
        1..64 => join(h >> n, l >> n | h << (64 - n)),
        _ => join(0, h >> (n & 63)),
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn __ashrti3(x: i128, n: u32) -> i128 {
    let (h, l) = (high(x as u128) as i64, low(x as u128));
    match n {
        0 => x,
        1..64 => join((h >> n) as u64, l >> n | (h as u64) << (64 - n)) as i128,
        _ => join((h >> 63) as u64, (h >> (n & 63)) as u64) as i128,
    }
}
