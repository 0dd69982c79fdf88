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

macro_rules! pair {
    ($a:ident, $b:ident) => { struct $a; struct $b; };
}

pair!(A, B);
pair!(C D); //~ ERROR no rules expected `D`

fn main() {}
