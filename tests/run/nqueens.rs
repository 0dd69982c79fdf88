// args: 7
// Iterator-heavy: n-queens by generic backtracking over closures, plus chains of
// map / filter / flat_map / zip / scan / windows over number sequences.
// Argument: board size.
const DEFAULT_N: usize = 11;

trait Problem {
    type Move: Copy;
    fn size(&self) -> usize;
    fn moves<'a>(&'a self, so_far: &'a [Self::Move]) -> impl Iterator<Item = Self::Move> + 'a;
}

struct Queens(usize);

impl Problem for Queens {
    type Move = u8;
    fn size(&self) -> usize {
        self.0
    }
    fn moves<'a>(&'a self, so_far: &'a [u8]) -> impl Iterator<Item = u8> + 'a {
        (0..self.0 as u8).filter(move |&col| {
            so_far
                .iter()
                .rev()
                .zip(1..)
                .all(|(&c, d)| c != col && c.abs_diff(col) != d)
        })
    }
}

// Calls `visit` with every complete list of moves.
fn search<P: Problem>(p: &P, so_far: &mut Vec<P::Move>, visit: &mut impl FnMut(&[P::Move])) {
    if so_far.len() == p.size() {
        return visit(so_far);
    }
    let moves: Vec<P::Move> = p.moves(so_far).collect();
    for m in moves {
        so_far.push(m);
        search(p, so_far, visit);
        so_far.pop();
    }
}

fn draw(solution: &[u8]) -> String {
    let n = solution.len();
    solution
        .iter()
        .map(|&q| (0..n).map(|c| if c == q as usize { 'Q' } else { '.' }).collect::<String>())
        .collect::<Vec<_>>()
        .join("\n")
}

struct Collatz(u64);

impl Iterator for Collatz {
    type Item = u64;
    fn next(&mut self) -> Option<u64> {
        let now = self.0;
        if now == 0 {
            return None;
        }
        self.0 = match now {
            1 => 0,
            n if n % 2 == 0 => n / 2,
            n => 3 * n + 1,
        };
        Some(now)
    }
}

fn compose<A, B, C>(f: impl Fn(A) -> B, g: impl Fn(B) -> C) -> impl Fn(A) -> C {
    move |x| g(f(x))
}

fn chains() -> Vec<(&'static str, u64)> {
    let scaled = compose(|x: u64| x * 3 + 1, |x| x ^ (x >> 3));
    let triples = (1..120u64)
        .flat_map(|c| (1..c).flat_map(move |b| (1..b).map(move |a| (a, b, c))))
        .filter(|(a, b, c)| a * a + b * b == c * c)
        .count() as u64;
    let longest = (1..60_000u64).map(|n| (Collatz(n).count() as u64, n)).max().unwrap();
    let rises = (0..300_000u64).map(scaled).map(|x| x % 1009).collect::<Vec<_>>();
    let rises = rises.windows(3).filter(|w| w[0] < w[1] && w[1] < w[2]).count() as u64;
    let scanned = (1..600_000u64)
        .scan(1u64, |s, x| {
            *s = s.wrapping_mul(x | 1).rotate_left(7);
            Some(*s)
        })
        .step_by(3)
        .skip_while(|x| x % 5 != 0)
        .zip((0..).rev_every(4))
        .fold(0u64, |h, (x, k)| h.wrapping_add(x ^ k));
    let chunked = (0..200_000u64)
        .collect::<Vec<_>>()
        .chunks(7)
        .map(|c| c.iter().rev().skip(1).copied().sum::<u64>())
        .chain((0..10).rev())
        .filter_map(|s| (s % 11 < 5).then_some(s % 13))
        .sum();
    vec![
        ("triples", triples),
        ("collatz", longest.0 * 1_000_000 + longest.1),
        ("rises", rises),
        ("scan", scanned),
        ("chunks", chunked),
    ]
}

// An adaptor of our own, as a blanket extension trait.
struct RevEvery<I: Iterator> {
    inner: I,
    n: usize,
    held: Vec<I::Item>,
}

impl<I: Iterator> Iterator for RevEvery<I> {
    type Item = I::Item;
    fn next(&mut self) -> Option<I::Item> {
        if self.held.is_empty() {
            self.held.extend(self.inner.by_ref().take(self.n));
        }
        self.held.pop()
    }
}

trait RevEveryExt: Iterator + Sized {
    fn rev_every(self, n: usize) -> RevEvery<Self> {
        RevEvery { inner: self, n, held: Vec::with_capacity(n) }
    }
}
impl<I: Iterator> RevEveryExt for I {}

fn main() {
    let n = std::env::args().nth(1).and_then(|s| s.parse().ok()).unwrap_or(DEFAULT_N);
    let mut count = 0u64;
    let mut last = Vec::new();
    let mut histogram = vec![0u32; n];
    search(&Queens(n), &mut Vec::new(), &mut |s| {
        count += 1;
        histogram[s[0] as usize] += 1;
        last.clear();
        last.extend_from_slice(s);
    });
    println!("{n} queens: {count} solutions, by first column {histogram:?}\n{}", draw(&last));
    for (name, value) in chains() {
        println!("{name:>8} {value}");
    }
}
