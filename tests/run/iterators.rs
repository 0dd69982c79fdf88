//! Chains of iterators: adaptors of the library, own adaptors by extension trait, peeking, folding, lazy evaluation.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::iter::{self, FusedIterator};

struct Pairs<I: Iterator> {
    inner: I,
    last: Option<I::Item>,
}
impl<I> Iterator for Pairs<I>
where
    I: Iterator,
    I::Item: Clone,
{
    type Item = (I::Item, I::Item);
    fn next(&mut self) -> Option<Self::Item> {
        let next = self.inner.next()?;
        match self.last.replace(next.clone()) {
            Some(last) => Some((last, next)),
            None => self.next(),
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let (low, high) = self.inner.size_hint();
        (low.saturating_sub(1), high)
    }
}

trait IterExt: Iterator {
    fn pairs(self) -> Pairs<Self>
    where
        Self: Sized,
        Self::Item: Clone,
    {
        Pairs { inner: self, last: None }
    }
    fn group_by_key<K: Ord, F: FnMut(&Self::Item) -> K>(self, mut f: F) -> BTreeMap<K, Vec<Self::Item>>
    where
        Self: Sized,
    {
        let mut groups = BTreeMap::new();
        self.for_each(|item| groups.entry(f(&item)).or_insert_with(Vec::new).push(item));
        groups
    }
    fn average(self) -> Option<f64>
    where
        Self: Sized + Iterator<Item = f64>,
    {
        let (sum, n) = self.fold((0.0, 0u32), |(s, n), x| (s + x, n + 1));
        (n > 0).then(|| sum / f64::from(n))
    }
}
impl<I: ?Sized + Iterator> IterExt for I {}

#[derive(Debug, Clone)]
struct Fibonacci {
    state: (u64, u64),
}
impl Iterator for Fibonacci {
    type Item = u64;
    fn next(&mut self) -> Option<u64> {
        let (a, b) = self.state;
        self.state = (b, a.checked_add(b)?);
        Some(a)
    }
}
impl FusedIterator for Fibonacci {}

fn primes() -> impl Iterator<Item = u32> + Clone {
    (2u32..).filter(|n| (2..).take_while(|d| d * d <= *n).all(|d| n % d != 0))
}

fn collatz(n: u64) -> impl Iterator<Item = u64> {
    iter::successors(Some(n), |&n| match n {
        1 => None,
        n if n % 2 == 0 => Some(n / 2),
        n => Some(3 * n + 1),
    })
}

#[derive(Debug)]
struct Stats {
    min: i32,
    max: i32,
    mean: f64,
}
struct Summary(Option<Stats>);
impl FromIterator<i32> for Summary {
    fn from_iter<T: IntoIterator<Item = i32>>(iter: T) -> Self {
        let all: Vec<i32> = iter.into_iter().collect();
        let stats = || {
            Some(Stats {
                min: *all.iter().min()?,
                max: all.iter().copied().max()?,
                mean: all.iter().map(|&x| f64::from(x)).average()?,
            })
        };
        Summary(stats())
    }
}

fn boxed(kind: &str) -> Box<dyn Iterator<Item = i32>> {
    match kind {
        "up" => Box::new(0..3),
        "down" => Box::new((0..3).rev()),
        "twice" => Box::new((0..3).flat_map(|x| [x, x])),
        "cycle" => Box::new((0..3).cycle().skip(1).step_by(2).take(4)),
        _ => Box::new(iter::empty()),
    }
}

fn main() {
    let fib = Fibonacci { state: (0, 1) };
    println!("{:?}", fib.clone().skip_while(|&x| x < 10).step_by(2).take(5).collect::<Vec<_>>());
    println!("{} {:?}", fib.clone().count(), fib.last());
    println!("{:?}", primes().take(10).pairs().map(|(a, b)| b - a).collect::<Vec<_>>());
    println!("{:?}", primes().zip(1..).find(|(p, i)| p / i >= 4));
    println!("{:?}", collatz(27).max().zip(Some(collatz(27).count())));
    let words = ["apple", "bob", "cat", "alice", "bar", "dog", "eve"];
    println!("{:?}", words.iter().group_by_key(|w| w.chars().next()));
    println!("{:?}", words.iter().map(|w| w.len()).collect::<BTreeSet<_>>());
    let lookup: HashMap<_, _> = words.iter().enumerate().map(|(i, w)| (*w, i)).collect();
    println!("{:?} {:?}", lookup.get("cat"), lookup.get("zebra"));
    println!("{:?} {:?}", [1.0, 2.5, 4.0].into_iter().average(), iter::empty::<f64>().average());
    println!("{:?} {:?}", [3, -1, 7].into_iter().collect::<Summary>().0, iter::empty().collect::<Summary>().0.is_none());
    for kind in ["up", "down", "twice", "cycle", "none"] {
        println!("{kind}: {:?}", boxed(kind).collect::<Vec<_>>());
    }
    let results: Result<Vec<i32>, _> = "1 2 x 4 y".split(' ').map(str::parse::<i32>).collect();
    println!("{:?}", results.map_err(|e| e.to_string()));
    let total: Option<u32> = ["1", "2", "3"].iter().map(|s| s.parse::<u32>().ok()).sum();
    println!("{total:?} {}", (1..=5).product::<u64>());
    let v = vec![5, 3, 8, 1, 9, 2];
    println!("{:?}", v.windows(2).filter(|w| w[0] < w[1]).count());
    println!("{:?}", v.chunks(4).map(|c| c.iter().sum::<i32>()).collect::<Vec<_>>());
    println!("{:?}", v.iter().scan(0, |acc, x| { *acc += x; Some(*acc) }).collect::<Vec<_>>());
    println!("{:?}", v.iter().rev().skip(1).map_while(|&x| if x > 2 { Some(x * 10) } else { None }).collect::<Vec<_>>());
    println!("{:?} {:?}", v.iter().position(|&x| x == 8), v.iter().max_by(|a, b| (*a % 5).cmp(&(*b % 5))));
    let (small, big): (Vec<i32>, Vec<i32>) = v.iter().partition(|&&x| x < 5);
    println!("{small:?} {big:?} {:?}", small.iter().chain(&big).collect::<Vec<_>>());
    let (a, b): (Vec<i32>, Vec<bool>) = v.iter().map(|x| (*x, x % 2 == 0)).unzip();
    println!("{a:?} {b:?}");
    println!("{:?}", v.iter().try_fold(0i8, |acc, &x| acc.checked_add(x as i8 * 10)));
    println!("{} {} {}", v.iter().any(|x| *x == 9), v.iter().all(|x| *x > 1), v.iter().is_sorted());
    let mut it = v.iter().peekable();
    let mut runs = vec![];
    while let Some(x) = it.next() {
        let mut run = vec![x];
        while let Some(y) = it.next_if(|y| *y > run[run.len() - 1]) {
            run.push(y);
        }
        runs.push(run);
    }
    println!("{runs:?}");
    let mut log = vec![];
    let lazy = (1..4).inspect(|x| log.push(format!("in {x}"))).map(|x| x * x).filter(|x| x % 2 == 1);
    println!("{:?}", lazy.reduce(|a, b| a * 100 + b));
    println!("{log:?}");
    println!("{:?} {:?}", (1..3).cmp(1..4), [1.0].iter().partial_cmp([f64::NAN].iter()));
    let mut counter = 0;
    let from_fn: Vec<_> = iter::from_fn(|| { counter += 1; (counter < 4).then_some(counter) }).collect();
    println!("{from_fn:?} {:?}", iter::once(1).chain(iter::repeat(2).take(2)).collect::<Vec<_>>());
    let mut sorted = words;
    sorted.sort_by_key(|w| (w.len(), std::cmp::Reverse(*w)));
    println!("{sorted:?} {:?}", (0..20).rev().step_by(7).collect::<Vec<_>>());
    println!("{:?}", vec![vec![1], vec![], vec![2, 3]].into_iter().flatten().rev().collect::<Vec<_>>());
    println!("{:?} {:?}", v.iter().min_by_key(|x| (**x - 4).abs()), (b'a'..=b'e').map(char::from).collect::<String>());
    println!("{:?}", v.iter().copied().array_chunks_by_hand::<2>());
}

trait ArrayChunks<T> {
    fn array_chunks_by_hand<const N: usize>(self) -> Vec<[T; N]>;
}
impl<T: Copy + Default, I: Iterator<Item = T>> ArrayChunks<T> for I {
    fn array_chunks_by_hand<const N: usize>(mut self) -> Vec<[T; N]> {
        let mut out = Vec::new();
        loop {
            let mut chunk = [T::default(); N];
            for slot in &mut chunk {
                match self.next() {
                    Some(x) => *slot = x,
                    None => return out,
                }
            }
            out.push(chunk);
        }
    }
}
