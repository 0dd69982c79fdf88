// args: 100000
// Gravitational n-body with a symplectic step. f64 arithmetic, sqrt, arrays of
// structs, operator overloading. Argument: number of steps.
use std::ops::{Add, AddAssign, Mul, Sub, SubAssign};

const DEFAULT_STEPS: usize = 4_000_000;
const G: f64 = 39.47841760435743; // 4 * pi^2, AU^3 / (Msun * year^2)

#[derive(Clone, Copy, Debug, PartialEq)]
struct V3 {
    x: f64,
    y: f64,
    z: f64,
}

impl V3 {
    const ZERO: V3 = V3 { x: 0.0, y: 0.0, z: 0.0 };
    fn new(x: f64, y: f64, z: f64) -> V3 {
        V3 { x, y, z }
    }
    fn dot(self, o: V3) -> f64 {
        self.x * o.x + self.y * o.y + self.z * o.z
    }
}

impl Add for V3 {
    type Output = V3;
    fn add(self, o: V3) -> V3 {
        V3::new(self.x + o.x, self.y + o.y, self.z + o.z)
    }
}
impl Sub for V3 {
    type Output = V3;
    fn sub(self, o: V3) -> V3 {
        V3::new(self.x - o.x, self.y - o.y, self.z - o.z)
    }
}
impl Mul<f64> for V3 {
    type Output = V3;
    fn mul(self, k: f64) -> V3 {
        V3::new(self.x * k, self.y * k, self.z * k)
    }
}
impl AddAssign for V3 {
    fn add_assign(&mut self, o: V3) {
        *self = *self + o;
    }
}
impl SubAssign for V3 {
    fn sub_assign(&mut self, o: V3) {
        *self = *self - o;
    }
}

#[derive(Clone, Debug)]
struct Body {
    pos: V3,
    vel: V3,
    mass: f64,
}

fn system() -> Vec<Body> {
    // A made-up star with four planets on nearly circular orbits.
    let radii = [1.0, 1.9, 5.3, 9.1];
    let masses = [3.0e-6, 9.5e-4, 2.9e-4, 4.4e-5];
    let mut v = vec![Body { pos: V3::ZERO, vel: V3::ZERO, mass: 1.0 }];
    for (i, (&r, &m)) in radii.iter().zip(masses.iter()).enumerate() {
        let speed = (G / r).sqrt();
        let tilt = 0.02 * (i as f64 + 1.0);
        let (pos, vel) = match i % 4 {
            0 => (V3::new(r, 0.0, 0.0), V3::new(0.0, speed, tilt)),
            1 => (V3::new(0.0, r, tilt), V3::new(-speed, 0.0, 0.0)),
            2 => (V3::new(-r, 0.0, 0.0), V3::new(0.0, -speed, -tilt)),
            _ => (V3::new(0.0, -r, -tilt), V3::new(speed, 0.0, 0.0)),
        };
        v.push(Body { pos, vel, mass: m });
    }
    let mut p = V3::ZERO;
    for b in &v {
        p += b.vel * b.mass;
    }
    v[0].vel -= p;
    v
}

fn energy(bs: &[Body]) -> f64 {
    let mut e = 0.0;
    for (i, a) in bs.iter().enumerate() {
        e += 0.5 * a.mass * a.vel.dot(a.vel);
        for b in &bs[i + 1..] {
            let d = a.pos - b.pos;
            e -= G * a.mass * b.mass / d.dot(d).sqrt();
        }
    }
    e
}

fn step(bs: &mut [Body], dt: f64) {
    let n = bs.len();
    for i in 0..n {
        let (head, tail) = bs.split_at_mut(i + 1);
        let a = &mut head[i];
        for b in tail.iter_mut() {
            let d = a.pos - b.pos;
            let d2 = d.dot(d);
            let mag = G * dt / (d2 * d2.sqrt());
            a.vel -= d * (b.mass * mag);
            b.vel += d * (a.mass * mag);
        }
    }
    for b in bs.iter_mut() {
        b.pos += b.vel * dt;
    }
}

fn main() {
    let steps = std::env::args().nth(1).and_then(|s| s.parse().ok()).unwrap_or(DEFAULT_STEPS);
    let mut bs = system();
    println!("{:.9}", energy(&bs));
    for _ in 0..steps {
        step(&mut bs, 0.0005);
    }
    println!("{:.9}", energy(&bs));
    for b in &bs {
        println!("{:+.6} {:+.6} {:+.6}", b.pos.x, b.pos.y, b.pos.z);
    }
}
