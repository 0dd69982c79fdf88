//! Why a command line is wrong.

use std::fmt;

use diagnostics::render::{HumanOptions, JsonOptions, render_human, render_json};
use diagnostics::{Diag, DiagCtxt, DiagInner, ErrCode, Level};
use session::{ErrorFormat, Options};
use span::SourceMap;

/// An error of the command line. It has no place, but is shown like any other, in the format asked for.
#[derive(Clone, Debug)]
pub struct ArgError {
    message: String,
    code: Option<ErrCode>,
    children: Vec<(Level, String)>,
    format: ErrorFormat,
}

impl ArgError {
    pub(super) fn new(message: impl Into<String>) -> ArgError {
        ArgError { message: message.into(), code: None, children: Vec::new(), format: ErrorFormat::Human }
    }
    pub(super) fn code(mut self, code: ErrCode) -> ArgError {
        self.code = Some(code);
        self
    }
    pub(super) fn note(mut self, text: impl Into<String>) -> ArgError {
        self.children.push((Level::Note, text.into()));
        self
    }
    pub(super) fn help(mut self, text: impl Into<String>) -> ArgError {
        self.children.push((Level::Help, text.into()));
        self
    }
    pub(super) fn in_format(mut self, options: &Options) -> ArgError {
        self.format = options.error_format;
        self
    }

    /// The text for standard error.
    pub fn render(&self) -> String {
        let dcx = DiagCtxt::new();
        let mut diag = Diag::new(&dcx, Level::Error, self.message.as_str());
        if let Some(code) = self.code {
            diag = diag.with_code(code);
        }
        for (level, text) in &self.children {
            match level {
                Level::Help => diag.help(text.as_str()),
                _ => diag.note(text.as_str()),
            };
        }
        diag.emit();
        let sm = SourceMap::new();
        dcx.take_emitted().iter().map(|d| self.render_one(d, &sm)).collect()
    }

    fn render_one(&self, diag: &DiagInner, sm: &SourceMap) -> String {
        match self.format {
            ErrorFormat::Human => render_human(diag, sm, HumanOptions::default()),
            ErrorFormat::Short => diagnostics::render::render_short(diag, sm),
            ErrorFormat::Json | ErrorFormat::PrettyJson => {
                let options = JsonOptions { pretty: self.format == ErrorFormat::PrettyJson, ..JsonOptions::default() };
                render_json(diag, sm, options, &|_| None) + "\n"
            }
        }
    }
}

impl fmt::Display for ArgError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<String> for ArgError {
    fn from(message: String) -> ArgError {
        ArgError::new(message)
    }
}

impl From<&str> for ArgError {
    fn from(message: &str) -> ArgError {
        ArgError::new(message)
    }
}
