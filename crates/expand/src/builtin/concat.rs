//! `concat!`, `concat_bytes!`, `compile_error!`, `env!`, `option_env!`.

use ast::tokenstream::TokenStream;
use ast::{Expr, ExprKind, LitError, LitIntType, LitKind, P, UintTy, UnOp, token};
use diagnostics::Applicability;
use span::{ByteSymbol, ErrorGuaranteed, Ident, Span, Symbol, kw, sym};

use super::args::{StringError, expr_to_spanned_string, get_exprs_from_tts, get_single_str_from_tts, ready, ready_ok};
use super::build;
use crate::base::{ExpandResult, ExpansionCx, MacResult};

/// `concat!("a", 1, true)`
pub(crate) fn expand_concat(cx: &mut ExpansionCx<'_>, sp: Span, tokens: TokenStream) -> ExpandResult<MacResult> {
    let exprs = ready_ok!(sp, get_exprs_from_tts(cx, &tokens));
    let mut text = String::new();
    let mut not_literals = Vec::new();
    let mut guar = None;
    for expr in exprs {
        let dcx = &cx.sess.dcx;
        match concat_part(&expr) {
            Ok(part) => text.push_str(&part),
            Err(NotConcat::ByteStr) => {
                guar = Some(dcx.span_err(expr.span, "cannot concatenate a byte string literal"));
            }
            Err(NotConcat::CStr) => {
                guar = Some(dcx.span_err(expr.span, "cannot concatenate a C string literal"));
            }
            Err(NotConcat::Reported(reported)) => guar = Some(reported),
            Err(NotConcat::Malformed(lit, err)) => {
                guar = Some(parser::diagnostics::report_lit_error(cx.sess, err, lit, expr.span));
            }
            Err(NotConcat::Other) => not_literals.push(expr.span),
        }
    }
    if !not_literals.is_empty() {
        guar = Some(
            cx.sess
                .dcx
                .struct_span_err(not_literals, "expected a literal")
                .with_note("only literals (like `\"foo\"`, `-42` and `3.14`) can be passed to `concat!()`")
                .emit(),
        );
    }
    let sp = cx.with_def_site_ctxt(sp);
    ExpandResult::Ready(match guar {
        Some(guar) => MacResult::Dummy(sp, guar),
        None => MacResult::Expr(build::expr_str(sp, Symbol::intern(&text))),
    })
}

enum NotConcat {
    ByteStr,
    CStr,
    Reported(ErrorGuaranteed),
    Malformed(token::Lit, LitError),
    Other,
}

fn concat_part(expr: &Expr) -> Result<String, NotConcat> {
    match &expr.kind {
        ExprKind::Lit(lit) => match LitKind::from_token_lit(*lit) {
            Ok(LitKind::Str(s, _) | LitKind::Float(s, _)) => Ok(s.to_string()),
            Ok(LitKind::Char(c)) => Ok(c.to_string()),
            Ok(LitKind::Int(n, _)) => Ok(n.to_string()),
            Ok(LitKind::Bool(b)) => Ok(b.to_string()),
            Ok(LitKind::CStr(..)) => Err(NotConcat::CStr),
            Ok(LitKind::Byte(_) | LitKind::ByteStr(..)) => Err(NotConcat::ByteStr),
            Ok(LitKind::Err(guar)) => Err(NotConcat::Reported(guar)),
            Err(err) => Err(NotConcat::Malformed(*lit, err)),
        },
        // Only numbers can be negative.
        ExprKind::Unary(UnOp::Neg, inner) => match &inner.kind {
            ExprKind::Lit(lit) => match LitKind::from_token_lit(*lit) {
                Ok(LitKind::Int(n, _)) => Ok(format!("-{n}")),
                Ok(LitKind::Float(f, _)) => Ok(format!("-{f}")),
                Err(err) => Err(NotConcat::Malformed(*lit, err)),
                Ok(_) => Err(NotConcat::Other),
            },
            _ => Err(NotConcat::Other),
        },
        // What a macro's fragment comes in.
        ExprKind::Paren(inner) if inner.span == expr.span => concat_part(inner),
        ExprKind::IncludedBytes(_) => Err(NotConcat::ByteStr),
        ExprKind::Err(guar) => Err(NotConcat::Reported(*guar)),
        _ => Err(NotConcat::Other),
    }
}

/// `concat_bytes!(b"a", [1, 2])`
pub(crate) fn expand_concat_bytes(cx: &mut ExpansionCx<'_>, sp: Span, tokens: TokenStream) -> ExpandResult<MacResult> {
    let exprs = ready_ok!(sp, get_exprs_from_tts(cx, &tokens));
    let mut bytes = ByteConcat { cx, bytes: Vec::new(), not_literals: Vec::new(), guar: None };
    for expr in &exprs {
        bytes.push(expr);
    }
    let ByteConcat { bytes, not_literals, mut guar, .. } = bytes;
    if !not_literals.is_empty() {
        guar = Some(
            cx.sess
                .dcx
                .struct_span_err(not_literals, "expected a byte literal")
                .with_note(
                    "only byte literals (like `b\"foo\"`, `b's'` and `[3, 4, 5]`) can be passed to `concat_bytes!()`",
                )
                .emit(),
        );
    }
    let sp = cx.with_def_site_ctxt(sp);
    ExpandResult::Ready(match guar {
        Some(guar) => MacResult::Dummy(sp, guar),
        None => MacResult::Expr(build::expr(sp, ExprKind::IncludedBytes(ByteSymbol::intern(&bytes)))),
    })
}

struct ByteConcat<'a, 'b> {
    cx: &'a ExpansionCx<'b>,
    bytes: Vec<u8>,
    not_literals: Vec<Span>,
    guar: Option<ErrorGuaranteed>,
}

impl ByteConcat<'_, '_> {
    fn push(&mut self, expr: &P<Expr>) {
        match &expr.kind {
            ExprKind::Array(elems) => {
                for elem in elems {
                    if let Some(byte) = self.elem(elem) {
                        self.bytes.push(byte);
                    }
                }
            }
            ExprKind::Repeat(elem, count) => {
                let n = match &count.value.kind {
                    ExprKind::Lit(lit) => match LitKind::from_token_lit(*lit) {
                        Ok(LitKind::Int(n, _)) => Some(n),
                        _ => None,
                    },
                    _ => None,
                };
                let Some(n) = n else {
                    let sp = count.value.span;
                    self.guar = Some(self.cx.sess.dcx.span_err(sp, "repeat count is not a positive number"));
                    return;
                };
                if let Some(byte) = self.elem(elem) {
                    self.bytes.extend(std::iter::repeat_n(byte, n.min(1 << 30) as usize));
                }
            }
            ExprKind::Lit(lit) => match LitKind::from_token_lit(*lit) {
                Ok(LitKind::Byte(b)) => self.bytes.push(b),
                Ok(LitKind::ByteStr(b, _)) => self.bytes.extend_from_slice(b.as_byte_str()),
                kind => self.invalid(*lit, kind, expr.span, false),
            },
            ExprKind::IncludedBytes(b) => self.bytes.extend_from_slice(b.as_byte_str()),
            ExprKind::Err(guar) => self.guar = Some(*guar),
            _ => self.not_literals.push(expr.span),
        }
    }

    /// An element of an array: a number or a byte.
    fn elem(&mut self, expr: &P<Expr>) -> Option<u8> {
        match &expr.kind {
            ExprKind::Lit(lit) => match LitKind::from_token_lit(*lit) {
                Ok(LitKind::Int(n, LitIntType::Unsuffixed | LitIntType::Unsigned(UintTy::U8))) if n <= 255 => {
                    return Some(n as u8);
                }
                Ok(LitKind::Byte(b)) => return Some(b),
                kind => self.invalid(*lit, kind, expr.span, true),
            },
            ExprKind::Array(_) | ExprKind::Repeat(..) | ExprKind::IncludedBytes(_) => self.doubly_nested(expr.span),
            ExprKind::Err(guar) => self.guar = Some(*guar),
            _ => self.not_literals.push(expr.span),
        }
        None
    }

    fn doubly_nested(&mut self, sp: Span) {
        let mut err = self.cx.sess.dcx.struct_span_err(sp, "cannot concatenate doubly nested array");
        err.note("byte strings are treated as arrays of bytes");
        err.help("try flattening the array");
        self.guar = Some(err.emit());
    }

    fn invalid(&mut self, lit: token::Lit, kind: Result<LitKind, LitError>, sp: Span, is_nested: bool) {
        let dcx = &self.cx.sess.dcx;
        let snippet = || self.cx.sess.source_map.span_to_snippet(sp).unwrap_or_default();
        let suggest = |message: &str, help: &str, text: String| {
            let mut err = dcx.struct_span_err(sp, message);
            if !help.is_empty() {
                err.span_suggestion(sp, help, text, Applicability::MaybeIncorrect);
            }
            err.emit()
        };
        self.guar = Some(match kind {
            Ok(LitKind::CStr(..)) => {
                suggest("cannot concatenate C string literals", "try using a null-terminated byte string", snippet())
            }
            Ok(LitKind::Str(..)) => {
                suggest("cannot concatenate string literals", "try using a byte string", format!("b{}", snippet()))
            }
            Ok(LitKind::Char(_)) => suggest(
                "cannot concatenate character literals",
                "try using a byte character",
                format!("b{}", snippet()),
            ),
            Ok(LitKind::Float(..)) => suggest("cannot concatenate float literals", "", String::new()),
            Ok(LitKind::Bool(_)) => suggest("cannot concatenate boolean literals", "", String::new()),
            Ok(LitKind::Int(..)) if !is_nested => suggest(
                "cannot concatenate numeric literals",
                "try wrapping the number in an array",
                format!("[{}]", snippet()),
            ),
            Ok(LitKind::Int(n, LitIntType::Unsuffixed | LitIntType::Unsigned(UintTy::U8))) if n > 255 => {
                suggest("numeric literal is out of bounds", "", String::new())
            }
            Ok(LitKind::Int(..)) => suggest("numeric literal is not a `u8`", "", String::new()),
            Ok(LitKind::ByteStr(..) | LitKind::Byte(_)) => {
                self.doubly_nested(sp);
                return;
            }
            Ok(LitKind::Err(guar)) => guar,
            Err(err) => parser::diagnostics::report_lit_error(self.cx.sess, err, lit, sp),
        });
    }
}

/// `compile_error!("message")`
pub(crate) fn expand_compile_error(cx: &mut ExpansionCx<'_>, sp: Span, tokens: TokenStream) -> ExpandResult<MacResult> {
    let message = ready_ok!(sp, get_single_str_from_tts(cx, sp, &tokens, "compile_error!"));
    let guar = cx.sess.dcx.span_err(sp, message.symbol.to_string());
    ExpandResult::Ready(MacResult::Dummy(sp, guar))
}

fn lookup_env(cx: &ExpansionCx<'_>, name: Symbol) -> Option<Symbol> {
    let mut vars = cx.sess.opts.env.iter().rev();
    let value = vars.find(|(n, _)| n == name.as_str()).map(|(_, value)| value);
    cx.sess.env_depinfo.borrow_mut().insert(name.to_string(), value.cloned());
    value.map(|value| Symbol::intern(value))
}

/// `option_env!("VAR")`
pub(crate) fn expand_option_env(cx: &mut ExpansionCx<'_>, sp: Span, tokens: TokenStream) -> ExpandResult<MacResult> {
    let name = ready_ok!(sp, get_single_str_from_tts(cx, sp, &tokens, "option_env!"));
    let sp = cx.with_def_site_ctxt(sp);
    let expr = match lookup_env(cx, name.symbol) {
        None => {
            let lifetime = build::lifetime(sp, Ident::new(kw::StaticLifetime, sp));
            let str_ty = build::ty_ident(sp, Ident::new(sym::str, sp));
            let ty = build::ty_ref(sp, str_ty, Some(lifetime), ast::Mutability::Not);
            let none = build::std_path(sp, &[sym::option, sym::Option, sym::None]);
            build::expr_path(build::path_all(sp, false, none, vec![ast::GenericArg::Type(ty)]))
        }
        Some(value) => {
            let some = build::std_path(sp, &[sym::option, sym::Option, sym::Some]);
            build::expr_call_global(sp, some, thin_vec::thin_vec![build::expr_str(sp, value)])
        }
    };
    ExpandResult::Ready(MacResult::Expr(expr))
}

/// `env!("VAR")`, `env!("VAR", "message")`
pub(crate) fn expand_env(cx: &mut ExpansionCx<'_>, sp: Span, tokens: TokenStream) -> ExpandResult<MacResult> {
    let exprs = ready_ok!(sp, get_exprs_from_tts(cx, &tokens));
    let (var_expr, message_expr) = match &exprs[..] {
        [var] => (var.clone(), None),
        [var, message] => (var.clone(), Some(message.clone())),
        _ => {
            let guar = cx.sess.dcx.span_err(sp, "`env!()` takes 1 or 2 arguments");
            return ExpandResult::Ready(MacResult::Dummy(sp, guar));
        }
    };
    let shown = ast::pretty::expr_to_string(&var_expr);
    let name = match ready!(expr_to_spanned_string(cx, var_expr, "expected string literal")) {
        Ok(name) => name.symbol,
        Err(err) => return ExpandResult::Ready(MacResult::Dummy(sp, err.emit())),
    };
    let message = match message_expr {
        None => None,
        Some(message) => match ready!(expr_to_spanned_string(cx, message, "expected string literal")) {
            Ok(message) => Some(message.symbol),
            Err(StringError::Reported(guar)) => return ExpandResult::Ready(MacResult::Dummy(sp, guar)),
            Err(err) => return ExpandResult::Ready(MacResult::Dummy(sp, err.emit())),
        },
    };
    let span = cx.with_def_site_ctxt(sp);
    ExpandResult::Ready(match lookup_env(cx, name) {
        Some(value) => MacResult::Expr(build::expr_str(span, value)),
        None => {
            let dcx = &cx.sess.dcx;
            let guar = match message {
                Some(message) => dcx.span_err(span, message.to_string()),
                None => {
                    let message = format!("environment variable `{name}` not defined at compile time");
                    let mut err = dcx.struct_span_err(span, message);
                    let set_by_cargo = ["CARGO_", "OUT_DIR", "OPT_LEVEL", "PROFILE", "HOST", "TARGET", "DEBUG"];
                    if set_by_cargo.iter().any(|prefix| name.as_str().starts_with(prefix)) {
                        let run_time = ["TARGET", "HOST", "OPT_LEVEL", "PROFILE", "DEBUG"].contains(&name.as_str())
                            || name.as_str().starts_with("CARGO_CFG_")
                            || name.as_str().starts_with("CARGO_FEATURE_");
                        if run_time {
                            err.help(format!(
                                "`{name}` is not available at compile time. Cargo sets build script variables at run time. Use `std::env::var({shown})` instead"
                            ));
                        } else {
                            err.help(format!(
                                "Cargo sets build script variables at run time. Use `std::env::var({shown})` instead"
                            ));
                        }
                    } else {
                        err.help(format!("use `std::env::var({shown})` to read the variable at run time"));
                    }
                    err.emit()
                }
            };
            MacResult::Dummy(span, guar)
        }
    })
}
