//! Matrices of const-generic size: arithmetic, products, determinants, inverses over a trait of numbers.

use std::array;
use std::fmt::{self, Display};
use std::ops::{Add, Div, Index, IndexMut, Mul, Neg, Sub};

trait Number:
    Copy + PartialEq + Display + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Neg<Output = Self>
{
    const ZERO: Self;
    const ONE: Self;
    fn is_zero(self) -> bool {
        self == Self::ZERO
    }
}
impl Number for i64 {
    const ZERO: i64 = 0;
    const ONE: i64 = 1;
}
impl Number for f64 {
    const ZERO: f64 = 0.0;
    const ONE: f64 = 1.0;
    fn is_zero(self) -> bool {
        self.abs() < 1e-12
    }
}

#[derive(Clone, Copy, PartialEq, Debug)]
struct Fraction {
    num: i64,
    den: i64,
}
const fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { if a < 0 { -a } else { a } } else { gcd(b, a % b) }
}
impl Fraction {
    const fn new(num: i64, den: i64) -> Self {
        let g = gcd(num, den);
        let s = if den < 0 { -1 } else { 1 };
        Fraction { num: s * num / g, den: s * den / g }
    }
}
impl From<i64> for Fraction {
    fn from(n: i64) -> Self {
        Fraction::new(n, 1)
    }
}
impl Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.den == 1 { f.pad_integral(self.num >= 0, "", &self.num.unsigned_abs().to_string()) } else { f.pad(&format!("{}/{}", self.num, self.den)) }
    }
}
macro_rules! fraction_op {
    ($($trait:ident $method:ident($a:ident, $b:ident) => ($num:expr, $den:expr);)*) => {
        $(impl $trait for Fraction {
            type Output = Fraction;
            fn $method(self, other: Fraction) -> Fraction {
                let ($a, $b) = (self, other);
                Fraction::new($num, $den)
            }
        })*
    };
}
fraction_op! {
    Add add(a, b) => (a.num * b.den + b.num * a.den, a.den * b.den);
    Sub sub(a, b) => (a.num * b.den - b.num * a.den, a.den * b.den);
    Mul mul(a, b) => (a.num * b.num, a.den * b.den);
    Div div(a, b) => (a.num * b.den, a.den * b.num);
}
impl Neg for Fraction {
    type Output = Self;
    fn neg(self) -> Self {
        Fraction::new(-self.num, self.den)
    }
}
impl Number for Fraction {
    const ZERO: Self = Fraction { num: 0, den: 1 };
    const ONE: Self = Fraction { num: 1, den: 1 };
}

#[derive(Clone, Copy, PartialEq, Debug)]
struct Matrix<T, const R: usize, const C: usize>([[T; C]; R]);

impl<T: Number, const R: usize, const C: usize> Matrix<T, R, C> {
    fn from_fn(mut f: impl FnMut(usize, usize) -> T) -> Self {
        Matrix(array::from_fn(|r| array::from_fn(|c| f(r, c))))
    }
    fn transpose(&self) -> Matrix<T, C, R> {
        Matrix::from_fn(|r, c| self[(c, r)])
    }
    fn map<U: Number>(self, mut f: impl FnMut(T) -> U) -> Matrix<U, R, C> {
        Matrix(self.0.map(|row| row.map(&mut f)))
    }
    fn row(&self, r: usize) -> impl Iterator<Item = T> + '_ {
        self.0[r].iter().copied()
    }
}
impl<T: Number, const N: usize> Matrix<T, N, N> {
    fn identity() -> Self {
        Self::from_fn(|r, c| if r == c { T::ONE } else { T::ZERO })
    }
    fn trace(&self) -> T {
        (0..N).map(|i| self[(i, i)]).fold(T::ZERO, |a, b| a + b)
    }
    fn pow(self, n: u32) -> Self {
        match n {
            0 => Self::identity(),
            n if n % 2 == 0 => {
                let half = self.pow(n / 2);
                half * half
            }
            n => self * self.pow(n - 1),
        }
    }
}
impl<T: Number + Div<Output = T>, const N: usize> Matrix<T, N, N> {
    fn inverse(mut self) -> Option<Self> {
        let mut out = Self::identity();
        for col in 0..N {
            let pivot = (col..N).find(|&r| !self[(r, col)].is_zero())?;
            self.0.swap(col, pivot);
            out.0.swap(col, pivot);
            let p = self[(col, col)];
            for c in 0..N {
                self[(col, c)] = self[(col, c)] / p;
                out[(col, c)] = out[(col, c)] / p;
            }
            for r in (0..N).filter(|&r| r != col) {
                let factor = self[(r, col)];
                for c in 0..N {
                    self[(r, c)] = self[(r, c)] - factor * self[(col, c)];
                    out[(r, c)] = out[(r, c)] - factor * out[(col, c)];
                }
            }
        }
        Some(out)
    }
    fn determinant(mut self) -> T {
        let mut det = T::ONE;
        for col in 0..N {
            let Some(pivot) = (col..N).find(|&r| !self[(r, col)].is_zero()) else { return T::ZERO };
            if pivot != col {
                self.0.swap(col, pivot);
                det = -det;
            }
            det = det * self[(col, col)];
            for r in col + 1..N {
                let factor = self[(r, col)] / self[(col, col)];
                for c in col..N {
                    self[(r, c)] = self[(r, c)] - factor * self[(col, c)];
                }
            }
        }
        det
    }
}
impl<T, const R: usize, const C: usize> Index<(usize, usize)> for Matrix<T, R, C> {
    type Output = T;
    fn index(&self, (r, c): (usize, usize)) -> &T {
        &self.0[r][c]
    }
}
impl<T, const R: usize, const C: usize> IndexMut<(usize, usize)> for Matrix<T, R, C> {
    fn index_mut(&mut self, (r, c): (usize, usize)) -> &mut T {
        &mut self.0[r][c]
    }
}
impl<T: Number, const R: usize, const K: usize, const C: usize> Mul<Matrix<T, K, C>> for Matrix<T, R, K> {
    type Output = Matrix<T, R, C>;
    fn mul(self, other: Matrix<T, K, C>) -> Matrix<T, R, C> {
        Matrix::from_fn(|r, c| (0..K).fold(T::ZERO, |acc, k| acc + self[(r, k)] * other[(k, c)]))
    }
}
impl<T: Number, const R: usize, const C: usize> Display for Matrix<T, R, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for r in 0..R {
            let cells: Vec<String> = self.row(r).map(|x| format!("{x:>7.3}")).collect();
            writeln!(f, "[{}]", cells.join(" "))?;
        }
        Ok(())
    }
}

fn main() {
    let a: Matrix<i64, 2, 3> = Matrix([[1, 2, 3], [4, 5, 6]]);
    println!("{a}{}{}", a.transpose(), a * a.transpose());
    let fib = Matrix([[1i64, 1], [1, 0]]);
    for n in [0, 1, 10, 50, 90] {
        println!("fib({n}) = {}", fib.pow(n)[(0, 1)]);
    }
    let m = Matrix([[2i64, 1, 0], [1, 3, 1], [0, 1, 4]]).map(Fraction::from);
    println!("det {} trace {}", m.determinant(), m.trace());
    let inv = m.inverse().expect("regular");
    print!("{inv}");
    println!("{}", m * inv == Matrix::identity());
    let singular = Matrix([[1.0, 2.0], [2.0, 4.0]]);
    println!("{:?} {}", singular.inverse(), singular.determinant());
    let rot = Matrix::<f64, 2, 2>::from_fn(|r, c| [[0.0, -1.0], [1.0, 0.0]][r][c]);
    print!("{}", rot.pow(3));
    println!("{:?}", rot.pow(4) == Matrix::identity());
}
