//! The mathematical functions, to nearly the last place: those which the platform's library
//! rounds in its own way are compared with 13 digits.

fn main() {
    let mut x = 88172645463325252u64;
    let mut rand = move || {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        (x >> 11) as f64 / (1u64 << 53) as f64
    };
    let mut inputs = vec![0.0, -0.0, 1.0, -1.0, 0.5, 2.0, 1e-10, 1e10, 1e22, 1e300, -1e300, f64::INFINITY, f64::NAN, 1e-310, 709.0, 710.0, -745.0, -746.0, 3.0, 1.5707963267948966];
    for i in 0..60 {
        inputs.push((rand() - 0.5) * [1.0, 10.0, 1000.0, 1e8, 1e-5][i % 5]);
    }
    for &a in &inputs {
        println!("{a:?}: {:.11e} {:.11e} {:.11e}", a.sin(), a.cos(), a.tan());
        println!("  {:.12e} {:.12e} {:.12e} {:.12e}", a.exp(), a.exp2(), a.exp_m1(), a.ln());
        println!("  {:.12e} {:.12e} {:.12e}", a.log2(), a.log10(), a.ln_1p());
        println!("  {:.12e} {:.12e} {:.12e}", a.asin(), a.acos(), a.atan());
        println!("  {:.12e} {:.12e} {:.12e}", a.sinh(), a.cosh(), a.tanh());
        println!("  {:.11e} {:.11e} {:.11e}", a.asinh(), a.acosh(), a.atanh());
        println!("  {:?} {:.14e} {:?}", a.sqrt(), a.cbrt(), a.floor());
        let f = a as f32;
        println!("  {:.5e} {:.5e} {:.5e} {:.5e} {:.5e} {:?}", f.sin(), f.cos(), f.exp(), f.ln(), f.tanh(), f.sqrt());
        for &b in &inputs[..24] {
            println!("    {:.12e} {:.12e} {:.12e} {:?}", a.powf(b), a.atan2(b), a.hypot(b), a % b);
            println!("    {:?} {:?}", a.mul_add(b, 1.0), (f % b as f32));
        }
        println!("  {:.12e} {:.12e}", a.powi(7), a.powi(-3));
    }
    for i in 0..200 {
        let big = |r: f64| (r * u64::MAX as f64) as u128 * u64::MAX as u128 + 12345;
        let (p, q) = (big(rand()) >> (i % 100), big(rand()) >> (i * 7 % 127));
        println!("{} {} {} {:?}", p / q.max(1), p % q.max(1), p.wrapping_mul(q), p.overflowing_mul(q));
        let (p, q) = (p as i128, -(q as i128) - 1);
        println!("{} {} {} {:?}", p / q, p % q, p.wrapping_mul(q), q.checked_mul(p));
        println!("{:?} {:?} {} {}", p as f64, q as f32, p << (i % 128), q >> (i % 128));
    }
}
