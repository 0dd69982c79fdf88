//! The walk from the roots over everything that is used.

use hir::def::DefKind;
use mir::interpret::{AllocId, ErrorHandled, GlobalAlloc};
use mir::mono::MonoItem;
use query::TyCtxt;
use session::CrateType;
use span::def_id::DefId;
use span::{FxHashMap, FxHashSet, FxIndexSet, Span};
use ty::{GenericArgKind, Instance, InstanceKind, TypingEnv};

use crate::instantiation::should_codegen_locally;
use crate::{exported, roots, uses};

/// Items used by an item, in order of first use, with the place of use.
#[derive(Default)]
pub(crate) struct Uses<'tcx> {
    pub(crate) items: FxIndexSet<(MonoItem<'tcx>, SpanKey)>,
}

/// A span that does not take part in telling items apart.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SpanKey(pub(crate) Span);
impl PartialEq for SpanKey {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
impl Eq for SpanKey {}
impl std::hash::Hash for SpanKey {
    fn hash<H: std::hash::Hasher>(&self, _: &mut H) {}
}

impl<'tcx> Uses<'tcx> {
    pub(crate) fn push(&mut self, item: MonoItem<'tcx>, span: Span) {
        self.items.insert((item, SpanKey(span)));
    }
    /// A function that is called or whose address is taken, if its code is ours to make.
    pub(crate) fn push_instance(&mut self, tcx: TyCtxt<'tcx>, instance: Instance<'tcx>, span: Span) {
        if should_codegen_locally(tcx, instance) {
            self.push(MonoItem::Fn(instance), span);
        }
    }
}

/// The items, each after the one that uses it first.
pub(crate) fn collect<'tcx>(tcx: TyCtxt<'tcx>) -> FxIndexSet<MonoItem<'tcx>> {
    let mut collector = Collector {
        tcx,
        done: FxIndexSet::default(),
        queue: roots::roots(tcx)
            .into_iter()
            .map(|item| Pending { item, depth: 0, parent: None, span: Span::default() })
            .collect(),
        failed: FxHashSet::default(),
        users: FxHashMap::default(),
        made: Vec::new(),
    };
    collector.queue.reverse();
    while let Some(next) = collector.queue.pop() {
        if !collector.visit(next) {
            break;
        }
    }
    if tcx.crate_types().contains(&CrateType::Rlib) && tcx.dcx().has_errors().is_none() {
        exported::note_instances(tcx, &collector.made);
    }
    collector.done
}

struct Pending<'tcx> {
    item: MonoItem<'tcx>,
    /// How often a function of the same definition is on the path from a root.
    depth: usize,
    /// Who uses it.
    parent: Option<Instance<'tcx>>,
    span: Span,
}

struct Collector<'tcx> {
    tcx: TyCtxt<'tcx>,
    done: FxIndexSet<MonoItem<'tcx>>,
    queue: Vec<Pending<'tcx>>,
    /// Definitions for which endless recursion was reported.
    failed: FxHashSet<DefId>,
    /// The instance that used an instance first, and its depth of recursion.
    users: FxHashMap<Instance<'tcx>, (Option<Instance<'tcx>>, usize)>,
    /// The instances with those that they use.
    made: Vec<(Instance<'tcx>, Vec<Instance<'tcx>>)>,
}

impl<'tcx> Collector<'tcx> {
    /// `false` to stop.
    fn visit(&mut self, next: Pending<'tcx>) -> bool {
        let tcx = self.tcx;
        if !self.done.insert(next.item) {
            return true;
        }
        let mut uses = Uses::default();
        let user = match next.item {
            MonoItem::Static(def_id) => {
                collect_static(tcx, def_id, &mut uses);
                None
            }
            MonoItem::GlobalAsm(_) => None,
            MonoItem::Fn(instance) => {
                if !self.check_limits(instance, &next) {
                    return false;
                }
                self.users.insert(instance, (next.parent, next.depth));
                let errors_before = tcx.dcx().err_count();
                uses::collect_body(tcx, instance, &mut uses);
                if tcx.dcx().err_count() > errors_before {
                    self.note_instantiation(instance, &next);
                }
                let used = uses.items.iter().filter_map(|(item, _)| match item {
                    MonoItem::Fn(used) => Some(*used),
                    MonoItem::Static(_) | MonoItem::GlobalAsm(_) => None,
                });
                self.made.push((instance, used.collect()));
                Some(instance)
            }
        };
        for &(item, SpanKey(span)) in uses.items.iter().rev() {
            if self.done.contains(&item) {
                continue;
            }
            let depth = match (item, user) {
                (MonoItem::Fn(used), Some(user)) => self.depth_of(used, user),
                _ => 0,
            };
            self.queue.push(Pending { item, depth, parent: user, span });
        }
        true
    }

    /// How deep a use is in recursion of its own definition with ever new arguments.
    fn depth_of(&self, used: Instance<'tcx>, user: Instance<'tcx>) -> usize {
        if used.args.is_empty() {
            return 0;
        }
        // The nearest user of the same definition; looking further than a few dozen steps is not worth the time.
        let mut at = Some(user);
        for _ in 0..32 {
            let Some(instance) = at else { break };
            let (parent, depth) = self.users.get(&instance).copied().unwrap_or((None, 0));
            if instance.def_id() == used.def_id() {
                return depth + 1;
            }
            at = parent;
        }
        0
    }

    fn check_limits(&mut self, instance: Instance<'tcx>, next: &Pending<'tcx>) -> bool {
        let tcx = self.tcx;
        let def_id = instance.def_id();
        // Drop glue of nested types goes deep without recursing for ever.
        let factor = if matches!(instance.def, InstanceKind::DropGlue(..)) { 4 } else { 1 };
        let limit = tcx.sess().recursion_limit.get();
        if next.depth > limit * factor {
            if self.failed.insert(def_id) {
                let shown = shrink(&instance_str(tcx, instance));
                let mut err = tcx
                    .dcx()
                    .struct_err(format!("reached the recursion limit while instantiating `{shown}`"))
                    .with_span(next.span);
                err.span_note(tcx.def_span(def_id), format!("`{}` defined here", tcx.def_path_str(def_id)));
                err.emit();
            }
            return false;
        }
        if next.depth > 8 && type_length(instance) > TYPE_LENGTH_LIMIT {
            let shown = shrink(&instance_str(tcx, instance));
            let mut err = tcx
                .dcx()
                .struct_err(format!("reached the type-length limit while instantiating `{shown}`"))
                .with_span(tcx.def_span(def_id));
            err.help(format!(
                "consider adding a `#![type_length_limit=\"{}\"]` attribute to your crate",
                TYPE_LENGTH_LIMIT * 2
            ));
            err.emit();
            return false;
        }
        true
    }

    /// After errors in a body: which instance it was, if it is one among many.
    fn note_instantiation(&self, instance: Instance<'tcx>, next: &Pending<'tcx>) {
        let tcx = self.tcx;
        if instance.args.is_empty() || next.span.is_dummy() {
            return;
        }
        let what = tcx.def_descr(instance.def_id());
        let shown = instance_str(tcx, instance);
        diagnostics::Diag::new(
            tcx.dcx(),
            diagnostics::Level::Note,
            format!(
                "the above error was encountered while instantiating `{} {shown}`",
                if what == "function" { "fn" } else { what }
            ),
        )
        .with_span(next.span)
        .emit();
    }
}

/// rustc's default.
const TYPE_LENGTH_LIMIT: usize = 1 << 24;

/// How many types an instance's arguments are made of.
fn type_length(instance: Instance<'_>) -> usize {
    use ty::visit::TypeVisitable;
    struct Counter(usize);
    impl<'tcx> ty::visit::TypeVisitor<'tcx> for Counter {
        type Break = ();
        fn visit_ty(&mut self, t: ty::Ty<'tcx>) -> std::ops::ControlFlow<()> {
            use ty::visit::TypeSuperVisitable;
            self.0 += 1;
            if self.0 > TYPE_LENGTH_LIMIT {
                return std::ops::ControlFlow::Break(());
            }
            t.super_visit_with(self)
        }
    }
    let mut counter = Counter(0);
    for arg in instance.args {
        let _ = match arg.kind() {
            GenericArgKind::Type(t) => t.visit_with(&mut counter),
            _ => std::ops::ControlFlow::Continue(()),
        };
    }
    counter.0
}

fn instance_str<'tcx>(tcx: TyCtxt<'tcx>, instance: Instance<'tcx>) -> String {
    tcx.value_path_str_with_args(instance.def_id(), instance.args)
}

/// A name of bearable length: its first and last characters.
fn shrink(name: &str) -> String {
    const EACH: usize = 32;
    if name.chars().count() <= EACH * 2 {
        return name.to_owned();
    }
    let before: String = name.chars().take(EACH).collect();
    let after: Vec<char> = name.chars().rev().take(EACH).collect();
    format!("{before}...{}", after.into_iter().rev().collect::<String>())
}

/// What a static's memory refers to.
fn collect_static<'tcx>(tcx: TyCtxt<'tcx>, def_id: DefId, uses: &mut Uses<'tcx>) {
    if let Ok(alloc) = tcx.eval_static_initializer(def_id) {
        let mut seen = FxHashSet::default();
        for prov in alloc.inner().provenance().provenances() {
            collect_alloc(tcx, prov.alloc_id(), uses, &mut seen);
        }
    }
}

/// What memory refers to.
pub(crate) fn collect_alloc<'tcx>(
    tcx: TyCtxt<'tcx>,
    id: AllocId,
    uses: &mut Uses<'tcx>,
    seen: &mut FxHashSet<AllocId>,
) {
    let mut pending = vec![id];
    while let Some(id) = pending.pop() {
        if !seen.insert(id) {
            continue;
        }
        match tcx.gcx().alloc_map.get(id) {
            GlobalAlloc::Static(def_id) => {
                if should_codegen_static(tcx, def_id) {
                    uses.push(MonoItem::Static(def_id), Span::default());
                }
            }
            GlobalAlloc::Memory(mem) => pending.extend(mem.inner().provenance().provenances().map(|p| p.alloc_id())),
            GlobalAlloc::Function { instance } => uses.push_instance(tcx, instance, Span::default()),
            GlobalAlloc::VTable(ty, preds) => {
                let principal = preds.principal().map(|p| tcx.instantiate_bound_regions_with_erased(p));
                uses::vtable_methods(tcx, ty, principal, Span::default(), uses);
            }
            GlobalAlloc::TypeId { .. } => {}
        }
    }
}

/// Whether a static's memory is this crate's.
pub(crate) fn should_codegen_static(tcx: TyCtxt<'_>, def_id: DefId) -> bool {
    def_id.is_local() && !tcx.is_foreign_item(def_id) && matches!(tcx.def_kind(def_id), DefKind::Static { .. })
}

/// Evaluates a constant of a body, for its errors and for what it refers to.
pub(crate) fn eval_const<'tcx>(
    tcx: TyCtxt<'tcx>,
    constant: mir::Const<'tcx>,
    span: Span,
) -> Result<mir::ConstValue, ErrorHandled> {
    tcx.eval_mir_const(constant, TypingEnv::fully_monomorphized(), span)
}
