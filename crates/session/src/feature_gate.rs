//! Errors for the use of features that are not enabled (E0658), and look-ups in the table of features.

use diagnostics::{Diag, ErrCode, MultiSpan};
use span::Symbol;

use crate::Session;
use crate::feature_table::{
    REMOVED_LANG_FEATURES, RemovedFeature, STABLE_FEATURES, UNSTABLE_LANG_FEATURES, UNSTABLE_LIB_FEATURES,
    UnstableFeature,
};

/// The unstable language feature of this name.
pub fn find_lang_feature(name: &str) -> Option<&'static UnstableFeature> {
    UNSTABLE_LANG_FEATURES.binary_search_by(|f| f.name.cmp(name)).ok().map(|i| &UNSTABLE_LANG_FEATURES[i])
}

/// The version since which a feature is stable.
pub fn find_stable_feature(name: &str) -> Option<&'static str> {
    STABLE_FEATURES.binary_search_by(|f| f.0.cmp(name)).ok().map(|i| STABLE_FEATURES[i].1)
}

/// The removed language feature of this name.
pub fn find_removed_feature(name: &str) -> Option<&'static RemovedFeature> {
    REMOVED_LANG_FEATURES.binary_search_by(|f| f.name.cmp(name)).ok().map(|i| &REMOVED_LANG_FEATURES[i])
}

/// Whether the standard library has an unstable feature of this name.
pub fn is_unstable_lib_feature(name: &str) -> bool {
    UNSTABLE_LIB_FEATURES.binary_search(&name).is_ok()
}

/// An error that says that something needs a language feature.
pub fn feature_err<'a>(
    sess: &'a Session,
    feature: Symbol,
    span: impl Into<MultiSpan>,
    explain: impl Into<String>,
) -> Diag<'a> {
    let mut diag = sess.dcx.struct_span_err(span, explain).with_code(ErrCode(658));
    add_feature_diagnostics(&mut diag, sess, feature);
    diag
}

/// Adds where to read about a feature and how to enable it.
pub fn add_feature_diagnostics(diag: &mut Diag<'_>, sess: &Session, feature: Symbol) {
    if let Some(n) = find_lang_feature(feature.as_str()).and_then(|f| f.issue) {
        diag.note(format!("see issue #{n} <https://github.com/rust-lang/rust/issues/{n}> for more information"));
    }
    if sess.is_nightly_build() {
        diag.help(format!("add `#![feature({feature})]` to the crate attributes to enable"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        assert!(UNSTABLE_LANG_FEATURES.is_sorted_by_key(|f| f.name));
        assert!(REMOVED_LANG_FEATURES.is_sorted_by_key(|f| f.name));
        assert!(STABLE_FEATURES.is_sorted_by_key(|f| f.0));
        assert!(UNSTABLE_LIB_FEATURES.is_sorted());
        assert_eq!(find_lang_feature("never_type").and_then(|f| f.issue), Some(35121));
        assert_eq!(find_stable_feature("let_chains"), Some("1.88.0"));
    }
}
