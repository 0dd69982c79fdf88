//! `macro_rules!`: matching, substitution, and what is said when a call or a definition is wrong.

use expect_test::{Expect, expect};
use span::Edition;

fn check(fixture: &str, expected: Expect) {
    expected.assert_eq(&super::expand_calls(fixture, Edition::Edition2021, &[]));
}

fn check_unstable(fixture: &str, expected: Expect) {
    let features = ["macro_metavar_expr", "macro_metavar_expr_concat"];
    expected.assert_eq(&super::expand_calls(fixture, Edition::Edition2021, &features));
}

#[test]
fn substitutes_every_fragment_kind() {
    check(
        r#"
macro_rules! m {
    ($b:block $e:expr; $i:ident $it:item $l:lifetime $lit:literal, $m:meta, $p:pat, $pa:path, $s:stmt; $t:tt $ty:ty, $v:vis $n:ident) =>
        { $b $e $i $it $l $lit $m $p $pa $s $t $ty $v $n };
}
m! { { 1 } a + b; name struct S { x: u8 } 'a -1, doc = "x", Some(1 | 2), a::b::<u8>, let x = 1; [a b] Vec<Vec<u8>>, pub(crate) f }
"#,
        expect![[
            r#"{ 1 } a + bname struct S { x: u8 } 'a -1doc = "x"Some(1 | 2)a::b::<u8>let x = 1[a b] Vec<Vec<u8>>pub(crate) f"#
        ]],
    );
}

#[test]
fn repeats_in_step_and_nested() {
    check(
        "
macro_rules! map { ($($k:expr => [$($v:expr),*]),* $(,)?) => { $( insert($k, &[$(f($v)),*]); )* } }
map!(1 => [a, b], 2 => []);
map!();
map!(1 => [2],);
macro_rules! opt { ($(a $x:ident)? $(b)+) => { $($x)? } }
opt!(a y b b);
opt!(b);
macro_rules! sep { ($($x:tt)=>*) => { $($x)+* } }
sep!(a => b => c);
",
        expect![[r#"
            insert(1, & [f(a), f(b)]); insert(2, & []);

            insert(1, & [f(2)]);
            y

            a b c*"#]],
    );
}

#[test]
fn doc_comments_are_attributes() {
    check(
        "
macro_rules! m { ($(#[$a:meta])* $i:ident) => { $(#[$a])* struct $i; } }
m! { /// One \"quoted\" line
     #[inline] X }
",
        expect![[r##"#[doc = r#" One "quoted" line"#]#[inline]struct X;"##]],
    );
}

#[test]
fn undeclared_variables_stay_for_nested_definitions() {
    check(
        "
macro_rules! outer { ($n:ident) => { macro_rules! $n { ($x:expr) => { $x + $crate::f($y) } } } }
outer!(inner);
",
        expect!["macro_rules ! inner { ($x : expr) => { $x + $crate :: f($y) } }"],
    );
}

#[test]
fn later_rules_are_tried() {
    check(
        "
macro_rules! m { ($e:expr => $t:ty) => { one }; (a b) => { two }; ($($t:tt)*) => { rest $($t)* } }
m!(1 => u8);
m!(a b);
m!(a b c);
",
        expect![[r#"
            one
            two
            rest a b c"#]],
    );
}

#[test]
fn explains_a_call_that_no_rule_matches() {
    check(
        "
macro_rules! m { ($a:ident, $b:expr) => {}; (x $l:literal) => {} }
m!(a);
m!(a, );
m!(a b);
m!(x y);
m!(a, b c);
",
        expect![[r#"
            3: unexpected end of macro invocation
              note: while trying to match `,`
            4: unexpected end of macro invocation
              note: while trying to match meta-variable `$b:expr`
            5: no rules expected `b`
              note: while trying to match `,`
            6: no rules expected `y`
              note: while trying to match `,`
            7: no rules expected `c`
              note: while trying to match meta-variable `$b:expr`"#]],
    );
}

#[test]
fn reports_ambiguity() {
    check(
        "macro_rules! m { ($($x:ident)* $($y:ident)*) => {} }\nm!(a b);",
        expect![
            "2: local ambiguity when calling macro `m`: multiple parsing options: built-in NTs ident ('x') or ident ('y')."
        ],
    );
}

#[test]
fn checks_definitions() {
    check(
        "
macro_rules! e1 {}
macro_rules! e2 { ($x) => {} }
macro_rules! e3 { ($x:foo) => {} }
macro_rules! e4 { ($x:expr $y:expr) => {} }
macro_rules! e5 { ($x:ident $x:ident) => {} }
macro_rules! e6 { ($()*) => {} }
macro_rules! e7 { ($x:ident) => $x }
macro_rules! e8 { $x:ident => {} }
macro_rules! e9 { () = {} }
macro_rules! e10 { () => {} () => {} }
macro_rules! e11 { ($($x:ident)a?) => {} }
macro_rules! e12 { ($($x:ty)-*) => {} }
macro_rules! e13 { ($(a)) => {} }
macro_rules! e14 { ($x:pat | ) => {} }
macro_rules! e15 { ($x:vis +) => {} }
macro_rules! e16 { ($(a $x:expr)* b) => {} }
",
        expect![[r#"
            2: macros must contain at least one rule
            3: missing fragment specifier
              note: fragment specifiers must be provided
              help: valid fragment specifiers are `ident`, `block`, `stmt`, `expr`, `pat`, `ty`, `lifetime`, `literal`, `path`, `meta`, `tt`, `item` and `vis`, along with `expr_2021` and `pat_param` for edition compatibility
            4: invalid fragment specifier `foo`
              help: valid fragment specifiers are `ident`, `block`, `stmt`, `expr`, `pat`, `ty`, `lifetime`, `literal`, `path`, `meta`, `tt`, `item` and `vis`, along with `expr_2021` and `pat_param` for edition compatibility
            5: `$x:expr` is followed by `$y:expr`, which is not allowed for `expr` fragments
              note: allowed there are: `=>`, `,` or `;`
            6: duplicate matcher binding
            7: repetition matches empty token tree
            8: macro rhs must be delimited
            8: expected `;`, found `x`
            9: invalid macro matcher; matchers must be contained in balanced delimiters
            9: expected `=>`, found `x`
            10: expected `=>`, found `=`
            11: expected `;`, found `(`
            12: the `?` macro repetition operator does not take a separator
            13: `$x:ty` is followed by `-`, which is not allowed for `ty` fragments
              note: allowed there are: `{`, `[`, `=>`, `,`, `>`, `=`, `:`, `;`, `|`, `as` or `where`
            14: expected one of: `*`, `+`, or `?`
            15: `$x:pat` is followed by `|`, which is not allowed for `pat` fragments
              note: allowed there are: `=>`, `,`, `=`, `if` or `in`
            16: `$x:vis` is followed by `+`, which is not allowed for `vis` fragments
              note: allowed there are: `,`, an ident or a type
            17: `$x:expr` is followed by `b`, which is not allowed for `expr` fragments
              note: allowed there are: `=>`, `,` or `;`"#]],
    );
}

#[test]
fn reports_wrong_repetition_depth() {
    check(
        "
macro_rules! a { ($($x:ident),*) => { $x } }
a!(a, b);
macro_rules! b { ($x:ident) => { $($x)* } }
b!(a);
macro_rules! c { ($($x:ident),* ; $($y:ident),*) => { $( $x $y )* } }
c!(a, b; c);
",
        expect![[r#"
            2: variable `x` is still repeating at this depth
            4: attempted to repeat an expression containing no syntax variables matched as repeating at this depth
            6: meta-variable `x` repeats 2 times, but `y` repeats 1 time"#]],
    );
}

#[test]
fn metavariable_expressions() {
    check_unstable(
        "
macro_rules! count { ($($x:ident),*) => { ${count($x)} $( ${index()} of ${len()} $x ${ignore($x)} )* $$y } }
count!(a, b);
macro_rules! cat { ($x:ident) => { fn ${concat(get_, $x, _mut)}() {} } }
cat!(name);
macro_rules! bad { ($x:ident) => { ${count($x)} } }
bad!(a);
macro_rules! nested { ($( [ $($x:ident)* ] )*) => { ${count($x)} ${count($x, 1)} } }
nested!([a b] [c] []);
",
        expect![[r#"
            2 0 of 2 a 1 of 2 b $y
            fn get_name_mut() {}
            3 3
            6: `count` can not be placed inside the innermost repetition"#]],
    );
}

#[test]
fn metavariable_expressions_are_gated() {
    check(
        "macro_rules! m { ($($x:ident)*) => { ${count($x)} } }\nm!(a);",
        expect![[r#"
        1
        1: meta-variable expressions are unstable [E0658]
          note: see issue #83527 <https://github.com/rust-lang/rust/issues/83527> for more information"#]],
    );
}

#[test]
fn fragments_cannot_be_matched_again_as_tokens() {
    check(
        "
macro_rules! is_one { (1) => { yes }; ($e:expr) => { is_one!($e) } }
is_one!(1);
is_one!(2);
macro_rules! tt { ($t:tt) => { $t } }
tt!(x);
",
        expect![[r#"
            yes
            is_one ! (2)
            x"#]],
    );
}

#[test]
fn twenty_thousand_calls_expand() {
    let mut fixture =
        String::from("macro_rules! m { ($a:ident, $($x:expr),* ; $t:ty) => { fn $a() -> $t { [$($x),*] } } }\n");
    for i in 0..20_000 {
        fixture.push_str(&format!("m!(f{i}, {i}, a + b, [1, 2]; [u8; 3]);\n"));
    }
    let text = super::expand_calls(&fixture, Edition::Edition2021, &[]);
    assert_eq!(text.lines().count(), 20_000);
}
