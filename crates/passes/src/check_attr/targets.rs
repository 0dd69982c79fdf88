//! The table of attributes and what they may stand on: facts of rustc 1.95.

use hir::Target;
use hir::target::MethodKind;
use span::Symbol;

/// What becomes of an attribute on a target.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Verdict {
    Allowed,
    /// Accepted once: a lint.
    Warn,
    Error,
}

/// Where an attribute may stand.
pub(super) struct Rule {
    name: &'static str,
    allowed: fn(Target) -> bool,
    /// What targets that are not allowed get.
    rest: Verdict,
    /// Targets that get a warning although the rest is an error.
    warned: fn(Target) -> bool,
    /// As the help lists it.
    pub(super) on: &'static str,
}

impl Rule {
    pub(super) fn verdict(&self, target: Target) -> Verdict {
        if (self.allowed)(target) {
            Verdict::Allowed
        } else if self.rest == Verdict::Error && (self.warned)(target) {
            Verdict::Warn
        } else {
            self.rest
        }
    }
}

/// The rule of an attribute.
pub(super) fn rule(name: Symbol) -> Option<&'static Rule> {
    RULES.iter().find(|r| r.name == name.as_str())
}

fn is_fn_with_body(t: Target) -> bool {
    matches!(
        t,
        Target::Fn
            | Target::Closure
            | Target::Method(MethodKind::Inherent | MethodKind::TraitImpl | MethodKind::Trait { body: true })
    )
}
fn is_fn_like(t: Target) -> bool {
    matches!(t, Target::Fn | Target::Closure | Target::ForeignFn | Target::Method(_))
}
/// What macros used to put attributes on.
fn is_lenient(t: Target) -> bool {
    matches!(t, Target::Field | Target::Arm | Target::MacroDef | Target::MacroCall)
}
fn is_lenient_inline(t: Target) -> bool {
    is_lenient(t)
        || matches!(t, Target::Method(MethodKind::Trait { body: false }) | Target::ForeignFn | Target::AssocConst)
}
fn is_lenient_feature(t: Target) -> bool {
    is_lenient(t) || t == Target::Statement
}
fn is_fn_or_static(t: Target) -> bool {
    t == Target::Static || (is_fn_with_body(t) && t != Target::Closure)
}
fn none(_: Target) -> bool {
    false
}

static RULES: &[Rule] = &[
    Rule { name: "inline", allowed: is_fn_with_body, rest: Verdict::Error, warned: is_lenient_inline, on: "functions" },
    Rule { name: "cold", allowed: is_fn_like, rest: Verdict::Warn, warned: none, on: "functions" },
    Rule { name: "track_caller", allowed: is_fn_like, rest: Verdict::Error, warned: is_lenient, on: "functions" },
    Rule {
        name: "no_mangle",
        allowed: |t| {
            matches!(t, Target::Fn | Target::Static | Target::Method(MethodKind::Inherent | MethodKind::TraitImpl))
                || t == Target::Const
        },
        rest: Verdict::Warn,
        warned: none,
        on: "functions, methods, and statics",
    },
    Rule {
        name: "export_name",
        allowed: is_fn_or_static,
        rest: Verdict::Error,
        warned: is_lenient,
        on: "functions and statics",
    },
    Rule {
        name: "must_use",
        allowed: |t| {
            matches!(
                t,
                Target::Fn
                    | Target::Enum
                    | Target::Struct
                    | Target::Union
                    | Target::Trait
                    | Target::ForeignFn
                    | Target::Method(MethodKind::Inherent | MethodKind::Trait { .. })
            )
        },
        rest: Verdict::Warn,
        warned: none,
        on: "data types, functions, and traits",
    },
    Rule {
        name: "non_exhaustive",
        allowed: |t| matches!(t, Target::Enum | Target::Struct | Target::Variant),
        rest: Verdict::Error,
        warned: is_lenient,
        on: "data types and enum variants",
    },
    Rule {
        name: "target_feature",
        allowed: |t| is_fn_with_body(t) && t != Target::Closure,
        rest: Verdict::Error,
        warned: is_lenient_feature,
        on: "functions",
    },
    Rule {
        name: "used",
        allowed: |t| t == Target::Static,
        rest: Verdict::Error,
        warned: |t| t == Target::MacroCall,
        on: "statics",
    },
    Rule {
        name: "link_section",
        allowed: is_fn_or_static,
        rest: Verdict::Warn,
        warned: none,
        on: "functions and statics",
    },
    Rule {
        name: "link_name",
        allowed: |t| matches!(t, Target::ForeignFn | Target::ForeignStatic),
        rest: Verdict::Warn,
        warned: none,
        on: "foreign functions and foreign statics",
    },
    Rule {
        name: "macro_use",
        allowed: |t| matches!(t, Target::Mod | Target::ExternCrate | Target::Crate),
        rest: Verdict::Warn,
        warned: none,
        on: "crates, extern crates, and modules",
    },
    Rule {
        name: "macro_export",
        allowed: |t| t == Target::MacroDef,
        rest: Verdict::Warn,
        warned: none,
        on: "macro defs",
    },
    Rule {
        name: "path",
        allowed: |t| matches!(t, Target::Mod | Target::Crate),
        rest: Verdict::Warn,
        warned: none,
        on: "modules",
    },
    Rule {
        name: "automatically_derived",
        allowed: |t| t == Target::Impl { of_trait: true },
        rest: Verdict::Warn,
        warned: none,
        on: "trait impl blocks",
    },
    Rule {
        name: "no_implicit_prelude",
        allowed: |t| matches!(t, Target::Mod | Target::Crate),
        rest: Verdict::Warn,
        warned: none,
        on: "crates and modules",
    },
    Rule { name: "ignore", allowed: |t| t == Target::Fn, rest: Verdict::Warn, warned: none, on: "functions" },
    Rule { name: "should_panic", allowed: |t| t == Target::Fn, rest: Verdict::Warn, warned: none, on: "functions" },
    Rule { name: "proc_macro", allowed: |t| t == Target::Fn, rest: Verdict::Error, warned: none, on: "functions" },
    Rule {
        name: "proc_macro_attribute",
        allowed: |t| t == Target::Fn,
        rest: Verdict::Error,
        warned: none,
        on: "functions",
    },
    Rule {
        name: "proc_macro_derive",
        allowed: |t| t == Target::Fn,
        rest: Verdict::Error,
        warned: none,
        on: "functions",
    },
    Rule {
        name: "naked",
        allowed: |t| is_fn_with_body(t) && t != Target::Closure,
        rest: Verdict::Error,
        warned: |t| t == Target::MacroCall,
        on: "functions",
    },
    Rule {
        name: "coverage",
        allowed: |t| is_fn_with_body(t) || matches!(t, Target::Impl { .. } | Target::Mod | Target::Crate),
        rest: Verdict::Error,
        warned: none,
        on: "crates, functions, impl blocks, and modules",
    },
    Rule {
        name: "thread_local",
        allowed: |t| matches!(t, Target::Static | Target::ForeignStatic),
        rest: Verdict::Error,
        warned: none,
        on: "foreign statics and statics",
    },
    Rule {
        name: "link_ordinal",
        allowed: |t| matches!(t, Target::ForeignFn | Target::ForeignStatic),
        rest: Verdict::Error,
        warned: none,
        on: "foreign functions and foreign statics",
    },
    Rule { name: "marker", allowed: |t| t == Target::Trait, rest: Verdict::Error, warned: is_lenient, on: "traits" },
    Rule {
        name: "fundamental",
        allowed: |t| matches!(t, Target::Struct | Target::Trait),
        rest: Verdict::Error,
        warned: none,
        on: "structs and traits",
    },
    Rule { name: "const_trait", allowed: |t| t == Target::Trait, rest: Verdict::Error, warned: none, on: "traits" },
    Rule {
        name: "must_not_suspend",
        allowed: |t| matches!(t, Target::Struct | Target::Enum | Target::Union | Target::Trait),
        rest: Verdict::Error,
        warned: none,
        on: "data types and traits",
    },
];

/// Several of a target.
pub(super) fn plural(target: Target) -> &'static str {
    match target {
        Target::ExternCrate => "extern crates",
        Target::Use => "use statements",
        Target::Static => "statics",
        Target::Const => "constants",
        Target::Fn => "functions",
        Target::Closure => "closures",
        Target::Mod => "modules",
        Target::ForeignMod => "foreign modules",
        Target::GlobalAsm => "global asms",
        Target::TyAlias => "type aliases",
        Target::Enum => "enums",
        Target::Variant => "enum variants",
        Target::Struct => "structs",
        Target::Field | Target::ExprField => "struct fields",
        Target::Union => "unions",
        Target::Trait => "traits",
        Target::TraitAlias => "trait aliases",
        Target::Impl { of_trait: false } => "inherent impl blocks",
        Target::Impl { of_trait: true } => "trait impl blocks",
        Target::Expression => "expressions",
        Target::Statement => "statements",
        Target::Arm => "match arms",
        Target::AssocConst => "associated consts",
        Target::Method(MethodKind::Inherent) => "inherent methods",
        Target::Method(MethodKind::Trait { body: false }) => "required trait methods",
        Target::Method(MethodKind::Trait { body: true }) => "provided trait methods",
        Target::Method(MethodKind::TraitImpl) => "trait methods in impl blocks",
        Target::AssocTy => "associated types",
        Target::ForeignFn => "foreign functions",
        Target::ForeignStatic => "foreign statics",
        Target::ForeignTy => "foreign types",
        Target::GenericParam { kind, .. } => match kind {
            hir::target::GenericParamTargetKind::Type => "type parameters",
            hir::target::GenericParamTargetKind::Lifetime => "lifetime parameters",
            hir::target::GenericParamTargetKind::Const => "const parameters",
        },
        Target::MacroDef => "macro defs",
        Target::Param => "function params",
        Target::PatField => "pattern fields",
        Target::WherePredicate => "where predicates",
        Target::MacroCall => "macro calls",
        Target::Crate => "crates",
    }
}
