//! Where callers are: `#[track_caller]` says the place of the method's name, through closures' calls, trait objects,
//! boxes, constants and operators.

use std::panic::Location;

struct Probe(u32);

impl Probe {
    #[track_caller]
    const fn place(&self) -> &'static Location<'static> {
        Location::caller()
    }
    #[track_caller]
    fn through(&self) -> &'static Location<'static> {
        self.place()
    }
    fn own(&self) -> &'static Location<'static> {
        self.place()
    }
    fn next(self) -> Probe {
        Probe(self.0 + 1)
    }
}

trait Tracked {
    #[track_caller]
    fn declared(&self) -> u32;
    fn implemented(&self) -> u32;
    #[track_caller]
    fn boxed(self: Box<Self>) -> u32;
}

impl Tracked for Probe {
    fn declared(&self) -> u32 {
        Location::caller().line() * 1000 + Location::caller().column()
    }
    #[track_caller]
    fn implemented(&self) -> u32 {
        Location::caller().line() * 1000 + Location::caller().column()
    }
    fn boxed(self: Box<Self>) -> u32 {
        Location::caller().line() * 1000 + Location::caller().column()
    }
}

impl std::ops::Add for Probe {
    type Output = (u32, u32);
    #[track_caller]
    fn add(self, _: Probe) -> (u32, u32) {
        (Location::caller().line(), Location::caller().column())
    }
}

const FROM_CONST: &Location<'static> = Probe(0)
    .place();

#[track_caller]
fn plain(_: u32) -> (u32, u32) {
    (Location::caller().line(), Location::caller().column())
}

macro_rules! here {
    () => {
        plain(0)
    };
}

fn show(what: &str, at: &Location<'_>) {
    println!("{what}: {}:{}", at.line(), at.column());
}

fn main() {
    show("const", FROM_CONST);
    let at = Probe(1)
        .next()
        .next()
        .place();
    show("chain", at);
    show("through", Probe(1)
        .through());
    show("own", Probe(1).own());
    let dynamic: &dyn Tracked = &Probe(3);
    println!("declared {}", dynamic.declared());
    println!("implemented {}", dynamic
        .implemented());
    let boxed: Box<dyn Tracked> = Box::new(Probe(4));
    println!("boxed {}", boxed
        .boxed());
    println!("add {:?}", Probe(1)
        + Probe(2));
    println!("call {:?}", plain(
        7));
    println!("macro {:?}", here!());
    let pointer: fn(u32) -> (u32, u32) = plain;
    println!("pointer {:?}", pointer(1));
    let each: Vec<(u32, u32)> = [1, 2].into_iter().map(plain).map(|p| (p.0 - p.0, p.1 - p.1)).collect();
    println!("mapped {each:?}");
}
