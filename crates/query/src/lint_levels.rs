//! Lint levels: which level a lint has at a node, and emitting lints at it. Crate `lint` finds the attributes of an owner.

use std::cell::RefCell;

use diagnostics::{Diag, MultiSpan};
use hir::{HirId, ItemLocalId};
use rustc_hash::{FxHashMap, FxHashSet};
use session::lint::{Level, Lint};
use session::lint_groups::{group_containing, lint_group};
use span::{Span, Symbol};

use crate::TyCtxt;

/// Where a level comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LintLevelSource {
    Default,
    /// An attribute: the name written (a lint or a group), its place, the reason.
    Node {
        name: Symbol,
        span: Span,
        reason: Option<Symbol>,
    },
    /// `-W name` on the command line, with the level it asked for.
    CommandLine(Symbol, Level),
}

/// Levels set by attributes inside one owner: at which nodes, which lints. `warnings` is a name like any other here.
#[derive(Clone, Debug, Default)]
pub struct OwnerLintLevels {
    pub specs: FxHashMap<ItemLocalId, Vec<(Symbol, Level, LintLevelSource)>>,
}

/// A level with where it comes from.
pub type LevelAndSource = (Level, LintLevelSource);

/// The names of [`TyCtxt::fulfilled_expectations`]' slot.
struct FulfilledExpectations;

impl<'tcx> TyCtxt<'tcx> {
    /// The level of a lint at a node: the nearest enclosing attribute's, else the command line's, else the default.
    pub fn lint_level_at_node(self, lint: &'static Lint, id: HirId) -> LevelAndSource {
        let specified = self.specified_level(Symbol::intern(lint.name), id);
        let (mut level, mut src) = specified.unwrap_or((self.default_lint_level(lint), LintLevelSource::Default));
        // `#[deny(warnings)]` and `-D warnings` change what would warn.
        if level == Level::Warn {
            if let Some((of_warnings, warnings_src)) = self.specified_level(Symbol::intern("warnings"), id) {
                if of_warnings != Level::Warn {
                    (level, src) = (of_warnings, warnings_src);
                }
            }
        }
        if level != Level::ForceWarn {
            level = level.min(self.lint_cap());
        }
        (level, src)
    }

    /// What a lint is without attributes and options, in the crate's edition.
    pub fn default_lint_level(self, lint: &Lint) -> Level {
        match lint.edition_level {
            Some((since, level)) if self.sess().edition() >= since => level,
            _ => lint.default_level,
        }
    }

    /// The level that an attribute around a node or the command line gives a name.
    pub fn specified_level(self, name: Symbol, id: HirId) -> Option<LevelAndSource> {
        if let Some(level @ (Level::ForceWarn, _)) = self.command_line_level(name.as_str()) {
            return Some(level);
        }
        let mut node = Some(id);
        while let Some(id) = node {
            let specs = &self.lint_levels_for_owner(id.owner.def_id).specs;
            if !specs.is_empty() {
                let mut local = id;
                loop {
                    let found = specs.get(&local.local_id).and_then(|s| s.iter().rev().find(|(n, ..)| *n == name));
                    if let Some(&(_, level, src)) = found {
                        return Some((level, src));
                    }
                    if local.local_id == ItemLocalId::ZERO {
                        break;
                    }
                    local = self.parent_hir_id(local);
                }
            }
            let owner = HirId::from(id.owner);
            node = (owner != hir::CRATE_HIR_ID).then(|| self.parent_hir_id(owner));
        }
        self.command_line_level(name.as_str())
    }

    /// The level that `-A`, `-W`, `-D`, `-F`, `--force-warn` give a name. The last counts; but what is forced to warn or
    /// forbidden remains so.
    pub fn command_line_level(self, name: &str) -> Option<LevelAndSource> {
        let mut found: Option<LevelAndSource> = None;
        for (given, letter) in &self.sess().opts.lint_opts {
            if given != name && !lint_group(given).is_some_and(|g| g.contains(&name)) {
                continue;
            }
            let level = match letter {
                'A' => Level::Allow,
                'W' => Level::Warn,
                'D' => Level::Deny,
                'f' => Level::ForceWarn,
                _ => Level::Forbid,
            };
            match found {
                Some((Level::ForceWarn, _)) => {}
                Some((Level::Forbid, _)) if level != Level::ForceWarn => {}
                _ => found = Some((level, LintLevelSource::CommandLine(Symbol::intern(given), level))),
            }
        }
        found
    }

    fn lint_cap(self) -> Level {
        match self.sess().opts.lint_cap.as_deref() {
            Some("allow") => Level::Allow,
            Some("warn") => Level::Warn,
            Some("deny") => Level::Deny,
            _ => Level::Forbid,
        }
    }

    /// The `#[expect(..)]`s that some lint met, by the places of the names in them.
    pub fn fulfilled_expectations(self) -> &'tcx RefCell<FxHashSet<Span>> {
        self.slot::<FulfilledExpectations, RefCell<FxHashSet<Span>>>(RefCell::default)
    }

    /// Emits a lint at a node's level; `decorate` completes the diagnostic, whose message and place are given.
    pub fn emit_node_span_lint(
        self,
        lint: &'static Lint,
        id: HirId,
        span: impl Into<MultiSpan>,
        msg: impl Into<String>,
        decorate: impl FnOnce(&mut Diag<'_>),
    ) {
        let (level, src) = self.lint_level_at_node(lint, id);
        self.emit_lint_at_level(lint, (level, src), Some(span.into()), msg.into(), decorate);
    }

    /// Emits a lint that has no place.
    pub fn emit_node_lint(
        self,
        lint: &'static Lint,
        id: HirId,
        msg: impl Into<String>,
        decorate: impl FnOnce(&mut Diag<'_>),
    ) {
        let at = self.lint_level_at_node(lint, id);
        self.emit_lint_at_level(lint, at, None, msg.into(), decorate);
    }

    fn emit_lint_at_level(
        self,
        lint: &'static Lint,
        (level, src): LevelAndSource,
        span: Option<MultiSpan>,
        msg: String,
        decorate: impl FnOnce(&mut Diag<'_>),
    ) {
        let dlevel = match level {
            Level::Allow => return,
            Level::Expect => diagnostics::Level::Expect,
            Level::Warn | Level::ForceWarn => diagnostics::Level::Warning,
            Level::Deny | Level::Forbid => diagnostics::Level::Error,
        };
        let has_future_breakage = lint.future_incompatible.is_some();
        let primary = span.as_ref().and_then(MultiSpan::primary_span);
        if primary.is_some_and(Span::in_external_macro)
            && !lint.report_in_external_macro
            && !(has_future_breakage && !is_edition_lint(lint))
        {
            return;
        }
        if level == Level::Expect {
            if let LintLevelSource::Node { span, .. } = src {
                self.fulfilled_expectations().borrow_mut().insert(span);
            }
            return;
        }
        let mut diag = Diag::new(self.dcx(), dlevel, msg);
        if let Some(span) = span {
            diag.span(span);
        }
        diag.is_lint(lint.name, false);
        decorate(&mut diag);
        if let Some(reference) = lint.future_incompatible {
            diag.warn(self.future_warning(lint));
            diag.note(format!("for more information, see {reference}"));
        }
        explain_level_source(&mut diag, lint, level, src);
        diag.emit();
    }

    /// What happens to code that a lint for the future warns of.
    fn future_warning(self, lint: &Lint) -> String {
        let current = self.sess().edition();
        match lint.name {
            "bare_trait_objects"
            | "ellipsis_inclusive_range_patterns"
            | "non_fmt_panics"
            | "rust_2021_prefixes_incompatible_syntax"
            | "rust_2021_incompatible_or_patterns" => {
                format!("this is accepted in the current edition (Rust {current}) but is a hard error in Rust 2021!")
            }
            "keyword_idents_2018" | "absolute_paths_not_starting_with_crate" | "anonymous_parameters"
            | "tyvar_behind_raw_pointer" => {
                format!("this is accepted in the current edition (Rust {current}) but is a hard error in Rust 2018!")
            }
            "keyword_idents_2024"
            | "missing_unsafe_on_extern"
            | "unsafe_attr_outside_unsafe"
            | "deprecated_safe_2024"
            | "rust_2024_guarded_string_incompatible_syntax"
            | "rust_2024_prelude_collisions_" => {
                format!("this is accepted in the current edition (Rust {current}) but is a hard error in Rust 2024!")
            }
            "array_into_iter" | "rust_2021_incompatible_closure_captures" => {
                "this changes meaning in Rust 2021".to_owned()
            }
            "rust_2021_prelude_collisions" => {
                format!("this is accepted in the current edition (Rust {current}) but is a hard error in Rust 2021!")
            }
            "boxed_slice_into_iter"
            | "impl_trait_overcaptures"
            | "if_let_rescope"
            | "tail_expr_drop_order"
            | "rust_2024_incompatible_pat"
            | "rust_2024_prelude_collisions" => "this changes meaning in Rust 2024".to_owned(),
            "dependency_on_unit_never_type_fallback" | "never_type_fallback_flowing_into_unsafe" => {
                "this changes meaning in Rust 2024 and in a future release in all editions!".to_owned()
            }
            "unstable_name_collisions" => {
                "once this associated item is added to the standard library, the ambiguity may cause an error or change in \
                 behavior!"
                    .to_owned()
            }
            _ => "this was previously accepted by the compiler but is being phased out; it will become a hard error in a \
                  future release!"
                .to_owned(),
        }
    }
}

/// Whether a lint is about the next edition rather than a future release: not reported in other crates' macros.
fn is_edition_lint(lint: &Lint) -> bool {
    lint.future_incompatible.is_some_and(|f| f.contains("edition-guide"))
}

/// The note that says why a lint has its level, said once for each lint and source.
pub fn explain_level_source(diag: &mut Diag<'_>, lint: &Lint, level: Level, src: LintLevelSource) {
    let name = lint.name;
    match src {
        LintLevelSource::Default => {
            let level = level.as_str();
            let group = match group_containing(name) {
                Some(group) => format!("(part of `#[{level}({group})]`) "),
                None => String::new(),
            };
            diag.note_once(format!("`#[{level}({name})]` {group}on by default"));
        }
        LintLevelSource::CommandLine(given, asked) => {
            let flag = match asked {
                Level::Warn => "-W",
                Level::Deny => "-D",
                Level::Forbid => "-F",
                Level::ForceWarn => "--force-warn",
                Level::Allow | Level::Expect => "-A",
            };
            let given = given.as_str().replace('_', "-");
            let lint_name = name.replace('_', "-");
            if given == lint_name {
                diag.note_once(format!("requested on the command line with `{flag} {given}`"));
            } else {
                diag.note_once(format!("`{flag} {lint_name}` implied by `{flag} {given}`"));
                if matches!(asked, Level::Warn | Level::Deny) {
                    diag.help_once(format!("to override `{flag} {given}` add `#[allow({name})]`"));
                }
            }
        }
        LintLevelSource::Node { name: written, span, reason } => {
            if let Some(reason) = reason {
                diag.note(reason.to_string());
            }
            diag.span_note_once(span, "the lint level is defined here");
            if written.as_str() != name {
                let level = level.as_str();
                diag.note_once(format!("`#[{level}({name})]` implied by `#[{level}({written})]`"));
            }
        }
    }
}
