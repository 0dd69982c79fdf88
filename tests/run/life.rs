//! Conway's life on a torus and on an unbounded plane; patterns from text, const generics, hash sets, a pseudo-random soup.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt;
use std::ops::{BitXor, Not};

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Cell {
    #[default]
    Dead,
    Alive,
}
impl Not for Cell {
    type Output = Cell;
    fn not(self) -> Cell {
        match self {
            Cell::Dead => Cell::Alive,
            Cell::Alive => Cell::Dead,
        }
    }
}
impl BitXor<bool> for Cell {
    type Output = Cell;
    fn bitxor(self, flip: bool) -> Cell {
        if flip { !self } else { self }
    }
}

#[derive(Clone, PartialEq, Eq)]
struct Torus<const W: usize, const H: usize> {
    cells: [[Cell; W]; H],
}

impl<const W: usize, const H: usize> Torus<W, H> {
    const SIZE: usize = W * H;
    fn new() -> Self {
        Torus { cells: [[Cell::default(); W]; H] }
    }
    fn set(&mut self, points: impl IntoIterator<Item = (usize, usize)>) -> &mut Self {
        for (x, y) in points {
            self.cells[y % H][x % W] = Cell::Alive;
        }
        self
    }
    fn neighbours(&self, x: usize, y: usize) -> usize {
        let mut n = 0;
        for dy in [H - 1, 0, 1] {
            for dx in [W - 1, 0, 1] {
                if (dx, dy) != (0, 0) && self.cells[(y + dy) % H][(x + dx) % W] == Cell::Alive {
                    n += 1;
                }
            }
        }
        n
    }
    fn step(&self) -> Self {
        let mut next = Self::new();
        for (y, row) in self.cells.iter().enumerate() {
            for (x, &cell) in row.iter().enumerate() {
                next.cells[y][x] = match (cell, self.neighbours(x, y)) {
                    (Cell::Alive, 2 | 3) | (Cell::Dead, 3) => Cell::Alive,
                    _ => Cell::Dead,
                };
            }
        }
        next
    }
    fn population(&self) -> usize {
        self.cells.iter().flatten().filter(|c| matches!(c, Cell::Alive)).count()
    }
}
impl<const W: usize, const H: usize> fmt::Display for Torus<W, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for row in &self.cells {
            let line: String = row.iter().map(|c| if *c == Cell::Alive { '#' } else { '.' }).collect();
            writeln!(f, "{line}")?;
        }
        Ok(())
    }
}

type Plane = HashSet<(i32, i32)>;

fn parse(pattern: &str) -> Plane {
    pattern
        .lines()
        .zip(0..)
        .flat_map(|(line, y)| line.chars().zip(0..).filter(|(c, _)| *c == '#').map(move |(_, x)| (x, y)))
        .collect()
}

fn step(plane: &Plane) -> Plane {
    let mut counts: HashMap<(i32, i32), u8> = HashMap::new();
    for &(x, y) in plane {
        for dx in -1..=1 {
            for dy in -1..=1 {
                if dx != 0 || dy != 0 {
                    *counts.entry((x + dx, y + dy)).or_default() += 1;
                }
            }
        }
    }
    counts.into_iter().filter(|&(p, n)| n == 3 || n == 2 && plane.contains(&p)).map(|(p, _)| p).collect()
}

fn bounds(plane: &Plane) -> Option<(i32, i32, i32, i32)> {
    let xs = plane.iter().map(|p| p.0);
    let ys = plane.iter().map(|p| p.1);
    Some((xs.clone().min()?, xs.max()?, ys.clone().min()?, ys.max()?))
}

struct Lcg(u32);
impl Iterator for Lcg {
    type Item = u32;
    fn next(&mut self) -> Option<u32> {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Some(self.0 >> 16)
    }
}

fn main() {
    let glider = [(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)];
    let mut torus = Torus::<8, 6>::new();
    torus.set(glider);
    print!("{torus}");
    let start = torus.clone();
    let mut period = 0;
    loop {
        torus = torus.step();
        period += 1;
        if torus == start || period > 200 {
            break;
        }
    }
    println!("period {period} on {} cells, {} alive", Torus::<8, 6>::SIZE, torus.population());
    let mut plane = parse("####\n...#\n.#.#\n##..");
    let mut history = vec![plane.len()];
    for _ in 0..30 {
        plane = step(&plane);
        history.push(plane.len());
    }
    println!("{history:?}");
    println!("{:?} {:?}", bounds(&plane), bounds(&Plane::new()));
    let sorted: BTreeSet<_> = plane.iter().filter(|(x, y)| (x + y).rem_euclid(5) == 0).collect();
    println!("{sorted:?}");
    let mut soup = Torus::<32, 16>::new();
    let mut random = Lcg(42);
    let points: Vec<(usize, usize)> =
        std::iter::repeat_with(|| (random.next().unwrap() as usize, random.next().unwrap() as usize)).take(150).collect();
    soup.set(points);
    let trail: Vec<usize> = (0..12)
        .map(|_| {
            soup = soup.step();
            soup.population()
        })
        .collect();
    println!("{trail:?}");
    println!("{:?} {:?}", !Cell::Dead, Cell::Alive ^ (trail.len() > 3));
}
