//@ edition: 2021
//@ args: --crate-type lib
//! How signatures write lifetimes.
#![deny(mismatched_lifetime_syntaxes, unused_lifetimes, single_use_lifetimes)]

pub struct Words<'t>(pub &'t str);

pub fn hidden(text: &str) -> Words { //~ ERROR hiding a lifetime that's elided elsewhere is confusing
    Words(text)
}
pub fn consistent(text: &str) -> Words<'_> {
    Words(text)
}
pub fn anonymous(words: Words) -> Words<'_> { //~ ERROR hiding a lifetime that's elided elsewhere is confusing
    words
}

impl<'t> Words<'t> {
    pub fn first<'a>(&'a self) -> &str { //~ ERROR eliding a lifetime that's named elsewhere is confusing
        //~^ ERROR lifetime parameter `'a` only used once
        self.0
    }
    pub fn same(&self) -> Words { //~ ERROR hiding a lifetime that's elided elsewhere is confusing
        Words(self.0)
    }
    pub fn used(&self) -> &'t str {
        self.0
    }
}

pub fn unused<'a>() {} //~ ERROR lifetime parameter `'a` never used
pub fn unused_of_two<'a, 'b>(x: &'a u8, y: &'a u8) -> &'a u8 { //~ ERROR lifetime parameter `'b` never used
    if *x > 0 { x } else { y }
}
pub fn once<'a>(x: &'a u8) -> u8 { //~ ERROR lifetime parameter `'a` only used once
    *x
}
pub fn bounded<'a, T: 'a>(x: T) -> T {
    x
}

pub struct Empty;
impl<'a> Empty {} //~ ERROR lifetime parameter `'a` never used
