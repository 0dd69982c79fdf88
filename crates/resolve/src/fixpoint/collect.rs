//! Takes macro calls, attributes and derives out of a fragment, configures it, and gives its nodes ids.
//!
//! Every kind of node that can carry attributes goes through [`InvocationCollector::flat_map_node`] (nodes in lists) or
//! [`InvocationCollector::visit_node`] (single nodes): the first attribute that may be a macro is taken off first; `cfg` and
//! `cfg_attr` are dealt with at once.

use ast::mut_visit::{self, MutVisitor};
use ast::visit::AssocCtxt;
use ast::{
    AssocItem, AssocItemKind, AttrVec, Attribute, Block, Crate, DUMMY_NODE_ID, Expr, ExprKind, ForeignItem,
    ForeignItemKind, HasAttrs, Item, ItemKind, MacCall, MacStmtStyle, MetaItemInner, MetaItemKind, NodeId, P, Pat,
    PatKind, Stmt, StmtKind, Ty, TyKind,
};
use expand::base::{Annotatable, AstFragment, AstFragmentKind, ExpansionData};
use expand::cfg::{CfgPlace, StripUnconfigured, eval_cfg};
use smallvec::{SmallVec, smallvec};
use span::{ExpnId, Ident, Span, sym};
use thin_vec::ThinVec;

use super::{DirOwnership, Expander, Invocation, InvocationKind, Place};

pub(super) struct InvocationCollector<'a, 'r, 'ra, 'tcx> {
    pub cx: &'a mut Expander<'r, 'ra, 'tcx>,
    pub invocations: Vec<Invocation>,
}

/// An attribute taken off a node: with its place among the others, and the derives behind it.
type TakenAttr = (Attribute, usize, Vec<ast::Path>);

/// A node in a list, which may carry attributes or be a macro call.
trait ListNode: HasAttrs + Sized {
    const KIND: AstFragmentKind;
    fn to_annotatable(self) -> Annotatable;
    fn make(fragment: AstFragment) -> SmallVec<[Self; 1]>;
    fn id_mut(&mut self) -> &mut NodeId;
    fn walk(self, collector: &mut InvocationCollector<'_, '_, '_, '_>) -> SmallVec<[Self; 1]>;
    fn is_mac_call(&self) -> bool {
        false
    }
    /// The call, its attributes, and whether a `;` behind it belongs to what it expands to.
    fn take_mac_call(self) -> (P<MacCall>, AttrVec, bool) {
        unreachable!("only nodes that are macro calls are asked")
    }
    fn add_semicolon(_output: &mut SmallVec<[Self; 1]>) {}
    fn declared_idents(&self) -> Vec<Ident> {
        Vec::new()
    }
}

impl<'tcx> InvocationCollector<'_, '_, '_, 'tcx> {
    fn collect(&mut self, fragment_kind: AstFragmentKind, kind: InvocationKind) -> AstFragment {
        let vis = match &kind {
            InvocationKind::Attr { item: Annotatable::FieldDef(field), .. } if field.ident.is_none() => {
                Some(field.vis.clone())
            }
            _ => None,
        };
        let id = ExpnId::reserve();
        let data = ExpansionData { id, depth: self.cx.place.data.depth + 1, ..self.cx.place.data.clone() };
        let place = Place { data, dir_ownership: self.cx.place.dir_ownership };
        self.invocations.push(Invocation { kind, fragment_kind, place });
        super::placeholders::placeholder(fragment_kind, NodeId::placeholder_from_expn_id(id), vis)
    }

    fn collect_bang(&mut self, mac: P<MacCall>, kind: AstFragmentKind) -> AstFragment {
        let span = mac.span();
        self.collect(kind, InvocationKind::Bang { mac, span })
    }

    fn collect_attr(
        &mut self,
        (attr, pos, derives): TakenAttr,
        item: Annotatable,
        kind: AstFragmentKind,
    ) -> AstFragment {
        self.collect(kind, InvocationKind::Attr { attr, pos, item, derives })
    }

    /// Takes off a `cfg` or `cfg_attr`, else the first attribute that may be a macro.
    fn take_first_attr(&self, node: &mut impl HasAttrs) -> Option<TakenAttr> {
        let mut cfg_pos = None;
        let mut attr_pos = None;
        for (pos, attr) in node.attrs().iter().enumerate() {
            if attr.is_doc_comment() || self.cx.inert_attrs.contains(&attr.id) {
                continue;
            }
            let name = attr.name();
            if name == Some(sym::cfg) || name == Some(sym::cfg_attr) {
                cfg_pos = Some(pos);
                break;
            }
            if attr_pos.is_none() && !name.is_some_and(crate::builtin_attrs::is_builtin_attr_name) {
                attr_pos = Some(pos);
            }
        }
        let pos = cfg_pos.or(attr_pos)?;
        let mut taken = None;
        node.visit_attrs(|attrs| {
            let attr = attrs.remove(pos);
            let derives = if cfg_pos.is_some() { Vec::new() } else { following_derives(&attrs[pos..]) };
            taken = Some((attr, pos, derives));
        });
        taken
    }

    /// Whether the node stays; a true `cfg` is removed.
    fn expand_cfg(&mut self, attr: &Attribute) -> (bool, Option<MetaItemInner>) {
        let cfg = self.strip_unconfigured();
        let place = CfgPlace::attribute(sym::cfg, attr);
        match cfg.parse_cfg(attr, &place) {
            Ok(predicate) => (eval_cfg(&cfg, &predicate, &place).unwrap_or(true), Some(predicate)),
            Err(_) => (true, None),
        }
    }

    fn strip_unconfigured(&self) -> StripUnconfigured<'tcx> {
        StripUnconfigured::new(self.cx.r.session(), self.cx.place.data.lint_node_id)
    }

    fn expand_cfg_attr(&mut self, node: &mut impl HasAttrs, attr: Attribute, pos: usize) {
        let new = self.strip_unconfigured().expand_cfg_attr(&attr, false);
        node.visit_attrs(|attrs| {
            for (i, attr) in new.into_iter().enumerate() {
                attrs.insert(pos + i, attr);
            }
        });
    }

    fn flat_map_node<N: ListNode>(&mut self, mut node: N) -> SmallVec<[N; 1]> {
        loop {
            let Some((attr, pos, derives)) = self.take_first_attr(&mut node) else { break };
            match attr.name() {
                Some(sym::cfg) => {
                    let (holds, predicate) = self.expand_cfg(&attr);
                    if holds {
                        continue;
                    }
                    if let Some(predicate) = predicate {
                        self.record_stripped(&node.declared_idents(), &predicate);
                    }
                    return SmallVec::new();
                }
                Some(sym::cfg_attr) => self.expand_cfg_attr(&mut node, attr, pos),
                _ => return N::make(self.collect_attr((attr, pos, derives), node.to_annotatable(), N::KIND)),
            }
        }
        if node.is_mac_call() {
            let (mac, attrs, add_semicolon) = node.take_mac_call();
            self.check_attributes(&attrs, &mac);
            let mut result = N::make(self.collect_bang(mac, N::KIND));
            if add_semicolon {
                N::add_semicolon(&mut result);
            }
            return result;
        }
        let orig = self.assign_id(node.id_mut());
        let result = node.walk(self);
        self.cx.place.data.lint_node_id = orig;
        result
    }

    /// Gives a node its id, under which lints in it are reported; returns the previous such id.
    fn assign_id(&mut self, id: &mut NodeId) -> NodeId {
        let orig = self.cx.place.data.lint_node_id;
        if self.cx.monotonic {
            debug_assert!(*id == DUMMY_NODE_ID || *id == ast::CRATE_NODE_ID, "a node gets its id once");
            if *id == DUMMY_NODE_ID {
                *id = self.cx.r.next_node_id();
            }
            self.cx.place.data.lint_node_id = *id;
        }
        orig
    }

    fn record_stripped(&mut self, idents: &[Ident], predicate: &MetaItemInner) {
        if !self.cx.monotonic {
            return;
        }
        let parent = self.cx.place.data.lint_node_id;
        for ident in idents {
            let text = self.cx.r.session().source_map().span_to_snippet(predicate.span()).unwrap_or_default();
            let cfg = (text, predicate.span());
            self.cx.r.stripped_cfg_items.push(hir::resolutions::StrippedCfgItem {
                parent_scope: parent,
                ident: *ident,
                cfg,
            });
        }
    }

    /// Attributes on macro calls mean nothing, but for a few.
    fn check_attributes(&mut self, attrs: &[Attribute], call: &MacCall) {
        for attr in attrs {
            let lint_id = self.cx.place.data.lint_node_id;
            if attr.is_doc_comment() {
                let span = attr.span;
                let msg = "unused doc comment".to_string();
                self.cx.r.buffer_lint(&session::lint::UNUSED_DOC_COMMENTS, lint_id, span, msg, |diag| {
                    diag.span_label(span, "rustdoc does not generate documentation for macro invocations").help(
                        "to document an item produced by a macro, the macro must produce the documentation as part of its \
                         expansion",
                    );
                });
            } else if let Some(name) = attr.name()
                && crate::builtin_attrs::is_builtin_attr_name(name)
                && !matches!(
                    name.as_str(),
                    "allow" | "warn" | "deny" | "forbid" | "expect" | "cfg" | "cfg_attr" | "doc" | "deprecated"
                )
            {
                let path_span = call.path.span;
                let macro_name = crate::path::path_names_to_string(&call.path);
                let msg = format!("unused attribute `{name}`");
                self.cx.r.buffer_lint(&session::lint::UNUSED_ATTRIBUTES, lint_id, attr.span, msg, |diag| {
                    let note =
                        format!("the built-in attribute `{name}` will be ignored, since it's applied to the macro invocation `{macro_name}`");
                    diag.span_note(path_span, note);
                });
            }
        }
    }

    /// Walks a module with its path and directory; `None` if the attributes are to be looked at again because the file has
    /// brought some.
    fn walk_module(&mut self, mut item: P<Item>) -> Result<SmallVec<[P<Item>; 1]>, P<Item>> {
        let span = item.span;
        let Item { attrs, kind, .. } = &mut *item;
        let ItemKind::Mod(_, ident, mod_kind) = kind else { unreachable!("called for modules only") };
        let ident = *ident;
        let attrs_before = attrs.len();
        let was_unloaded = matches!(mod_kind, ast::ModKind::Unloaded);
        let context = super::modules::enter_module(self.cx, ident, span, mod_kind, attrs);
        if was_unloaded && attrs.len() > attrs_before {
            return Err(item);
        }
        let mut module = (*self.cx.place.data.module).clone();
        module.mod_path.push(ident);
        module.dir_path = context.dir_path;
        if let Some(file) = context.file_path {
            module.file_path_stack.push(file);
        }
        let orig_module = std::mem::replace(&mut self.cx.place.data.module, std::rc::Rc::new(module));
        let orig_ownership = std::mem::replace(&mut self.cx.place.dir_ownership, context.dir_ownership);
        mut_visit::walk_item(self, &mut item);
        self.cx.place.data.module = orig_module;
        self.cx.place.dir_ownership = orig_ownership;
        Ok(smallvec![item])
    }

    /// A single node with attributes: `None` if it is left out by a `cfg`.
    fn configure_single(&mut self, node: &mut impl HasAttrs) -> SingleNode {
        loop {
            let Some((attr, pos, derives)) = self.take_first_attr(node) else { return SingleNode::Plain };
            match attr.name() {
                Some(sym::cfg) => {
                    let span = attr.span;
                    if !self.expand_cfg(&attr).0 {
                        return SingleNode::Removed(span);
                    }
                }
                Some(sym::cfg_attr) => self.expand_cfg_attr(node, attr, pos),
                _ => return SingleNode::Attr((attr, pos, derives)),
            }
        }
    }
}

enum SingleNode {
    Plain,
    Removed(Span),
    Attr(TakenAttr),
}

fn following_derives(attrs: &[Attribute]) -> Vec<ast::Path> {
    ast::attr::filter_by_name(attrs, sym::derive)
        .flat_map(|attr| attr.meta_item_list().unwrap_or_default())
        .filter_map(|item| match item {
            MetaItemInner::MetaItem(ast::MetaItem { kind: MetaItemKind::Word, path, .. }) => Some(path),
            _ => None,
        })
        .collect()
}

impl ListNode for P<Item> {
    const KIND: AstFragmentKind = AstFragmentKind::Items;
    fn to_annotatable(self) -> Annotatable {
        Annotatable::Item(self)
    }
    fn make(fragment: AstFragment) -> SmallVec<[Self; 1]> {
        fragment.make_items()
    }
    fn id_mut(&mut self) -> &mut NodeId {
        &mut self.id
    }
    fn walk(mut self, collector: &mut InvocationCollector<'_, '_, '_, '_>) -> SmallVec<[Self; 1]> {
        if !matches!(self.kind, ItemKind::Mod(..)) {
            mut_visit::walk_item(collector, &mut self);
            return smallvec![self];
        }
        match collector.walk_module(self) {
            Ok(result) => result,
            Err(mut item) => {
                item.id = DUMMY_NODE_ID;
                collector.flat_map_node(item)
            }
        }
    }
    fn is_mac_call(&self) -> bool {
        matches!(self.kind, ItemKind::MacCall(_))
    }
    fn take_mac_call(self) -> (P<MacCall>, AttrVec, bool) {
        let item = *self;
        match item.kind {
            ItemKind::MacCall(mac) => (mac, item.attrs, false),
            _ => unreachable!("checked by the caller"),
        }
    }
    fn declared_idents(&self) -> Vec<Ident> {
        fn collect(tree: &ast::UseTree, out: &mut Vec<Ident>) {
            match &tree.kind {
                ast::UseTreeKind::Simple(_) => out.push(tree.ident()),
                ast::UseTreeKind::Nested { items, .. } => items.iter().for_each(|(tree, _)| collect(tree, out)),
                ast::UseTreeKind::Glob(_) => {}
            }
        }
        match &self.kind {
            ItemKind::Use(tree) => {
                let mut idents = Vec::new();
                collect(tree, &mut idents);
                idents
            }
            kind => kind.ident().into_iter().collect(),
        }
    }
}

impl ListNode for P<ForeignItem> {
    const KIND: AstFragmentKind = AstFragmentKind::ForeignItems;
    fn to_annotatable(self) -> Annotatable {
        Annotatable::ForeignItem(self)
    }
    fn make(fragment: AstFragment) -> SmallVec<[Self; 1]> {
        fragment.make_foreign_items()
    }
    fn id_mut(&mut self) -> &mut NodeId {
        &mut self.id
    }
    fn walk(mut self, collector: &mut InvocationCollector<'_, '_, '_, '_>) -> SmallVec<[Self; 1]> {
        mut_visit::walk_foreign_item(collector, &mut self);
        smallvec![self]
    }
    fn is_mac_call(&self) -> bool {
        matches!(self.kind, ForeignItemKind::MacCall(_))
    }
    fn take_mac_call(self) -> (P<MacCall>, AttrVec, bool) {
        let item = *self;
        match item.kind {
            ForeignItemKind::MacCall(mac) => (mac, item.attrs, false),
            _ => unreachable!("checked by the caller"),
        }
    }
}

/// An associated item with where it stands.
struct Assoc<const CTXT: u8>(P<AssocItem>);

const IN_TRAIT: u8 = 0;
const IN_IMPL: u8 = 1;
const IN_TRAIT_IMPL: u8 = 2;

const fn assoc_ctxt(ctxt: u8) -> AssocCtxt {
    match ctxt {
        IN_TRAIT => AssocCtxt::Trait,
        IN_IMPL => AssocCtxt::Impl { of_trait: false },
        _ => AssocCtxt::Impl { of_trait: true },
    }
}

impl<const CTXT: u8> HasAttrs for Assoc<CTXT> {
    fn attrs(&self) -> &[Attribute] {
        &self.0.attrs
    }
    fn visit_attrs(&mut self, f: impl FnOnce(&mut AttrVec)) {
        f(&mut self.0.attrs);
    }
}

impl<const CTXT: u8> ListNode for Assoc<CTXT> {
    const KIND: AstFragmentKind = match CTXT {
        IN_TRAIT => AstFragmentKind::TraitItems,
        IN_IMPL => AstFragmentKind::ImplItems,
        _ => AstFragmentKind::TraitImplItems,
    };
    fn to_annotatable(self) -> Annotatable {
        Annotatable::AssocItem(self.0, assoc_ctxt(CTXT))
    }
    fn make(fragment: AstFragment) -> SmallVec<[Self; 1]> {
        let items = match CTXT {
            IN_TRAIT => fragment.make_trait_items(),
            IN_IMPL => fragment.make_impl_items(),
            _ => fragment.make_trait_impl_items(),
        };
        items.into_iter().map(Assoc).collect()
    }
    fn id_mut(&mut self) -> &mut NodeId {
        &mut self.0.id
    }
    fn walk(mut self, collector: &mut InvocationCollector<'_, '_, '_, '_>) -> SmallVec<[Self; 1]> {
        mut_visit::walk_assoc_item(collector, &mut self.0, assoc_ctxt(CTXT));
        smallvec![self]
    }
    fn is_mac_call(&self) -> bool {
        matches!(self.0.kind, AssocItemKind::MacCall(_))
    }
    fn take_mac_call(self) -> (P<MacCall>, AttrVec, bool) {
        let item = *self.0;
        match item.kind {
            AssocItemKind::MacCall(mac) => (mac, item.attrs, false),
            _ => unreachable!("checked by the caller"),
        }
    }
}

macro_rules! simple_list_nodes {
    ($($Node:ident $Kind:ident $make:ident $walk:ident;)*) => { $(
        impl ListNode for ast::$Node {
            const KIND: AstFragmentKind = AstFragmentKind::$Kind;
            fn to_annotatable(self) -> Annotatable {
                Annotatable::$Node(self)
            }
            fn make(fragment: AstFragment) -> SmallVec<[Self; 1]> {
                fragment.$make()
            }
            fn id_mut(&mut self) -> &mut NodeId {
                &mut self.id
            }
            fn walk(mut self, collector: &mut InvocationCollector<'_, '_, '_, '_>) -> SmallVec<[Self; 1]> {
                mut_visit::$walk(collector, &mut self);
                smallvec![self]
            }
        }
    )* };
}

simple_list_nodes! {
    Arm Arms make_arms walk_arm;
    ExprField ExprFields make_expr_fields walk_expr_field;
    PatField PatFields make_pat_fields walk_pat_field;
    GenericParam GenericParams make_generic_params walk_generic_param;
    Param Params make_params walk_param;
    FieldDef FieldDefs make_field_defs walk_field_def;
    Variant Variants make_variants walk_variant;
    WherePredicate WherePredicates make_where_predicates walk_where_predicate;
}

impl ListNode for Stmt {
    const KIND: AstFragmentKind = AstFragmentKind::Stmts;
    fn to_annotatable(self) -> Annotatable {
        Annotatable::Stmt(P(self))
    }
    fn make(fragment: AstFragment) -> SmallVec<[Self; 1]> {
        fragment.make_stmts()
    }
    fn id_mut(&mut self) -> &mut NodeId {
        &mut self.id
    }
    fn walk(self, collector: &mut InvocationCollector<'_, '_, '_, '_>) -> SmallVec<[Self; 1]> {
        mut_visit::walk_flat_map_stmt(collector, self)
    }
    fn is_mac_call(&self) -> bool {
        match &self.kind {
            StmtKind::MacCall(_) => true,
            StmtKind::Item(item) => matches!(item.kind, ItemKind::MacCall(_)),
            StmtKind::Semi(expr) => matches!(expr.kind, ExprKind::MacCall(_)),
            StmtKind::Expr(_) | StmtKind::Let(_) | StmtKind::Empty => false,
        }
    }
    fn take_mac_call(self) -> (P<MacCall>, AttrVec, bool) {
        // All calls at the start of a statement are statement macros.
        match self.kind {
            StmtKind::MacCall(mac) => {
                let mac = *mac;
                (mac.mac, mac.attrs, mac.style == MacStmtStyle::Semicolon)
            }
            StmtKind::Item(item) => {
                let item = *item;
                match item.kind {
                    ItemKind::MacCall(mac) => {
                        let semicolon = mac.args.need_semicolon();
                        (mac, item.attrs, semicolon)
                    }
                    _ => unreachable!("checked by the caller"),
                }
            }
            StmtKind::Semi(expr) => {
                let expr = *expr;
                match expr.kind {
                    ExprKind::MacCall(mac) => {
                        let semicolon = mac.args.need_semicolon();
                        (mac, expr.attrs, semicolon)
                    }
                    _ => unreachable!("checked by the caller"),
                }
            }
            StmtKind::Expr(_) | StmtKind::Let(_) | StmtKind::Empty => unreachable!("checked by the caller"),
        }
    }
    fn add_semicolon(output: &mut SmallVec<[Self; 1]>) {
        if let Some(stmt) = output.pop() {
            output.push(stmt.add_trailing_semicolon());
        }
    }
}

/// An expression that may be left out.
struct OptExpr(P<Expr>);

impl HasAttrs for OptExpr {
    fn attrs(&self) -> &[Attribute] {
        &self.0.attrs
    }
    fn visit_attrs(&mut self, f: impl FnOnce(&mut AttrVec)) {
        f(&mut self.0.attrs);
    }
}

impl ListNode for OptExpr {
    const KIND: AstFragmentKind = AstFragmentKind::OptExpr;
    fn to_annotatable(self) -> Annotatable {
        Annotatable::Expr(self.0)
    }
    fn make(fragment: AstFragment) -> SmallVec<[Self; 1]> {
        fragment.make_opt_expr().into_iter().map(OptExpr).collect()
    }
    fn id_mut(&mut self) -> &mut NodeId {
        &mut self.0.id
    }
    fn walk(mut self, collector: &mut InvocationCollector<'_, '_, '_, '_>) -> SmallVec<[Self; 1]> {
        mut_visit::walk_expr(collector, &mut self.0);
        smallvec![self]
    }
    fn is_mac_call(&self) -> bool {
        matches!(self.0.kind, ExprKind::MacCall(_))
    }
    fn take_mac_call(self) -> (P<MacCall>, AttrVec, bool) {
        let expr = *self.0;
        match expr.kind {
            ExprKind::MacCall(mac) => (mac, expr.attrs, false),
            _ => unreachable!("checked by the caller"),
        }
    }
}

impl MutVisitor for InvocationCollector<'_, '_, '_, '_> {
    fn flat_map_item(&mut self, node: P<Item>) -> SmallVec<[P<Item>; 1]> {
        self.flat_map_node(node)
    }
    fn flat_map_assoc_item(&mut self, node: P<AssocItem>, ctxt: AssocCtxt) -> SmallVec<[P<AssocItem>; 1]> {
        match ctxt {
            AssocCtxt::Trait => self.flat_map_node(Assoc::<IN_TRAIT>(node)).into_iter().map(|n| n.0).collect(),
            AssocCtxt::Impl { of_trait: false } => {
                self.flat_map_node(Assoc::<IN_IMPL>(node)).into_iter().map(|n| n.0).collect()
            }
            AssocCtxt::Impl { of_trait: true } => {
                self.flat_map_node(Assoc::<IN_TRAIT_IMPL>(node)).into_iter().map(|n| n.0).collect()
            }
        }
    }
    fn flat_map_foreign_item(&mut self, node: P<ForeignItem>) -> SmallVec<[P<ForeignItem>; 1]> {
        self.flat_map_node(node)
    }
    fn flat_map_arm(&mut self, node: ast::Arm) -> SmallVec<[ast::Arm; 1]> {
        self.flat_map_node(node)
    }
    fn flat_map_expr_field(&mut self, node: ast::ExprField) -> SmallVec<[ast::ExprField; 1]> {
        self.flat_map_node(node)
    }
    fn flat_map_pat_field(&mut self, node: ast::PatField) -> SmallVec<[ast::PatField; 1]> {
        self.flat_map_node(node)
    }
    fn flat_map_generic_param(&mut self, node: ast::GenericParam) -> SmallVec<[ast::GenericParam; 1]> {
        self.flat_map_node(node)
    }
    fn flat_map_param(&mut self, node: ast::Param) -> SmallVec<[ast::Param; 1]> {
        self.flat_map_node(node)
    }
    fn flat_map_field_def(&mut self, node: ast::FieldDef) -> SmallVec<[ast::FieldDef; 1]> {
        self.flat_map_node(node)
    }
    fn flat_map_variant(&mut self, node: ast::Variant) -> SmallVec<[ast::Variant; 1]> {
        self.flat_map_node(node)
    }
    fn flat_map_where_predicate(&mut self, node: ast::WherePredicate) -> SmallVec<[ast::WherePredicate; 1]> {
        self.flat_map_node(node)
    }
    fn filter_map_expr(&mut self, node: P<Expr>) -> Option<P<Expr>> {
        self.flat_map_node(OptExpr(node)).pop().map(|n| n.0)
    }

    fn flat_map_stmt(&mut self, node: Stmt) -> SmallVec<[Stmt; 1]> {
        // A trailing expression is no statement macro; a `cfg` on it is the expression's.
        if let StmtKind::Expr(expr) = &node.kind {
            let is_call = matches!(expr.kind, ExprKind::MacCall(_));
            let orig = std::mem::replace(&mut self.cx.place.data.is_trailing_mac, is_call);
            let result = mut_visit::walk_flat_map_stmt(self, node);
            self.cx.place.data.is_trailing_mac = orig;
            return result;
        }
        self.flat_map_node(node)
    }

    fn visit_crate(&mut self, node: &mut Crate) {
        match self.configure_single(node) {
            SingleNode::Plain => {
                let orig = self.assign_id(&mut node.id);
                mut_visit::walk_crate(self, node);
                self.cx.place.data.lint_node_id = orig;
            }
            SingleNode::Removed(_) => {
                node.attrs.clear();
                node.items.clear();
            }
            SingleNode::Attr(taken) => {
                let empty = Crate {
                    attrs: ThinVec::new(),
                    items: ThinVec::new(),
                    spans: node.spans,
                    id: node.id,
                    is_placeholder: false,
                };
                let krate = std::mem::replace(node, empty);
                *node = self.collect_attr(taken, Annotatable::Crate(krate), AstFragmentKind::Crate).make_crate();
            }
        }
    }

    fn visit_expr(&mut self, node: &mut Expr) {
        if let Some(attr) = node.attrs.first() {
            self.strip_unconfigured().maybe_emit_expr_attr_err(attr);
        }
        loop {
            match self.configure_single(node) {
                SingleNode::Plain => break,
                SingleNode::Removed(span) => {
                    let msg = "removing an expression is not supported in this position";
                    self.cx.r.dcx().span_err(span, msg);
                }
                SingleNode::Attr(taken) => {
                    let expr = std::mem::replace(node, dummy_expr());
                    let fragment = self.collect_attr(taken, Annotatable::Expr(P(expr)), AstFragmentKind::Expr);
                    *node = *fragment.make_expr();
                    return;
                }
            }
        }
        if let ExprKind::MacCall(_) = node.kind {
            let expr = std::mem::replace(node, dummy_expr());
            let ExprKind::MacCall(mac) = expr.kind else { unreachable!("just checked") };
            self.check_attributes(&expr.attrs, &mac);
            *node = *self.collect_bang(mac, AstFragmentKind::Expr).make_expr();
            return;
        }
        let orig = self.assign_id(&mut node.id);
        mut_visit::walk_expr(self, node);
        self.cx.place.data.lint_node_id = orig;
    }

    fn visit_pat(&mut self, node: &mut Pat) {
        if let PatKind::MacCall(_) = node.kind {
            let kind = std::mem::replace(&mut node.kind, PatKind::Wild);
            let PatKind::MacCall(mac) = kind else { unreachable!("just checked") };
            *node = *self.collect_bang(mac, AstFragmentKind::Pat).make_pat();
            return;
        }
        mut_visit::walk_pat(self, node);
    }

    fn visit_ty(&mut self, node: &mut Ty) {
        if let TyKind::MacCall(_) = node.kind {
            let kind = std::mem::replace(&mut node.kind, TyKind::Infer);
            let TyKind::MacCall(mac) = kind else { unreachable!("just checked") };
            *node = *self.collect_bang(mac, AstFragmentKind::Ty).make_ty();
            return;
        }
        mut_visit::walk_ty(self, node);
    }

    fn visit_block(&mut self, node: &mut Block) {
        let orig = std::mem::replace(&mut self.cx.place.dir_ownership, DirOwnership::UnownedViaBlock);
        let orig_trailing = std::mem::replace(&mut self.cx.place.data.is_trailing_mac, false);
        mut_visit::walk_block(self, node);
        self.cx.place.dir_ownership = orig;
        self.cx.place.data.is_trailing_mac = orig_trailing;
    }

    fn visit_id(&mut self, id: &mut NodeId) {
        if self.cx.monotonic && *id == DUMMY_NODE_ID {
            *id = self.cx.r.next_node_id();
        }
    }
}

fn dummy_expr() -> Expr {
    Expr { id: DUMMY_NODE_ID, kind: ExprKind::Dummy, span: span::DUMMY_SP, attrs: ThinVec::new() }
}
