//! Types that carry meaning: quantities with const-generic dimensions, polynomials over any ring, lending iterators by
//! generic associated types, and a typed builder by phantom states.

use std::collections::HashMap;
use std::fmt::{self, Debug, Display};
use std::iter::{Product, Sum};
use std::marker::PhantomData;
use std::ops::{Add, Div, Index, IndexMut, Mul, Neg, Sub};

/// A quantity of dimension length^L time^T.
#[derive(Clone, Copy, PartialEq, PartialOrd, Debug, Default)]
struct Quantity<const L: i8, const T: i8>(f64);

type Length = Quantity<1, 0>;
type Duration = Quantity<0, 1>;
type Speed = Quantity<1, -1>;

impl<const L: i8, const T: i8> Add for Quantity<L, T> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Quantity(self.0 + other.0)
    }
}
impl<const L: i8, const T: i8> Sum for Quantity<L, T> {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Quantity(0.0), |a, b| a + b)
    }
}
impl Div<Duration> for Length {
    type Output = Speed;
    fn div(self, t: Duration) -> Speed {
        Quantity(self.0 / t.0)
    }
}
impl Mul<Duration> for Speed {
    type Output = Length;
    fn mul(self, t: Duration) -> Length {
        Quantity(self.0 * t.0)
    }
}
impl<const L: i8, const T: i8> Mul<Quantity<L, T>> for f64 {
    type Output = Quantity<L, T>;
    fn mul(self, q: Quantity<L, T>) -> Quantity<L, T> {
        Quantity(self * q.0)
    }
}
impl<const L: i8, const T: i8> Display for Quantity<L, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.precision() {
            Some(p) => write!(f, "{:.p$}", self.0)?,
            None => write!(f, "{}", self.0)?,
        }
        for (unit, exponent) in [("m", L), ("s", T)] {
            match exponent {
                0 => {}
                1 => write!(f, " {unit}")?,
                e => write!(f, " {unit}^{e}")?,
            }
        }
        Ok(())
    }
}

trait Ring: Clone + PartialEq + Add<Output = Self> + Mul<Output = Self> + Neg<Output = Self> {
    const ZERO: Self;
    const ONE: Self;
    fn is_zero(&self) -> bool {
        *self == Self::ZERO
    }
}
impl Ring for i64 {
    const ZERO: i64 = 0;
    const ONE: i64 = 1;
}

/// Integers modulo `P`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
struct Mod<const P: u32>(u32);
impl<const P: u32> Add for Mod<P> {
    type Output = Self;
    fn add(self, o: Self) -> Self {
        Mod(((u64::from(self.0) + u64::from(o.0)) % u64::from(P)) as u32)
    }
}
impl<const P: u32> Mul for Mod<P> {
    type Output = Self;
    fn mul(self, o: Self) -> Self {
        Mod((u64::from(self.0) * u64::from(o.0) % u64::from(P)) as u32)
    }
}
impl<const P: u32> Neg for Mod<P> {
    type Output = Self;
    fn neg(self) -> Self {
        Mod((P - self.0) % P)
    }
}
impl<const P: u32> Display for Mod<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(&self.0, f)
    }
}
impl<const P: u32> Ring for Mod<P> {
    const ZERO: Self = Mod(0);
    const ONE: Self = Mod(1 % P);
}

#[derive(Clone, PartialEq)]
struct Poly<R>(Vec<R>);

impl<R: Ring> Poly<R> {
    fn new(coefficients: impl IntoIterator<Item = R>) -> Self {
        let mut c: Vec<R> = coefficients.into_iter().collect();
        while c.last().is_some_and(Ring::is_zero) {
            c.pop();
        }
        Poly(c)
    }
    fn at(&self, x: &R) -> R {
        self.0.iter().rev().fold(R::ZERO, |acc, c| acc * x.clone() + c.clone())
    }
    fn coefficient(&self, i: usize) -> R {
        self.0.get(i).cloned().unwrap_or(R::ZERO)
    }
    fn pow(&self, n: u32) -> Self {
        (0..n).map(|_| self.clone()).product()
    }
}
impl<R: Ring> Add for Poly<R> {
    type Output = Self;
    fn add(self, o: Self) -> Self {
        let n = self.0.len().max(o.0.len());
        Poly::new((0..n).map(|i| self.coefficient(i) + o.coefficient(i)))
    }
}
impl<R: Ring> Neg for Poly<R> {
    type Output = Self;
    fn neg(self) -> Self {
        Poly(self.0.into_iter().map(Neg::neg).collect())
    }
}
impl<R: Ring> Sub for Poly<R> {
    type Output = Self;
    fn sub(self, o: Self) -> Self {
        self + -o
    }
}
impl<R: Ring> Mul for Poly<R> {
    type Output = Self;
    fn mul(self, o: Self) -> Self {
        if self.0.is_empty() || o.0.is_empty() {
            return Poly(vec![]);
        }
        let mut out = vec![R::ZERO; self.0.len() + o.0.len() - 1];
        for (i, a) in self.0.iter().enumerate() {
            for (j, b) in o.0.iter().enumerate() {
                out[i + j] = out[i + j].clone() + a.clone() * b.clone();
            }
        }
        Poly::new(out)
    }
}
impl<R: Ring> Product for Poly<R> {
    fn product<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Poly(vec![R::ONE]), |a, b| a * b)
    }
}
impl<R: Ring + Display> Display for Poly<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let terms: Vec<String> = self.0.iter().enumerate().rev().filter(|(_, c)| !c.is_zero()).map(|(i, c)| match i {
            0 => format!("{c}"),
            1 => format!("{c}x"),
            _ => format!("{c}x^{i}"),
        }).collect();
        f.pad(if terms.is_empty() { "0" } else { "" })?;
        f.write_str(&terms.join(" + "))
    }
}

/// An iterator whose items borrow from it.
trait Lending {
    type Item<'a>
    where
        Self: 'a;
    fn next(&mut self) -> Option<Self::Item<'_>>;
    fn skip(mut self, n: usize) -> Self
    where
        Self: Sized,
    {
        for _ in 0..n {
            if self.next().is_none() {
                break;
            }
        }
        self
    }
}

struct Windows<'s, T> {
    slice: &'s mut [T],
    size: usize,
    start: usize,
}
impl<'s, T> Lending for Windows<'s, T> {
    type Item<'a>
        = &'a mut [T]
    where
        Self: 'a;
    fn next(&mut self) -> Option<&mut [T]> {
        let window = self.slice.get_mut(self.start..self.start + self.size)?;
        self.start += 1;
        Some(window)
    }
}

struct Missing;
struct Given;
/// A request that can be sent once its host is given.
struct Request<Host> {
    fields: HashMap<&'static str, String>,
    state: PhantomData<Host>,
}
impl Request<Missing> {
    fn new() -> Self {
        Request { fields: HashMap::new(), state: PhantomData }
    }
    fn host(mut self, host: &str) -> Request<Given> {
        self[("host",)] = host.to_owned();
        Request { fields: self.fields, state: PhantomData }
    }
}
impl<S> Index<(&'static str,)> for Request<S> {
    type Output = String;
    fn index(&self, (name,): (&'static str,)) -> &String {
        &self.fields[name]
    }
}
impl<S> IndexMut<(&'static str,)> for Request<S> {
    fn index_mut(&mut self, (name,): (&'static str,)) -> &mut String {
        self.fields.entry(name).or_default()
    }
}
impl Request<Given> {
    fn send(self) -> impl Iterator<Item = (&'static str, String)> + Debug {
        let mut fields: Vec<_> = self.fields.into_iter().collect();
        fields.sort();
        fields.into_iter()
    }
}

fn main() {
    let legs = [(Quantity(120.0), Quantity(9.5)), (Quantity(80.0), Quantity(14.25))];
    let way: Length = legs.iter().map(|l: &(Length, Duration)| l.0).sum();
    let time: Duration = legs.iter().map(|l| l.1).sum();
    let speed = way / time;
    println!("{way} in {time}: {speed:.3}; in a minute {:.1}, {:?}", speed * Quantity(60.0), 2.0 * speed < speed);

    let p = Poly::new([1i64, 1]);
    let q = p.pow(5) - Poly::new([0, 0, 10]);
    println!("({p})^5 = {}; less 10x^2: {q}; at 2: {}", p.pow(5), q.at(&2));
    println!("[{:>5}] {}", Poly::<i64>(vec![]), (q.clone() - q) == Poly::new([0, 0]));
    let fermat = Poly::new([Mod::<7>(1), Mod(1)]).pow(7);
    println!("(x + 1)^7 modulo 7 = {fermat}, {:?}", (0..7).map(|x| fermat.at(&Mod(x)).0).collect::<Vec<_>>());

    let mut data = [1, 2, 3, 4, 5, 6];
    let mut sums = Vec::new();
    let mut windows = Windows { slice: &mut data, size: 3, start: 0 }.skip(1);
    while let Some(w) = windows.next() {
        w[2] += w[0];
        sums.push(w.iter().sum::<i32>());
    }
    println!("{data:?} {sums:?}");

    let mut request = Request::new();
    request[("path",)].push_str("/index");
    let sent = request.host("example.org").send();
    println!("{sent:?}");
    println!("{}", sent.map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>().join("&"));
}
