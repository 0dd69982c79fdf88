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
#[lang = "copy"]
pub trait Copy {}
impl Copy for i32 {}
#[lang = "add"]
pub trait Add<R = Self> {
    type Output;
    fn add(self, r: R) -> Self::Output;
}
impl Add for i32 {
    type Output = i32;
    fn add(self, r: i32) -> i32 {
        self + r
    }
}

struct Point {
    x: i32,
    y: i32,
}

impl Point {
    fn sum(&self) -> i32 {
        self.x + self.y
    }
}

fn f(a: i32) -> i32 {
    let p = Point { x: a, y: 2 };
    p.sum()
}

fn main() {
    let z: bool = f(2); //~ ERROR mismatched types
    f(1).missing(); //~ ERROR no method named `missing` found for type `i32`
    Point { x: 1, z: 2 }; //~ ERROR struct `Point` has no field named `z`
}
