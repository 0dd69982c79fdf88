//! [`Diverges`]: whether the code checked so far in a block can be reached at its end.

use span::{DUMMY_SP, Span};

/// Whether control flow leaves before the point reached. `Maybe < Always < WarnedAlways`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Diverges {
    /// The code may be reached.
    Maybe,
    /// Something before it never returns: where, and a note for the lint.
    Always { span: Span, custom_note: Option<&'static str> },
    /// As `Always`, and the lint was emitted.
    WarnedAlways,
}

impl Diverges {
    /// Diverges at `span`.
    pub(crate) fn always(span: Span) -> Diverges {
        Diverges::Always { span, custom_note: None }
    }
    pub(crate) fn is_always(self) -> bool {
        self >= Diverges::Always { span: DUMMY_SP, custom_note: None }
    }
}

/// Both: diverges only if both branches do.
impl std::ops::BitAnd for Diverges {
    type Output = Self;
    fn bitand(self, other: Self) -> Self {
        std::cmp::min(self, other)
    }
}

impl std::ops::BitOr for Diverges {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        std::cmp::max(self, other)
    }
}

impl std::ops::BitAndAssign for Diverges {
    fn bitand_assign(&mut self, other: Self) {
        *self = *self & other;
    }
}

impl std::ops::BitOrAssign for Diverges {
    fn bitor_assign(&mut self, other: Self) {
        *self = *self | other;
    }
}
