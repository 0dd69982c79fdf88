//! Formatting: flags, builders, pretty printing.

#![allow(clippy::disallowed_methods, reason = "a tool or test reads files and the clock")]

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque};
use std::fmt::{self, Binary, Debug, Display, Formatter, LowerExp, LowerHex, Octal, UpperExp, UpperHex, Write};
use std::rc::Rc;
use std::cell::{Cell, RefCell};
use std::sync::{Arc, Mutex, RwLock};

#[derive(Debug, Clone, PartialEq, Default)]
struct Point {
    x: i32,
    y: f64,
}

#[derive(Debug)]
struct Unit;

#[derive(Debug)]
struct Tuple(i32, String, Point);

#[derive(Debug)]
#[allow(dead_code)]
enum Shape {
    Empty,
    Circle(f32),
    Rect { w: u8, h: u8, tag: Option<&'static str> },
    Nested(Box<Shape>),
    Pair(Option<i32>, Result<u8, String>),
}

struct Padded(&'static str);
impl Display for Padded {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

struct Hex(u32);
impl LowerHex for Hex {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        LowerHex::fmt(&self.0, f)
    }
}
impl UpperHex for Hex {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        UpperHex::fmt(&self.0, f)
    }
}
impl Binary for Hex {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Binary::fmt(&self.0, f)
    }
}
impl Octal for Hex {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.pad_integral(true, "0o", "777")
    }
}

struct Flags;
impl Display for Flags {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "[w={:?} p={:?} fill={:?} alt={} plus={} minus={} zero={} align={}]",
            f.width(),
            f.precision(),
            f.fill(),
            f.alternate(),
            f.sign_plus(),
            f.sign_minus(),
            f.sign_aware_zero_pad(),
            match f.align() {
                None => "none",
                Some(fmt::Alignment::Left) => "left",
                Some(fmt::Alignment::Center) => "center",
                Some(fmt::Alignment::Right) => "right",
            }
        )
    }
}

struct Builders;
impl Debug for Builders {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builders")
            .field("list", &ListOf(3))
            .field("map", &MapOf)
            .field("tuple", &TupleOf)
            .finish_non_exhaustive()
    }
}
struct ListOf(i32);
impl Debug for ListOf {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(0..self.0).entry(&"last\nline").finish()
    }
}
struct MapOf;
impl Debug for MapOf {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_map().entry(&"k", &1).key(&Point { x: 1, y: 2.0 }).value(&[1, 2]).finish()
    }
}
struct TupleOf;
impl Debug for TupleOf {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_tuple("").field(&1).finish()
    }
}
struct SetNonEx;
impl Debug for SetNonEx {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_set().entry(&1).entry(&format_args!("raw {}", 5)).finish_non_exhaustive()
    }
}
struct EmptyNonEx;
impl Debug for EmptyNonEx {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmptyNonEx").finish_non_exhaustive()
    }
}

fn integers() {
    for n in [0i32, 1, -1, 42, -42, i32::MAX, i32::MIN] {
        println!("{n}|{n:?}|{n:+}|{n:8}|{n:<8}|{n:^8}|{n:>8}|{n:08}|{n:+08}|{n:*^12}|{n:#}");
        println!("{n:x}|{n:X}|{n:o}|{n:b}|{n:#x}|{n:#X}|{n:#o}|{n:#b}|{n:#010x}|{n:010b}|{n:#?}");
        println!("{n:e}|{n:E}|{n:x?}|{n:X?}|{n:#x?}|{n:08x?}|{n:.3e}|{n:+e}|{n:15e}|");
    }
    for n in [u64::MAX, 1234567890123456789, 1000000, 999999] {
        println!("{n} {n:e} {n:.2e} {n:.0e} {n:x} {n:>30} {n:<30}|");
    }
    for n in [i128::MIN, i128::MAX, -1, 0, 10_000_000_000_000_000_000_000_000_000_000] {
        println!("{n} {n:x} {n:#b} {n:o} {n:e}");
    }
    println!("{} {} {}", u128::MAX, u8::MAX, i8::MIN);
    println!("{:x} {:b} {:o}", i8::MIN, i8::MIN, -1i16);
    println!("{:x} {:#X} {:#b} {:o} {:#10o}", Hex(255), Hex(255), Hex(5), Hex(1), Hex(1));
    let w = 7;
    let p = 2;
    println!("[{:w$}] [{:1$}] [{:.*}] [{:w$.p$}] [{:>1$}]", 1, 5, 3, 1.0f64, 2.0f64, 9, w = w, p = p);
    println!("{0} {1} {0} {name} {}", 'a', 'b', name = "n");
    println!("{{}} {{{}}} {:?}", 1, "{}");
}

fn text() {
    println!("[{:10}] [{:<10}] [{:^10}] [{:>10}] [{:-^10}]", "abc", "abc", "abc", "abc", "abc");
    println!("[{:.2}] [{:5.2}] [{:>5.2}] [{:é^7}]", "abcdef", "abcdef", "ñandú", "日本");
    println!("[{:5}] [{:<5}] [{:^5}] [{:?}] [{:5?}]", 'x', 'y', 'z', 'w', 'v');
    println!("[{:8}] [{:?}] [{:>8?}]", true, false, true);
    println!("{:?} {:?} {:?}", "tab\t nl\n cr\r quote\" back\\ apos' nul\0 bell\u{7} del\u{7f}", '\'', '"');
    println!("{:?} {:?}", "é日本\u{200b}\u{301}a\u{301}\u{e000}\u{10ffff}", '\u{301}');
    println!("{:?}", "\u{1f600} \u{fffd} \u{feff} \u{ad} \u{85}");
    println!("{:?} [{:15?}] [{:<15?}]", "hi", "hi", "hi");
    println!("[{:10}] [{:>10}] [{:.1}]", Padded("pad"), Padded("pad"), Padded("pad"));
    println!("{}", Flags);
    println!("{:5}{:<5.1}{:^#5}{:>+5}{:05}{:-}{:*<+#09.3}", Flags, Flags, Flags, Flags, Flags, Flags, Flags);
    println!("{}", "abc".escape_debug());
    println!("{} {} {}", "a\n\u{e9}".escape_default(), "a\n\u{e9}".escape_unicode(), "a\n\u{301}".escape_debug());
    println!("{:?} {:?}", b"bytes\n\xff", b'a');
    println!("{}", b"bytes\n\xff\"".escape_ascii());
}

fn pretty() {
    let values = vec![
        Shape::Empty,
        Shape::Circle(1.5),
        Shape::Rect { w: 1, h: 2, tag: Some("t") },
        Shape::Nested(Box::new(Shape::Rect { w: 3, h: 4, tag: None })),
        Shape::Pair(Some(1), Err("e".to_string())),
    ];
    println!("{values:?}");
    println!("{values:#?}");
    println!("{:?} {:#?}", Unit, Unit);
    let t = Tuple(1, "two\nlines".into(), Point { x: 3, y: 4.0 });
    println!("{t:?}\n{t:#?}");
    println!("{:5?} {:#06x?} {:.1?}", Point { x: 1, y: 2.25 }, Tuple(10, "x".into(), Point::default()), Some(1.25));
    println!("{:?}\n{:#?}", Builders, Builders);
    println!("{:?}\n{:#?}", SetNonEx, SetNonEx);
    println!("{:?}\n{:#?}", EmptyNonEx, EmptyNonEx);
    println!("{:?} {:#?}", (), ());
    println!("{:?} {:#?}", (1,), (1, "a"));
    println!("{:?} {:#?}", [[1, 2], [3, 4]], [(); 2]);
    let empty: [i32; 0] = [];
    println!("{:?} {:#?} {:?}", empty, empty, &empty[..]);
    let m: BTreeMap<_, _> = [(1, "one"), (2, "two")].into_iter().collect();
    println!("{m:?}\n{m:#?}");
    let s: BTreeSet<_> = ["x", "y"].into_iter().collect();
    println!("{s:?}\n{s:#?}");
    println!("{:?} {:?}", m.keys(), m.values());
    let h: HashMap<_, _> = [("k", vec![1])].into_iter().collect();
    println!("{h:?} {h:#?}");
    let h: HashSet<_> = [7].into_iter().collect();
    println!("{h:?} {h:#?}");
    let d: VecDeque<_> = (0..3).collect();
    let l: LinkedList<_> = (0..3).collect();
    println!("{d:?} {l:?}");
    println!("{:?} {:?}", Rc::new(1), Arc::new("a"));
    println!("{:?} {:#?}", Cell::new(1), RefCell::new("a"));
    let cell = RefCell::new(5);
    let guard = cell.borrow_mut();
    println!("{:?} {:?}", cell, guard);
    drop(guard);
    println!("{:?} {:?}", Mutex::new(1), RwLock::new(1));
    println!("{:#?}", Mutex::new(1));
    println!("{:?} {:?} {:?} {:?} {:?} {:?}", 1..2, 1..=2, ..3, 4.., ..=5, ..);
    println!("{:?} {:?}", Some(Some(1)), None::<i32>);
    println!("{:?}", Ok::<i32, ()>(1));
    println!("{:?} {:?}", std::cmp::Ordering::Less, std::cmp::Reverse(1));
    println!("{:?}", "a b c".split(' '));
    println!("{:?}", [1, 2, 3].iter());
    println!("{:?}", vec![1, 2, 3].into_iter());
    println!("{:?}", "abc".chars());
    println!("{:?}", "abc".char_indices());
    println!("{:?}", "abc".bytes());
    println!("{:?} {:?}", std::mem::size_of::<u8>(), std::marker::PhantomData::<u8>);
    println!("{:?}", format_args!("{}-{:?}", 1, "x"));
    println!("{} {}", 'a'.to_uppercase(), 'ß'.to_uppercase());
    println!("{:?}", std::num::Wrapping(3));
    println!("{:?}", std::num::NonZeroU8::new(3));
    println!("{:?}", std::time::Duration::from_millis(1500));
    println!("{:?}", (1..4).map(|x| x * 2).collect::<Vec<_>>());
    println!("{:?}", std::any::type_name::<Vec<Option<i32>>>());
}

fn writing() {
    let mut s = String::new();
    write!(s, "{}-{:03}", "a", 7).unwrap();
    writeln!(s).unwrap();
    writeln!(s, "line {}", 2).unwrap();
    s.write_str("str").unwrap();
    s.write_char('!').unwrap();
    print!("{s}");
    println!();
    eprintln!("to stderr {}", 1);
    eprint!("x");
    eprintln!();
    let x = 5;
    let r = dbg!(x * 2) + 1;
    dbg!();
    dbg!(r, "s");
    println!("{}", format!("{x}{x:?}{0}", r));
    println!("{}", format_args!("{} {}", "nested", format_args!("{:>4}", 1)));
    assert_eq!(format_args!("plain").as_str(), Some("plain"));
    println!("{:?}", fmt::Error);
    println!("{}", fmt::Error);
    let from = fmt::from_fn(|f| f.write_str("from_fn"));
    println!("{from} {from:?}");
}

fn pointers() {
    let p = 0x1234 as *const u8;
    println!("{p:p} {p:?} {p:#p} {p:20p}| {p:<20p}| {p:020p}");
    println!("{:p} {:?}", std::ptr::null::<i32>(), std::ptr::null_mut::<i32>());
    let x = 1;
    assert_eq!(format!("{:p}", &x), format!("{:p}", &x as *const i32));
    let b = Box::new(1);
    assert_eq!(format!("{:p}", b), format!("{:p}", &*b));
}

fn exps() {
    fn both<T: LowerExp + UpperExp + Display + Debug>(t: T) {
        println!("{t} {t:?} {t:e} {t:E} {t:.3e} {t:+e} {t:12e}| {t:<12.1E}| {t:012e}");
    }
    both(0.0);
    both(-0.0);
    both(1.0f32);
    both(1234.5678f64);
    both(0.00012345f64);
    both(f64::MAX);
    both(f64::MIN_POSITIVE);
    both(5e-324f64);
    both(f32::MAX);
    both(f64::NAN);
    both(f64::INFINITY);
    both(-f64::INFINITY);
    both(12345u32);
    both(-12345i64);
    both(1500000000000000000000u128);
    both(100u8);
}

fn main() {
    integers();
    text();
    pretty();
    writing();
    pointers();
    exps();
}
