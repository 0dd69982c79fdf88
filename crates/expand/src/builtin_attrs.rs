//! The attributes of a macro's definition: what they say about its calls.

use ast::{Attribute, MetaItemInner};
use session::Session;
use span::{Symbol, sym};

use crate::base::{Deprecation, Stability, StabilityLevel, SyntaxExtension};

/// Notes what one attribute says of a macro named `name`.
pub(crate) fn apply_to_extension(_sess: &Session, ext: &mut SyntaxExtension, name: Symbol, attr: &Attribute) {
    match attr.name() {
        Some(sym::allow_internal_unstable) => {
            let list = attr.meta_item_list().unwrap_or_default();
            ext.allow_internal_unstable = Some(list.iter().filter_map(MetaItemInner::name).collect());
        }
        Some(sym::allow_internal_unsafe) => ext.allow_internal_unsafe = true,
        Some(sym::rustc_diagnostic_item) => ext.hide_backtrace = true,
        Some(sym::macro_export) => {
            let list = attr.meta_item_list().unwrap_or_default();
            ext.local_inner_macros |= list.iter().any(|item| item.has_name(sym::local_inner_macros));
        }
        Some(sym::collapse_debuginfo) => {
            let list = attr.meta_item_list().unwrap_or_default();
            ext.collapse_debuginfo = list.iter().any(|item| item.has_name(sym::yes) || item.has_name(sym::external));
        }
        Some(sym::rustc_builtin_macro) => {
            let list = attr.meta_item_list().unwrap_or_default();
            ext.hide_backtrace = true;
            ext.builtin_name = Some(list.first().and_then(MetaItemInner::name).unwrap_or(name));
            for item in list.iter().skip(1).filter(|item| item.has_name(sym::attributes)) {
                ext.helper_attrs
                    .extend(item.meta_item_list().unwrap_or_default().iter().filter_map(MetaItemInner::name));
            }
        }
        Some(sym::stable) => {
            let feature = value_of(attr, sym::feature).unwrap_or(sym::feature);
            ext.stability = Some(Stability { feature, level: StabilityLevel::Stable });
        }
        Some(sym::unstable) => {
            let feature = value_of(attr, sym::feature).unwrap_or(sym::feature);
            let issue = value_of(attr, sym::issue).and_then(|issue| issue.as_str().parse().ok());
            let level = StabilityLevel::Unstable { reason: value_of(attr, sym::reason), issue };
            ext.stability = Some(Stability { feature, level });
        }
        Some(sym::deprecated) => {
            let note = attr.value_str().or_else(|| value_of(attr, sym::note));
            let since = value_of(attr, sym::since);
            ext.deprecation = Some(Deprecation { since, note, suggestion: value_of(attr, sym::suggestion) });
        }
        _ => {}
    }
}

/// `value` of `name = "value"` in an attribute's list.
fn value_of(attr: &Attribute, name: Symbol) -> Option<Symbol> {
    attr.meta_item_list()?.iter().find(|item| item.has_name(name)).and_then(MetaItemInner::value_str)
}
