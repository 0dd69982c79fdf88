//! The Mandelbrot set in characters: floating point, closures, operators of one's own.

use std::ops::{Add, Mul};

#[derive(Clone, Copy)]
struct Complex {
    re: f64,
    im: f64,
}

impl Complex {
    fn norm_squared(self) -> f64 {
        self.re * self.re + self.im * self.im
    }
}

impl Add for Complex {
    type Output = Complex;

    fn add(self, other: Complex) -> Complex {
        Complex { re: self.re + other.re, im: self.im + other.im }
    }
}

impl Mul for Complex {
    type Output = Complex;

    fn mul(self, other: Complex) -> Complex {
        Complex {
            re: self.re * other.re - self.im * other.im,
            im: self.re * other.im + self.im * other.re,
        }
    }
}

/// How many steps it takes to leave the circle of radius 2.
fn escape_time(c: Complex, limit: usize) -> usize {
    let mut z = Complex { re: 0.0, im: 0.0 };
    for step in 0..limit {
        if z.norm_squared() > 4.0 {
            return step;
        }
        z = z * z + c;
    }
    limit
}

fn main() {
    let shades: Vec<char> = " .:-=+*#%@".chars().collect();
    let (width, height) = (78, 32);
    for row in 0..height {
        let line: String = (0..width)
            .map(|column| {
                let re = -2.2 + 3.2 * column as f64 / width as f64;
                let im = -1.2 + 2.4 * row as f64 / height as f64;
                let steps = escape_time(Complex { re, im }, 50);
                shades[steps * (shades.len() - 1) / 50]
            })
            .collect();
        println!("{}", line.trim_end());
    }
}
