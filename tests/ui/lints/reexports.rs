//@ edition: 2021
//! A public import that nobody outside can reach may be unused.
#![deny(unused_imports)]

mod private {
    pub use std::fmt; //~ ERROR unused import: `std::fmt`
    pub use std::io;
    pub use std::rc::Rc as Exported;
}
pub use private::Exported;
pub use std::cell::Cell as _; //~ ERROR unused import: `std::cell::Cell as _`
pub use std::fmt::Write as _;

fn main() {
    let _: private::io::Result<()> = Ok(());
}
