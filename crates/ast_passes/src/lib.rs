//! Checks on the expanded syntax tree: what the grammar allows but the language does not ([`validation`]), syntax and attributes
//! that need a feature ([`feature_gate`]), and the forms of built-in attributes ([`attributes`]).

use ast::Crate;
use session::Session;

mod attr_table;
pub mod attributes;
pub mod feature_gate;
pub mod lints;
pub mod validation;

/// All checks, in rustc's order. Call once, after expansion and before name resolution is final.
pub fn check_crate(sess: &Session, krate: &Crate) {
    validation::check_crate(sess, krate);
    attributes::check_crate(sess, krate);
    feature_gate::check_crate(sess, krate);
    lints::check_crate(sess, krate);
}

#[cfg(test)]
mod tests;
