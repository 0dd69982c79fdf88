//! The values that `-C` and `-Z` options take, and what is said of wrong ones.

/// What an option's value may be; the text says what was expected.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value {
    /// Yes or no; yes if not said.
    Bool,
    /// None at all.
    Flag,
    Number,
    /// Any text.
    Str,
    Path,
    /// Any text of a form that is not checked.
    Text(&'static str),
    /// As `Text`, or nothing.
    Maybe(&'static str),
    OneOf(&'static [&'static str], &'static str),
    MaybeOneOf(&'static [&'static str], &'static str),
    /// Several, with commas between them, or none.
    MaybeListOf(&'static [&'static str], &'static str),
    /// Anything or nothing.
    Free,
}

/// A group of options: `-C` or `-Z`.
#[derive(Clone, Copy)]
pub(super) struct Group {
    pub(super) flag: char,
    /// `codegen` or `unstable`.
    pub(super) name: &'static str,
    /// In the order of the names.
    pub(super) options: &'static [(&'static str, Value)],
}

/// `y`, `n` and the like.
pub(super) fn yes_no(value: Option<&str>) -> Option<bool> {
    match value {
        None | Some("y" | "yes" | "on" | "true") => Some(true),
        Some("n" | "no" | "off" | "false") => Some(false),
        Some(_) => None,
    }
}

impl Group {
    /// Whether there is an option of this name, written with dashes.
    pub(super) fn knows(self, name: &str) -> bool {
        self.find(name).is_some()
    }

    fn find(self, name: &str) -> Option<Value> {
        self.options.binary_search_by_key(&name, |(n, _)| n).ok().map(|i| self.options[i].1)
    }

    /// Splits `name=value`, with dashes in the name, and checks both.
    pub(super) fn check(self, spec: &str) -> Result<(String, Option<String>), String> {
        let (name, value) = spec.split_once('=').map_or((spec, None), |(n, v)| (n, Some(v)));
        let name = name.replace('_', "-");
        let Some(kind) = self.find(&name) else {
            return Err(format!("unknown {} option: `{name}`", self.name));
        };
        let group = self.name;
        let wrong = |expected: &str| match value {
            Some(v) => Err(format!("incorrect value `{v}` for {group} option `{name}` - {expected} was expected")),
            None => Err(format!("{group} option `{name}` requires {expected} (`-{} {name}=<value>`)", self.flag)),
        };
        match (kind, value) {
            (Value::Bool, v) if yes_no(v).is_none() => {
                wrong("one of: `y`, `yes`, `on`, `true`, `n`, `no`, `off` or `false`")?;
            }
            (Value::Flag, Some(_)) => wrong("no value")?,
            (Value::Number, v) if v.is_none_or(|v| v.parse::<usize>().is_err()) => wrong("a number")?,
            (Value::Str, None) => wrong("a string")?,
            (Value::Path, None) => wrong("a path")?,
            (Value::Text(expected), None) => wrong(expected)?,
            (Value::OneOf(all, expected), v) if v.is_none_or(|v| !all.contains(&v)) => wrong(expected)?,
            (Value::MaybeOneOf(all, expected), Some(v)) if !all.contains(&v) => wrong(expected)?,
            (Value::MaybeListOf(all, expected), Some(v)) if !v.split(',').all(|v| all.contains(&v)) => wrong(expected)?,
            (Value::Maybe(expected), Some("")) => wrong(expected)?,
            _ => {}
        }
        Ok((name, value.map(str::to_owned)))
    }
}
