//! Errors in the text of a macro name its call.

macro_rules! inner {
    ($e:expr) => {
        let _: i32 = $e;
        let _: u8 = ();
        //~^ ERROR mismatched types
        //~| ERROR mismatched types
    };
}

macro_rules! outer {
    ($e:expr) => {
        inner!($e)
    };
}

fn main() {
    inner!(1);
    outer!("text");
    //~^ ERROR mismatched types
}
