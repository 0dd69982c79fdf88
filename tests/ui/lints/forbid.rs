//@ edition: 2021
//! A `deny` inside a `forbid` is no error and changes nothing; other levels are errors and change nothing either.
#![forbid(unsafe_code)]

fn main() {
    #[deny(unsafe_code)]
    {
        #[allow(unsafe_code)] //~ ERROR allow(unsafe_code) incompatible with previous forbid
        {
            unsafe {} //~ ERROR usage of an `unsafe` block
        }
    }
}
