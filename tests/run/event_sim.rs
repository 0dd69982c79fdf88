// args: 100000
// Discrete-event simulation: boxed trait objects handle events taken from a
// BinaryHeap in time order. Argument: number of events.
use std::any::Any;
use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, VecDeque};
use std::fmt::Debug;

const DEFAULT_EVENTS: u64 = 3_000_000;

type Id = usize;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Message {
    Tick,
    Job { size: u32, origin: Id },
    Done { origin: Id },
    Fail(String),
}

#[derive(Debug, PartialEq, Eq)]
struct Event {
    time: u64,
    order: u64,
    to: Id,
    message: Message,
}

impl Ord for Event {
    fn cmp(&self, other: &Event) -> Ordering {
        self.time.cmp(&other.time).then(self.order.cmp(&other.order))
    }
}
impl PartialOrd for Event {
    fn partial_cmp(&self, other: &Event) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[derive(Default)]
struct Queue {
    heap: BinaryHeap<Reverse<Event>>,
    now: u64,
    order: u64,
    seed: u64,
}

impl Queue {
    fn send(&mut self, delay: u64, to: Id, message: Message) {
        self.order += 1;
        self.heap.push(Reverse(Event { time: self.now + delay, order: self.order, to, message }));
    }
    fn random(&mut self, n: u64) -> u64 {
        self.seed = self.seed.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        (self.seed >> 35) % n
    }
}

trait Actor: Debug {
    fn handle(&mut self, me: Id, message: Message, queue: &mut Queue);
    fn summary(&self) -> String {
        format!("{self:?}")
    }
    fn as_any(&self) -> &dyn Any;
}

#[derive(Debug)]
struct Source {
    target: Id,
    sent: u64,
    back: u64,
}

#[derive(Debug, Default)]
struct Server {
    waiting: VecDeque<(u32, Id)>,
    busy: bool,
    served: u64,
    longest: usize,
}

struct Balancer<F: Fn(u64, u32) -> usize> {
    servers: Vec<Id>,
    choose: F,
    passed: u64,
}

impl<F: Fn(u64, u32) -> usize> Debug for Balancer<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Balancer")
            .field("servers", &self.servers)
            .field("passed", &self.passed)
            .finish_non_exhaustive()
    }
}

#[derive(Debug, Default)]
struct Log {
    lines: Vec<String>,
    seen: u64,
}

impl Actor for Source {
    fn handle(&mut self, me: Id, message: Message, queue: &mut Queue) {
        match message {
            Message::Tick => {
                self.sent += 1;
                let size = queue.random(20) as u32 + 1;
                queue.send(1, self.target, Message::Job { size, origin: me });
                let pause = 18 + queue.random(15);
                queue.send(pause, me, Message::Tick);
            }
            Message::Done { .. } => self.back += 1,
            other => queue.send(0, 0, Message::Fail(format!("source {me} got {other:?}"))),
        }
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Server {
    fn start(&mut self, me: Id, queue: &mut Queue) {
        if let Some(&(size, origin)) = self.waiting.front() {
            self.busy = true;
            queue.send(size as u64, me, Message::Done { origin });
        }
    }
}

impl Actor for Server {
    fn handle(&mut self, me: Id, message: Message, queue: &mut Queue) {
        match message {
            Message::Job { size, origin } => {
                self.waiting.push_back((size, origin));
                self.longest = self.longest.max(self.waiting.len());
                if !self.busy {
                    self.start(me, queue);
                }
            }
            Message::Done { origin } => {
                self.waiting.pop_front();
                self.served += 1;
                self.busy = false;
                queue.send(2, origin, Message::Done { origin: me });
                self.start(me, queue);
                if self.served % 50_000 == 0 {
                    queue.send(0, 0, Message::Fail(format!("server {me} served {}", self.served)));
                }
            }
            Message::Tick | Message::Fail(_) => {}
        }
    }
    fn summary(&self) -> String {
        format!("Server: served {}, longest queue {}", self.served, self.longest)
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl<F: Fn(u64, u32) -> usize + 'static> Actor for Balancer<F> {
    fn handle(&mut self, _me: Id, message: Message, queue: &mut Queue) {
        if let Message::Job { size, .. } = message {
            let slot = (self.choose)(self.passed, size) % self.servers.len();
            self.passed += 1;
            queue.send(1, self.servers[slot], message);
        }
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Actor for Log {
    fn handle(&mut self, _me: Id, message: Message, queue: &mut Queue) {
        self.seen += 1;
        if let Message::Fail(text) = message {
            if self.lines.len() < 6 {
                self.lines.push(format!("{:>9}: {text}", queue.now));
            }
        }
    }
    fn summary(&self) -> String {
        format!("Log of {} events:\n{}", self.seen, self.lines.join("\n"))
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn main() {
    let limit = std::env::args().nth(1).and_then(|s| s.parse().ok()).unwrap_or(DEFAULT_EVENTS);
    let mut actors: Vec<Box<dyn Actor>> = vec![Box::new(Log::default())];
    for _ in 0..8 {
        actors.push(Box::new(Server::default()));
    }
    let round_robin = Balancer { servers: (1..5).collect(), choose: |n, _| n as usize, passed: 0 };
    let by_size = Balancer { servers: (5..9).collect(), choose: |_, s| s as usize, passed: 0 };
    actors.push(Box::new(round_robin));
    actors.push(Box::new(by_size));
    let first_source = actors.len();
    for i in 0..12 {
        actors.push(Box::new(Source { target: 9 + i % 2, sent: 0, back: 0 }));
    }
    let mut queue = Queue { seed: 99, ..Queue::default() };
    for id in first_source..actors.len() {
        queue.send(id as u64, id, Message::Tick);
    }
    let mut handled = 0u64;
    while let Some(Reverse(event)) = queue.heap.pop() {
        queue.now = event.time;
        actors[event.to].handle(event.to, event.message, &mut queue);
        handled += 1;
        if handled == limit {
            break;
        }
    }
    println!("{handled} events, time {}, {} pending", queue.now, queue.heap.len());
    for (id, a) in actors.iter().enumerate() {
        println!("{id:2} {}", a.summary());
    }
    let (sent, back) = actors
        .iter()
        .filter_map(|a| a.as_any().downcast_ref::<Source>())
        .fold((0, 0), |(s, b), x| (s + x.sent, b + x.back));
    println!("sent {sent}, back {back}");
}
