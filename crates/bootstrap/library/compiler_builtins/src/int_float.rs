//! Conversions between 128-bit integers and floats.

/// The bits of the float nearest to an integer, ties to even.
macro_rules! from_u128 {
    ($name:ident $F:ident $Bits:ident $mantissa:literal $bias:literal) => {
        fn $name(x: u128) -> $F {
            if x == 0 {
                return 0.0;
            }
            let shift = x.leading_zeros();
            // The leading one at the top: the mantissa, and what rounding looks at below it.
            let y = x << shift;
            let mut m = (y >> (128 - $mantissa)) as $Bits;
            let rest = y << $mantissa;
            let half = 1u128 << 127;
            let mut e = ($bias + 127 - shift) as $Bits;
            if rest > half || (rest == half && m & 1 == 1) {
                m += 1;
                if m >> $mantissa != 0 {
                    m >>= 1;
                    e += 1;
                }
            }
            let hidden = 1 << ($mantissa - 1);
            <$F>::from_bits(e << ($mantissa - 1) | m & (hidden - 1))
        }
    };
}
from_u128! { to_f64 f64 u64 53 1023 }
from_u128! { to_f32 f32 u32 24 127 }

#[unsafe(no_mangle)]
pub extern "C" fn __floatuntidf(x: u128) -> f64 {
    to_f64(x)
}

#[unsafe(no_mangle)]
pub extern "C" fn __floatuntisf(x: u128) -> f32 {
    to_f32(x)
}

#[unsafe(no_mangle)]
pub extern "C" fn __floattidf(x: i128) -> f64 {
    let abs = to_f64(if x < 0 { (x as u128).wrapping_neg() } else { x as u128 });
    if x < 0 { -abs } else { abs }
}

#[unsafe(no_mangle)]
pub extern "C" fn __floattisf(x: i128) -> f32 {
    let abs = to_f32(if x < 0 { (x as u128).wrapping_neg() } else { x as u128 });
    if x < 0 { -abs } else { abs }
}

/// The magnitude of a float as an integer, or none if it has more than 128 bits.
fn magnitude(x: f64) -> Option<u128> {
    let bits = x.to_bits();
    let e = ((bits >> 52) & 0x7ff) as i32 - 1075;
    let m = (bits & ((1 << 52) - 1) | 1 << 52) as u128;
    if e < -52 {
        Some(0)
    } else if e < 0 {
        Some(m >> -e)
    } else if e <= 75 {
        Some(m << e)
    } else {
        None
    }
}

fn to_u128(x: f64) -> u128 {
    if !(x > 0.0) {
        return 0;
    }
    match magnitude(x) {
        Some(m) => m,
        None => u128::MAX,
    }
}

fn to_i128(x: f64) -> i128 {
    if x != x {
        return 0;
    }
    let limit = i128::MAX as u128 + (x < 0.0) as u128;
    let m = match magnitude(x) {
        Some(m) if m <= limit => m,
        _ => limit,
    };
    if x < 0.0 { m.wrapping_neg() as i128 } else { m as i128 }
}

#[unsafe(no_mangle)]
pub extern "C" fn __fixunsdfti(x: f64) -> u128 {
    to_u128(x)
}

#[unsafe(no_mangle)]
pub extern "C" fn __fixunssfti(x: f32) -> u128 {
    to_u128(x as f64)
}

#[unsafe(no_mangle)]
pub extern "C" fn __fixdfti(x: f64) -> i128 {
    to_i128(x)
}

#[unsafe(no_mangle)]
pub extern "C" fn __fixsfti(x: f32) -> i128 {
    to_i128(x as f64)
}
