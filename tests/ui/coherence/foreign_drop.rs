//@ edition: 2021
// `Drop` of a type of another crate.
impl Drop for u8 { //~ ERROR the `Drop` trait may only be implemented for local structs, enums, and unions
    fn drop(&mut self) {}
}
fn main() {}
