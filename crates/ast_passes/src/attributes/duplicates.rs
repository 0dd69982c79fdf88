//! Attributes that stand twice on the same thing.

use ast::{Attribute, NodeId};
use diagnostics::{Applicability, Diag, Level};
use session::{Session, lint};
use span::Symbol;

use super::buffer;

/// What a repetition means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Policy {
    /// All after the first are unused.
    WarnFollowing,
    /// As `WarnFollowing`, and an error later.
    FutureWarnFollowing,
    /// All before the last are unused, and an error later.
    FutureWarnPreceding,
    /// An error.
    ErrorFollowing,
}

const POLICIES: &[(&str, Policy)] = &[
    ("automatically_derived", Policy::WarnFollowing),
    ("cold", Policy::WarnFollowing),
    ("coverage", Policy::ErrorFollowing),
    ("crate_name", Policy::FutureWarnFollowing),
    ("deprecated", Policy::ErrorFollowing),
    ("export_name", Policy::FutureWarnPreceding),
    ("ignore", Policy::WarnFollowing),
    ("inline", Policy::FutureWarnFollowing),
    ("instruction_set", Policy::ErrorFollowing),
    ("link_name", Policy::FutureWarnPreceding),
    ("link_section", Policy::FutureWarnPreceding),
    ("macro_export", Policy::WarnFollowing),
    ("marker", Policy::WarnFollowing),
    ("must_use", Policy::FutureWarnFollowing),
    ("naked", Policy::WarnFollowing),
    ("no_builtins", Policy::WarnFollowing),
    ("no_core", Policy::WarnFollowing),
    ("no_implicit_prelude", Policy::WarnFollowing),
    ("no_link", Policy::WarnFollowing),
    ("no_main", Policy::WarnFollowing),
    ("no_mangle", Policy::WarnFollowing),
    ("no_std", Policy::WarnFollowing),
    ("non_exhaustive", Policy::WarnFollowing),
    ("panic_handler", Policy::WarnFollowing),
    ("path", Policy::FutureWarnFollowing),
    ("proc_macro", Policy::ErrorFollowing),
    ("proc_macro_attribute", Policy::ErrorFollowing),
    ("proc_macro_derive", Policy::ErrorFollowing),
    ("recursion_limit", Policy::FutureWarnFollowing),
    ("should_panic", Policy::FutureWarnFollowing),
    ("thread_local", Policy::WarnFollowing),
    ("track_caller", Policy::WarnFollowing),
    ("type_length_limit", Policy::FutureWarnFollowing),
    ("windows_subsystem", Policy::FutureWarnFollowing),
];

/// Checks the attributes of one node.
pub(super) fn check(sess: &Session, node: NodeId, attrs: &[Attribute]) {
    // Hardly ever is there one.
    let is_repeated = |(i, attr): (usize, &Attribute)| {
        let name = attr.name();
        name.is_some() && attrs[..i].iter().any(|other| other.name() == name)
    };
    if !attrs.iter().enumerate().any(is_repeated) {
        return;
    }
    let mut seen: Vec<(Symbol, Policy, &Attribute)> = Vec::new();
    for attr in attrs {
        let Some(name) = attr.name() else { continue };
        if let Some(slot) = seen.iter_mut().find(|(n, ..)| *n == name) {
            let (unused, other) = if slot.1 == Policy::FutureWarnPreceding { (slot.2, attr) } else { (attr, slot.2) };
            report(sess, node, name, slot.1, unused, other);
            if slot.1 == Policy::FutureWarnPreceding {
                slot.2 = attr;
            }
            continue;
        }
        if let Ok(i) = POLICIES.binary_search_by(|(n, _)| (*n).cmp(name.as_str())) {
            seen.push((name, POLICIES[i].1, attr));
        }
    }
}

fn report(sess: &Session, node: NodeId, name: Symbol, policy: Policy, unused: &Attribute, other: &Attribute) {
    let is_error = policy == Policy::ErrorFollowing;
    let message = if is_error { format!("multiple `{name}` attributes") } else { "unused attribute".to_string() };
    let level = if is_error { Level::Error } else { Level::Warning };
    let mut diag = Diag::new(&sess.dcx, level, message).with_span(unused.span);
    diag.span_suggestion(unused.span, "remove this attribute", "", Applicability::MachineApplicable);
    diag.span_note(other.span, "attribute also specified here");
    if is_error {
        diag.emit();
        return;
    }
    if policy != Policy::WarnFollowing {
        diag.warn(
            "this was previously accepted by the compiler but is being phased out; it will become a hard error in a future release!",
        );
    }
    buffer(sess, node, &lint::UNUSED_ATTRIBUTES, unused.span, diag);
}

#[cfg(test)]
mod tests {
    #[test]
    fn policies_are_sorted() {
        assert!(super::POLICIES.is_sorted_by_key(|(name, _)| *name));
    }
}
