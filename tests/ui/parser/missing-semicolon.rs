//@ args: -Zparse-crate-root-only
fn main() {
    let x = 1 //~ ERROR expected `;`, found keyword `let`
    let y = 2;
}
