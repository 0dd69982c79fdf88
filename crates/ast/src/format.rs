//! `format_args!`: the template, its placeholders and the arguments.

use rustc_hash::FxHashMap;
use span::{Ident, Span, Symbol};

use crate::{Expr, P, token};

/// `format_args!("hello {abc:.xyz$}!!", abc = "world")`
#[derive(Clone, Debug)]
pub struct FormatArgs {
    pub span: Span,
    pub template: Vec<FormatArgsPiece>,
    pub arguments: FormatArguments,
    /// The literal as written (before unescaping), and its token kind.
    pub uncooked_fmt_str: (token::LitKind, Symbol),
    /// Whether the template was written as a literal rather than made by a macro such as `concat!`.
    pub is_source_literal: bool,
}

/// A piece of the template.
#[derive(Clone, Debug)]
pub enum FormatArgsPiece {
    Literal(Symbol),
    Placeholder(FormatPlaceholder),
}

/// The arguments: positional ones first, then named, then captured.
#[derive(Clone, Debug, Default)]
pub struct FormatArguments {
    arguments: Vec<FormatArgument>,
    num_unnamed_args: usize,
    num_explicit_args: usize,
    names: FxHashMap<Symbol, usize>,
}

impl FormatArguments {
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an argument and returns its index.
    pub fn add(&mut self, arg: FormatArgument) -> usize {
        let index = self.arguments.len();
        if let Some(name) = arg.kind.ident() {
            self.names.insert(name.name, index);
        } else if self.names.is_empty() {
            // A positional argument behind a named one is an error that was reported.
            self.num_unnamed_args += 1;
        }
        if !matches!(arg.kind, FormatArgumentKind::Captured(..)) {
            self.num_explicit_args += 1;
        }
        self.arguments.push(arg);
        index
    }

    pub fn by_name(&self, name: Symbol) -> Option<(usize, &FormatArgument)> {
        let i = *self.names.get(&name)?;
        Some((i, &self.arguments[i]))
    }

    pub fn by_index(&self, i: usize) -> Option<&FormatArgument> {
        (i < self.num_explicit_args).then(|| &self.arguments[i])
    }

    pub fn unnamed_args(&self) -> &[FormatArgument] {
        &self.arguments[..self.num_unnamed_args]
    }

    pub fn named_args(&self) -> &[FormatArgument] {
        &self.arguments[self.num_unnamed_args..self.num_explicit_args]
    }

    pub fn explicit_args(&self) -> &[FormatArgument] {
        &self.arguments[..self.num_explicit_args]
    }

    pub fn all_args(&self) -> &[FormatArgument] {
        &self.arguments
    }

    pub fn all_args_mut(&mut self) -> &mut Vec<FormatArgument> {
        &mut self.arguments
    }
}

/// An argument.
#[derive(Clone, Debug)]
pub struct FormatArgument {
    pub kind: FormatArgumentKind,
    pub expr: P<Expr>,
}

/// How an argument is given.
#[derive(Clone, Copy, Debug)]
pub enum FormatArgumentKind {
    /// `format_args!(…, arg)`
    Normal,
    /// `format_args!(…, name = arg)`
    Named(Ident),
    /// `format_args!("… {name} …")`
    Captured(Ident),
}

impl FormatArgumentKind {
    pub fn ident(&self) -> Option<Ident> {
        match self {
            &Self::Normal => None,
            &Self::Named(id) | &Self::Captured(id) => Some(id),
        }
    }
}

/// `{name:?}`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatPlaceholder {
    pub argument: FormatArgPosition,
    /// Absent if the template is no literal.
    pub span: Option<Span>,
    pub format_trait: FormatTrait,
    pub format_options: FormatOptions,
}

/// Which argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormatArgPosition {
    /// `Err` for an index that is out of range, which was reported.
    pub index: Result<usize, usize>,
    pub kind: FormatArgPositionKind,
    pub span: Option<Span>,
}

/// How a placeholder refers to its argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatArgPositionKind {
    /// `{}`, `{:.*}`
    Implicit,
    /// `{1}`
    Number,
    /// `{a}`
    Named,
}

/// The trait that prints the argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FormatTrait {
    Display,
    Debug,
    LowerExp,
    UpperExp,
    Octal,
    Pointer,
    Binary,
    LowerHex,
    UpperHex,
}

/// All behind the `:`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormatOptions {
    pub width: Option<FormatCount>,
    pub precision: Option<FormatCount>,
    pub alignment: Option<FormatAlignment>,
    pub fill: Option<char>,
    pub sign: Option<FormatSign>,
    /// `#`
    pub alternate: bool,
    /// `0`
    pub zero_pad: bool,
    pub debug_hex: Option<FormatDebugHex>,
}

/// `+` or `-`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatSign {
    Plus,
    Minus,
}

/// `x?` or `X?`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatDebugHex {
    Lower,
    Upper,
}

/// `<`, `>`, `^`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatAlignment {
    Left,
    Right,
    Center,
}

/// A width or precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatCount {
    /// `{:5}`
    Literal(u16),
    /// `{:.*}`, `{:5$}`, `{:a$}`
    Argument(FormatArgPosition),
}
