//! `macro_rules!` and `macro`.

/// A compiled declarative macro.
pub struct MacroRulesMacroExpander {}
