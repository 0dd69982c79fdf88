//! The mathematical functions.
//!
//! All are computed with pairs of floats (`pair`), which have about 105 bits, and rounded once at
//! the end: the result is nearly always the float nearest to the true value. The `f32` functions
//! round the `f64` result.

mod explog;
mod hyperbolic;
mod inverse;
mod pair;
mod root;
mod rounding;
mod trig;

macro_rules! single {
    ($($name:ident = $f:path;)*) => {$(
        #[unsafe(no_mangle)]
        pub extern "C" fn $name(x: f32) -> f32 {
            $f(x as f64) as f32
        }
    )*};
}
single! {
    sinf = trig::sin;
    cosf = trig::cos;
    tanf = trig::tan;
    asinf = inverse::asin;
    acosf = inverse::acos;
    atanf = inverse::atan;
    sinhf = hyperbolic::sinh;
    coshf = hyperbolic::cosh;
    tanhf = hyperbolic::tanh;
    asinhf = hyperbolic::asinh;
    acoshf = hyperbolic::acosh;
    atanhf = hyperbolic::atanh;
    expf = explog::exp;
    exp2f = explog::exp2;
    exp10f = explog::exp10;
    expm1f = explog::expm1;
    logf = explog::log;
    log2f = explog::log2;
    log10f = explog::log10;
    log1pf = explog::log1p;
    cbrtf = root::cbrt;
    sqrtf = root::sqrt;
    floorf = rounding::floor;
    ceilf = rounding::ceil;
    truncf = rounding::trunc;
    roundf = rounding::round;
    rintf = rounding::rint;
    nearbyintf = rounding::nearbyint;
    roundevenf = rounding::roundeven;
    fabsf = rounding::fabs;
}

macro_rules! single2 {
    ($($name:ident = $f:path;)*) => {$(
        #[unsafe(no_mangle)]
        pub extern "C" fn $name(x: f32, y: f32) -> f32 {
            $f(x as f64, y as f64) as f32
        }
    )*};
}
single2! {
    atan2f = inverse::atan2;
    powf = explog::pow;
    hypotf = root::hypot;
    fmodf = rounding::fmod;
    fminf = rounding::fmin;
    fmaxf = rounding::fmax;
    fdimf = rounding::fdim;
    copysignf = rounding::copysign;
}
