//! Macro expansion and name resolution: from a parsed crate to an expanded one in which every name has a meaning.
//!
//! The two depend on one another, so they run as one fixpoint ([`fixpoint`]): macro calls are collected and replaced by
//! placeholders; each new piece of tree gets its definitions (`def_collector`) and its names entered in modules
//! (`build_reduced_graph`); imports are resolved as far as possible (`imports`); then the calls whose macros are known by
//! now are expanded. What remains unresolved when nothing moves any more is an error. After that `late` resolves
//! everything inside items: paths, local variables, labels and lifetimes.
//!
//! Terms (rustc's): a *module* is anything with named members; a *binding* is what a name is bound to; a *parent scope* is
//! all that the meaning of a name written there depends on; to *finalize* is to look up for good, with errors.
//! Start with [`resolve_crate`] and `module.rs`.

// Modules and bindings are keys by their address, which their cells do not change.
#![allow(clippy::mutable_key_type)]

mod fixpoint;

mod arena;
mod builtin_attrs;
mod context;
mod errors;
mod import;
mod macro_scope;
mod module;
mod path;
mod rib;
mod scopes;

mod build_reduced_graph;
mod def_collector;
mod ident;
mod imports;
mod macros;

mod late;

mod check_unused;
mod effective_visibilities;
mod outputs;

mod report;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use ast::NodeId;
use expand::base::SyntaxExtension;
use hir::PrimTy;
use hir::def::{DefKind, LifetimeRes, PartialRes, PerNS, Res as HirRes};
use hir::resolutions::{NodeVec, ResolverAstLowering, ResolverGlobalCtxt, StrippedCfgItem, TraitCandidate, Visibility};
use query::TyCtxt;
use span::def_id::{CrateNum, DefId, LocalDefId};
use span::{ExpnId, FxHashMap, FxHashSet, FxIndexMap, FxIndexSet, Ident, Span, Symbol};

use crate::arena::ResolverArenas;
use crate::errors::{AmbiguityError, PrivacyError, UseError};
use crate::import::Import;
use crate::macro_scope::{MacroRulesScopeRef, ParentScope};
use crate::macros::MacroData;
use crate::module::{Module, NameBinding, Res};

/// What resolution leaves to later stages.
pub struct ResolverOutputs {
    pub global_ctxt: ResolverGlobalCtxt,
    pub ast_lowering: ResolverAstLowering,
}

/// Expands a crate and resolves its names. Errors go to the session; the outputs are usable in any case.
pub fn resolve_crate(tcx: TyCtxt<'_>, krate: ast::Crate) -> (ast::Crate, ResolverOutputs) {
    let arenas = ResolverArenas::default();
    resolve_in(tcx, krate, &arenas)
}

fn resolve_in<'ra, 'tcx>(
    tcx: TyCtxt<'tcx>,
    mut krate: ast::Crate,
    arenas: &'ra ResolverArenas<'ra>,
) -> (ast::Crate, ResolverOutputs) {
    fixpoint::prepare_crate(tcx.sess(), &mut krate);
    let mut resolver = Resolver::new(tcx, &krate, arenas);
    let krate = fixpoint::expand_crate(&mut resolver, krate);
    resolver.resolve_expanded(&krate);
    let outputs = resolver.into_outputs();
    (krate, outputs)
}

/// An entry of the extern prelude: a name that paths may start with because it is a crate.
#[derive(Clone, Default)]
pub(crate) struct ExternPreludeEntry<'ra> {
    /// Made by `extern crate` in the root module.
    pub item_binding: Option<NameBinding<'ra>>,
    /// The `item_binding` is the only reason.
    pub introduced_by_item: bool,
    /// Named by `--extern` or the standard library's: loaded when first asked for.
    pub flag_binding: Option<Option<NameBinding<'ra>>>,
}

/// What is known of a macro call's place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct InvocationParent {
    pub parent_def: LocalDefId,
    pub impl_trait_context: ImplTraitContext,
    /// In an attribute: expressions there are no bodies.
    pub in_attr: bool,
}

/// What `impl Trait` means in a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ImplTraitContext {
    Existential,
    Universal,
    InBinding,
}

/// The state of expansion and resolution.
pub(crate) struct Resolver<'ra, 'tcx> {
    pub tcx: TyCtxt<'tcx>,
    pub arenas: &'ra ResolverArenas<'ra>,

    // Modules.
    pub graph_root: Module<'ra>,
    /// Where the names of what the compiler puts into the crate are looked for.
    pub empty_module: Module<'ra>,
    /// The standard prelude's module.
    pub prelude: Option<Module<'ra>>,
    pub extern_prelude: FxIndexMap<Symbol, ExternPreludeEntry<'ra>>,
    pub module_map: FxIndexMap<DefId, Module<'ra>>,
    pub block_map: FxHashMap<NodeId, Module<'ra>>,
    /// The bindings of modules themselves (`use super::{self}`, `crate as x`).
    pub module_self_bindings: FxHashMap<Module<'ra>, NameBinding<'ra>>,
    pub binding_parent_modules: FxHashMap<NameBinding<'ra>, Module<'ra>>,
    pub prim_ty_bindings: FxHashMap<PrimTy, NameBinding<'ra>>,
    /// Visibilities of struct constructors and of their fields, and the struct's own.
    pub struct_constructors: FxHashMap<DefId, (Res, Visibility<DefId>, Vec<Visibility<DefId>>)>,
    pub field_names: FxHashMap<DefId, Vec<Ident>>,
    pub field_visibility_spans: FxHashMap<DefId, Vec<Span>>,
    pub mods_with_parse_errors: FxHashSet<DefId>,
    pub dummy_binding: NameBinding<'ra>,

    // Definitions.
    pub node_id_to_def_id: FxHashMap<NodeId, LocalDefId>,
    pub def_id_to_node_id: FxIndexMap<LocalDefId, NodeId>,
    pub item_generics_num_lifetimes: FxHashMap<LocalDefId, usize>,
    pub visibilities: FxIndexMap<LocalDefId, Visibility>,
    pub next_node_id: NodeId,

    // Imports.
    pub determined_imports: Vec<Import<'ra>>,
    pub indeterminate_imports: Vec<Import<'ra>>,
    pub potentially_unused_imports: Vec<Import<'ra>>,
    pub maybe_unused_trait_imports: FxIndexSet<LocalDefId>,
    pub used_imports: FxHashSet<NodeId>,
    pub glob_map: FxIndexMap<LocalDefId, FxIndexSet<Symbol>>,
    pub import_res_map: FxHashMap<NodeId, PerNS<Option<Res>>>,
    pub extern_crate_map: FxIndexMap<LocalDefId, CrateNum>,
    /// Module path and name of imports that failed: say nothing more about what they would have brought.
    pub failed_import_names: FxHashSet<Symbol>,

    // Macros.
    pub invocation_parents: FxHashMap<ExpnId, InvocationParent>,
    pub invocation_parent_scopes: FxHashMap<ExpnId, ParentScope<'ra>>,
    pub output_macro_rules_scopes: FxHashMap<ExpnId, MacroRulesScopeRef<'ra>>,
    pub macro_rules_scopes: FxHashMap<LocalDefId, MacroRulesScopeRef<'ra>>,
    pub empty_macro_rules_scope: MacroRulesScopeRef<'ra>,
    pub macro_use_prelude: FxIndexMap<Symbol, NameBinding<'ra>>,
    pub macro_map: FxHashMap<DefId, Rc<MacroData>>,
    pub local_macro_def_scopes: FxHashMap<LocalDefId, Module<'ra>>,
    pub helper_attrs: FxHashMap<ExpnId, Vec<(Ident, NameBinding<'ra>)>>,
    pub builtin_attrs_bindings: FxHashMap<Symbol, NameBinding<'ra>>,
    pub registered_tools: FxIndexMap<Symbol, NameBinding<'ra>>,
    pub containers_deriving_copy: FxHashSet<ExpnId>,
    pub derive_data: FxHashMap<ExpnId, macros::DeriveData>,
    pub dummy_ext_bang: Rc<SyntaxExtension>,
    pub dummy_ext_derive: Rc<SyntaxExtension>,
    pub non_macro_attr: Rc<SyntaxExtension>,
    /// Macro paths of several segments, to be looked up again at the end.
    pub multi_segment_macro_resolutions: Vec<macros::MultiSegmentMacro<'ra>>,
    pub single_segment_macro_resolutions: Vec<macros::SingleSegmentMacro<'ra>>,
    pub builtin_attrs: Vec<(Ident, ParentScope<'ra>)>,
    pub unused_macros: FxIndexMap<LocalDefId, (NodeId, Ident)>,
    pub unused_macro_rules: FxIndexMap<NodeId, Vec<bool>>,
    pub all_macro_rules: FxIndexSet<Symbol>,
    pub macro_names: FxHashSet<Ident>,
    pub proc_macros: Vec<LocalDefId>,
    pub stripped_cfg_items: Vec<StrippedCfgItem<NodeId>>,
    /// Defined in macro-expanded `macro_rules!` with `#[macro_export]` and used by path: (use, definition).
    pub macro_expanded_macro_export_errors: FxIndexSet<(Span, Span)>,

    // What late resolution finds.
    pub partial_res_map: NodeVec<PartialRes>,
    pub label_res_map: FxHashMap<NodeId, NodeId>,
    pub lifetimes_res_map: FxHashMap<NodeId, LifetimeRes>,
    pub extra_lifetime_params_map: FxHashMap<NodeId, Vec<(Ident, NodeId, LifetimeRes)>>,
    pub trait_map: FxHashMap<NodeId, Vec<TraitCandidate>>,
    pub lifetime_elision_allowed: FxHashSet<NodeId>,
    pub pat_span_map: FxHashMap<NodeId, Span>,
    pub unused_labels: FxIndexMap<NodeId, Span>,
    pub legacy_const_generic_args: FxHashMap<DefId, Option<Vec<usize>>>,
    pub confused_type_with_std_module: FxIndexMap<Span, Span>,
    pub effective_visibilities: hir::resolutions::EffectiveVisibilities,
    pub main_def: Option<hir::resolutions::MainDefinition>,

    // Errors to be reported when all is known.
    pub ambiguity_errors: Vec<AmbiguityError<'ra>>,
    pub privacy_errors: Vec<PrivacyError<'ra>>,
    pub use_errors: Vec<UseError<'ra>>,
    /// A glob import failed: what is not found may have come through it, and is not reported.
    pub glob_error: bool,
    /// All imports are resolved: a name that a module does not have now it will not get.
    pub imports_are_final: bool,
    /// The name of the item that late resolution is in, and what it is.
    pub current_item: Option<(Ident, &'static str)>,
    /// Where an `extern crate` goes.
    pub extern_crate_place: Option<Span>,
    pub name_already_seen: FxHashMap<Symbol, Span>,
    /// Where a `use` can be put in each module, and whether one stands there.
    pub use_placements: FxHashMap<LocalDefId, (Span, bool)>,
    /// Local associated functions with a `self` parameter.
    pub has_self: FxHashSet<LocalDefId>,
}

impl<'ra, 'tcx> Resolver<'ra, 'tcx> {
    /// Everything that waits until the crate is expanded.
    fn resolve_expanded(&mut self, krate: &ast::Crate) {
        self.find_use_placements(krate);
        self.finalize_imports();
        self.imports_are_final = true;
        self.compute_effective_visibilities(krate);
        self.finalize_macro_resolutions();
        self.late_resolve_crate(krate);
        self.resolve_main();
        self.check_unused(krate);
        self.report_errors(krate);
    }

    fn resolve_main(&mut self) {
        let module = self.graph_root;
        let ident = Ident::with_dummy_span(span::sym::main);
        let parent_scope = ParentScope::module(module, self.empty_macro_rules_scope);
        let Ok(binding) = self.resolve_ident_in_module(
            import::ModuleOrUniformRoot::Module(module),
            ident,
            hir::def::Namespace::ValueNS,
            &parent_scope,
            None,
            path::Ignore::default(),
        ) else {
            return;
        };
        let res = match binding.res() {
            HirRes::Def(kind, def_id) => HirRes::Def(kind, def_id),
            _ => return,
        };
        if binding.is_import() {
            self.record_use(ident, binding, path::Used::Other);
        }
        self.main_def =
            Some(hir::resolutions::MainDefinition { res, is_import: binding.is_import(), span: binding.span });
    }

    /// Gives out the next node id.
    pub(crate) fn next_node_id(&mut self) -> NodeId {
        let id = self.next_node_id;
        self.next_node_id = NodeId::from_u32(id.as_u32() + 1);
        id
    }

    pub(crate) fn record_partial_res(&mut self, node_id: NodeId, resolution: PartialRes) {
        if let Some(prev) = self.partial_res_map.insert(node_id, resolution) {
            diagnostics::bug!("path resolved multiple times ({prev:?} before, {resolution:?} now)");
        }
    }

    /// The traits in a normal module or block, with the names under which they are there.
    pub(crate) fn module_traits(&mut self, module: Module<'ra>) -> Rc<[(Ident, NameBinding<'ra>)]> {
        if let Some(traits) = &*module.traits.borrow() {
            return traits.clone();
        }
        let mut collected = Vec::new();
        self.for_each_child(module, |_, name, ns, binding| {
            if ns == hir::def::Namespace::TypeNS
                && let HirRes::Def(DefKind::Trait | DefKind::TraitAlias, _) = binding.res()
            {
                collected.push((name, binding));
            }
        });
        let traits: Rc<[_]> = collected.into();
        *module.traits.borrow_mut() = Some(traits.clone());
        traits
    }
}
