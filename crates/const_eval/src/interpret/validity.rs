//! The validity invariant of values (Reference, "Behavior considered undefined", "producing an invalid value").
//!
//! For constants the check goes further, through references into memory, so that what uses a constant may rely on it.

use mir::interpret::{AllocId, GlobalAlloc, Scalar};
use rustc_abi::{BackendRepr, FieldsShape, Size, Variants, WrappingRange};
use span::{FxHashSet, Symbol};
use ty::layout::TyAndLayout;
use ty::{FieldIdx, Mutability, Ty, TyKind, VariantIdx};

use super::error::fmt_ptr;
use super::operand::{ImmTy, Immediate, OpTy};
use super::place::{MPlaceTy, MemPlaceMeta};
use super::{
    AllocKind, CheckInAlloc, InterpCx, InterpErrorKind, InterpResult, Machine, UndefinedBehavior, Unsupported,
};

/// A step from a value to a part of it, as messages name it.
#[derive(Clone, Copy, Debug)]
pub enum PathElem {
    Field(Symbol),
    Variant(Symbol),
    CapturedVar(Symbol),
    ArrayElem(u64),
    TupleElem(usize),
    Deref,
    EnumTag,
    DynDowncast,
}

fn write_path(path: &[PathElem]) -> String {
    use std::fmt::Write;
    let mut out = String::new();
    for elem in path {
        let _ = match elem {
            PathElem::Field(name) => write!(out, ".{name}"),
            PathElem::Variant(name) => write!(out, ".<enum-variant({name})>"),
            PathElem::CapturedVar(name) => write!(out, ".<captured-var({name})>"),
            PathElem::ArrayElem(i) => write!(out, "[{i}]"),
            PathElem::TupleElem(i) => write!(out, ".{i}"),
            PathElem::Deref => write!(out, ".<deref>"),
            PathElem::EnumTag => write!(out, ".<enum-tag>"),
            PathElem::DynDowncast => write!(out, ".<dyn-downcast>"),
        };
    }
    out
}

/// What is checked besides, of the result of const evaluation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CtfeValidationMode {
    Static {
        mutbl: Mutability,
    },
    Promoted,
    Const {
        /// The constant's own memory is copied at each use: it may hold cells. What it points to may not.
        allow_immutable_unsafe_cell: bool,
    },
}

/// The places behind references that are still to be checked.
pub struct RefTracking<'tcx> {
    seen: FxHashSet<(AllocId, Size, Ty<'tcx>)>,
    todo: Vec<(MPlaceTy<'tcx>, Vec<PathElem>)>,
}

impl<'tcx> RefTracking<'tcx> {
    pub fn new(root: MPlaceTy<'tcx>) -> Self {
        let mut this = RefTracking { seen: FxHashSet::default(), todo: Vec::new() };
        this.track(root, Vec::new);
        this
    }
    pub fn next_place(&mut self) -> Option<(MPlaceTy<'tcx>, Vec<PathElem>)> {
        self.todo.pop()
    }
    fn track(&mut self, m: MPlaceTy<'tcx>, path: impl FnOnce() -> Vec<PathElem>) {
        let Some(prov) = m.mplace.ptr.provenance else { return };
        if self.seen.insert((prov.alloc_id(), m.mplace.ptr.offset, m.layout.ty)) {
            self.todo.push((m, path()));
        }
    }
}

struct Visitor<'a, 'tcx, M: Machine<'tcx>> {
    ecx: &'a InterpCx<'tcx, M>,
    path: Vec<PathElem>,
    refs: Option<&'a mut RefTracking<'tcx>>,
    mode: Option<CtfeValidationMode>,
}

/// What a pointer is called.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PointerKind {
    Ref(Mutability),
    Box,
}

impl PointerKind {
    fn name(self) -> &'static str {
        match self {
            PointerKind::Ref(_) => "reference",
            PointerKind::Box => "box",
        }
    }
}

impl<'tcx, M: Machine<'tcx>> Visitor<'_, 'tcx, M> {
    #[cold]
    fn fail<T>(&self, what: impl Into<String>) -> InterpResult<'tcx, T> {
        self.fail_with(what, false)
    }
    #[cold]
    fn fail_with<T>(&self, what: impl Into<String>, ptr_bytes_warning: bool) -> InterpResult<'tcx, T> {
        let path = (!self.path.is_empty()).then(|| write_path(&self.path));
        Err(UndefinedBehavior::Validation { path, what: what.into(), ptr_bytes_warning }.into())
    }
    fn with_elem<R>(
        &mut self,
        elem: PathElem,
        f: impl FnOnce(&mut Self) -> InterpResult<'tcx, R>,
    ) -> InterpResult<'tcx, R> {
        let n = self.path.len();
        self.path.push(elem);
        let r = f(self)?;
        self.path.truncate(n);
        Ok(r)
    }
    fn field_elem(&self, layout: TyAndLayout<'tcx>, field: usize) -> PathElem {
        match *layout.ty.kind() {
            TyKind::Closure(def_id, _) | TyKind::CoroutineClosure(def_id, _) | TyKind::Coroutine(def_id, _) => {
                let name = def_id.as_local().and_then(|local| {
                    let typeck = self.ecx.tcx.typeck(self.ecx.tcx.typeck_root_def_id_local(local));
                    typeck.closure_min_captures_flattened(local).nth(field).map(|c| c.var_ident.name)
                });
                PathElem::CapturedVar(name.unwrap_or_else(|| Symbol::intern(&field.to_string())))
            }
            TyKind::Tuple(_) => PathElem::TupleElem(field),
            TyKind::Adt(def, _) => {
                let index = match layout.variants {
                    Variants::Single { index } => index,
                    _ => ty::FIRST_VARIANT,
                };
                PathElem::Field(def.variant(index).fields[FieldIdx::from_usize(field)].name)
            }
            TyKind::Array(..) | TyKind::Slice(_) => PathElem::ArrayElem(field as u64),
            _ => PathElem::TupleElem(field),
        }
    }

    fn read_immediate(&self, op: &OpTy<'tcx>, expected: &str) -> InterpResult<'tcx, ImmTy<'tcx>> {
        match self.ecx.read_immediate(op) {
            Ok(imm) => Ok(imm),
            Err(e) => match e.kind() {
                InterpErrorKind::UndefinedBehavior(UndefinedBehavior::InvalidUninitBytes(_)) => {
                    self.fail(format!("encountered uninitialized memory, but {expected}"))
                }
                InterpErrorKind::Unsupported(Unsupported::ReadPointerAsInt(_)) => {
                    self.fail_with(format!("encountered a pointer, but {expected}"), true)
                }
                InterpErrorKind::Unsupported(Unsupported::ReadPartialPointer(_)) => {
                    self.fail_with("encountered a partial pointer or a mix of pointers", true)
                }
                _ => Err(e),
            },
        }
    }
    fn read_scalar(&self, op: &OpTy<'tcx>, expected: &str) -> InterpResult<'tcx, Scalar> {
        self.read_immediate(op, expected)?.imm.to_scalar()
    }

    /// A value as messages show it: in hexadecimal, of the width of its type; pointers by their allocation.
    fn show(&self, s: Scalar) -> String {
        match s {
            Scalar::Int(i) => format!("0x{:0width$x}", i.to_uint(), width = i.size() as usize * 2),
            Scalar::Ptr(p, _) => fmt_ptr(p.into()),
        }
    }

    /// A scalar must be in its layout's range.
    fn visit_scalar(&self, s: Scalar, abi: rustc_abi::Scalar) -> InterpResult<'tcx> {
        let size = abi.size(self.ecx);
        let WrappingRange { start, end } = abi.valid_range(self.ecx);
        let max = size.unsigned_int_max();
        if abi.is_always_valid(self.ecx) {
            return Ok(());
        }
        let bits = match s {
            Scalar::Int(i) => i.to_uint(),
            Scalar::Ptr(..) => {
                // All that is known of an address is that it is not null.
                if start == 1 && end == max {
                    if self.ecx.scalar_may_be_null(s) {
                        return self.fail(
                            "encountered a maybe-null pointer, but expected something that is definitely non-zero",
                        );
                    }
                    return Ok(());
                }
                if abi.is_always_valid(self.ecx) {
                    return Ok(());
                }
                return self.fail(format!(
                    "encountered a pointer with unknown absolute address, but expected something that is definitely {}",
                    range_text(start, end, max)
                ));
            }
        };
        let inside = if start <= end { start <= bits && bits <= end } else { start <= bits || bits <= end };
        if inside {
            return Ok(());
        }
        self.fail(format!("encountered {bits}, but expected something {}", range_text(start, end, max)))
    }

    /// Types that are checked by their kind. `false`: look at the parts.
    fn try_visit_primitive(&mut self, op: &OpTy<'tcx>) -> InterpResult<'tcx, bool> {
        match *op.layout.ty.kind() {
            TyKind::Bool => {
                let s = self.read_scalar(op, "expected a boolean")?;
                if super::operand::scalar_to_bool(s).is_err() {
                    return self.fail(format!("encountered {}, but expected a boolean", self.show(s)));
                }
                Ok(true)
            }
            TyKind::Char => {
                let s = self.read_scalar(op, "expected a unicode scalar value")?;
                if super::operand::scalar_to_char(s).is_err() {
                    return self.fail(format!(
                        "encountered {}, but expected a valid unicode scalar value (in `0..=0x10FFFF` but not in \
                         `0xD800..=0xDFFF`)",
                        self.show(s)
                    ));
                }
                Ok(true)
            }
            TyKind::Float(_) | TyKind::Int(_) | TyKind::Uint(_) => {
                let float = op.layout.ty.is_floating_point();
                self.read_scalar(op, if float { "expected a floating point number" } else { "expected an integer" })?;
                Ok(true)
            }
            TyKind::RawPtr(..) => {
                let imm = self.read_immediate(op, "expected a raw pointer")?;
                if let Immediate::ScalarPair(..) = imm.imm {
                    let place = self.ecx.ref_to_mplace(&imm)?;
                    self.check_wide_ptr_meta(place.mplace.meta, place.layout)?;
                }
                Ok(true)
            }
            TyKind::Ref(_, _, mutbl) => {
                self.check_safe_pointer(op, PointerKind::Ref(mutbl))?;
                Ok(true)
            }
            TyKind::FnPtr(_) => {
                let s = self.read_scalar(op, "expected a function pointer")?;
                if self.refs.is_some() {
                    if self.ecx.get_ptr_fn(s.to_pointer()).is_err() {
                        if self.ecx.scalar_may_be_null(s) {
                            let maybe = if s.is_ptr() { "maybe-null" } else { "null" };
                            return self.fail(format!("encountered a {maybe} function pointer"));
                        }
                        return self
                            .fail(format!("encountered {}, but expected a function pointer", fmt_ptr(s.to_pointer())));
                    }
                } else if self.ecx.scalar_may_be_null(s) {
                    return self.fail("encountered a null function pointer");
                }
                Ok(true)
            }
            TyKind::Never => self.fail("encountered a value of the never type `!`"),
            TyKind::Foreign(_) | TyKind::FnDef(..) => Ok(true),
            _ => Ok(false),
        }
    }
    fn check_wide_ptr_meta(&mut self, meta: MemPlaceMeta, pointee: TyAndLayout<'tcx>) -> InterpResult<'tcx> {
        let tail = self.ecx.struct_tail(pointee.ty);
        match *tail.kind() {
            TyKind::Dynamic(preds, _) => {
                let vtable = meta.unwrap_meta().to_pointer();
                if let Err(e) = self.ecx.get_ptr_vtable_ty(vtable, Some(preds)) {
                    return match e.kind() {
                        InterpErrorKind::UndefinedBehavior(UndefinedBehavior::InvalidVTableTrait {
                            expected,
                            found,
                        }) => self.fail(format!(
                            "wrong trait in wide pointer vtable: expected `{expected}`, but encountered `{found}`"
                        )),
                        _ => self.fail(format!("encountered {}, but expected a vtable pointer", fmt_ptr(vtable))),
                    };
                }
            }
            TyKind::Slice(_) | TyKind::Str => {
                super::operand::scalar_to_int(meta.unwrap_meta())?;
            }
            _ => {}
        }
        Ok(())
    }
    /// A reference or box: aligned, not null, with something behind it.
    fn check_safe_pointer(&mut self, op: &OpTy<'tcx>, kind: PointerKind) -> InterpResult<'tcx> {
        let ecx = self.ecx;
        let name = kind.name();
        let article = |adj: &str| format!("encountered {adj} {name}");
        let place = if let PointerKind::Box = kind {
            self.read_box(op)?
        } else {
            let imm = self.read_immediate(op, &format!("expected a {name}"))?;
            ecx.ref_to_mplace(&imm)?
        };
        if place.layout.is_unsized() {
            self.check_wide_ptr_meta(place.mplace.meta, place.layout)?;
        }
        let size_and_align = match ecx.size_and_align_of_val(&place) {
            Ok(v) => v,
            Err(e) => match e.kind() {
                InterpErrorKind::UndefinedBehavior(UndefinedBehavior::InvalidMetaSliceTooBig) => {
                    return self.fail(format!(
                        "encountered invalid {name} metadata: slice is bigger than largest supported object"
                    ));
                }
                InterpErrorKind::UndefinedBehavior(UndefinedBehavior::InvalidMetaTooBig) => {
                    return self.fail(format!(
                        "encountered invalid {name} metadata: total size is bigger than largest supported object"
                    ));
                }
                _ => return Err(e),
            },
        };
        let (size, align) = size_and_align.unwrap_or((place.layout.size, place.layout.align.abi));
        let ptr = place.mplace.ptr;
        if ecx.ptr_may_be_null(ptr) {
            let maybe = if ptr.provenance.is_some() { "maybe-null" } else { "null" };
            return self.fail(article(&format!("a {maybe}")));
        }
        if let Err(e) = ecx.check_ptr_access(ptr, size, CheckInAlloc::Dereferenceable) {
            return match e.kind() {
                InterpErrorKind::UndefinedBehavior(UndefinedBehavior::DanglingIntPointer { addr, .. }) => {
                    self.fail(format!("encountered a dangling {name} ({addr:#x}[noalloc] has no provenance)"))
                }
                InterpErrorKind::UndefinedBehavior(UndefinedBehavior::PointerOutOfBounds { .. }) => {
                    self.fail(format!("encountered a dangling {name} (going beyond the bounds of its allocation)"))
                }
                InterpErrorKind::UndefinedBehavior(UndefinedBehavior::PointerUseAfterFree(..)) => {
                    self.fail(format!("encountered a dangling {name} (use-after-free)"))
                }
                _ => Err(e),
            };
        }
        if let Some(has) = ecx.is_ptr_misaligned(ptr, align) {
            return self.fail(format!(
                "encountered an unaligned {name} (required {} byte alignment but found {})",
                align.bytes(),
                has.bytes()
            ));
        }
        if place.layout.is_uninhabited() {
            return self.fail(format!("encountered a {name} pointing to uninhabited type {}", place.layout.ty));
        }
        if self.refs.is_none() {
            return Ok(());
        }
        // What is behind it.
        if let Ok((id, offset, prov)) = ecx.ptr_try_get_alloc_id(ptr) {
            if let Some(GlobalAlloc::Static(def_id)) = ecx.tcx.gcx().alloc_map.try_get(id) {
                // Statics are checked on their own, and may be extern.
                if let Some(CtfeValidationMode::Promoted) = self.mode {
                    return Ok(());
                }
                let mutable = mutable_static(ecx, def_id);
                if matches!(self.mode, Some(CtfeValidationMode::Const { .. })) && mutable {
                    // What is there may change: it cannot be looked at.
                    return Ok(());
                }
                if kind == PointerKind::Ref(Mutability::Mut) && !mutable && size != Size::ZERO {
                    return self.fail("encountered mutable reference or box pointing to read-only memory");
                }
                return Ok(());
            }
            let info = ecx.get_alloc_info(id);
            match info.kind {
                AllocKind::LiveData => {}
                AllocKind::Dead => return self.fail(format!("encountered a dangling {name} (use-after-free)")),
                AllocKind::Function | AllocKind::VTable | AllocKind::TypeId => {
                    if size != Size::ZERO {
                        return self.fail(format!(
                            "encountered a dangling {name} (going beyond the bounds of its allocation)"
                        ));
                    }
                }
            }
            let wants_mut = matches!(kind, PointerKind::Ref(Mutability::Mut) | PointerKind::Box);
            if wants_mut && size != Size::ZERO && info.mutbl == Mutability::Not {
                return self.fail("encountered mutable reference or box pointing to read-only memory");
            }
            let _ = (offset, prov);
        }
        let path = &self.path;
        if let Some(refs) = &mut self.refs {
            refs.track(place, || {
                let mut p = path.clone();
                p.push(PathElem::Deref);
                p
            });
        }
        Ok(())
    }
    fn read_box(&self, op: &OpTy<'tcx>) -> InterpResult<'tcx, MPlaceTy<'tcx>> {
        self.ecx.deref_pointer(op).or_else(|e| match e.kind() {
            InterpErrorKind::UndefinedBehavior(UndefinedBehavior::InvalidUninitBytes(_)) => {
                self.fail("encountered uninitialized memory, but expected a box")
            }
            _ => Err(e),
        })
    }

    fn visit_value(&mut self, op: &OpTy<'tcx>) -> InterpResult<'tcx> {
        if self.try_visit_primitive(op)? {
            return Ok(());
        }
        let layout = op.layout;
        // Cells in memory that cannot be written.
        if let TyKind::Adt(def, _) = *layout.ty.kind() {
            if def.is_unsafe_cell() && !layout.is_zst() {
                if let Some(mode) = self.mode {
                    let allowed = matches!(mode, CtfeValidationMode::Const { allow_immutable_unsafe_cell: true });
                    if !allowed && !self.in_mutable_memory(op) {
                        return self.fail("encountered `UnsafeCell` in read-only memory");
                    }
                }
            }
        }
        match *layout.ty.kind() {
            TyKind::Array(..) | TyKind::Slice(_) => return self.visit_array(op),
            TyKind::Str => {
                let len = self.ecx.op_len(op)?;
                if let Ok(m) = op.as_mplace_or_imm() {
                    if let Err(e) = self.ecx.read_bytes_ptr(m.mplace.ptr, Size::from_bytes(len)) {
                        return match e.kind() {
                            InterpErrorKind::UndefinedBehavior(UndefinedBehavior::InvalidUninitBytes(_)) => {
                                self.fail("encountered uninitialized memory, but expected a string")
                            }
                            InterpErrorKind::Unsupported(Unsupported::ReadPointerAsInt(_)) => {
                                self.fail_with("encountered a pointer, but expected a string", true)
                            }
                            _ => Err(e),
                        };
                    }
                }
                return Ok(());
            }
            TyKind::Dynamic(..) => {
                let Ok(m) = op.as_mplace_or_imm() else { return Ok(()) };
                let concrete = self.ecx.unpack_dyn_trait(&m, None)?;
                return self.with_elem(PathElem::DynDowncast, |this| this.visit_value(&concrete.into()));
            }
            _ if layout.ty.is_box() => {
                // The allocator, then the pointer as a whole.
                if layout.fields.count() > 1 {
                    let alloc = self.ecx.project_field_op(op, 1)?;
                    let elem = self.field_elem(layout, 1);
                    self.with_elem(elem, |this| this.visit_value(&alloc))?;
                }
                return self.check_safe_pointer(op, PointerKind::Box);
            }
            TyKind::Pat(inner, _) => {
                let inner = self.ecx.layout_of(inner)?;
                self.visit_value(&op.with_layout(inner))?;
            }
            _ => match layout.variants {
                Variants::Multiple { .. } => {
                    let variant = self.read_variant(op)?;
                    let name = match *layout.ty.kind() {
                        TyKind::Adt(def, _) => def.variant(variant).name,
                        _ => Symbol::intern(&variant.as_u32().to_string()),
                    };
                    let inner = self.ecx.downcast_op(op, variant);
                    self.with_elem(PathElem::Variant(name), |this| this.visit_fields(&inner))?;
                }
                // A union's bytes may be anything.
                _ if layout.ty.is_union() => {}
                _ => {
                    let in_enum = layout.ty.is_enum() && !layout.is_uninhabited();
                    if let (true, Variants::Single { index }, TyKind::Adt(def, _)) =
                        (in_enum, &layout.variants, layout.ty.kind())
                    {
                        let name = def.variant(*index).name;
                        self.with_elem(PathElem::Variant(name), |this| this.visit_fields(op))?;
                    } else {
                        self.visit_fields(op)?;
                    }
                }
            },
        }
        if layout.is_uninhabited() {
            return self.fail(format!("encountered a value of uninhabited type `{}`", layout.ty));
        }
        // What the layout demands of the whole, beyond its parts.
        match layout.backend_repr {
            BackendRepr::Scalar(abi) if !matches!(abi, rustc_abi::Scalar::Union { .. }) && !layout.ty.is_enum() => {
                let s = self.read_scalar(op, "expected initialized scalar value")?;
                self.visit_scalar(s, abi)?;
            }
            BackendRepr::ScalarPair(a_abi, b_abi) if !layout.ty.is_enum() && is_scalar_wrapper(layout) => {
                if let (rustc_abi::Scalar::Initialized { .. }, rustc_abi::Scalar::Initialized { .. }) = (a_abi, b_abi) {
                    let (a, b) = self.read_immediate(op, "expected initialized scalar value")?.imm.to_scalar_pair()?;
                    self.visit_scalar(a, a_abi)?;
                    self.visit_scalar(b, b_abi)?;
                }
            }
            _ => {}
        }
        Ok(())
    }
    fn in_mutable_memory(&self, op: &OpTy<'tcx>) -> bool {
        let Ok(m) = op.as_mplace_or_imm() else { return false };
        let Some(prov) = m.mplace.ptr.provenance else { return false };
        if let Some(CtfeValidationMode::Static { mutbl: Mutability::Mut }) = self.mode {
            return true;
        }
        self.ecx.get_alloc_info(prov.alloc_id()).mutbl == Mutability::Mut
    }
    fn read_variant(&mut self, op: &OpTy<'tcx>) -> InterpResult<'tcx, VariantIdx> {
        let result = self.ecx.read_discriminant(op);
        match result {
            Ok(v) => Ok(v),
            Err(e) => {
                let what = match e.kind() {
                    InterpErrorKind::UndefinedBehavior(UndefinedBehavior::InvalidTag(tag, size)) => {
                        let width = size.bytes_usize() * 2;
                        format!("encountered 0x{tag:0width$x}, but expected a valid enum tag")
                    }
                    InterpErrorKind::UndefinedBehavior(UndefinedBehavior::UninhabitedEnumVariantRead) => {
                        "encountered an uninhabited enum variant".into()
                    }
                    InterpErrorKind::UndefinedBehavior(UndefinedBehavior::InvalidUninitBytes(_)) => {
                        "encountered uninitialized memory, but expected a valid enum tag".into()
                    }
                    InterpErrorKind::Unsupported(Unsupported::ReadPointerAsInt(_)) => {
                        "encountered a pointer, but expected a valid enum tag".into()
                    }
                    InterpErrorKind::Unsupported(Unsupported::ReadPartialPointer(_)) => {
                        "encountered a partial pointer or a mix of pointers".into()
                    }
                    _ => return Err(e),
                };
                self.with_elem(PathElem::EnumTag, |this| this.fail(what))
            }
        }
    }
    fn visit_fields(&mut self, op: &OpTy<'tcx>) -> InterpResult<'tcx> {
        if let FieldsShape::Union(_) | FieldsShape::Primitive = op.layout.fields {
            return Ok(());
        }
        for i in 0..op.layout.fields.count() {
            let field = self.ecx.project_field_op(op, i)?;
            let elem = self.field_elem(op.layout, i);
            self.with_elem(elem, |this| this.visit_value(&field))?;
        }
        Ok(())
    }
    fn visit_array(&mut self, op: &OpTy<'tcx>) -> InterpResult<'tcx> {
        let len = self.ecx.op_len(op)?;
        let elem = self.ecx.layout_of_field(op.layout, 0)?;
        if len == 0 {
            return Ok(());
        }
        // Plain numbers are checked at once: initialised and without pointers.
        if let (TyKind::Int(_) | TyKind::Uint(_) | TyKind::Float(_), Ok(m)) = (elem.ty.kind(), op.as_mplace_or_imm()) {
            let size = Size::from_bytes(elem.size.bytes() * len);
            let Err(e) = self.ecx.read_bytes_ptr(m.mplace.ptr, size) else { return Ok(()) };
            let expected =
                if elem.ty.is_floating_point() { "expected a floating point number" } else { "expected an integer" };
            match e.kind() {
                InterpErrorKind::UndefinedBehavior(UndefinedBehavior::InvalidUninitBytes(Some((_, bad)))) => {
                    let i = (bad.bad.start.bytes() - m.mplace.ptr.offset.bytes()) / elem.size.bytes();
                    return self.with_elem(PathElem::ArrayElem(i), |this| {
                        this.fail(format!("encountered uninitialized memory, but {expected}"))
                    });
                }
                InterpErrorKind::Unsupported(Unsupported::ReadPointerAsInt(_)) => {}
                _ => return Err(e),
            }
        }
        // Elements without size are all alike.
        let n = if elem.is_zst() { 1 } else { len };
        for i in 0..n {
            let field = self.ecx.project_index_op(op, i)?;
            self.with_elem(PathElem::ArrayElem(i), |this| this.visit_value(&field))?;
        }
        Ok(())
    }
}

/// A struct whose range is its own (`rustc_layout_scalar_valid_range_start`), not its fields'.
fn is_scalar_wrapper(layout: TyAndLayout<'_>) -> bool {
    layout.fields.count() == 1
}

fn mutable_static<'tcx, M: Machine<'tcx>>(ecx: &InterpCx<'tcx, M>, def_id: span::def_id::DefId) -> bool {
    ecx.tcx.is_mutable_static(def_id) || {
        let ty = ecx.tcx.type_of(def_id).skip_binder();
        !ecx.type_is_freeze(ty)
    }
}

fn range_text(start: u128, end: u128, max: u128) -> String {
    if start > end {
        format!("less or equal to {end}, or greater or equal to {start}")
    } else if start == end {
        format!("equal to {start}")
    } else if start == 0 {
        format!("less or equal to {end}")
    } else if end == max {
        format!("greater or equal to {start}")
    } else {
        format!("in the range {start}..={end}")
    }
}

impl<'tcx, M: Machine<'tcx>> InterpCx<'tcx, M> {
    /// Checks a value by its own memory alone.
    pub fn validate_operand(&self, op: &OpTy<'tcx>) -> InterpResult<'tcx> {
        Visitor { ecx: self, path: Vec::new(), refs: None, mode: None }.visit_value(op)
    }
    /// Checks a part of a constant's memory, and notes the places behind its references.
    pub fn const_validate_operand(
        &self,
        op: &OpTy<'tcx>,
        path: Vec<PathElem>,
        refs: &mut RefTracking<'tcx>,
        mode: CtfeValidationMode,
    ) -> InterpResult<'tcx> {
        Visitor { ecx: self, path, refs: Some(refs), mode: Some(mode) }.visit_value(op)
    }
}
