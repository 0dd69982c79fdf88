//@ edition: 2021
#![feature(no_core, lang_items)]
#![allow(internal_features)]
#![no_core]
#[lang = "pointee_sized"]
pub trait PointeeSized {}
#[lang = "meta_sized"]
pub trait MetaSized: PointeeSized {}
#[lang = "sized"]
pub trait Sized: MetaSized {}

mod inner {
    pub struct Point;
    struct Hidden;
}

use inner::Pint; //~ ERROR unresolved import

fn f() -> inner::Hidden { //~ ERROR struct `Hidden` is private
    answer //~ ERROR cannot find value `answer` in this scope
}

fn main() {
    missing!(); //~ ERROR cannot find macro `missing` in this scope
}

enum Shape {
    Round(u8),
    Flat,
}

struct Plain {
    a: u8,
}

struct Owner;

impl Owner {
    fn of(&self) {}
    fn made() -> Owner {
        Owner
    }
    fn all(&self) {
        of(); //~ ERROR cannot find function `of` in this scope
        made(); //~ ERROR cannot find function `made` in this scope
        let _ = this; //~ ERROR cannot find value `this` in this scope
    }
}

fn others(n: usize) {
    let _ = Shape; //~ ERROR expected value, found enum `Shape`
    let _ = Shape(1); //~ ERROR expected function, tuple struct or tuple variant, found enum `Shape`
    let _ = Plain(1); //~ ERROR expected function, tuple struct or tuple variant, found struct `Plain`
    let _ = Plain.a; //~ ERROR expected value, found struct `Plain`
    let _ = HashMap::new; //~ ERROR cannot find type `HashMap` in this scope
    fn inner<T>() {
        fn innermost(_: T) {} //~ ERROR can't use generic parameters from outer item
    }
    const N: usize = n; //~ ERROR attempt to use a non-constant value in a constant
}

fn counted(_: [u8; N]) {} //~ ERROR cannot find value `N` in this scope
