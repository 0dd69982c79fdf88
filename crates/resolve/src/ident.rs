//! What a single identifier means: in lexical scopes and in a given module.
//!
//! Two modes: speculative (`finalize` is `None`), used while imports and macros are still being resolved, answers
//! "undetermined" where something may still come; final looks everything up again, reports ambiguity and privacy errors
//! and records uses.

use hir::PrimTy;
use hir::def::Namespace::{self, *};
use hir::def::{DefKind, MacroKinds, NonMacroAttrKind, Res as HirRes};
use span::{ExpnId, Ident, MacroKind, kw};

use crate::Resolver;
use crate::errors::{AmbiguityError, AmbiguityErrorMisc, PrivacyError};
use crate::import::{ImportKind, ImportSource, ModuleOrUniformRoot};
use crate::macro_scope::{MacroRulesScope, ParentScope};
use crate::module::{AmbiguityKind, BindingKey, Module, ModuleKind, NameBinding, Res};
use crate::path::{Determinacy, Determinacy::*, Finalize, Ignore, Used};
use crate::rib::{Rib, RibKind};
use crate::scopes::Scope;
pub(crate) use crate::scopes::ScopeSet;

/// The local scopes of late resolution, for the first segment of a path.
pub(crate) struct LateNames<'a, 'ra> {
    pub value_ribs: &'a [Rib<'ra>],
    pub type_ribs: &'a [Rib<'ra>],
}

impl<'a, 'ra> LateNames<'a, 'ra> {
    pub(crate) fn ribs(&self, ns: Namespace) -> &'a [Rib<'ra>] {
        match ns {
            ValueNS => self.value_ribs,
            _ => self.type_ribs,
        }
    }
}

/// What a name in a function body means.
#[derive(Clone, Copy, Debug)]
pub(crate) enum LexicalScopeBinding<'ra> {
    Item(NameBinding<'ra>),
    Res(Res),
}

impl<'ra> LexicalScopeBinding<'ra> {
    pub(crate) fn res(self) -> Res {
        match self {
            LexicalScopeBinding::Item(binding) => binding.res(),
            LexicalScopeBinding::Res(res) => res,
        }
    }
}

/// Whether an undetermined name may be taken from an outer scope meanwhile (checked at the end): so where only a macro or
/// a glob may still bring it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Weak {
    Yes,
    No,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shadowing {
    /// A macro-expanded name must not shadow what a glob brought: it may have been used before.
    Restricted,
    Unrestricted,
}

/// Where an early candidate came from.
#[derive(Clone, Copy, Default)]
struct Flags {
    macro_rules: bool,
    module: bool,
    suggest_crate: bool,
    suggest_self: bool,
    from_prelude: bool,
}

type InModule<'ra> = Result<NameBinding<'ra>, (Determinacy, Weak)>;

/// Function-like macros are one sub-namespace, attributes and derives the other.
pub(crate) fn sub_namespace_match(candidate: Option<MacroKinds>, requirement: Option<MacroKind>) -> bool {
    match (candidate, requirement) {
        (None, _) | (_, None) => true,
        (Some(kinds), Some(MacroKind::Bang)) => kinds.contains(MacroKinds::BANG),
        (Some(kinds), Some(MacroKind::Attr | MacroKind::Derive)) => {
            kinds.intersects(MacroKinds::ATTR.union(MacroKinds::DERIVE))
        }
    }
}

/// The forms of a macro's or attribute's result.
pub(crate) fn res_macro_kinds(res: Res) -> Option<MacroKinds> {
    match res {
        HirRes::Def(DefKind::Macro(kinds), _) => Some(kinds),
        HirRes::NonMacroAttr(_) => Some(MacroKinds::ATTR),
        _ => None,
    }
}

impl<'ra, 'tcx> Resolver<'ra, 'tcx> {
    /// A name in a function body: local scopes (`ribs`, outermost first) with the modules and blocks among them, then the
    /// scopes outside.
    pub(crate) fn resolve_ident_in_lexical_scope(
        &mut self,
        mut ident: Ident,
        ns: Namespace,
        parent_scope: &ParentScope<'ra>,
        finalize: Option<Finalize>,
        ribs: &LateNames<'_, 'ra>,
        ignore_binding: Option<NameBinding<'ra>>,
    ) -> Option<LexicalScopeBinding<'ra>> {
        assert!(matches!(ns, TypeNS | ValueNS));
        let ribs = ribs.ribs(ns);
        let orig_ident = ident;
        let (general_span, normalized_span) = if ident.name == kw::SelfUpper {
            // `Self` is unhygienic.
            let empty = ident.span.with_ctxt(span::SyntaxContext::root());
            (empty, empty)
        } else if ns == TypeNS {
            let normalized = ident.span.normalize_to_macros_2_0();
            (normalized, normalized)
        } else {
            (ident.span.normalize_to_macro_rules(), ident.span.normalize_to_macros_2_0())
        };
        ident.span = general_span;
        let normalized_ident = Ident::new(ident.name, normalized_span);

        let mut module = self.graph_root;
        for (i, rib) in ribs.iter().enumerate().rev() {
            let rib_ident = if rib.kind.contains_params() { normalized_ident } else { ident };
            if let Some((original, res)) = rib.bindings.get_key_value(&rib_ident) {
                let path_span = finalize.map(|f| f.path_span);
                let res = self.validate_res_from_ribs(i, rib_ident, *res, path_span, *original, ribs);
                return Some(LexicalScopeBinding::Res(res));
            }
            module = match rib.kind {
                RibKind::Module(module) | RibKind::Block(Some(module)) => module,
                RibKind::MacroDefinition(def) if def == self.macro_def(ident.span.ctxt()) => {
                    // Names of a macro's definition are looked up outside of it without its mark.
                    let mut ctxt = ident.span.ctxt();
                    ctxt.remove_mark();
                    ident.span = ident.span.with_ctxt(ctxt);
                    continue;
                }
                _ => continue,
            };
            match module.kind {
                ModuleKind::Block => {}
                _ => break,
            }
            let item = self.resolve_ident_in_module_unadjusted(
                ModuleOrUniformRoot::Module(module),
                ident,
                ns,
                parent_scope,
                Shadowing::Unrestricted,
                finalize.map(|f| Finalize { used: Used::Scope, ..f }),
                Ignore { binding: ignore_binding, import: None },
            );
            if let Ok(binding) = item {
                return Some(LexicalScopeBinding::Item(binding));
            }
        }
        self.early_resolve_ident_in_lexical_scope(
            orig_ident,
            ScopeSet::Late(ns, module),
            parent_scope,
            finalize,
            finalize.is_some(),
            Ignore { binding: ignore_binding, import: None },
        )
        .ok()
        .map(LexicalScopeBinding::Item)
    }

    /// A name in lexical scopes outside functions. `force` makes "undetermined" final.
    pub(crate) fn early_resolve_ident_in_lexical_scope(
        &mut self,
        orig_ident: Ident,
        scope_set: ScopeSet<'ra>,
        parent_scope: &ParentScope<'ra>,
        finalize: Option<Finalize>,
        force: bool,
        ignore: Ignore<'ra>,
    ) -> Result<NameBinding<'ra>, Determinacy> {
        if orig_ident.is_path_segment_keyword() {
            return Err(Determined);
        }
        let (ns, macro_kind) = match scope_set {
            ScopeSet::All(ns) | ScopeSet::AbsolutePath(ns) | ScopeSet::Late(ns, _) => (ns, None),
            ScopeSet::Macro(kind) => (MacroNS, Some(kind)),
        };
        let late = matches!(scope_set, ScopeSet::Late(..));
        let mut innermost: Option<(NameBinding<'ra>, Flags)> = None;
        let mut determinacy = Determined;

        let ctxt = orig_ident.span.ctxt();
        let stopped = self.visit_scopes(scope_set, parent_scope, ctxt, |this, scope, use_prelude, ctxt| {
            let ident = Self::with_ctxt(orig_ident, ctxt);
            let lookup = Lookup { ident, ns, late, use_prelude, force, finalize, ignore };
            let result = match this.resolve_in_scope(scope, parent_scope, lookup) {
                Ok(found) => Ok(found),
                Err((Undetermined, Weak::No)) => return Some(Err(Determinacy::determined(force))),
                Err((determinacy, _)) => Err(determinacy),
            };
            match result {
                Ok((binding, flags)) if sub_namespace_match(res_macro_kinds(binding.res()), macro_kind) => {
                    if finalize.is_none() || late {
                        return Some(Ok(binding));
                    }
                    match innermost {
                        Some((inner, inner_flags)) => {
                            if let Some(kind) = this.scope_ambiguity(parent_scope, inner, inner_flags, binding, flags) {
                                this.ambiguity_errors.push(AmbiguityError {
                                    kind,
                                    ident: orig_ident,
                                    b1: inner,
                                    b2: binding,
                                    misc1: inner_flags.misc(),
                                    misc2: flags.misc(),
                                    warning: false,
                                });
                                return Some(Ok(inner));
                            }
                        }
                        None => innermost = Some((binding, flags)),
                    }
                }
                Ok(_) | Err(Determined) => {}
                Err(Undetermined) => determinacy = Undetermined,
            }
            None
        });
        if let Some(result) = stopped {
            return result;
        }
        match innermost {
            Some((binding, _)) => Ok(binding),
            None => Err(Determinacy::determined(determinacy == Determined || force)),
        }
    }

    /// Looks a name up in one scope.
    fn resolve_in_scope(
        &mut self,
        scope: Scope<'ra>,
        parent_scope: &ParentScope<'ra>,
        lookup: Lookup<'ra>,
    ) -> Result<(NameBinding<'ra>, Flags), (Determinacy, Weak)> {
        let Lookup { ident, ns, late, use_prelude, force, finalize, ignore } = lookup;
        let not_found: Result<(NameBinding<'ra>, Flags), (Determinacy, Weak)> = Err((Determined, Weak::No));
        // Undetermined, but outer scopes may be asked.
        let weak_unless = |determined: bool| match Determinacy::determined(determined) {
            Determined => Err((Determined, Weak::No)),
            Undetermined => Err((Undetermined, Weak::Yes)),
        };
        match scope {
            Scope::DeriveHelpers(expn_id) => {
                let found = self
                    .helper_attrs
                    .get(&expn_id)
                    .and_then(|attrs| attrs.iter().rfind(|(helper, _)| ident == *helper).map(|(_, binding)| *binding));
                found.map(|binding| (binding, Flags::default())).ok_or((Determined, Weak::No))
            }
            Scope::DeriveHelpersCompat => {
                let mut result = not_found;
                for derive in parent_scope.derives {
                    let parent_scope = ParentScope { derives: &[], ..*parent_scope };
                    match self.resolve_macro_path(derive, MacroKind::Derive, &parent_scope, true, force) {
                        Ok((Some(ext), _)) => {
                            if ext.helper_attrs.contains(&ident.name) {
                                let res = HirRes::NonMacroAttr(NonMacroAttrKind::DeriveHelperCompat);
                                let binding = self.new_pub_res_binding(res, derive.span, ExpnId::root());
                                result = Ok((binding, Flags::default()));
                                break;
                            }
                        }
                        Ok((None, _)) | Err(Determined) => {}
                        Err(Undetermined) => result = Err((Undetermined, Weak::Yes)),
                    }
                }
                result
            }
            Scope::MacroRules(scope) => match scope.get() {
                MacroRulesScope::Binding(binding) if ident == binding.ident => {
                    Ok((binding.binding, Flags { macro_rules: true, ..Flags::default() }))
                }
                MacroRulesScope::Invocation(_) => Err((Undetermined, Weak::Yes)),
                _ => not_found,
            },
            Scope::CrateRoot => {
                let root_ident = Ident::new(kw::PathRoot, ident.span);
                let root = ModuleOrUniformRoot::Module(self.resolve_crate_root(root_ident));
                let binding = self.resolve_ident_in_module(root, ident, ns, parent_scope, finalize, ignore)?;
                Ok((binding, Flags { module: true, suggest_crate: true, ..Flags::default() }))
            }
            Scope::Module(module) => {
                let adjusted = ParentScope { module, ..*parent_scope };
                let shadowing = if late { Shadowing::Unrestricted } else { Shadowing::Restricted };
                let binding = self.resolve_ident_in_module_unadjusted(
                    ModuleOrUniformRoot::Module(module),
                    ident,
                    ns,
                    &adjusted,
                    shadowing,
                    finalize.map(|f| Finalize { used: Used::Scope, ..f }),
                    ignore,
                )?;
                let flags = Flags {
                    module: true,
                    suggest_crate: module == self.graph_root,
                    suggest_self: module != self.graph_root && module.is_normal(),
                    ..Flags::default()
                };
                Ok((binding, flags))
            }
            Scope::MacroUsePrelude => match self.macro_use_prelude.get(&ident.name).copied() {
                Some(binding) => Ok((binding, Flags { from_prelude: true, ..Flags::default() })),
                None => weak_unless(self.graph_root.unexpanded_invocations.borrow().is_empty()),
            },
            Scope::BuiltinAttrs => match self.builtin_attr_binding(ident) {
                Some(binding) => Ok((binding, Flags::default())),
                None => not_found,
            },
            Scope::ExternPrelude => match self.extern_prelude_get(ident, finalize.is_some()) {
                Some(binding) => Ok((binding, Flags::default())),
                None => weak_unless(self.graph_root.unexpanded_invocations.borrow().is_empty()),
            },
            Scope::ToolPrelude => match self.registered_tool_binding(ident) {
                Some(binding) => Ok((binding, Flags::default())),
                None => not_found,
            },
            Scope::StdLibPrelude => {
                if let Some(prelude) = self.prelude
                    && let Ok(binding) = self.resolve_ident_in_module_unadjusted(
                        ModuleOrUniformRoot::Module(prelude),
                        ident,
                        ns,
                        parent_scope,
                        Shadowing::Unrestricted,
                        None,
                        ignore,
                    )
                    && (use_prelude || self.is_builtin_macro(binding.res()))
                {
                    return Ok((binding, Flags { from_prelude: true, ..Flags::default() }));
                }
                not_found
            }
            Scope::BuiltinTypes => match PrimTy::from_name(ident.name) {
                Some(prim_ty) => Ok((self.prim_ty_binding(prim_ty), Flags::default())),
                None => not_found,
            },
        }
    }

    /// Whether two candidates from different scopes, the first inner, contradict one another.
    fn scope_ambiguity(
        &mut self,
        parent_scope: &ParentScope<'ra>,
        inner: NameBinding<'ra>,
        inner_flags: Flags,
        outer: NameBinding<'ra>,
        outer_flags: Flags,
    ) -> Option<AmbiguityKind> {
        let (res, inner_res) = (outer.res(), inner.res());
        if res == inner_res {
            return None;
        }
        let is_builtin = |res| matches!(res, HirRes::NonMacroAttr(NonMacroAttrKind::Builtin(..)));
        let helper: Res = HirRes::NonMacroAttr(NonMacroAttrKind::DeriveHelper);
        let helper_compat: Res = HirRes::NonMacroAttr(NonMacroAttrKind::DeriveHelperCompat);
        if is_builtin(inner_res) || is_builtin(res) {
            Some(AmbiguityKind::BuiltinAttr)
        } else if inner_res == helper_compat || (res == helper_compat && inner_res != helper) {
            Some(AmbiguityKind::DeriveHelper)
        } else if (inner_flags.macro_rules && outer_flags.module && !self.same_macro_module(inner, outer))
            || (outer_flags.macro_rules && inner_flags.module && !self.same_macro_module(outer, inner))
        {
            Some(AmbiguityKind::MacroRulesVsModularized)
        } else if inner.is_glob_import() {
            Some(AmbiguityKind::GlobVsOuter)
        } else if inner.may_appear_after(parent_scope.expansion, outer) {
            Some(AmbiguityKind::MoreExpandedVsOuter)
        } else {
            None
        }
    }

    /// A `macro_rules!` and a module's macro do not conflict if both are textual and of one crate's modules, in which the
    /// former encloses the latter.
    fn same_macro_module(&self, macro_rules: NameBinding<'ra>, modularized: NameBinding<'ra>) -> bool {
        let legacy = self.binding_parent_modules.get(&macro_rules);
        let modern = self.binding_parent_modules.get(&modularized);
        match (legacy, modern) {
            (Some(&legacy), Some(&modern)) => {
                legacy.nearest_parent_mod() == modern.nearest_parent_mod() && modern.is_ancestor_of(legacy)
            }
            _ => false,
        }
    }

    /// A name in a module, with its hygiene adjusted to the module's expansion.
    pub(crate) fn resolve_ident_in_module(
        &mut self,
        module: ModuleOrUniformRoot<'ra>,
        mut ident: Ident,
        ns: Namespace,
        parent_scope: &ParentScope<'ra>,
        finalize: Option<Finalize>,
        ignore: Ignore<'ra>,
    ) -> InModule<'ra> {
        let mut parent_scope = *parent_scope;
        let mut ctxt = ident.span.ctxt();
        match module {
            ModuleOrUniformRoot::Module(m) => {
                if let Some(def) = ctxt.normalize_to_macros_2_0_and_adjust(m.expansion) {
                    parent_scope.module = self.expn_def_scope(def);
                }
                ident = Self::with_ctxt(ident, ctxt);
            }
            ModuleOrUniformRoot::ExternPrelude => {
                ctxt.normalize_to_macros_2_0_and_adjust(ExpnId::root());
                ident = Self::with_ctxt(ident, ctxt);
            }
            ModuleOrUniformRoot::CrateRootAndExternPrelude | ModuleOrUniformRoot::CurrentScope => {}
        }
        self.resolve_ident_in_module_unadjusted(
            module,
            ident,
            ns,
            &parent_scope,
            Shadowing::Unrestricted,
            finalize,
            ignore,
        )
    }

    fn resolve_ident_in_module_unadjusted(
        &mut self,
        module: ModuleOrUniformRoot<'ra>,
        ident: Ident,
        ns: Namespace,
        parent_scope: &ParentScope<'ra>,
        shadowing: Shadowing,
        finalize: Option<Finalize>,
        ignore: Ignore<'ra>,
    ) -> InModule<'ra> {
        let module = match module {
            ModuleOrUniformRoot::Module(module) => module,
            ModuleOrUniformRoot::CrateRootAndExternPrelude => {
                let set = ScopeSet::AbsolutePath(ns);
                let force = finalize.is_some();
                let binding =
                    self.early_resolve_ident_in_lexical_scope(ident, set, parent_scope, finalize, force, ignore);
                return binding.map_err(|determinacy| (determinacy, Weak::No));
            }
            ModuleOrUniformRoot::ExternPrelude => {
                if ns != TypeNS {
                    return Err((Determined, Weak::No));
                }
                return match self.extern_prelude_get(ident, finalize.is_some()) {
                    Some(binding) => Ok(binding),
                    // `extern crate` items that macros may still make.
                    None if !self.graph_root.unexpanded_invocations.borrow().is_empty() => {
                        Err((Undetermined, Weak::No))
                    }
                    None => Err((Determined, Weak::No)),
                };
            }
            ModuleOrUniformRoot::CurrentScope => {
                if ns == TypeNS {
                    if ident.name == kw::Crate || ident.name == kw::DollarCrate {
                        let module = self.resolve_crate_root(ident);
                        return Ok(self.module_self_binding(module));
                    }
                    if matches!(ident.name, kw::Super | kw::SelfLower) {
                        // Handled with the path's prefix; `use self;` and `use super;` are errors there.
                        return Err((Determined, Weak::No));
                    }
                }
                let set = ScopeSet::All(ns);
                let force = finalize.is_some();
                let binding =
                    self.early_resolve_ident_in_lexical_scope(ident, set, parent_scope, finalize, force, ignore);
                return binding.map_err(|determinacy| (determinacy, Weak::No));
            }
        };

        let key = BindingKey::new(ident, ns);
        let resolution = match self.known_resolution(module, key) {
            Some(resolution) => resolution,
            // Most names that are looked up are not there: no entry is made for them.
            None if finalize.is_some() || self.imports_are_final => return Err((Determined, Weak::No)),
            None if !module.unexpanded_invocations.borrow().is_empty() => return Err((Undetermined, Weak::Yes)),
            None if module.globs.borrow().is_empty() => return Err((Determined, Weak::No)),
            None => self.resolution(module, key),
        };
        // A cycle of imports comes back here: nothing is found on that way.
        let Ok(resolution) = resolution.try_borrow_mut() else { return Err((Determined, Weak::No)) };
        let usable = |binding: &NameBinding<'ra>| Some(*binding) != ignore.binding;
        let non_glob = resolution.non_glob_binding.filter(usable);
        let glob = resolution.glob_binding.filter(usable);

        if let Some(finalize) = finalize {
            let Some(binding) = non_glob.or(glob) else { return Err((Determined, Weak::No)) };
            let shadowed_glob = non_glob.and(glob);
            drop(resolution);
            return self.finalize_binding(binding, shadowed_glob, module, ident, ns, parent_scope, shadowing, finalize);
        }

        let check_usable = |this: &Self, binding: NameBinding<'ra>| {
            if this.is_accessible_from(binding.vis, parent_scope.module) {
                Ok(binding)
            } else {
                Err((Determined, Weak::No))
            }
        };
        // Items and single imports are not shadowed.
        if let Some(binding) = non_glob {
            return check_usable(self, binding);
        }
        if self.single_import_can_define_name(&resolution, ns, ignore, parent_scope) {
            return Err((Undetermined, Weak::No));
        }

        let unexpanded_macros = !module.unexpanded_invocations.borrow().is_empty();
        if let Some(binding) = glob {
            // Macro-expanded names cannot shadow it in the macro namespace, nor where shadowing is restricted.
            if binding.determined() || ns == MacroNS || shadowing == Shadowing::Restricted {
                return check_usable(self, binding);
            }
            return Err((Undetermined, Weak::No));
        }
        if unexpanded_macros {
            return Err((Undetermined, Weak::Yes));
        }
        // A glob import that may still bring it. The name stays borrowed meanwhile, so that glob cycles end.
        let globs = module.globs.borrow().clone();
        for glob_import in globs {
            if ignore.import == Some(glob_import) || !self.is_accessible_from(glob_import.vis, parent_scope.module) {
                continue;
            }
            let from = match glob_import.imported_module.get() {
                Some(ModuleOrUniformRoot::Module(from)) => from,
                Some(_) => continue,
                None => return Err((Undetermined, Weak::Yes)),
            };
            let mut adjusted = *parent_scope;
            let mut ctxt = ident.span.ctxt().normalize_to_macros_2_0();
            match ctxt.glob_adjust(from.expansion, glob_import.span) {
                Some(Some(def)) => adjusted.module = self.expn_def_scope(def),
                Some(None) => {}
                None => continue,
            }
            let result = self.resolve_ident_in_module_unadjusted(
                ModuleOrUniformRoot::Module(from),
                Self::with_ctxt(ident, ctxt),
                ns,
                &adjusted,
                Shadowing::Unrestricted,
                None,
                ignore,
            );
            match result {
                Err((Determined, _)) => {}
                Ok(binding) if !self.is_accessible_from(binding.vis, glob_import.parent_scope.module) => {}
                Ok(_) | Err((Undetermined, _)) => return Err((Undetermined, Weak::Yes)),
            }
        }
        Err((Determined, Weak::No))
    }

    /// Whether an unresolved `use .. name;` in the module may bind the name in this namespace.
    fn single_import_can_define_name(
        &mut self,
        resolution: &crate::module::NameResolution<'ra>,
        ns: Namespace,
        ignore: Ignore<'ra>,
        parent_scope: &ParentScope<'ra>,
    ) -> bool {
        for &single in &resolution.single_imports {
            if ignore.import == Some(single) || !self.is_accessible_from(single.vis, parent_scope.module) {
                continue;
            }
            if let Some(ignored) = ignore.binding
                && let crate::module::NameBindingKind::Import { import, .. } = ignored.kind
                && import == single
            {
                continue;
            }
            let ImportKind::Single { source, target, ref source_bindings, type_ns_only, .. } = single.kind else {
                continue;
            };
            if type_ns_only && ns != TypeNS {
                continue;
            }
            if source_bindings[ns].get() == ImportSource::None {
                continue;
            }
            let Some(from) = single.imported_module.get() else { return true };
            if source != target {
                // Renaming imports may lead in circles (rust-lang/rust#125013): wait for them.
                let found = |ns: Namespace| matches!(source_bindings[ns].get(), ImportSource::Found(_));
                if !Namespace::ALL.into_iter().any(found) || (!found(ns) && resolution.glob_binding.is_some()) {
                    return true;
                }
            }
            match self.resolve_ident_in_module(from, source, ns, &single.parent_scope, None, ignore) {
                Err((Determined, _)) => {}
                Ok(binding) if !self.is_accessible_from(binding.vis, single.parent_scope.module) => {}
                Ok(_) | Err((Undetermined, _)) => return true,
            }
        }
        false
    }

    /// Takes a binding found in the final look-up: privacy, time travel, uses.
    fn finalize_binding(
        &mut self,
        binding: NameBinding<'ra>,
        shadowed_glob: Option<NameBinding<'ra>>,
        module: Module<'ra>,
        ident: Ident,
        ns: Namespace,
        parent_scope: &ParentScope<'ra>,
        shadowing: Shadowing,
        finalize: Finalize,
    ) -> InModule<'ra> {
        let Finalize { path_span, report_private, used, .. } = finalize;
        if !self.is_accessible_from(binding.vis, parent_scope.module) {
            if !report_private {
                return Err((Determined, Weak::No));
            }
            self.privacy_errors.push(PrivacyError { ident, binding, dedup_span: path_span, outermost_res: None });
        }
        // A macro-expanded name that shadows a glob import's: an earlier look-up may have found the latter.
        if let Some(shadowed) = shadowed_glob
            && shadowing == Shadowing::Restricted
            && binding.expansion != ExpnId::root()
            && binding.res() != shadowed.res()
        {
            self.ambiguity_errors.push(AmbiguityError {
                kind: AmbiguityKind::GlobVsExpanded,
                ident,
                b1: binding,
                b2: shadowed,
                misc1: AmbiguityErrorMisc::None,
                misc2: AmbiguityErrorMisc::None,
                warning: false,
            });
        }
        if shadowing == Shadowing::Unrestricted
            && binding.expansion != ExpnId::root()
            && let crate::module::NameBindingKind::Import { import, .. } = binding.kind
            && matches!(import.kind, ImportKind::MacroExport)
        {
            self.macro_expanded_macro_export_errors.insert((path_span, binding.span));
        }
        let _ = (module, ns);
        self.record_use(ident, binding, used);
        Ok(binding)
    }

    /// Whether something with this visibility can be named in a module.
    pub(crate) fn is_accessible_from(
        &self,
        vis: hir::resolutions::Visibility<span::def_id::DefId>,
        module: Module<'ra>,
    ) -> bool {
        match vis {
            hir::resolutions::Visibility::Public => true,
            hir::resolutions::Visibility::Restricted(id) => {
                self.is_descendant_of(module.nearest_parent_mod_def_id(), id)
            }
        }
    }
}

/// A look-up in one scope.
#[derive(Clone, Copy)]
struct Lookup<'ra> {
    ident: Ident,
    ns: Namespace,
    late: bool,
    use_prelude: bool,
    force: bool,
    finalize: Option<Finalize>,
    ignore: Ignore<'ra>,
}

impl Flags {
    fn misc(self) -> AmbiguityErrorMisc {
        if self.suggest_crate {
            AmbiguityErrorMisc::SuggestCrate
        } else if self.suggest_self {
            AmbiguityErrorMisc::SuggestSelf
        } else if self.from_prelude {
            AmbiguityErrorMisc::FromPrelude
        } else {
            AmbiguityErrorMisc::None
        }
    }
}
