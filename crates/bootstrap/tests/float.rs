//! Printing and parsing of floats, and their methods.

#![allow(clippy::disallowed_methods, reason = "a tool or test reads files and the clock")]

struct Rng(u64);
impl Rng {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

fn hash(h: &mut u64, s: &str) {
    for b in s.bytes() {
        *h = (*h ^ b as u64).wrapping_mul(0x100000001b3);
    }
}

fn main() {
    let values = [
        0.0, -0.0, 0.1, 0.5, 1.5, 2.5, 3.5, 0.25, 0.75, 1.0, 10.0, 100.0, 1e15, 1e16, 1e17, 1e20, 1e21, 123456789.0,
        0.3, 0.1 + 0.2, 1.0 / 3.0, 2.0 / 3.0, 1e-5, 1e-4, 1e-7, 1e100, 1e300, 1.7976931348623157e308, 2.2250738585072014e-308,
        5e-324, 4.9406564584124654e-324, 9007199254740993.0, 9007199254740992.0, f64::EPSILON, f64::NAN, f64::INFINITY,
        f64::NEG_INFINITY, std::f64::consts::PI, std::f64::consts::E, 999999.9999, 0.999, 9.995, 99.5, 0.045, 1.005,
        1e23, 8.5, 1.2345678901234567e-100, 4.35, 0.000001, 123e-7,
    ];
    for v in values {
        println!("{v} {v:?} {v:e} {v:E}");
        println!("  {v:.0} {v:.1} {v:.2} {v:.3} {v:.10} {v:.0e} {v:.1e} {v:.5e}");
        println!("  {v:+} {v:+.2} [{v:10}] [{v:<10.1}] [{v:^12.3}] [{v:010.2}] [{v:+010.1}] [{v:#?}] {v:.0?} {v:.2?}");
        let f = v as f32;
        println!("  {f} {f:?} {f:e} {f:.3} {f:.20}");
    }
    println!("{:.50} {:.50}", 0.1, 1e-10);
    println!("{:.5} {:.400}", f64::MAX, f64::MIN_POSITIVE);
    println!("{:.1100}", 5e-324);
    println!("{:.30e} {:.20e}", 0.1, f64::MAX);
    for i in -10..=20 {
        let v = 10f64.powi(i) * 1.5;
        println!("{v} {v:?} {}", v as f32);
    }

    // Random floats, as a hash of all texts.
    let mut rng = Rng(0x9e3779b97f4a7c15);
    let mut h = 0xcbf29ce484222325u64;
    let mut h2 = h;
    for i in 0..20000 {
        let bits = rng.next();
        let v = f64::from_bits(bits);
        if v.is_finite() {
            let s = format!("{v:e}");
            hash(&mut h, &s);
            assert_eq!(s.parse::<f64>().unwrap().to_bits(), bits, "{s}");
            let s = format!("{v}");
            assert_eq!(s.parse::<f64>().unwrap().to_bits(), bits, "{s}");
            if i % 16 == 0 {
                hash(&mut h2, &format!("{:.*}", i % 40, v));
            }
            hash(&mut h2, &format!("{:.*e}", i % 40, v));
        }
        let w = f32::from_bits(bits as u32);
        if w.is_finite() {
            let s = format!("{w:e} {w:?}");
            hash(&mut h, &s);
            let s = format!("{w}");
            assert_eq!(s.parse::<f32>().unwrap().to_bits(), bits as u32, "{s}");
            hash(&mut h2, &format!("{:.*}", i % 10, w));
        }
        let small = (bits % 1000000) as f64 / [10.0, 100.0, 1000.0, 3.0, 7.0][i % 5];
        hash(&mut h, &format!("{small} {small:?} {small:.2} {small:.0}"));
    }
    println!("{h:x} {h2:x}");

    let texts = [
        "0", "-0", "+1", "1.", ".5", "1.5", "1e10", "1E-10", "1e+5", "inf", "-inf", "Infinity", "+infinity", "nan", "NaN",
        "-nan", "", ".", "e5", "1e", "1e+", "abc", "1.2.3", " 1", "1 ", "1_0", "0x10", "--1", "+", "-", "1e400", "-1e400",
        "1e-400", "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845817711531764475730270069855571366959622842914819860834936475292719074168444365510704342711559699508093042880",
        "1.7976931348623158e308", "1.7976931348623159e308", "2.2250738585072011e-308", "2.4703282292062327e-324",
        "2.4703282292062328e-324", "9007199254740993", "9007199254740992.999999999999999999999999999999999",
        "9007199254740993.00000000000000000000000000000000000001", "0.1e1", "00001.50000", "1e0000000005", "1e-0000000005",
        "123456789012345678901234567890", "0.000000000000000000000000000000000000000000000001",
        "8.5070591730234615866e37", "1.00000017881393432617187499", "1.00000017881393432617187500", "1.00000017881393432617187501",
        "3.4028235e38", "3.4028236e38", "1.17549435e-38", "1e99999999999999999999", "1e-99999999999999999999", "0e99999999999999999999",
    ];
    for t in texts {
        match (t.parse::<f64>(), t.parse::<f32>()) {
            (Ok(a), Ok(b)) => println!("{t:.40} -> {a:?} {:x} {b:?} {:x}", a.to_bits(), b.to_bits()),
            (Err(a), Err(b)) => println!("{t} -> {a} / {b:?}"),
            other => println!("{t} -> {other:?}"),
        }
    }
    // Random decimal texts.
    let mut h = 0u64;
    for _ in 0..20000 {
        let m = rng.next() >> (rng.next() % 64);
        let e = (rng.next() % 700) as i32 - 350;
        let t = format!("{m}e{e}");
        h = h.rotate_left(7) ^ t.parse::<f64>().unwrap().to_bits();
        h = h.rotate_left(7) ^ t.parse::<f32>().unwrap().to_bits() as u64;
        let t = format!("{}.{}", m % 100000, rng.next());
        h = h.rotate_left(7) ^ t.parse::<f64>().unwrap().to_bits();
        h = h.rotate_left(7) ^ t.parse::<f32>().unwrap().to_bits() as u64;
    }
    println!("{h:x}");

    for v in [0.0, -0.0, 0.5, -0.5, 1.5, 2.5, -2.5, 0.49999999999999994, 4503599627370495.5, 1e300, -3.7, f64::NAN, f64::INFINITY] {
        println!(
            "{v}: {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
            v.floor(), v.ceil(), v.round(), v.trunc(), v.fract(), v.round_ties_even(), v.abs(), v.signum(), v.sqrt()
        );
        let f = v as f32;
        println!("{f}: {:?} {:?} {:?} {:?} {:?} {:?}", f.floor(), f.ceil(), f.round(), f.trunc(), f.round_ties_even(), f.sqrt());
        println!("{} {} {} {} {} {}", v as i32, v as u8, v as i64, v as u64, v as i128, v as u128);
        println!("{:?} {} {} {} {} {}", v.classify(), v.is_nan(), v.is_normal(), v.is_sign_negative(), v.is_subnormal(), v.is_infinite());
        println!("{:?} {:?} {:?} {:?}", v.max(1.0), v.min(1.0), v.clamp(-1.0, 1.0), v.copysign(-1.0));
        println!("{:?} {:?} {:?}", v.rem_euclid(3.0), v.div_euclid(3.0), v % 3.0);
        println!("{:?} {:?}", v.partial_cmp(&1.0), v.total_cmp(&1.0));
        println!("{:?} {:?}", v.next_up(), v.next_down());
        println!("{:?} {:?} {:?}", v.recip(), v.to_degrees(), v.to_radians());
    }
    println!("{:?}", [1.5f32, -2.0].iter().sum::<f32>());
    println!("{:?}", [1.5f64, -2.0].iter().product::<f64>());
    println!("{:?} {:?}", 1.5f64.to_le_bytes(), f32::from_be_bytes([0x40, 0x49, 0x0f, 0xdb]));
    println!("{} {} {} {}", f32::MAX, f32::MIN_POSITIVE, f32::EPSILON, f32::DIGITS);
    println!("{} {}", u64::MAX as f64, i64::MIN as f32);
    println!("{} {} {}", u128::MAX as f64, u128::MAX as f32, i128::MIN as f64);
    println!("{:?} {:?}", 16777217i32 as f32, 0.1f32 as f64);
    println!("{:?} {:?}", f64::from(1.5f32), f64::from(3u8));
    println!("{:?}", 2.0f64.mul_add(3.0, 4.0));
    println!("{:?} {:?}", 1.0f64.midpoint(4.0), 1.5f64.powi(-3));
}
