//! What text is lexed to, and which errors are found.

#![allow(clippy::disallowed_methods, reason = "a tool or test reads files and the clock")]

use expect_test::{Expect, expect};
use span::{BytePos, Edition};

fn check_in(edition: Edition, text: &str, expected: Expect) {
    span::create_session_globals_then(edition, || {
        let dcx = diagnostics::DiagCtxt::new();
        let stream = lexer::lex_text(&dcx, text, BytePos(1), edition, None);
        let mut out = String::new();
        if let Ok(stream) = stream {
            for (token, spacing) in stream.tokens() {
                out.push_str(&format!("{:?} {spacing:?}\n", token.kind));
            }
        }
        for diag in dcx.emitted() {
            let code = diag.code.map(|code| format!("[{code}]")).unwrap_or_default();
            let at = diag.span.primary_span().map_or(0, |span| span.lo().0 - 1);
            out.push_str(&format!("{at}: {}{code}: {}\n", diag.level.to_str(), diag.message));
        }
        expected.assert_eq(&out);
    });
}

fn check(text: &str, expected: Expect) {
    check_in(Edition::Edition2021, text, expected);
}

#[test]
fn operators_are_lexed_as_long_as_possible() {
    check(
        "a>>=b&&c..=d",
        expect![[r#"
            Ident("a", No) Joint
            ShrEq JointHidden
            Ident("b", No) Joint
            AndAnd JointHidden
            Ident("c", No) Joint
            DotDotEq JointHidden
            Ident("d", No) Alone
        "#]],
    );
}

#[test]
fn numbers_keep_their_suffix() {
    check(
        "0x1F_u8 1.0e3f32 1..2 1.max",
        expect![[r#"
            Literal(Lit { kind: Integer, symbol: "0x1F_", suffix: Some("u8") }) Alone
            Literal(Lit { kind: Float, symbol: "1.0e3", suffix: Some("f32") }) Alone
            Literal(Lit { kind: Integer, symbol: "1", suffix: None }) Joint
            DotDot JointHidden
            Literal(Lit { kind: Integer, symbol: "2", suffix: None }) Alone
            Literal(Lit { kind: Integer, symbol: "1", suffix: None }) Joint
            Dot JointHidden
            Ident("max", No) Alone
        "#]],
    );
}

#[test]
fn lifetimes_and_characters_are_told_apart() {
    check(
        "'a 'a' '\\n' 'static b'x' '(' 'r#fn",
        expect![[r#"
            Lifetime("'a", No) Alone
            Literal(Lit { kind: Char, symbol: "a", suffix: None }) Alone
            Literal(Lit { kind: Char, symbol: "\\n", suffix: None }) Alone
            Lifetime("'static", No) Alone
            Literal(Lit { kind: Byte, symbol: "x", suffix: None }) Alone
            Literal(Lit { kind: Char, symbol: "(", suffix: None }) Alone
            Lifetime("'fn", Yes) Alone
        "#]],
    );
}

#[test]
fn raw_strings_end_at_their_hashes() {
    check(
        r####"r#"a"b"# br"x" c"y" r#type"####,
        expect![[r##"
            Literal(Lit { kind: StrRaw(1), symbol: "a\"b", suffix: None }) Alone
            Literal(Lit { kind: ByteStrRaw(0), symbol: "x", suffix: None }) Alone
            Literal(Lit { kind: CStr, symbol: "y", suffix: None }) Alone
            Ident("type", Yes) Alone
        "##]],
    );
}

#[test]
fn comments_nest_and_documentation_is_kept() {
    check(
        "/* a /* b */ c */ /// d\n//! e\n/** f */ //// g",
        expect![[r#"
            DocComment(Line, Outer, " d") Alone
            DocComment(Line, Inner, " e") Alone
            DocComment(Block, Outer, " f ") Alone
        "#]],
    );
}

#[test]
fn unknown_prefixes_are_errors_since_2021() {
    check(
        "foo\"x\"",
        expect![[r#"
            Ident("foo", No) JointHidden
            Literal(Lit { kind: Str, symbol: "x", suffix: None }) Alone
            0: error: prefix `foo` is unknown
        "#]],
    );
    check_in(
        Edition::Edition2018,
        "foo\"x\" c\"y\"",
        expect![[r#"
            Ident("foo", No) JointHidden
            Literal(Lit { kind: Str, symbol: "x", suffix: None }) Alone
            Ident("c", No) JointHidden
            Literal(Lit { kind: Str, symbol: "y", suffix: None }) Alone
        "#]],
    );
}

#[test]
fn guarded_strings_are_reserved_since_2024() {
    check_in(
        Edition::Edition2024,
        "##",
        expect![[r#"
            Pound Joint
            Pound Alone
            0: error: reserved multi-hash token is forbidden
        "#]],
    );
}

#[test]
fn an_unterminated_string_ends_lexing() {
    check(
        "a \"b",
        expect![[r#"
            2: error[E0765]: unterminated double quote string
        "#]],
    );
}

#[test]
fn wrong_escapes_are_reported_where_they_are() {
    check(
        r#""\q \u{110000} \xff""#,
        expect![[r#"
            Literal(Lit { kind: Err(ErrorGuaranteed(())), symbol: "\"\\q \\u{110000} \\xff\"", suffix: None }) Alone
            2: error: unknown character escape: `q`
            4: error: invalid unicode character escape
            15: error: out of range hex escape
        "#]],
    );
}

#[test]
fn a_bracket_that_closes_another_is_reported_once() {
    check(
        "fn f() { (] }",
        expect![[r#"
            9: error: mismatched closing delimiter: `]`
        "#]],
    );
}

#[test]
fn an_unclosed_bracket_is_reported_at_the_end() {
    check(
        "fn f() {",
        expect![[r#"
            8: error: this file contains an unclosed delimiter
        "#]],
    );
}

#[test]
fn look_alikes_become_the_token_that_was_meant() {
    check(
        "a\u{37e}",
        expect![[r#"
            Ident("a", No) Joint
            Semi Alone
            1: error: unknown start of token: \u{37e}
        "#]],
    );
}
