//! The errors of this stage.

use ast::LitError;
use ast::token;
use diagnostics::codes::*;
use diagnostics::{Applicability, DiagCtxt, ErrorGuaranteed};
use session::Session;
use session::feature_gate::add_feature_diagnostics;
use span::{Span, Symbol};

use crate::ImplTraitPosition;

impl std::fmt::Display for ImplTraitPosition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            ImplTraitPosition::Path => "paths",
            ImplTraitPosition::Variable => "the type of variable bindings",
            ImplTraitPosition::Trait => "traits",
            ImplTraitPosition::Bound => "bounds",
            ImplTraitPosition::Generic => "generics",
            ImplTraitPosition::ExternFnParam => "`extern fn` parameters",
            ImplTraitPosition::ClosureParam => "closure parameters",
            ImplTraitPosition::PointerParam => "`fn` pointer parameters",
            ImplTraitPosition::FnTraitParam => "the parameters of `Fn` trait bounds",
            ImplTraitPosition::ExternFnReturn => "`extern fn` return types",
            ImplTraitPosition::ClosureReturn => "closure return types",
            ImplTraitPosition::PointerReturn => "`fn` pointer return types",
            ImplTraitPosition::FnTraitReturn => "the return type of `Fn` trait bounds",
            ImplTraitPosition::GenericDefault => "generic parameter defaults",
            ImplTraitPosition::ConstTy => "const types",
            ImplTraitPosition::StaticTy => "static types",
            ImplTraitPosition::AssocTy => "associated types",
            ImplTraitPosition::FieldTy => "field types",
            ImplTraitPosition::Cast => "cast expression types",
            ImplTraitPosition::ImplSelf => "impl headers",
            ImplTraitPosition::OffsetOf => "`offset_of!` parameters",
        })
    }
}

pub(crate) fn misplaced_impl_trait(
    sess: &Session,
    span: Span,
    position: ImplTraitPosition,
    feature: Option<Symbol>,
) -> ErrorGuaranteed {
    let mut diag = sess
        .dcx
        .struct_span_err(span, format!("`impl Trait` is not allowed in {position}"))
        .with_code(E0562)
        .with_note("`impl Trait` is only allowed in arguments and return types of functions and methods");
    if let Some(feature) = feature {
        add_feature_diagnostics(&mut diag, sess, feature);
    }
    diag.emit()
}

pub(crate) fn relaxed_bound_not_here(dcx: &DiagCtxt, span: Span) {
    dcx.struct_span_err(span, "this relaxed bound is not permitted here")
        .with_note("in this context, relaxed bounds are only allowed on type parameters defined on the closest item")
        .emit();
}

pub(crate) fn relaxed_bound_forbidden(
    dcx: &DiagCtxt,
    span: Span,
    context: &str,
    sized_subject: Option<&str>,
    extended: bool,
) {
    let prefix = if extended { "`Sized` " } else { "" };
    let mut diag = dcx.struct_span_err(span, format!("relaxed {prefix}bounds are not permitted in {context}"));
    if let Some(subject) = sized_subject {
        diag.note(format!("{subject} are not implicitly bounded by `Sized`, so there is nothing to relax"));
    }
    diag.emit();
}

pub(crate) fn generic_type_with_parentheses(
    dcx: &DiagCtxt,
    segment: &ast::PathSegment,
    data: &ast::ParenthesizedArgs,
) -> ErrorGuaranteed {
    let mut diag = dcx
        .struct_span_err(data.span, "parenthesized type parameters may only be used with a `Fn` trait")
        .with_code(E0214)
        .with_span_label(data.span, "only `Fn` traits may use parentheses");
    // `Vec(i32)`: without a return type, angle brackets were meant.
    if !data.inputs.is_empty() && matches!(data.output, ast::FnRetTy::Default(_)) {
        let inputs = data.inputs_span;
        let one = span::BytePos(1);
        if inputs.hi().0 - inputs.lo().0 >= 2 {
            diag.multipart_suggestion(
                "use angle brackets instead",
                vec![
                    (inputs.with_hi(inputs.lo() + one), "<".to_string()),
                    (inputs.with_lo(inputs.hi() - one), ">".to_string()),
                ],
                Applicability::MaybeIncorrect,
            );
        }
    }
    let _ = segment;
    diag.emit()
}

/// `T::method(A) -> B` where `T::method(..)` is meant.
pub(crate) fn parentheses_for_return_type_notation(sess: &Session, data: &ast::ParenthesizedArgs) -> ErrorGuaranteed {
    let mut diag = match (&data.inputs[..], &data.output) {
        ([_, ..], ast::FnRetTy::Default(_)) => sess
            .dcx
            .struct_span_err(data.inputs_span, "argument types not allowed with return type notation")
            .with_span_suggestion(data.inputs_span, "remove the input types", "(..)", Applicability::MaybeIncorrect),
        ([], ast::FnRetTy::Default(_)) => sess
            .dcx
            .struct_span_err(data.inputs_span, "return type notation arguments must be elided with `..`")
            .with_span_suggestion(
                data.inputs_span,
                "use the correct syntax by adding `..` to the arguments",
                "(..)",
                Applicability::MaybeIncorrect,
            ),
        (_, ast::FnRetTy::Ty(ty)) => {
            let span = data.inputs_span.shrink_to_hi().to(ty.span);
            sess.dcx.struct_span_err(span, "return type not allowed with return type notation").with_span_suggestion(
                span,
                "remove the return type",
                "",
                Applicability::MaybeIncorrect,
            )
        }
    };
    let feature = span::sym::return_type_notation;
    if !sess.feature(feature) && sess.is_nightly_build() {
        add_feature_diagnostics(&mut diag, sess, feature);
    }
    diag.emit()
}

/// `Item(A) = B`
pub(crate) fn assoc_ty_parentheses(dcx: &DiagCtxt, data: &ast::ParenthesizedArgs) -> ErrorGuaranteed {
    let mut diag =
        dcx.struct_span_err(data.span, "parenthesized generic arguments cannot be used in associated type constraints");
    let inputs = data.inputs_span;
    if data.inputs.is_empty() {
        diag.span_suggestion(inputs, "remove these parentheses", "", Applicability::MaybeIncorrect);
    } else if inputs.hi().0 - inputs.lo().0 >= 2 {
        let one = span::BytePos(1);
        diag.multipart_suggestion(
            "use angle brackets instead",
            vec![
                (inputs.with_hi(inputs.lo() + one), "<".to_string()),
                (inputs.with_lo(inputs.hi() - one), ">".to_string()),
            ],
            Applicability::MaybeIncorrect,
        );
    }
    diag.emit()
}

pub(crate) fn bad_return_type_notation(dcx: &DiagCtxt, span: Span) -> ErrorGuaranteed {
    dcx.span_err(span, "return type notation not allowed in this position yet")
}

pub(crate) fn invalid_abi(dcx: &DiagCtxt, span: Span, abi: Symbol) -> ErrorGuaranteed {
    let mut diag = dcx
        .struct_span_err(span, format!("invalid ABI: found `{abi}`"))
        .with_code(E0703)
        .with_span_label(span, "invalid ABI");
    let known = rustc_abi::all_names();
    if let Some(similar) = similar_name(&known, abi.as_str()) {
        diag.span_suggestion(
            span,
            "there's a similarly named valid ABI",
            format!("\"{similar}\""),
            Applicability::MaybeIncorrect,
        );
    }
    diag.note("invoke `rustc --print=calling-conventions` for a full list of supported calling conventions.");
    diag.emit()
}

/// The candidate that differs least, if by no more than a third of the length.
fn similar_name<'a>(candidates: &[&'a str], name: &str) -> Option<&'a str> {
    let limit = name.len().max(3) / 3;
    let lower = name.to_lowercase();
    if let Some(exact) = candidates.iter().find(|c| c.to_lowercase() == lower) {
        return Some(exact);
    }
    candidates
        .iter()
        .map(|c| (edit_distance(c, name), *c))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, c)| c)
}

/// Levenshtein's distance.
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let cost = (diagonal + usize::from(ca != *cb)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = std::mem::replace(&mut row[j + 1], cost);
        }
    }
    row[b.len()]
}

pub(crate) fn await_only_in_async(dcx: &DiagCtxt, await_span: Span, item_span: Option<Span>) -> ErrorGuaranteed {
    let mut diag = dcx
        .struct_span_err(await_span, "`await` is only allowed inside `async` functions and blocks")
        .with_code(E0728)
        .with_span_label(await_span, "only allowed inside `async` functions and blocks");
    if let Some(item_span) = item_span {
        diag.span_label(item_span, "this is not `async`");
    }
    diag.emit()
}

pub(crate) fn underscore_expr(dcx: &DiagCtxt, span: Span) -> ErrorGuaranteed {
    dcx.struct_span_err(span, "in expressions, `_` can only be used on the left-hand side of an assignment")
        .with_span_label(span, "`_` not allowed here")
        .emit()
}

pub(crate) fn inclusive_range_no_end(dcx: &DiagCtxt, span: Span) -> ErrorGuaranteed {
    dcx.struct_span_err(span, "inclusive range with no end").with_code(E0586).emit()
}

pub(crate) fn functional_record_update_in_assignment(dcx: &DiagCtxt, span: Span) -> ErrorGuaranteed {
    dcx.struct_span_err(span, "functional record updates are not allowed in destructuring assignments")
        .with_span_suggestion(
            span,
            "consider removing the trailing pattern",
            String::new(),
            Applicability::MachineApplicable,
        )
        .emit()
}

/// `..` twice.
pub(crate) fn extra_double_dot(dcx: &DiagCtxt, span: Span, prev_span: Span, ctx: &str) -> ErrorGuaranteed {
    dcx.struct_span_err(span, format!("`..` can only be used once per {ctx} pattern"))
        .with_span_label(span, format!("can only be used once per {ctx} pattern"))
        .with_span_label(prev_span, "previously used here")
        .emit()
}

pub(crate) fn misplaced_double_dot(dcx: &DiagCtxt, span: Span) -> ErrorGuaranteed {
    dcx.struct_span_err(span, "`..` patterns are not allowed here")
        .with_note("only allowed in tuple, tuple struct, and slice patterns")
        .emit()
}

/// `x @ ..` in a tuple.
pub(crate) fn sub_tuple_binding(dcx: &DiagCtxt, span: Span, ident: span::Ident, ctx: &str) -> ErrorGuaranteed {
    dcx.struct_span_err(span, format!("`{} @ ` is not allowed in a {ctx}", ident.name))
        .with_span_label(span, "this is only allowed in slice patterns")
        .with_help("remove this and bind each tuple field independently")
        .with_span_suggestion_verbose(
            span,
            format!("if you don't need to use the contents of {}, discard the tuple's remaining fields", ident.name),
            "..",
            Applicability::MaybeIncorrect,
        )
        .emit()
}

pub(crate) fn arbitrary_expression_in_pattern(
    dcx: &DiagCtxt,
    span: Span,
    from_macro: bool,
    const_block: bool,
) -> ErrorGuaranteed {
    let mut diag = dcx.struct_span_err(span, "arbitrary expressions aren't allowed in patterns");
    if from_macro {
        diag.note("the `expr` fragment specifier forces the metavariable's content to be an expression");
    }
    if const_block {
        diag.help("use a named `const`-item or an `if`-guard (`x if x == const { ... }`) instead");
    }
    diag.emit()
}

pub(crate) fn lit_error(dcx: &DiagCtxt, err: LitError, lit: token::Lit, span: Span) -> ErrorGuaranteed {
    match err {
        LitError::InvalidSuffix(suffix) => dcx
            .struct_span_err(span, format!("suffixes on {} literals are invalid", lit.kind.descr()))
            .with_span_label(span, format!("invalid suffix `{suffix}`"))
            .emit(),
        LitError::InvalidIntSuffix(suffix) => invalid_int_suffix(dcx, suffix, lit, span),
        LitError::InvalidFloatSuffix(suffix) => {
            let suf = suffix.as_str();
            if looks_like_width_suffix(&['f'], suf) {
                dcx.struct_span_err(span, format!("invalid width `{}` for float literal", &suf[1..]))
                    .with_help("valid widths are 32 and 64")
                    .emit()
            } else {
                dcx.struct_span_err(span, format!("invalid suffix `{suf}` for float literal"))
                    .with_span_label(span, format!("invalid suffix `{suf}`"))
                    .with_help("valid suffixes are `f32` and `f64`")
                    .emit()
            }
        }
        LitError::NonDecimalFloat(base) => {
            let name = match base {
                16 => "hexadecimal",
                8 => "octal",
                _ => "binary",
            };
            dcx.struct_span_err(span, format!("{name} float literal is not supported"))
                .with_span_label(span, "not supported")
                .emit()
        }
        LitError::IntTooLarge(base) => {
            let max = u128::MAX;
            let limit = match base {
                2 => format!("{max:#b}"),
                8 => format!("{max:#o}"),
                16 => format!("{max:#x}"),
                _ => format!("{max}"),
            };
            dcx.struct_span_err(span, "integer literal is too large")
                .with_note(format!("value exceeds limit of `{limit}`"))
                .emit()
        }
    }
}

/// `i` and digits.
fn looks_like_width_suffix(first: &[char], suffix: &str) -> bool {
    suffix.len() > 1 && suffix.starts_with(first) && suffix[1..].chars().all(|c| c.is_ascii_digit())
}

fn invalid_int_suffix(dcx: &DiagCtxt, suffix: Symbol, lit: token::Lit, span: Span) -> ErrorGuaranteed {
    let suf = suffix.as_str();
    if looks_like_width_suffix(&['i', 'u'], suf) {
        return dcx
            .struct_span_err(span, format!("invalid width `{}` for integer literal", &suf[1..]))
            .with_help("valid widths are 8, 16, 32, 64 and 128")
            .emit();
    }
    let mut chars = suf.chars();
    let base = chars.next();
    let is_base = lit.symbol.as_str() == "0"
        && match base {
            Some('B') => chars.all(|c| c == '0' || c == '1'),
            Some('O') => chars.all(|c| ('0'..='7').contains(&c)),
            Some('X') => chars.all(|c| c.is_ascii_hexdigit()),
            _ => false,
        };
    if is_base {
        return dcx
            .struct_span_err(span, "invalid base prefix for number literal")
            .with_span_suggestion(
                span,
                "try making the prefix lowercase",
                format!("0{}{}", suf[..1].to_ascii_lowercase(), &suf[1..]),
                Applicability::MaybeIncorrect,
            )
            .with_note("base prefixes (`0xff`, `0b1010`, `0o755`) are lowercase")
            .emit();
    }
    dcx.struct_span_err(span, format!("invalid suffix `{suf}` for number literal"))
        .with_span_label(span, format!("invalid suffix `{suf}`"))
        .with_help("the suffix must be one of the numeric types (`u32`, `isize`, `f32`, etc.)")
        .emit()
}
