//! Lowers the expanded and resolved syntax tree to HIR: removes sugar, puts in what resolution found, gives every node its
//! [`HirId`].
//!
//! Start with [`lower_to_hir`]. Each owner (the crate, items, associated and foreign items) is lowered by itself; items that
//! are found on the way are put in a queue. What stands in a file is named as in crate `hir`: `expr.rs`, `pat.rs`, `ty.rs`...
//! The desugarings are in `expr/`. `index.rs` makes the table of an owner's nodes.
//!
//! Invariant: errors reported here are the ones that need resolution's results or that cannot be seen in HIR any more.

mod abi;
mod asm;
mod ast_index;
mod attr;
mod block;
mod diagnostics;
mod expr;
mod fn_decl;
mod format;
mod generics;
mod ids;
mod impl_trait;
mod index;
mod item;
mod lifetime;
mod lit;
mod owner;
mod pat;
mod path;
mod ty;

#[cfg(test)]
mod tests;

use std::collections::VecDeque;

use ast::NodeId;
use hir::definitions::DefPathData;
use hir::resolutions::ResolverAstLowering;
use hir::{HirId, ItemLocalId, ItemLocalMap, LanguageItems, MaybeOwner, OwnerId};
use query::TyCtxt;
use rustc_hash::FxHashMap;
use rustc_index::IndexVec;
use span::Span;
use span::def_id::{CRATE_DEF_ID, LocalDefId};

pub use ast_index::collect_lang_items;

/// Lowers the crate.
pub fn lower_to_hir<'tcx>(
    tcx: TyCtxt<'tcx>,
    krate: &ast::Crate,
    resolver: ResolverAstLowering,
    arena: &'tcx hir::Arena,
) -> hir::Crate<'tcx> {
    let index = ast_index::index_ast(krate, &resolver);
    let lang_items = ast_index::known_lang_items(tcx, &index);
    let mut cx = LoweringContext::new(tcx, resolver, arena, lang_items, index.items_in_bodies);
    cx.lower_owner(owner::AstOwner::Crate(krate));
    while let Some(owner) = cx.queue.pop_front() {
        cx.lower_owner(owner);
    }
    cx.finish()
}

/// Where `impl Trait` stands, and so what it means.
#[derive(Clone, Copy, Debug)]
enum ImplTraitContext {
    /// A parameter's type: an anonymous type parameter.
    Universal,
    /// A return type or alias: an opaque type.
    OpaqueTy {
        origin: hir::OpaqueTyOrigin<LocalDefId>,
    },
    /// The type of a variable, with the feature for it.
    InBinding,
    /// An error that names a feature.
    FeatureGated(ImplTraitPosition, span::Symbol),
    Disallowed(ImplTraitPosition),
}

/// The places where `impl Trait` is not allowed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum ImplTraitPosition {
    Path,
    Variable,
    Trait,
    Bound,
    Generic,
    ExternFnParam,
    ClosureParam,
    PointerParam,
    FnTraitParam,
    ExternFnReturn,
    ClosureReturn,
    PointerReturn,
    FnTraitReturn,
    GenericDefault,
    ConstTy,
    StaticTy,
    AssocTy,
    FieldTy,
    Cast,
    ImplSelf,
    OffsetOf,
}

/// Whether left out types in a path's arguments are inferred.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum ParamMode {
    /// In a type.
    Explicit,
    /// In an expression or pattern.
    Optional,
}

/// Whether `T::method(..)` may stand here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum AllowReturnTypeNotation {
    Yes,
    No,
}

/// What parentheses behind a path's segment mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum GenericArgsMode {
    /// `Fn(A) -> B`
    ParenSugar,
    /// `method(..)`
    ReturnTypeNotation,
    /// An error.
    Err,
    /// An error that was reported.
    Silence,
}

struct LoweringContext<'a, 'hir> {
    tcx: TyCtxt<'hir>,
    arena: &'hir hir::Arena,
    resolver: ResolverAstLowering,
    node_facts: ids::NodeFactsTable,
    lang_items: LanguageItems,
    /// Items that stand in bodies, until they are queued.
    items_in_bodies: FxHashMap<NodeId, &'a ast::Item>,

    /// The result.
    owners: IndexVec<LocalDefId, MaybeOwner<'hir>>,
    /// Owners still to be lowered.
    queue: VecDeque<owner::AstOwner<'a>>,

    // What is gathered for the current owner.
    bodies: ItemLocalMap<&'hir hir::Body<'hir>>,
    attrs: ItemLocalMap<&'hir [hir::Attribute]>,
    define_opaque: Option<&'hir [(Span, LocalDefId)]>,
    trait_map: ItemLocalMap<Box<[hir::TraitCandidate]>>,
    /// The nodes of bindings, labelled loops and blocks.
    ident_and_label_to_local_id: FxHashMap<NodeId, ItemLocalId>,
    current_hir_id_owner: OwnerId,
    item_local_id_counter: ItemLocalId,
    /// The type parameters and predicates that `impl Trait` parameters make.
    impl_trait_defs: Vec<hir::GenericParam<'hir>>,
    impl_trait_bounds: Vec<hir::WherePredicate<'hir>>,

    // Where we are in the current body.
    /// What the current body is.
    coroutine_kind: Option<hir::CoroutineKind>,
    /// The variable of an `async` body that holds the task's context.
    task_context: Option<HirId>,
    /// For the label "this is not `async`".
    current_item: Option<Span>,
    /// The `try` block that `?` leaves.
    try_block_scope: TryBlockScope,
    loop_scope: Option<HirId>,
    is_in_loop_condition: bool,
}

/// What `?` leaves.
#[derive(Clone, Copy, Debug)]
enum TryBlockScope {
    Function,
    /// `try { .. }`
    Homogeneous(HirId),
    /// `try bikeshed T { .. }`
    Heterogeneous(HirId),
}

impl<'a, 'hir> LoweringContext<'a, 'hir> {
    fn new(
        tcx: TyCtxt<'hir>,
        resolver: ResolverAstLowering,
        arena: &'hir hir::Arena,
        lang_items: LanguageItems,
        items_in_bodies: FxHashMap<NodeId, &'a ast::Item>,
    ) -> Self {
        LoweringContext {
            tcx,
            arena,
            node_facts: ids::NodeFactsTable::new(&resolver),
            resolver,
            lang_items,
            items_in_bodies,
            owners: IndexVec::new(),
            queue: VecDeque::new(),
            bodies: ItemLocalMap::default(),
            attrs: ItemLocalMap::default(),
            define_opaque: None,
            trait_map: ItemLocalMap::default(),
            ident_and_label_to_local_id: FxHashMap::default(),
            current_hir_id_owner: OwnerId { def_id: CRATE_DEF_ID },
            item_local_id_counter: ItemLocalId::ZERO,
            impl_trait_defs: Vec::new(),
            impl_trait_bounds: Vec::new(),
            coroutine_kind: None,
            task_context: None,
            current_item: None,
            try_block_scope: TryBlockScope::Function,
            loop_scope: None,
            is_in_loop_condition: false,
        }
    }

    fn dcx(&self) -> &'hir ::diagnostics::DiagCtxt {
        self.tcx.dcx()
    }

    fn finish(mut self) -> hir::Crate<'hir> {
        let count = self.tcx.definitions().num_definitions();
        self.owners.raw.resize(count.max(self.owners.len()), MaybeOwner::Phantom);
        hir::Crate { owners: self.owners }
    }

    fn set_owner(&mut self, def_id: LocalDefId, owner: MaybeOwner<'hir>) {
        let index = def_id.local_def_index.as_usize();
        if index >= self.owners.len() {
            self.owners.raw.resize(index + 1, MaybeOwner::Phantom);
        }
        self.owners[def_id] = owner;
    }

    /// Adds a definition in the current owner, for a node that resolution did not know.
    fn create_def(&mut self, node_id: NodeId, data: DefPathData, kind: hir::def::DefKind, span: Span) -> LocalDefId {
        let parent = self.current_hir_id_owner.def_id;
        let expn = span.ctxt().outer_expn();
        let def_id = self.tcx.definitions_mut().create_def_with_data(parent, data, kind, expn, span);
        self.node_facts.set_def_id(node_id, def_id);
        def_id
    }
}
