//! Small questions and walks over types.

use crate::{ConstKind, GenericArg, IntTy, TyKind, UintTy};

/// The width of a signed integer type; pointers are 64 bits on both targets.
pub fn int_bits(i: IntTy) -> u64 {
    match i {
        IntTy::Isize | IntTy::I64 => 64,
        IntTy::I8 => 8,
        IntTy::I16 => 16,
        IntTy::I32 => 32,
        IntTy::I128 => 128,
    }
}

/// The width of an unsigned integer type.
pub fn uint_bits(u: UintTy) -> u64 {
    match u {
        UintTy::Usize | UintTy::U64 => 64,
        UintTy::U8 => 8,
        UintTy::U16 => 16,
        UintTy::U32 => 32,
        UintTy::U128 => 128,
    }
}

/// All arguments inside a type, outermost first.
pub struct TypeWalker<'tcx> {
    stack: Vec<GenericArg<'tcx>>,
    last_pushed: usize,
}

impl<'tcx> TypeWalker<'tcx> {
    /// Starts at an argument.
    pub fn new(root: GenericArg<'tcx>) -> Self {
        TypeWalker { stack: vec![root], last_pushed: 1 }
    }
    /// Leaves out the parts of the argument that came last.
    pub fn skip_current_subtree(&mut self) {
        self.stack.truncate(self.last_pushed);
    }
}

impl<'tcx> Iterator for TypeWalker<'tcx> {
    type Item = GenericArg<'tcx>;
    fn next(&mut self) -> Option<GenericArg<'tcx>> {
        let next = self.stack.pop()?;
        self.last_pushed = self.stack.len();
        push_parts(&mut self.stack, next);
        Some(next)
    }
}

fn push_parts<'tcx>(stack: &mut Vec<GenericArg<'tcx>>, parent: GenericArg<'tcx>) {
    let start = stack.len();
    match parent {
        GenericArg::Lifetime(_) => {}
        GenericArg::Const(ct) => match ct.kind() {
            ConstKind::Value(v) => stack.push(v.ty.into()),
            ConstKind::Unevaluated(uv) => stack.extend(uv.args.iter()),
            _ => {}
        },
        GenericArg::Type(ty) => match *ty.kind() {
            TyKind::Pat(t, _) | TyKind::Slice(t) | TyKind::RawPtr(t, _) => stack.push(t.into()),
            TyKind::Array(t, len) => stack.extend([t.into(), GenericArg::Const(len)]),
            TyKind::Ref(r, t, _) => stack.extend([GenericArg::Lifetime(r), t.into()]),
            TyKind::Alias(_, a) => stack.extend(a.args.iter()),
            TyKind::Dynamic(preds, r) => {
                for p in preds {
                    match p.skip_binder() {
                        crate::ExistentialPredicate::Trait(t) => stack.extend(t.args.iter()),
                        crate::ExistentialPredicate::Projection(p) => {
                            stack.extend(p.args.iter());
                            stack.push(p.term.into_arg());
                        }
                        crate::ExistentialPredicate::AutoTrait(_) => {}
                    }
                }
                stack.push(r.into());
            }
            TyKind::Adt(_, args)
            | TyKind::Closure(_, args)
            | TyKind::CoroutineClosure(_, args)
            | TyKind::Coroutine(_, args)
            | TyKind::CoroutineWitness(_, args)
            | TyKind::FnDef(_, args) => stack.extend(args.iter()),
            TyKind::Tuple(tys) => stack.extend(tys.iter().map(GenericArg::from)),
            TyKind::FnPtr(sig) => {
                stack.extend(sig.skip_binder().inputs_and_output.iter().map(GenericArg::from));
            }
            TyKind::UnsafeBinder(inner) => stack.push(inner.skip_binder().into()),
            _ => {}
        },
    }
    stack[start..].reverse();
}
