//! What an expression most naturally is.

use crate::thir::ExprKind;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Category {
    /// Memory that has a name.
    Place,
    /// Known while compiling.
    Constant,
    /// A value that is computed.
    Rvalue(RvalueFunc),
}

/// How it is computed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum RvalueFunc {
    /// Into a place.
    Into,
    /// As the right side of an assignment.
    AsRvalue,
}

impl Category {
    /// `None` for scopes.
    pub fn of(kind: &ExprKind<'_>) -> Option<Category> {
        Some(match kind {
            ExprKind::Scope { .. } => return None,
            ExprKind::Field { .. }
            | ExprKind::Deref { .. }
            | ExprKind::Index { .. }
            | ExprKind::UpvarRef { .. }
            | ExprKind::VarRef { .. }
            | ExprKind::PlaceTypeAscription { .. }
            | ExprKind::ValueTypeAscription { .. }
            | ExprKind::PlaceUnwrapUnsafeBinder { .. }
            | ExprKind::ValueUnwrapUnsafeBinder { .. } => Category::Place,
            ExprKind::LogicalOp { .. }
            | ExprKind::Match { .. }
            | ExprKind::If { .. }
            | ExprKind::Let { .. }
            | ExprKind::NeverToAny { .. }
            | ExprKind::Use { .. }
            | ExprKind::ByUse { .. }
            | ExprKind::Adt(_)
            | ExprKind::Borrow { .. }
            | ExprKind::RawBorrow { .. }
            | ExprKind::Yield { .. }
            | ExprKind::Call { .. }
            | ExprKind::InlineAsm(_)
            | ExprKind::Loop { .. }
            | ExprKind::Block { .. }
            | ExprKind::Break { .. }
            | ExprKind::Continue { .. }
            | ExprKind::Return { .. }
            | ExprKind::Become { .. }
            | ExprKind::Error(_) => Category::Rvalue(RvalueFunc::Into),
            ExprKind::Array { .. }
            | ExprKind::Tuple { .. }
            | ExprKind::Closure(_)
            | ExprKind::Unary { .. }
            | ExprKind::Binary { .. }
            | ExprKind::Cast { .. }
            | ExprKind::PointerCoercion { .. }
            | ExprKind::Repeat { .. }
            | ExprKind::Assign { .. }
            | ExprKind::AssignOp { .. }
            | ExprKind::ThreadLocalRef(_)
            | ExprKind::OffsetOf { .. }
            | ExprKind::WrapUnsafeBinder { .. } => Category::Rvalue(RvalueFunc::AsRvalue),
            ExprKind::ConstBlock { .. }
            | ExprKind::Literal { .. }
            | ExprKind::NonHirLiteral { .. }
            | ExprKind::ZstLiteral { .. }
            | ExprKind::ConstParam { .. }
            | ExprKind::StaticRef { .. }
            | ExprKind::NamedConst { .. } => Category::Constant,
        })
    }
}
