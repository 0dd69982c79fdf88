//! The lint `unexpected_cfgs`: names and values that no `--check-cfg` and no target knows (RFC 3013).

use ast::MetaItem;
use diagnostics::{Applicability, Diag, Level};
use session::check_cfg::ExpectedValues;
use session::lint;
use span::{Span, Symbol, sym};

use super::StripUnconfigured;

const DOCUMENTATION: &str = "see <https://doc.rust-lang.org/nightly/rustc/check-cfg.html> for more information about checking conditional configuration";
/// So many names or values are listed.
const MAX_LISTED: usize = 35;

/// Warns if a predicate can never hold by what is known.
pub(super) fn check_expected(cx: &StripUnconfigured<'_>, name: Symbol, value: Option<(Symbol, Span)>, item: &MetaItem) {
    let check = cx.sess.check_cfg();
    if !check.enabled {
        return;
    }
    let diag = match check.expecteds.get(&name) {
        Some(ExpectedValues::Any) => return,
        Some(ExpectedValues::Some(values)) => {
            if values.contains(&value.map(|(v, _)| v)) {
                return;
            }
            let well_known = check.well_known_names.contains(&name);
            if well_known && !check.exhaustive_values {
                return;
            }
            let values: Vec<Option<Symbol>> = values.iter().copied().collect();
            unexpected_value(cx, name, value, item, &values, well_known)
        }
        None if check.exhaustive_names => unexpected_name(cx, name, value, item),
        None => return,
    };
    cx.sess.buffer_lint(lint::BufferedLint {
        lint: &lint::UNEXPECTED_CFGS,
        node_id: cx.lint_node_id.as_u32(),
        span: item.span,
        diag: Box::new(diag.into_inner()),
    });
}

fn to_expect(name: Symbol, value: Option<Symbol>) -> String {
    match value {
        Some(value) => {
            format!("to expect this configuration use `--check-cfg=cfg({name}, values(\"{value}\"))`")
        }
        None => format!("to expect this configuration use `--check-cfg=cfg({name})`"),
    }
}

/// `` `a`, `b`, and `c` and 5 more ``
fn list(mut names: Vec<String>, max: usize) -> String {
    names.sort();
    let more = names.len().saturating_sub(max);
    names.truncate(max);
    let quoted: Vec<String> = names.iter().map(|n| if n == "(none)" { n.clone() } else { format!("`{n}`") }).collect();
    let text = match &quoted[..] {
        [] => String::new(),
        [a] => a.clone(),
        [a, b] => format!("{a} and {b}"),
        [init @ .., last] => format!("{}, and {last}", init.join(", ")),
    };
    if more > 0 { format!("{text} and {more} more") } else { text }
}

fn unexpected_name<'a>(
    cx: &StripUnconfigured<'a>,
    name: Symbol,
    value: Option<(Symbol, Span)>,
    item: &MetaItem,
) -> Diag<'a> {
    let check = cx.sess.check_cfg();
    let mut diag = Diag::new(&cx.sess.dcx, Level::Warning, format!("unexpected `cfg` condition name: `{name}`"))
        .with_span(item.span);
    let name_span = item.path.span;
    let known: Vec<Symbol> = check.expecteds.keys().copied().collect();
    let mut is_feature = false;
    if value.is_none() && name.as_str() == "linux" || os_of_name(cx, name).is_some() && value.is_none() {
        diag.span_suggestion(
            name_span,
            "found config with similar value",
            format!("target_os = \"{name}\""),
            Applicability::MaybeIncorrect,
        );
    } else if let Some(best) = find_best_match(&known, name) {
        diag.span_suggestion(
            name_span,
            "there is a config with a similar name",
            best.to_string(),
            Applicability::MaybeIncorrect,
        );
    } else {
        is_feature = name == sym::feature;
        let own: Vec<String> =
            known.iter().filter(|n| !check.well_known_names.contains(*n)).map(Symbol::to_string).collect();
        if !own.is_empty() && is_feature {
            let others = known.len() - own.len();
            diag.help(format!("expected names are: {} and {others} more", list(own, MAX_LISTED)));
        }
    }
    let _ = is_feature;
    diag.help(to_expect(name, value.map(|(v, _)| v)));
    diag.note(DOCUMENTATION);
    diag
}

/// The name is a value of `target_os`.
fn os_of_name(cx: &StripUnconfigured<'_>, name: Symbol) -> Option<()> {
    match cx.sess.check_cfg().expecteds.get(&sym::target_os)? {
        ExpectedValues::Some(values) => values.contains(&Some(name)).then_some(()),
        ExpectedValues::Any => None,
    }
}

fn unexpected_value<'a>(
    cx: &StripUnconfigured<'a>,
    name: Symbol,
    value: Option<(Symbol, Span)>,
    item: &MetaItem,
    expected: &[Option<Symbol>],
    well_known: bool,
) -> Diag<'a> {
    let shown = match value {
        Some((value, _)) => format!("`{value}`"),
        None => "(none)".to_string(),
    };
    let mut diag = Diag::new(&cx.sess.dcx, Level::Warning, format!("unexpected `cfg` condition value: {shown}"))
        .with_span(item.span);
    let real: Vec<Symbol> = expected.iter().flatten().copied().collect();
    let has_none = expected.contains(&None);
    if !real.is_empty() {
        let mut names: Vec<String> = real.iter().map(Symbol::to_string).collect();
        if has_none {
            names.push("(none)".to_string());
        }
        let verb = if names.len() == 1 { "value" } else { "values" };
        let is = if names.len() == 1 { "is" } else { "are" };
        diag.note(format!("expected {verb} for `{name}` {is}: {}", list(names, MAX_LISTED)));
        if let Some((value, value_span)) = value {
            if let Some(best) = find_best_match(&real, value) {
                diag.span_suggestion(
                    value_span,
                    "there is a expected value with a similar name",
                    format!("\"{best}\""),
                    Applicability::MaybeIncorrect,
                );
            } else if has_none {
                diag.span_suggestion(
                    item.path.span.between(value_span).to(value_span),
                    "remove the value",
                    "",
                    Applicability::MaybeIncorrect,
                );
            }
        }
    } else if has_none {
        diag.note(format!("no expected value for `{name}`"));
        if let Some((_, value_span)) = value {
            diag.span_suggestion(
                value_span.with_lo(item.path.span.hi()),
                "remove the value",
                "",
                Applicability::MaybeIncorrect,
            );
        }
    } else {
        diag.note(format!("no expected values for `{name}`"));
        let sp = match value {
            Some((_, value_span)) => item.path.span.to(value_span),
            None => item.span,
        };
        diag.span_suggestion(sp, "remove the condition", "", Applicability::MaybeIncorrect);
    }
    if !well_known {
        diag.help(to_expect(name, value.map(|(v, _)| v)));
    }
    diag.note(DOCUMENTATION);
    diag
}

/// The name closest to `wanted` by edit distance, if it is close.
fn find_best_match(names: &[Symbol], wanted: Symbol) -> Option<Symbol> {
    let wanted_str = wanted.as_str();
    let limit = wanted_str.chars().count().max(3) / 3;
    names
        .iter()
        .copied()
        .filter(|n| *n != wanted)
        .map(|n| (edit_distance(n.as_str(), wanted_str), n))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, n)| n)
}

/// Damerau and Levenshtein's distance, restricted: insertions, deletions, changes, swaps of neighbours.
fn edit_distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + change);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}
