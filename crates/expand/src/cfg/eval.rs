//! Evaluating predicates: `all(..)`, `any(..)`, `not(..)`, `true`, `false`, `name`, `name = "value"`.

use ast::{Attribute, LitKind, MetaItem, MetaItemInner, MetaItemKind};
use diagnostics::{Applicability, ErrCode};
use session::{Session, feature_err};
use span::{ErrorGuaranteed, Span, Symbol, sym};

use super::{StripUnconfigured, check};

/// Where a predicate stands, for errors about it.
#[derive(Clone, Copy, Debug)]
pub struct CfgPlace {
    /// `cfg` or `cfg_attr`
    pub name: Symbol,
    /// The whole attribute or macro call.
    pub span: Span,
    pub is_macro: bool,
    pub is_inner: bool,
}

impl CfgPlace {
    pub fn attribute(name: Symbol, attr: &Attribute) -> CfgPlace {
        CfgPlace { name, span: attr.span, is_macro: false, is_inner: attr.style == ast::AttrStyle::Inner }
    }

    pub fn cfg_macro(span: Span) -> CfgPlace {
        CfgPlace { name: sym::cfg, span, is_macro: true, is_inner: false }
    }

    pub(super) fn form(&self) -> String {
        let args = if self.name == sym::cfg_attr { "predicate, attr1, attr2, ..." } else { "predicate" };
        match (self.is_macro, self.is_inner) {
            (true, _) => format!("{}!({args})", self.name),
            (false, true) => format!("#![{}({args})]", self.name),
            (false, false) => format!("#[{}({args})]", self.name),
        }
    }
}

/// `cfg`s that need a feature: name, feature.
const GATED_CFGS: &[(&str, &str)] = &[
    ("contract_checks", "cfg_contract_checks"),
    ("emscripten_wasm_eh", "cfg_emscripten_wasm_eh"),
    ("fmt_debug", "fmt_debug"),
    ("overflow_checks", "cfg_overflow_checks"),
    ("relocation_model", "cfg_relocation_model"),
    ("sanitize", "cfg_sanitize"),
    ("sanitizer_cfi_generalize_pointers", "cfg_sanitizer_cfi"),
    ("sanitizer_cfi_normalize_integers", "cfg_sanitizer_cfi"),
    ("target_has_atomic_equal_alignment", "cfg_target_has_atomic_equal_alignment"),
    ("target_has_atomic_load_store", "cfg_target_has_atomic"),
    ("target_has_reliable_f128", "cfg_target_has_reliable_f16_f128"),
    ("target_has_reliable_f128_math", "cfg_target_has_reliable_f16_f128"),
    ("target_has_reliable_f16", "cfg_target_has_reliable_f16_f128"),
    ("target_has_reliable_f16_math", "cfg_target_has_reliable_f16_f128"),
    ("target_thread_local", "cfg_target_thread_local"),
    ("ub_checks", "cfg_ub_checks"),
    ("version", "cfg_version"),
];

/// Whether a predicate holds.
pub fn eval_cfg(
    cx: &StripUnconfigured<'_>,
    predicate: &MetaItemInner,
    place: &CfgPlace,
) -> Result<bool, ErrorGuaranteed> {
    let item = match predicate {
        MetaItemInner::MetaItem(item) => item,
        MetaItemInner::Lit(lit) => {
            if let LitKind::Bool(value) = lit.kind {
                return Ok(value);
            }
            return Err(not_an_identifier(cx.sess, place, lit.span));
        }
    };
    match &item.kind {
        MetaItemKind::List(list) => eval_list(cx, item, list, place),
        MetaItemKind::Word => {
            let name = expect_name(cx.sess, item, place)?;
            Ok(eval_name(cx, name, None, item))
        }
        MetaItemKind::NameValue(lit) => {
            let name = expect_name(cx.sess, item, place)?;
            match lit.kind {
                LitKind::Str(value, _) => Ok(eval_name(cx, name, Some((value, lit.span)), item)),
                LitKind::ByteStr(..) | LitKind::CStr(..) => {
                    let kind = if matches!(lit.kind, LitKind::CStr(..)) { "C" } else { "byte" };
                    let prefix = lit.span.with_hi(span::BytePos(lit.span.lo().0 + 1));
                    Err(cx
                        .sess
                        .dcx
                        .struct_span_err(place.span, malformed_message(place))
                        .with_code(ErrCode(539))
                        .with_span_suggestion(prefix, "consider removing the prefix", "", Applicability::MaybeIncorrect)
                        .with_note(format!("expected a normal string literal, not a {kind} string literal"))
                        .emit())
                }
                _ => Err(place.malformed(cx.sess, lit.span, "expected a string literal here", 539).emit()),
            }
        }
    }
}

fn malformed_message(place: &CfgPlace) -> String {
    format!("malformed `{}` {} input", place.name, if place.is_macro { "macro" } else { "attribute" })
}

fn not_an_identifier(sess: &Session, place: &CfgPlace, sp: Span) -> ErrorGuaranteed {
    place.malformed(sess, sp, "expected a valid identifier here", 539).emit()
}

/// The name of a predicate that is one.
fn expect_name(sess: &Session, item: &MetaItem, place: &CfgPlace) -> Result<Symbol, ErrorGuaranteed> {
    match item.ident() {
        Some(ident) if !ident.is_path_segment_keyword() => Ok(ident.name),
        _ => Err(not_an_identifier(sess, place, item.path.span)),
    }
}

fn eval_list(
    cx: &StripUnconfigured<'_>,
    item: &MetaItem,
    list: &[MetaItemInner],
    place: &CfgPlace,
) -> Result<bool, ErrorGuaranteed> {
    // All parts are evaluated, so that each error is reported.
    match item.name() {
        Some(sym::all) => {
            let mut result = Ok(true);
            for part in list {
                let value = eval_cfg(cx, part, place);
                result = match (result, value) {
                    (Err(guar), _) | (_, Err(guar)) => Err(guar),
                    (Ok(a), Ok(b)) => Ok(a && b),
                };
            }
            result
        }
        Some(sym::any) => {
            let mut result = Ok(false);
            for part in list {
                let value = eval_cfg(cx, part, place);
                result = match (result, value) {
                    (Err(guar), _) | (_, Err(guar)) => Err(guar),
                    (Ok(a), Ok(b)) => Ok(a || b),
                };
            }
            result
        }
        Some(sym::not) => match list {
            [part] => eval_cfg(cx, part, place).map(|value| !value),
            _ => {
                let sp = item.span.with_lo(item.path.span.hi());
                Err(place.malformed(cx.sess, sp, "expected a single argument here", 805).emit())
            }
        },
        Some(sym::version) => {
            gate(cx, sym::version, item.span);
            eval_version(cx.sess, item, list, place)
        }
        Some(sym::target) => {
            if cx.features_known && !cx.sess.feature(Symbol::intern("cfg_target_compact")) {
                feature_err(
                    cx.sess,
                    Symbol::intern("cfg_target_compact"),
                    item.span,
                    "compact `cfg(target(..))` is experimental and subject to change",
                )
                .emit();
            }
            let mut result = true;
            for part in list {
                let Some((name, value)) = part.meta_item().and_then(|m| Some((m.name()?, m.value_str()?))) else {
                    return Err(place
                        .malformed(cx.sess, part.span(), "expected this to be of the form `... = \"...\"`", 539)
                        .emit());
                };
                let name = Symbol::intern(&format!("target_{name}"));
                let item = part.meta_item().expect("checked above");
                result &= eval_name(cx, name, Some((value, part.span())), item);
            }
            Ok(result)
        }
        Some(name) => Err(cx
            .sess
            .dcx
            .struct_span_err(item.span, format!("invalid predicate `{name}`"))
            .with_code(ErrCode(537))
            .emit()),
        None => Err(not_an_identifier(cx.sess, place, item.path.span)),
    }
}

/// `version("1.50")`: at least that.
fn eval_version(
    sess: &Session,
    item: &MetaItem,
    list: &[MetaItemInner],
    place: &CfgPlace,
) -> Result<bool, ErrorGuaranteed> {
    let [MetaItemInner::Lit(lit)] = list else {
        let sp = item.span.with_lo(item.path.span.hi());
        return Err(place.malformed(sess, sp, "expected a single argument here", 805).emit());
    };
    let LitKind::Str(text, _) = lit.kind else {
        return Err(place.malformed(sess, lit.span, "expected a string literal here", 539).emit());
    };
    let mut parts = text.as_str().splitn(3, '.').map(|part| part.parse::<u32>());
    match (parts.next(), parts.next(), parts.next()) {
        (Some(Ok(major)), Some(Ok(minor)), None | Some(Ok(_))) => Ok((major, minor) <= (1, 95)),
        (Some(Ok(major)), None, None) => Ok(major <= 1),
        _ => {
            sess.dcx.span_warn(lit.span, "unknown version literal format, assuming it refers to a future version");
            Ok(false)
        }
    }
}

fn gate(cx: &StripUnconfigured<'_>, name: Symbol, span: Span) {
    if !cx.features_known {
        return;
    }
    let Some((_, feature)) = GATED_CFGS.iter().find(|(n, _)| *n == name.as_str()) else { return };
    let feature = Symbol::intern(feature);
    if !cx.sess.feature(feature) && !span.allows_unstable(feature) {
        let message = format!("`cfg({name})` is experimental and subject to change");
        feature_err(cx.sess, feature, span, message).emit();
    }
}

/// `name` or `name = "value"`.
fn eval_name(cx: &StripUnconfigured<'_>, name: Symbol, value: Option<(Symbol, Span)>, item: &MetaItem) -> bool {
    gate(cx, name, item.span);
    check::check_expected(cx, name, value, item);
    let value = value.map(|(value, _)| value);
    cx.sess.cfg.iter().any(|(n, v)| *n == name && *v == value)
}
