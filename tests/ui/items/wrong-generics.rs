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

struct Pair<A, B> {
    a: A,
    b: B,
}

struct Uses {
    x: Pair<u8>, //~ ERROR struct takes 2 generic arguments but 1 generic argument was supplied
    y: u8<u16>, //~ ERROR type arguments are not allowed on builtin type `u8`
}

fn f(x: _) {} //~ ERROR the placeholder `_` is not allowed within types on item signatures for functions

fn main() {}
