//! `cfg` predicates and `cfg_attr`.

use expect_test::{Expect, expect};
use span::Edition;

use crate::cfg::StripUnconfigured;

/// For each item whether it stays, then the messages.
fn check(fixture: &str, cfg: &[(&str, Option<&str>)], check_cfg: &[&str], expected: Expect) {
    let options = |opts: &mut session::Options| {
        opts.cfg = cfg.iter().map(|(k, v)| (k.to_string(), v.map(str::to_string))).collect();
        opts.check_cfg = check_cfg.iter().map(|s| s.to_string()).collect();
    };
    let text = super::with_crate(fixture, Edition::Edition2021, options, |sess, krate| {
        let strip = StripUnconfigured::new(sess, ast::CRATE_NODE_ID);
        let mut out = Vec::new();
        for item in krate.items {
            let name = item.kind.ident().map_or(String::new(), |ident| ident.to_string());
            match strip.configure(item) {
                Some(item) => {
                    let attrs: Vec<String> =
                        item.attrs.iter().filter_map(|a| a.name()).map(|n| n.to_string()).collect();
                    out.push(format!("{name}: {}", attrs.join(" ")));
                }
                None => out.push(format!("{name} is removed")),
            }
        }
        out.extend(super::messages(sess));
        out.join("\n")
    });
    expected.assert_eq(&text);
}

#[test]
fn evaluates_predicates() {
    check(
        r#"
#[cfg(a)] struct A;
#[cfg(not(a))] struct B;
#[cfg(all(a, k = "v"))] struct C;
#[cfg(any(x, k = "w"))] struct D;
#[cfg(all())] #[cfg(any())] struct E;
#[cfg(true)] struct F;
#[cfg(k)] struct G;
"#,
        &[("a", None), ("k", Some("v"))],
        &[],
        expect![[r#"
            A: cfg
            B is removed
            C: cfg
            D is removed
            E is removed
            F: cfg
            G is removed"#]],
    );
}

#[test]
fn cfg_attr_yields_attributes() {
    check(
        r#"
#[cfg_attr(a, inline, cold)] fn f() {}
#[cfg_attr(b, inline)] fn g() {}
#[cfg_attr(a, cfg(b))] fn h() {}
#[cfg_attr(a, cfg_attr(a, must_use = "x"))] fn i() {}
#[cfg_attr(a,)] fn j() {}
"#,
        &[("a", None)],
        &[],
        expect![[r#"
            f: inline cold
            g: 
            h is removed
            i: must_use
            j: 
            6: `#[cfg_attr]` does not expand to any attributes"#]],
    );
}

#[test]
fn malformed_predicates() {
    check(
        r#"
#[cfg] struct A;
#[cfg = "a"] struct B;
#[cfg()] struct C;
#[cfg(a, b)] struct D;
#[cfg("a")] struct E;
#[cfg(not())] struct F;
#[cfg(foo(a))] struct G;
#[cfg(a = 1)] struct H;
#[cfg(a::b)] struct I;
#[cfg_attr] struct J;
#[cfg_attr()] struct K;
#[cfg_attr(all())] struct L;
#[cfg(version("1.2"))] struct M;
"#,
        &[],
        &[],
        expect![[r#"
            A: cfg
            B: cfg
            C: cfg
            D: cfg
            E: cfg
            F: cfg
            G: cfg
            H: cfg
            I: cfg
            J: 
            K: 
            L: 
            M: cfg
            2: malformed `cfg` attribute input [E0539]
              note: for more information, visit <https://doc.rust-lang.org/reference/conditional-compilation.html#the-cfg-attribute>
            3: malformed `cfg` attribute input [E0539]
              note: for more information, visit <https://doc.rust-lang.org/reference/conditional-compilation.html#the-cfg-attribute>
            4: malformed `cfg` attribute input [E0805]
              note: for more information, visit <https://doc.rust-lang.org/reference/conditional-compilation.html#the-cfg-attribute>
            5: malformed `cfg` attribute input [E0805]
              note: for more information, visit <https://doc.rust-lang.org/reference/conditional-compilation.html#the-cfg-attribute>
            6: malformed `cfg` attribute input [E0539]
              note: for more information, visit <https://doc.rust-lang.org/reference/conditional-compilation.html#the-cfg-attribute>
            7: malformed `cfg` attribute input [E0805]
              note: for more information, visit <https://doc.rust-lang.org/reference/conditional-compilation.html#the-cfg-attribute>
            8: invalid predicate `foo` [E0537]
            9: malformed `cfg` attribute input [E0539]
              note: for more information, visit <https://doc.rust-lang.org/reference/conditional-compilation.html#the-cfg-attribute>
            10: malformed `cfg` attribute input [E0539]
              note: for more information, visit <https://doc.rust-lang.org/reference/conditional-compilation.html#the-cfg-attribute>
            11: malformed `cfg_attr` attribute input [E0539]
              note: for more information, visit <https://doc.rust-lang.org/reference/conditional-compilation.html#the-cfg_attr-attribute>
            12: malformed `cfg_attr` attribute input [E0539]
              note: for more information, visit <https://doc.rust-lang.org/reference/conditional-compilation.html#the-cfg_attr-attribute>
            13: expected `,`, found end of `cfg_attr` input
              note: for more information, visit <https://doc.rust-lang.org/reference/conditional-compilation.html#the-cfg_attr-attribute>
            14: `cfg(version)` is experimental and subject to change [E0658]
              note: see issue #64796 <https://github.com/rust-lang/rust/issues/64796> for more information"#]],
    );
}

#[test]
fn unexpected_names_and_values() {
    check(
        r#"
#[cfg(widnows)] struct A;
#[cfg(unix = "a")] struct B;
#[cfg(linux)] struct C;
#[cfg(panic = "abrt")] struct D;
#[cfg(mine)] struct E;
#[cfg(vals = "zz")] struct F;
#[cfg(vals)] struct G;
#[cfg(open = "x")] struct H;
#[cfg(foo = "bar")] struct I;
"#,
        &[],
        &["cfg(mine)", r#"cfg(vals,values("one","two"))"#, "cfg(open,values(any()))"],
        expect![[r#"
            A is removed
            B is removed
            C is removed
            D is removed
            E is removed
            F is removed
            G is removed
            H is removed
            I is removed
            2: unexpected `cfg` condition name: `widnows`
              help: to expect this configuration use `--check-cfg=cfg(widnows)`
              note: see <https://doc.rust-lang.org/nightly/rustc/check-cfg.html> for more information about checking conditional configuration
            3: unexpected `cfg` condition value: `a`
              note: no expected value for `unix`
              note: see <https://doc.rust-lang.org/nightly/rustc/check-cfg.html> for more information about checking conditional configuration
            4: unexpected `cfg` condition name: `linux`
              help: to expect this configuration use `--check-cfg=cfg(linux)`
              note: see <https://doc.rust-lang.org/nightly/rustc/check-cfg.html> for more information about checking conditional configuration
            5: unexpected `cfg` condition value: `abrt`
              note: expected values for `panic` are: `abort`, `immediate-abort`, and `unwind`
              note: see <https://doc.rust-lang.org/nightly/rustc/check-cfg.html> for more information about checking conditional configuration
            7: unexpected `cfg` condition value: `zz`
              note: expected values for `vals` are: `one` and `two`
              help: to expect this configuration use `--check-cfg=cfg(vals, values("zz"))`
              note: see <https://doc.rust-lang.org/nightly/rustc/check-cfg.html> for more information about checking conditional configuration
            8: unexpected `cfg` condition value: (none)
              note: expected values for `vals` are: `one` and `two`
              help: to expect this configuration use `--check-cfg=cfg(vals)`
              note: see <https://doc.rust-lang.org/nightly/rustc/check-cfg.html> for more information about checking conditional configuration
            10: unexpected `cfg` condition name: `foo`
              help: to expect this configuration use `--check-cfg=cfg(foo, values("bar"))`
              note: see <https://doc.rust-lang.org/nightly/rustc/check-cfg.html> for more information about checking conditional configuration"#]],
    );
}
