//! A discrete event simulation: a queue ordered by time, processes as boxed closures and trait objects, statistics by
//! generic accumulators.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BinaryHeap, VecDeque};
use std::fmt::{self, Debug, Display};
use std::ops::{Add, AddAssign, Sub};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
struct Time(u64);

impl Add for Time {
    type Output = Time;
    fn add(self, other: Time) -> Time {
        Time(self.0 + other.0)
    }
}
impl Sub for Time {
    type Output = Time;
    fn sub(self, other: Time) -> Time {
        Time(self.0.saturating_sub(other.0))
    }
}
impl AddAssign for Time {
    fn add_assign(&mut self, other: Time) {
        *self = *self + other;
    }
}
impl Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{:02}", self.0 / 60, self.0 % 60)
    }
}
impl Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}

/// What happens, at a time; of two at the same time the one planned first.
struct Event<W> {
    at: Time,
    number: u32,
    action: Box<dyn FnOnce(&mut W, &mut Agenda<W>)>,
}

impl<W> PartialEq for Event<W> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl<W> Eq for Event<W> {}
impl<W> PartialOrd for Event<W> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<W> Ord for Event<W> {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.at, self.number).cmp(&(other.at, other.number))
    }
}

struct Agenda<W> {
    now: Time,
    planned: u32,
    queue: BinaryHeap<Reverse<Event<W>>>,
}

impl<W> Agenda<W> {
    fn new() -> Self {
        Agenda { now: Time(0), planned: 0, queue: BinaryHeap::new() }
    }
    fn after(&mut self, delay: Time, action: impl FnOnce(&mut W, &mut Agenda<W>) + 'static) {
        self.planned += 1;
        let event = Event { at: self.now + delay, number: self.planned, action: Box::new(action) };
        self.queue.push(Reverse(event));
    }
    fn run(&mut self, world: &mut W, until: Time) -> usize {
        let mut count = 0;
        while let Some(Reverse(event)) = self.queue.pop() {
            if event.at > until {
                self.queue.push(Reverse(event));
                break;
            }
            self.now = event.at;
            (event.action)(world, self);
            count += 1;
        }
        count
    }
}

trait Statistic {
    type Sample;
    const NAME: &'static str;
    fn add(&mut self, sample: Self::Sample);
    fn report(&self) -> String;
}

#[derive(Default)]
struct Mean<T> {
    sum: T,
    count: u64,
}
impl Statistic for Mean<Time> {
    type Sample = Time;
    const NAME: &'static str = "mean";
    fn add(&mut self, sample: Time) {
        self.sum += sample;
        self.count += 1;
    }
    fn report(&self) -> String {
        if self.count == 0 { "none".into() } else { format!("{:.2} s", self.sum.0 as f64 / self.count as f64) }
    }
}

#[derive(Default)]
struct Histogram<K: Ord>(BTreeMap<K, usize>);
impl<K: Ord + Display> Statistic for Histogram<K> {
    type Sample = K;
    const NAME: &'static str = "histogram";
    fn add(&mut self, sample: K) {
        *self.0.entry(sample).or_insert(0) += 1;
    }
    fn report(&self) -> String {
        let rows = self.0.iter().map(|(k, n)| format!("{k:>4} {}", "#".repeat(*n)));
        rows.collect::<Vec<_>>().join("\n")
    }
}

fn show<S: Statistic>(title: &str, s: &S) {
    println!("{title} ({}):\n{}", S::NAME, s.report());
}

struct Rng(u32);
impl Rng {
    fn below(&mut self, n: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 % n
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Drink {
    Tea,
    Coffee { shots: u8 },
}

impl Drink {
    fn time(self) -> Time {
        match self {
            Drink::Tea => Time(30),
            Drink::Coffee { shots } => Time(25 + 20 * u64::from(shots)),
        }
    }
}

#[derive(Debug)]
struct Customer {
    name: String,
    arrived: Time,
    drink: Drink,
}

struct Cafe {
    rng: Rng,
    line: VecDeque<Customer>,
    free: Vec<&'static str>,
    waits: Mean<Time>,
    lengths: Histogram<usize>,
    served: BTreeMap<&'static str, Vec<String>>,
    left: u32,
}

fn arrive(cafe: &mut Cafe, agenda: &mut Agenda<Cafe>, n: u32) {
    let drink = match cafe.rng.below(3) {
        0 => Drink::Tea,
        shots => Drink::Coffee { shots: shots as u8 },
    };
    let customer = Customer { name: format!("c{n:02}"), arrived: agenda.now, drink };
    cafe.lengths.add(cafe.line.len());
    if cafe.line.len() >= 4 {
        println!("{:>6} {customer:?} leaves", agenda.now.to_string());
        cafe.left += 1;
    } else {
        cafe.line.push_back(customer);
        serve(cafe, agenda);
    }
    let pause = Time(u64::from(10 + cafe.rng.below(30)));
    if n < 40 {
        agenda.after(pause, move |cafe, agenda| arrive(cafe, agenda, n + 1));
    }
}

fn serve(cafe: &mut Cafe, agenda: &mut Agenda<Cafe>) {
    while let (Some(_), Some(&barista)) = (cafe.line.front(), cafe.free.last()) {
        cafe.free.pop();
        let Some(Customer { name, arrived, drink }) = cafe.line.pop_front() else { unreachable!() };
        cafe.waits.add(agenda.now - arrived);
        agenda.after(drink.time(), move |cafe, agenda| {
            cafe.served.entry(barista).or_default().push(name);
            cafe.free.push(barista);
            serve(cafe, agenda);
        });
    }
}

fn main() {
    let mut agenda = Agenda::new();
    let mut cafe = Cafe {
        rng: Rng(0x9e37_79b9),
        line: VecDeque::new(),
        free: vec!["Ann", "Bo"],
        waits: Mean::default(),
        lengths: Histogram(BTreeMap::new()),
        served: BTreeMap::new(),
        left: 0,
    };
    agenda.after(Time(5), |cafe, agenda| arrive(cafe, agenda, 1));
    let first = agenda.run(&mut cafe, Time(600));
    println!("after {}: {first} events, {} waiting", agenda.now, cafe.line.len());
    let rest = agenda.run(&mut cafe, Time(u64::MAX));
    println!("at the end ({:?}): {rest} more, {} left unserved", agenda.now, cafe.left);
    show("waiting", &cafe.waits);
    show("line met", &cafe.lengths);
    for (barista, customers) in &cafe.served {
        println!("{barista:<4}{:3} {}", customers.len(), customers.join(" "));
    }
    assert!(agenda.queue.is_empty() && cafe.free.len() == 2);
}
