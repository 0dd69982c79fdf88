//! `async`.

use expect_test::expect;

use super::{check, check_errors};

#[test]
fn async_functions_move_their_arguments() {
    check("async fn f(a: u8, (b, c): (u8, u8), _: u8) -> u8 { a }", expect![""]);
}

#[test]
fn await_polls_in_a_loop() {
    check("async fn g() {} fn f() { let x = async move { g().await }; }", expect![""]);
}

#[test]
fn async_closures_return_a_coroutine() {
    check("fn f() { let x = async |y: u8| y; }", expect![""]);
}

#[test]
fn await_needs_async() {
    check_errors("async fn g() {} fn f() { g().await; async { || g().await }; }", expect![""]);
}
