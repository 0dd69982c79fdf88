//@ edition: 2021
// Evaluation without end is stopped.
const ENDLESS: u32 = { //~ HELP the constant being evaluated
    let mut i = 0u32;
    loop { //~ ERROR constant evaluation is taking a long time
        i = if i == 7 { 0 } else { i + 1 };
    }
};

fn main() {}
