//@ check-pass
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

pub enum Option<T> {
    Some(T),
    None,
}

pub trait Iterator {
    type Item;
    fn next(&mut self) -> Option<Self::Item>;
}

pub struct Cons<'a, T: 'a> {
    head: &'a T,
    tail: Option<&'a Cons<'a, T>>,
}

impl<'a, T> Iterator for Cons<'a, T> {
    type Item = &'a T;
    fn next(&mut self) -> Option<&'a T> {
        loop {}
    }
}

pub fn first<I: Iterator>(_: I) -> Option<I::Item>
where
    for<'b> &'b I: MetaSized,
{
    loop {}
}

fn main() {}
