//! Crates compiled apart: what one says in its metadata is what another sees.

use std::cell::RefCell;
use std::rc::Rc;

use driver::args::{self, Request};
use session::{FileSystem, MemoryFileSystem};

/// Files in memory, which compilations add to.
struct World {
    files: MemoryFileSystem,
}

/// What a compilation said and whether it succeeded.
struct Outcome {
    failed: bool,
    text: String,
}

impl World {
    /// With a core library of the compiler's own tests under the name of `core`.
    fn new() -> World {
        let mut world = World { files: MemoryFileSystem::new() };
        world.add("core.rs", bootstrap::MINICORE);
        world.ok("core.rs --crate-type lib --edition 2021");
        world
    }
    fn add(&mut self, path: &str, text: &str) {
        self.files.insert(path, text.as_bytes());
    }
    /// Adds a crate's source, which uses `core`'s prelude.
    fn source(&mut self, path: &str, text: &str) {
        let head = "#![feature(no_core, decl_macro)]\n#![no_core]\n#[allow(unused)] extern crate core; #[allow(unused)] use core::prelude::v1::*;\n";
        self.add(path, &format!("{head}{text}"));
    }
    fn run(&mut self, command: &str) -> Outcome {
        let defaults = "--emit=metadata -L . --sysroot none -A warnings";
        let args: Vec<String> = command.split(' ').chain(defaults.split(' ')).map(str::to_owned).collect();
        let env = vec![("RUSTC_BOOTSTRAP".to_owned(), "1".to_owned())];
        let options = match args::parse(&args, env) {
            Ok(Request::Compile(options)) => *options,
            Ok(_) => panic!("{command}"),
            Err(error) => return Outcome { failed: true, text: error.to_string() },
        };
        let text = Rc::new(RefCell::new(String::new()));
        let sink = text.clone();
        let fs: Rc<dyn FileSystem> = Rc::new(Here(self.files.clone()));
        let outcome = driver::run(options, fs, Rc::new(move |s: &str| sink.borrow_mut().push_str(s)), &|_| {});
        for file in outcome.files {
            self.files.insert(file.path, file.bytes);
        }
        let text = text.borrow().clone();
        Outcome { failed: outcome.failed, text }
    }
    #[track_caller]
    fn ok(&mut self, command: &str) {
        let outcome = self.run(command);
        assert!(!outcome.failed, "{command}\n{}", outcome.text);
    }
    /// The messages of the errors of a compilation that fails, but for the last.
    #[track_caller]
    fn errors(&mut self, command: &str) -> Vec<String> {
        let outcome = self.run(command);
        assert!(outcome.failed, "{command}");
        let lines = outcome.text.lines().filter(|l| l.starts_with("error") && !l.contains("aborting due to"));
        lines.map(str::to_owned).collect()
    }
}

/// The current folder is the root.
struct Here(MemoryFileSystem);

impl FileSystem for Here {
    fn read(&self, path: &str) -> Result<session::Bytes, session::FileError> {
        self.0.read(path.strip_prefix("./").unwrap_or(path))
    }
    fn exists(&self, path: &str) -> bool {
        self.0.exists(path.strip_prefix("./").unwrap_or(path))
    }
    fn read_dir(&self, path: &str) -> Vec<String> {
        // All files are in one folder.
        let here = path == ".";
        let names = ["a", "b", "c", "core", "b-1", "b-2"]
            .into_iter()
            .flat_map(|n| [format!("lib{n}.rmeta"), format!("lib{n}.rlib")]);
        names.filter(|n| here && self.0.exists(n)).collect()
    }
}

#[test]
fn types_traits_and_macros_cross_crates() {
    let mut w = World::new();
    w.source(
        "a.rs",
        "pub struct Pair<A, B>(pub A, pub B);
         impl<A: Clone, B: Clone> Clone for Pair<A, B> { fn clone(&self) -> Self { Pair(self.0.clone(), self.1.clone()) } }
         impl<A, B> Pair<A, B> { pub const SIDES: u8 = 2; pub fn swap(self) -> Pair<B, A> { Pair(self.1, self.0) } }
         pub enum Choice<const N: usize = 3> { One { x: [u8; N] }, Two(&'static str), Three }
         pub trait Animal { type Food; const LEGS: u8 = 4; fn eat(&self, food: Self::Food) -> bool; fn twice(&self) -> bool where Self::Food: Copy { true } }
         impl Animal for u8 { type Food = Pair<u8, bool>; fn eat(&self, food: Pair<u8, bool>) -> bool { food.1 } }
         pub mod inner { pub use crate::Choice::{self, *}; pub static mut COUNT: i32 = 0; pub(crate) fn hidden() {} }
         #[macro_export] macro_rules! pair { ($a:expr) => { { let x = $a; $crate::Pair(x, x) } } }",
    );
    w.ok("a.rs --crate-type lib --edition 2021");
    w.source(
        "b.rs",
        "use a::{Animal, Pair, inner::{Choice, Three, Two}};
         pub fn f(p: Pair<u8, bool>) -> bool { let q = p.clone().swap().swap(); 5u8.eat(q) }
         pub fn g(c: &Choice) -> u8 { match c { Choice::One { x: [first, ..] } => *first, Two(_) => Pair::<u8, u8>::SIDES, Three => <u8 as Animal>::LEGS } }
         pub fn h(x: i32) -> Pair<i32, i32> { let y = a::pair!(x); unsafe { a::inner::COUNT = y.0; } y }
         pub fn generic<T: Animal<Food = u8>>(t: T) -> bool { t.twice() && t.eat(1) }",
    );
    w.ok("b.rs --crate-type lib --edition 2021 --extern a=liba.rmeta");
    // And through a second crate, which names the first.
    w.source(
        "c.rs",
        "pub fn f() -> bool { b::f(b::h(1).clone().into_bool()) } trait Into { fn into_bool(self) -> bool; }",
    );
    let errors = w.errors("c.rs --crate-type lib --edition 2021 --extern b=libb.rmeta");
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].contains("no method named `into_bool` found for struct `a::Pair<A, B>`"), "{errors:?}");
}

#[test]
fn privacy_and_hygiene_hold_across_crates() {
    let mut w = World::new();
    w.source(
        "a.rs",
        "pub struct S { x: u8 } fn private() -> u8 { 1 } pub fn make() -> S { S { x: private() } }
         #[macro_export] macro_rules! secret { ($s:expr) => { $s.x } }
         pub macro call() { $crate::make() } pub macro local($x:ident) { { let y = 1u8; $x } }",
    );
    w.ok("a.rs --crate-type lib --edition 2021");
    w.source(
        "b.rs",
        "pub fn f() -> a::S { a::call!() } pub fn g(y: bool) -> bool { a::local!(y) }
         pub fn h(s: a::S) -> u8 { a::private(); a::secret!(s) }",
    );
    let errors = w.errors("b.rs --crate-type lib --edition 2021 --extern a=liba.rmeta");
    assert_eq!(
        errors,
        ["error[E0603]: function `private` is private", "error[E0616]: field `x` of struct `S` is private"]
    );
}

#[test]
fn a_crate_may_be_renamed_and_is_found_in_folders() {
    let mut w = World::new();
    w.source("a.rs", "pub fn f() -> u8 { 1 }");
    w.ok("a.rs --crate-type lib --edition 2021");
    w.source("b.rs", "pub fn f() -> u8 { other::f() }");
    w.ok("b.rs --crate-type lib --edition 2021 --extern other=liba.rmeta");
    w.source("b.rs", "extern crate a as other; pub fn f() -> u8 { other::f() }");
    w.ok("b.rs --crate-type lib --edition 2021");
    // Without `--extern`, a name in `-L` is no path.
    w.source("b.rs", "pub fn f() -> u8 { a::f() }");
    let errors = w.errors("b.rs --crate-type lib --edition 2021");
    assert!(errors[0].starts_with("error[E0433]"), "{errors:?}");
}

#[test]
fn missing_changed_and_ambiguous_crates_are_errors() {
    let mut w = World::new();
    w.source("a.rs", "extern crate nowhere;");
    assert_eq!(w.errors("a.rs --crate-type lib"), ["error[E0463]: can't find crate for `nowhere`"]);

    w.source("a.rs", "pub struct A;");
    w.ok("a.rs --crate-type lib");
    w.source("b.rs", "pub extern crate a; pub fn f() -> a::A { a::A }");
    w.ok("b.rs --crate-type lib");
    w.source("a.rs", "pub struct A; pub struct New;");
    w.ok("a.rs --crate-type lib");
    w.source("c.rs", "extern crate b; fn f() { b::f(); }");
    assert_eq!(
        w.errors("c.rs --crate-type lib"),
        ["error[E0460]: found possibly newer version of crate `a` which `b` depends on"]
    );

    w.source("b.rs", "pub struct One;");
    w.ok("b.rs --crate-type lib -C metadata=1 -C extra-filename=-1");
    w.ok("b.rs --crate-type lib -C metadata=2 -C extra-filename=-2");
    let mut w2 = World { files: w.files.clone() };
    w2.source("c.rs", "extern crate b;");
    let errors = w2.errors("c.rs --crate-type lib");
    assert_eq!(errors, ["error[E0464]: multiple candidates for `rmeta` dependency `b` found"]);

    w.add("libc.rmeta", "not metadata");
    w.source("d.rs", "extern crate c;");
    assert_eq!(w.errors("d.rs --crate-type lib"), ["error[E0786]: found invalid metadata files for crate `c`"]);
}

#[test]
fn a_crate_for_another_target_is_refused() {
    let mut w = World::new();
    w.source("a.rs", "pub struct A;");
    w.ok("a.rs --crate-type lib");
    w.add("b.rs", "#![feature(no_core, decl_macro)]\n#![no_core]\nextern crate a;");
    let errors = w.errors("b.rs --crate-type lib --target aarch64-unknown-linux-musl");
    assert_eq!(
        errors,
        ["error[E0461]: couldn't find crate `a` with expected target triple aarch64-unknown-linux-musl"]
    );
}

#[test]
fn the_same_source_gives_the_same_metadata() {
    let mut w = World::new();
    let first = w.files.read("libcore.rmeta").ok();
    w.ok("core.rs --crate-type lib --edition 2021");
    assert!(first.is_some_and(|b| b.len() > 1000));
    assert_eq!(w.files.read("libcore.rmeta").ok(), World::new().files.read("libcore.rmeta").ok());
}
