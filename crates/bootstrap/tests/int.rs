//! Integers, chars and their methods.

struct Rng(u64);
impl Rng {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

macro_rules! ints {
    ($($t:ident)*) => {$({
        let mut rng = Rng(88172645463325252);
        let mut values: Vec<$t> = vec![0, 1, 2, 3, 7, 10, $t::MAX, $t::MIN, $t::MAX / 2, $t::MAX - 1];
        for _ in 0..40 {
            let wide = (rng.next() as u128) << 64 | rng.next() as u128;
            values.push((wide >> (rng.next() % 128)) as $t);
        }
        let mut h: Vec<String> = vec![];
        let mut sum = 0u64;
        for &a in &values {
            h.push(format!("{:?} {:?} {:?} {:?}", a.count_ones(), a.leading_zeros(), a.trailing_zeros(), a.leading_ones()));
            h.push(format!("{:?} {:?} {:?} {:?}", a.swap_bytes(), a.reverse_bits(), a.rotate_left(3), a.rotate_right(5)));
            h.push(format!("{:?} {:?} {:?}", a.checked_neg(), a.checked_ilog2(), a.checked_ilog10()));
            h.push(format!("{:?} {:?} {:?}", a.to_be_bytes(), a.to_le_bytes(), a.to_ne_bytes()));
            h.push(format!("{:?} {:?}", a.wrapping_neg(), a.overflowing_neg()));
            for r in [2, 8, 10, 16, 36] {
                h.push(format!("{:?} {:?}", $t::from_str_radix("1z", r).is_err(), $t::from_str_radix("101", r)));
            }
            assert_eq!(a.to_string().parse::<$t>().unwrap(), a);
            assert_eq!($t::from_str_radix(&format!("{}", a), 10).unwrap(), a);
            for s in 0..10u32 {
                h.push(format!("{:?} {:?} {:?} {:?}", a.checked_shl(s * 9), a.checked_shr(s * 9), a.wrapping_shl(s * 9), a.overflowing_shr(s * 9)));
                h.push(format!("{:?} {:?} {:?} {:?}", a.checked_pow(s), a.wrapping_pow(s), a.saturating_pow(s), a.overflowing_pow(s)));
            }
            for &b in &values {
                h.push(format!("{:?} {:?} {:?}", a.checked_add(b), a.checked_sub(b), a.checked_mul(b)));
                h.push(format!("{:?} {:?} {:?} {:?}", a.checked_div(b), a.checked_rem(b), a.checked_div_euclid(b), a.checked_rem_euclid(b)));
                h.push(format!("{:?} {:?} {:?}", a.wrapping_add(b), a.wrapping_sub(b), a.wrapping_mul(b)));
                h.push(format!("{:?} {:?} {:?}", a.overflowing_add(b), a.overflowing_sub(b), a.overflowing_mul(b)));
                h.push(format!("{:?} {:?} {:?}", a.saturating_add(b), a.saturating_sub(b), a.saturating_mul(b)));
                h.push(format!("{:?} {:?} {:?}", a.abs_diff(b), a.cmp(&b), a.midpoint(b)));
                if b != 0 {
                    h.push(format!("{:?} {:?} {:?}", a.wrapping_div(b), a.wrapping_rem(b), a.overflowing_div(b)));
                    h.push(format!("{:?} {:?}", a.wrapping_div_euclid(b), a.wrapping_rem_euclid(b)));
                }
            }
            if h.len() > 1000 {
                for s in h.drain(..) {
                    for c in s.bytes() {
                        sum = (sum ^ c as u64).wrapping_mul(0x100000001b3).rotate_left(5);
                    }
                }
            }
        }
        println!("{} {sum:x} {} {}", stringify!($t), $t::BITS, h[0]);
        for t in ["", "-", "+", "-1", "+1", "12x", " 1", "1 ", "99999999999999999999999999999999999999999999", "-99999999999999999999999999999999999999999999", "0", "-0", "127", "128", "-128", "-129", "255", "256"] {
            match t.parse::<$t>() {
                Ok(v) => print!("{v} "),
                Err(e) => print!("{e} {e:?} {:?} ", e.kind()),
            }
        }
        println!();
    })*};
}

macro_rules! unsigned {
    ($($t:ident)*) => {$({
        for a in [0 as $t, 1, 2, 15, 16, 17, 99, 100, 101, $t::MAX, $t::MAX - 1, $t::MAX / 3] {
            print!("{} {:?} {:?} {} ", a.isqrt(), a.checked_next_power_of_two(), a.checked_next_multiple_of(7), a.is_power_of_two());
            print!("{:?} {:?} {:?} ", a.checked_ilog(3), a.div_ceil(3), a.checked_add_signed(-1));
        }
        println!();
    })*};
}

macro_rules! signed {
    ($($t:ident)*) => {$({
        for a in [0 as $t, 1, -1, 15, -17, 99, -100, $t::MAX, $t::MIN, $t::MAX / 3] {
            print!("{:?} {} {} {} ", a.checked_abs(), a.wrapping_abs(), a.unsigned_abs(), a.signum());
            print!("{:?} {:?} {:?} {} ", a.checked_isqrt(), a.checked_sub_unsigned(1), a.saturating_abs(), a.is_negative());
        }
        println!();
    })*};
}

fn chars() {
    let mut classes = [0u64; 12];
    for c in '\0'..=char::MAX {
        let add = |classes: &mut [u64; 12], i: usize, b: bool| {
            if b {
                classes[i] = classes[i].wrapping_mul(31).wrapping_add(c as u64);
            }
        };
        add(&mut classes, 0, c.is_alphabetic());
        add(&mut classes, 1, c.is_numeric());
        add(&mut classes, 2, c.is_whitespace());
        add(&mut classes, 3, c.is_uppercase());
        add(&mut classes, 4, c.is_lowercase());
        add(&mut classes, 5, c.is_control());
        add(&mut classes, 6, c.is_alphanumeric());
        for u in c.to_uppercase() {
            add(&mut classes, 7, u != c);
            classes[7] = classes[7].wrapping_mul(31).wrapping_add(u as u64);
        }
        for u in c.to_lowercase() {
            classes[8] = classes[8].wrapping_mul(31).wrapping_add(u as u64);
        }
        for e in c.escape_debug() {
            classes[9] = classes[9].wrapping_mul(31).wrapping_add(e as u64);
        }
        let mut buf = [0; 4];
        for &mut b in unsafe { c.encode_utf8(&mut buf).as_bytes_mut() } {
            classes[10] = classes[10].wrapping_mul(31).wrapping_add(b as u64);
        }
        classes[11] += c.len_utf8() as u64 * 3 + c.len_utf16() as u64;
    }
    println!("{classes:x?}");
    for c in ['a', 'Z', '5', 'f', ' ', '\n', '~', '\u{7f}', 'é', '٣'] {
        println!(
            "{c:?} {:?} {:?} {:?} {} {} {} {} {} {}",
            c.to_digit(10), c.to_digit(16), c.to_digit(36), c.is_ascii_alphabetic(), c.is_ascii_punctuation(),
            c.is_ascii_graphic(), c.is_ascii_hexdigit(), c.to_ascii_uppercase(), c.eq_ignore_ascii_case(&'A')
        );
    }
    println!("{:?} {:?} {:?}", char::from_u32(0xd800), char::from_u32(0x41), char::from_digit(35, 36));
    println!("{:?} {:?}", "x".parse::<char>(), "xy".parse::<char>());
    println!("{} {:?}", "".parse::<char>().unwrap_err(), u8::try_from('é'));
    println!("{:?}", u8::try_from('日'));
    println!("{}", u8::try_from(300i32).unwrap_err());
    println!("{:?} {:?}", char::try_from(0x110000u32), 'a' as u32 + 1);
    println!("{:?}", "true".parse::<bool>().and("yes".parse::<bool>()));
    println!("{:?}", char::decode_utf16([0xd83d, 0xde00, 0xd800, 0x41]).collect::<Vec<_>>());
    println!("{}", 'ß'.to_uppercase());
}

fn main() {
    ints!(u8 i8 u16 i16 u32 i32 u64 i64 u128 i128 usize isize);
    unsigned!(u8 u16 u32 u64 u128 usize);
    signed!(i8 i16 i32 i64 i128 isize);
    chars();
    use std::num::*;
    println!("{:?} {:?} {}", NonZeroU32::new(0), NonZeroI8::new(-3), NonZeroU64::new(9).unwrap());
    println!("{:?}", "0".parse::<NonZeroU8>().map_err(|e| e.to_string()));
    println!("{:?} {:?}", Wrapping(250u8) + Wrapping(10), Saturating(250u8) + Saturating(10));
    println!("{} {}", i32::MAX.wrapping_add(1), 5i32.pow(3));
    println!("{:?} {:?}", 7u32.checked_rem(0), (-7i32).rem_euclid(3));
    println!("{}", (1..=20u64).product::<u64>() + [1, 2, 3].iter().sum::<u64>());
    println!("{:?}", u32::from_be_bytes([1, 2, 3, 4]).to_le_bytes());
    println!("{:?} {:?}", u8::try_from(255u32), i8::try_from(128u32).is_err());
    println!("{} {}", 300i32 as u8, -1i32 as u64);
}
