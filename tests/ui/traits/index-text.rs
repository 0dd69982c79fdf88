// The impl that is near has variables of its own.
fn main() {
    let text = "abc";
    let _ = text[1]; //~ ERROR the type `str` cannot be indexed by `{integer}`
    let _ = text.get(1u8); //~ ERROR the type `str` cannot be indexed by `u8`
}
