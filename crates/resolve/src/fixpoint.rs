//! The expansion loop: collects macro calls, resolves their paths, expands them, and puts the results in their places.
//!
//! `collect.rs` replaces calls (and attributes, and derives) by placeholders; [`Expander::fully_expand`] runs until none is
//! left; `placeholders.rs` puts the expanded pieces in. With [`Expander::monotonic`] off (eager expansion of arguments of
//! `concat!` and the like) nothing is entered in modules and no node gets an id.

mod collect;
mod derive;
mod eager;
mod fragment;
mod inject;
mod invoke;
mod modules;
mod placeholders;

use std::rc::Rc;

use ast::{Attribute, MacCall, NodeId, P};
use expand::base::{
    Annotatable, AstFragment, AstFragmentKind, ExpansionData, Indeterminate, ModuleData, SyntaxExtension,
};
use span::{ExpnId, FxHashSet, Ident, MacroKind, Span};

use crate::Resolver;
use crate::macro_scope::ParentScope;
use crate::macros::MacroUse;

pub(crate) use fragment::visit_fragment;
pub(crate) use inject::prepare_crate;

/// Where files of `mod x;` are looked for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum DirOwnership {
    /// In the directory, below `relative` for a file that is not called `mod.rs`.
    Owned { relative: Option<Ident> },
    /// Inside a block there are none.
    UnownedViaBlock,
}

/// The place of an expansion.
#[derive(Clone)]
pub(crate) struct Place {
    pub data: ExpansionData,
    pub dir_ownership: DirOwnership,
}

/// A macro call, taken out of the tree.
pub(crate) struct Invocation {
    pub kind: InvocationKind,
    pub fragment_kind: AstFragmentKind,
    pub place: Place,
}

/// The three kinds of macro call.
pub(crate) enum InvocationKind {
    Bang {
        mac: P<MacCall>,
        span: Span,
    },
    Attr {
        attr: Attribute,
        /// Where among the attributes it was, should it turn out to be inert.
        pos: usize,
        item: Annotatable,
        /// The derives behind it, whose helper attributes it may be.
        derives: Vec<ast::Path>,
    },
    Derive {
        path: ast::Path,
        is_const: bool,
        item: Annotatable,
    },
}

impl Invocation {
    pub(crate) fn span(&self) -> Span {
        match &self.kind {
            InvocationKind::Bang { span, .. } => *span,
            InvocationKind::Attr { attr, .. } => attr.span,
            InvocationKind::Derive { path, .. } => path.span,
        }
    }
}

/// What became of an invocation.
pub(crate) enum Expanded {
    Ready(AstFragment),
    /// Names that it needs are not known yet.
    Retry(Invocation),
}

/// Runs the loop.
pub(crate) struct Expander<'r, 'ra, 'tcx> {
    pub r: &'r mut Resolver<'ra, 'tcx>,
    pub place: Place,
    pub monotonic: bool,
    pub force: bool,
    pub trace_macros: bool,
    pub recursion_limit: usize,
    /// Attributes that turned out to be no macros.
    pub inert_attrs: FxHashSet<ast::AttrId>,
    pub reached_recursion_limit: bool,
}

/// Expands the whole crate.
pub(crate) fn expand_crate<'ra>(r: &mut Resolver<'ra, '_>, mut krate: ast::Crate) -> ast::Crate {
    let session = r.session();
    let root_file = session.opts.input.clone();
    let dir_path = modules::parent_dir(&root_file).to_string();
    let crate_name = *session.crate_name.borrow();
    let module =
        ModuleData { mod_path: vec![Ident::with_dummy_span(crate_name)], file_path_stack: vec![root_file], dir_path };
    let data = ExpansionData {
        id: ExpnId::root(),
        depth: 0,
        module: Rc::new(module),
        lint_node_id: ast::CRATE_NODE_ID,
        is_trailing_mac: false,
    };
    let recursion_limit = inject::recursion_limit(&krate);
    session.recursion_limit.set(recursion_limit);
    krate.id = ast::CRATE_NODE_ID;
    let mut expander = Expander {
        r,
        place: Place { data, dir_ownership: DirOwnership::Owned { relative: None } },
        monotonic: true,
        force: false,
        trace_macros: false,
        recursion_limit,
        inert_attrs: FxHashSet::default(),
        reached_recursion_limit: false,
    };
    expander.fully_expand(AstFragment::Crate(krate)).make_crate()
}

impl<'ra> Expander<'_, 'ra, '_> {
    /// Expands all macro calls of a fragment, and those in their expansions.
    pub(crate) fn fully_expand(&mut self, input: AstFragment) -> AstFragment {
        let orig_place = self.place.clone();
        let orig_force = self.force;
        let (mut with_placeholders, mut invocations) = self.collect_invocations(input, &[]);
        self.resolve_imports();
        invocations.reverse();

        // By depth of expansion: what is deeper goes into what is less deep.
        let mut expanded: Vec<Vec<(ExpnId, AstFragment)>> = Vec::new();
        let mut undetermined: Vec<(Invocation, Option<Rc<SyntaxExtension>>)> = Vec::new();
        let mut invocations: Vec<(Invocation, Option<Rc<SyntaxExtension>>)> =
            invocations.into_iter().map(|i| (i, None)).collect();
        let (mut progress, mut force) = (false, !self.monotonic);
        loop {
            let Some((invoc, ext)) = invocations.pop() else {
                self.resolve_imports();
                if undetermined.is_empty() {
                    break;
                }
                invocations = std::mem::take(&mut undetermined);
                force = !std::mem::take(&mut progress) || !self.monotonic;
                continue;
            };
            let ext = match ext {
                Some(ext) => ext,
                None => {
                    let root = if self.monotonic { invoc.place.data.id } else { orig_place.data.id };
                    match self.resolve_invocation(&invoc, root, force) {
                        Ok(ext) => ext,
                        Err(Indeterminate) => {
                            undetermined.push((invoc, None));
                            continue;
                        }
                    }
                }
            };
            let expn_id = invoc.place.data.id;
            let depth = invoc.place.data.depth - orig_place.data.depth;
            let fragment_kind = invoc.fragment_kind;
            self.place = invoc.place.clone();
            self.force = force;
            let fragment = match self.expand_invoc(invoc, &ext) {
                Expanded::Ready(fragment) => fragment,
                Expanded::Retry(invoc) => {
                    undetermined.push((invoc, Some(ext)));
                    continue;
                }
            };
            progress = true;
            let (derives, placeholders) = self.take_derives(expn_id, fragment_kind);
            let (fragment, collected) = self.collect_invocations(fragment, &placeholders);
            if expanded.len() < depth {
                expanded.resize_with(depth, Vec::new);
            }
            expanded[depth - 1].push((expn_id, fragment));
            // Derives come before the calls in what they are on.
            let new = derives.into_iter().chain(collected).map(|invoc| (invoc, None));
            let start = invocations.len();
            invocations.extend(new);
            invocations[start..].reverse();
        }
        self.place = orig_place;
        self.force = orig_force;

        let mut placeholders = placeholders::PlaceholderExpander::default();
        while let Some(fragments) = expanded.pop() {
            for (expn_id, fragment) in fragments.into_iter().rev() {
                placeholders.add(NodeId::placeholder_from_expn_id(expn_id), fragment);
            }
        }
        fragment::mut_visit_fragment(&mut with_placeholders, &mut placeholders);
        with_placeholders
    }

    fn resolve_imports(&mut self) {
        if self.monotonic {
            self.r.resolve_imports();
        }
    }

    /// Takes the calls out of a fragment and enters what is left in the modules.
    fn collect_invocations(
        &mut self,
        mut fragment: AstFragment,
        extra_placeholders: &[NodeId],
    ) -> (AstFragment, Vec<Invocation>) {
        self.r.resolve_dollar_crates();
        let mut collector = collect::InvocationCollector { cx: self, invocations: Vec::new() };
        fragment::mut_visit_fragment(&mut fragment, &mut collector);
        let invocations = collector.invocations;
        placeholders::add_placeholders(&mut fragment, extra_placeholders);
        if self.monotonic {
            let expansion = self.place.data.id;
            crate::def_collector::collect_definitions(self.r, &fragment, expansion);
            let parent_scope = ParentScope { expansion, ..self.r.invocation_parent_scopes[&expansion] };
            let output = crate::build_reduced_graph::build_reduced_graph(self.r, &fragment, parent_scope);
            self.r.output_macro_rules_scopes.insert(expansion, output);
            parent_scope.module.0.unexpanded_invocations.borrow_mut().remove(&expansion);
        }
        (fragment, invocations)
    }

    /// Finds the macro of a call and sets the data of its expansion.
    fn resolve_invocation(
        &mut self,
        invoc: &Invocation,
        eager_expansion_root: ExpnId,
        force: bool,
    ) -> Result<Rc<SyntaxExtension>, Indeterminate> {
        let invoc_id = invoc.place.data.id;
        let parent_scope = match self.r.invocation_parent_scopes.get(&invoc_id) {
            Some(scope) => *scope,
            None => {
                // A call in the arguments of a macro stands where that stands.
                let scope = self.r.invocation_parent_scopes[&eager_expansion_root];
                self.r.invocation_parent_scopes.insert(invoc_id, scope);
                scope
            }
        };
        let (path, kind, inner_attr, derives): (&ast::Path, _, _, &'ra [ast::Path]) = match &invoc.kind {
            InvocationKind::Attr { attr, derives, .. } => {
                let inner = attr.style == ast::AttrStyle::Inner;
                let derives = self.r.arenas.alloc_paths(derives);
                (&attr.get_normal_item().path, MacroKind::Attr, inner, derives)
            }
            InvocationKind::Bang { mac, .. } => (&mac.path, MacroKind::Bang, false, &[]),
            InvocationKind::Derive { path, .. } => (path, MacroKind::Derive, false, &[]),
        };
        let parent_scope = ParentScope { derives, ..parent_scope };
        let call = MacroUse {
            path,
            kind,
            inner_attr,
            supports_macro_expansion: invoc.fragment_kind.supports_macro_expansion(),
            fragment_name: invoc.fragment_kind.name(),
            node_id: invoc.place.data.lint_node_id,
        };
        let (ext, res) = self.r.smart_resolve_macro_path(&call, &parent_scope, force)?;
        let def_id = res.opt_def_id();
        let parent_module = def_id.map(|def_id| self.r.macro_def_scope(def_id).nearest_parent_mod_def_id());
        let name = span::Symbol::intern(&crate::path::path_names_to_string(path));
        invoc_id.set_data(ext.expn_data(parent_scope.expansion, invoc.span(), kind, name, def_id, parent_module));
        Ok(ext)
    }
}

impl Resolver<'_, '_> {
    /// Sets what `$crate` tokens print as.
    fn resolve_dollar_crates(&mut self) {
        let tcx = self.tcx;
        span::SyntaxContext::update_dollar_crate_names(|ctxt| {
            let krate = ctxt.dollar_crate();
            if krate == span::def_id::LOCAL_CRATE { span::kw::Crate } else { tcx.crate_name(krate) }
        });
    }
}
