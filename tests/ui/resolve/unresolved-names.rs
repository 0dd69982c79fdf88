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
