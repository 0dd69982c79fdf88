//! `async`.

use expect_test::expect;

use super::{check, check_errors};

#[test]
fn async_functions_move_their_arguments() {
    check(
        "async fn f(a: u8, (b, c): (u8, u8), _: u8) -> u8 { a }",
        expect![[r#"
        async fn f(a: u8, __arg1: (u8, u8), _: u8) -> /*impl Trait*/ |mut _task_context: ResumeTy| {
            let a = a;
            let mut __arg1 = __arg1;
            let (b, c) = __arg1;
            let mut _ = _;
            let _ = _;
            {
                let _t = {
                    a
                };
                _t
            }
        }
    "#]],
    );
}

#[test]
fn await_polls_in_a_loop() {
    check(
        "async fn g() {} fn f() { let x = async move { g().await }; }",
        expect![[r#"
        async fn g() -> /*impl Trait*/ |mut _task_context: ResumeTy| {
            {
                let _t = { };
                _t
            }
        }
        fn f() {
            let x = move |mut _task_context: ResumeTy| {
                match into_future(g()) {
                    mut __awaitee => loop {
                        match unsafe {
                            poll(new_unchecked(&mut __awaitee), get_context(_task_context))
                        } {
                            Ready { 0: result } => break result,
                            Pending { } => { }
                        }
                        _task_context = (yield ());
                    },
                }
            };
        }
    "#]],
    );
}

#[test]
fn async_closures_return_a_coroutine() {
    check(
        "fn f() { let x = async |y: u8| y; }",
        expect![[r#"
        fn f() {
            let x = |y: u8| |mut _task_context: ResumeTy| {
                let y = y;
                {
                    let _t = y;
                    _t
                }
            };
        }
    "#]],
    );
}

#[test]
fn await_needs_async() {
    check_errors(
        "async fn g() {} fn f() { g().await; async { || g().await }; }",
        expect![[r#"
        error[E0728]: `await` is only allowed inside `async` functions and blocks at `await`
        error[E0728]: `await` is only allowed inside `async` functions and blocks at `await`
    "#]],
    );
}
