//! Builders for the `Debug` output of structures and collections.

use crate::fmt::{self, Debug, Display, Formatter, FormattingOptions, Write};

/// Indents by four spaces what is written at the start of a line.
struct PadAdapter<'a, 'b> {
    buf: &'a mut (dyn Write + 'b),
    on_newline: &'a mut bool,
}

impl Write for PadAdapter<'_, '_> {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        for line in s.split_inclusive('\n') {
            if *self.on_newline {
                self.buf.write_str("    ")?;
            }
            *self.on_newline = line.ends_with('\n');
            self.buf.write_str(line)?;
        }
        Ok(())
    }

    fn write_char(&mut self, c: char) -> fmt::Result {
        if *self.on_newline {
            self.buf.write_str("    ")?;
        }
        *self.on_newline = c == '\n';
        self.buf.write_char(c)
    }
}

/// Calls `f` with a formatter that indents.
fn indented(
    fmt: &mut Formatter<'_>,
    on_newline: &mut bool,
    f: impl FnOnce(&mut Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    let options: FormattingOptions = fmt.options();
    let mut adapter = PadAdapter { buf: fmt.buf, on_newline };
    f(&mut Formatter::new(&mut adapter, options))
}

/// Builds `Name { field: value }`.
#[must_use = "must eventually call `finish()` on Debug builders"]
#[allow(missing_debug_implementations)]
#[rustc_diagnostic_item = "DebugStruct"]
pub struct DebugStruct<'a, 'b: 'a> {
    fmt: &'a mut Formatter<'b>,
    result: fmt::Result,
    has_fields: bool,
}

impl<'a, 'b: 'a> DebugStruct<'a, 'b> {
    pub fn field(&mut self, name: &str, value: &dyn Debug) -> &mut Self {
        self.field_with(name, |f| value.fmt(f))
    }

    pub fn field_with<F>(&mut self, name: &str, value_fmt: F) -> &mut Self
    where
        F: FnOnce(&mut Formatter<'_>) -> fmt::Result,
    {
        if self.result.is_ok() {
            self.result = self.write_field(name, value_fmt);
        }
        self.has_fields = true;
        self
    }

    fn write_field<F>(&mut self, name: &str, value_fmt: F) -> fmt::Result
    where
        F: FnOnce(&mut Formatter<'_>) -> fmt::Result,
    {
        if self.fmt.alternate() {
            if !self.has_fields {
                self.fmt.write_str(" {\n")?;
            }
            indented(self.fmt, &mut true, |f| {
                f.write_str(name)?;
                f.write_str(": ")?;
                value_fmt(f)?;
                f.write_str(",\n")
            })
        } else {
            self.fmt.write_str(if self.has_fields { ", " } else { " { " })?;
            self.fmt.write_str(name)?;
            self.fmt.write_str(": ")?;
            value_fmt(self.fmt)
        }
    }

    pub fn finish_non_exhaustive(&mut self) -> fmt::Result {
        self.result?;
        self.result = if !self.has_fields {
            self.fmt.write_str(" { .. }")
        } else if self.fmt.alternate() {
            indented(self.fmt, &mut true, |f| f.write_str("..\n"))
                .and_then(|()| self.fmt.write_str("}"))
        } else {
            self.fmt.write_str(", .. }")
        };
        self.result
    }

    pub fn finish(&mut self) -> fmt::Result {
        if self.has_fields && self.result.is_ok() {
            self.result = self.fmt.write_str(if self.fmt.alternate() { "}" } else { " }" });
        }
        self.result
    }
}

/// Builds `Name(value)`.
#[must_use = "must eventually call `finish()` on Debug builders"]
#[allow(missing_debug_implementations)]
#[rustc_diagnostic_item = "DebugTuple"]
pub struct DebugTuple<'a, 'b: 'a> {
    fmt: &'a mut Formatter<'b>,
    result: fmt::Result,
    fields: usize,
    empty_name: bool,
}

impl<'a, 'b: 'a> DebugTuple<'a, 'b> {
    pub fn field(&mut self, value: &dyn Debug) -> &mut Self {
        self.field_with(|f| value.fmt(f))
    }

    pub fn field_with<F>(&mut self, value_fmt: F) -> &mut Self
    where
        F: FnOnce(&mut Formatter<'_>) -> fmt::Result,
    {
        if self.result.is_ok() {
            self.result = self.write_field(value_fmt);
        }
        self.fields += 1;
        self
    }

    fn write_field<F>(&mut self, value_fmt: F) -> fmt::Result
    where
        F: FnOnce(&mut Formatter<'_>) -> fmt::Result,
    {
        if self.fmt.alternate() {
            if self.fields == 0 {
                self.fmt.write_str("(\n")?;
            }
            indented(self.fmt, &mut true, |f| {
                value_fmt(f)?;
                f.write_str(",\n")
            })
        } else {
            self.fmt.write_str(if self.fields == 0 { "(" } else { ", " })?;
            value_fmt(self.fmt)
        }
    }

    pub fn finish_non_exhaustive(&mut self) -> fmt::Result {
        self.result?;
        self.result = if self.fields == 0 {
            self.fmt.write_str("(..)")
        } else if self.fmt.alternate() {
            indented(self.fmt, &mut true, |f| f.write_str("..\n"))
                .and_then(|()| self.fmt.write_str(")"))
        } else {
            self.fmt.write_str(", ..)")
        };
        self.result
    }

    pub fn finish(&mut self) -> fmt::Result {
        if self.fields > 0 && self.result.is_ok() {
            let single = self.fields == 1 && self.empty_name && !self.fmt.alternate();
            self.result = self.fmt.write_str(if single { ",)" } else { ")" });
        }
        self.result
    }
}

/// What lists, sets and maps have in common: entries between brackets.
struct DebugInner<'a, 'b: 'a> {
    fmt: &'a mut Formatter<'b>,
    result: fmt::Result,
    has_fields: bool,
}

impl<'a, 'b: 'a> DebugInner<'a, 'b> {
    fn entry_with<F>(&mut self, entry_fmt: F)
    where
        F: FnOnce(&mut Formatter<'_>) -> fmt::Result,
    {
        if self.result.is_ok() {
            self.result = self.write_entry(entry_fmt);
        }
        self.has_fields = true;
    }

    fn write_entry<F>(&mut self, entry_fmt: F) -> fmt::Result
    where
        F: FnOnce(&mut Formatter<'_>) -> fmt::Result,
    {
        if self.fmt.alternate() {
            if !self.has_fields {
                self.fmt.write_str("\n")?;
            }
            indented(self.fmt, &mut true, |f| {
                entry_fmt(f)?;
                f.write_str(",\n")
            })
        } else {
            if self.has_fields {
                self.fmt.write_str(", ")?;
            }
            entry_fmt(self.fmt)
        }
    }

    fn finish(&mut self, close: &str) -> fmt::Result {
        self.result?;
        self.result = self.fmt.write_str(close);
        self.result
    }

    fn finish_non_exhaustive(&mut self, close: &str) -> fmt::Result {
        self.result?;
        self.result = if !self.has_fields {
            self.fmt.write_str("..").and_then(|()| self.fmt.write_str(close))
        } else if self.fmt.alternate() {
            indented(self.fmt, &mut true, |f| f.write_str("..\n"))
                .and_then(|()| self.fmt.write_str(close))
        } else {
            self.fmt.write_str(", ..").and_then(|()| self.fmt.write_str(close))
        };
        self.result
    }
}

macro_rules! list_like {
    ($($(#[$attr:meta])* $Builder:ident $close:literal;)*) => {$(
        $(#[$attr])*
        #[must_use = "must eventually call `finish()` on Debug builders"]
        #[allow(missing_debug_implementations)]
        pub struct $Builder<'a, 'b: 'a> {
            inner: DebugInner<'a, 'b>,
        }

        impl<'a, 'b: 'a> $Builder<'a, 'b> {
            pub fn entry(&mut self, entry: &dyn Debug) -> &mut Self {
                self.inner.entry_with(|f| entry.fmt(f));
                self
            }

            pub fn entry_with<F>(&mut self, entry_fmt: F) -> &mut Self
            where
                F: FnOnce(&mut Formatter<'_>) -> fmt::Result,
            {
                self.inner.entry_with(entry_fmt);
                self
            }

            pub fn entries<D: Debug, I: IntoIterator<Item = D>>(&mut self, entries: I) -> &mut Self {
                for entry in entries {
                    self.entry(&entry);
                }
                self
            }

            pub fn finish_non_exhaustive(&mut self) -> fmt::Result {
                self.inner.finish_non_exhaustive($close)
            }

            pub fn finish(&mut self) -> fmt::Result {
                self.inner.finish($close)
            }
        }
    )*};
}
list_like! {
    #[doc = "Builds `{a, b}`."]
    #[rustc_diagnostic_item = "DebugSet"]
    DebugSet "}";
    #[doc = "Builds `[a, b]`."]
    #[rustc_diagnostic_item = "DebugList"]
    DebugList "]";
}

/// Builds `{key: value}`.
#[must_use = "must eventually call `finish()` on Debug builders"]
#[allow(missing_debug_implementations)]
#[rustc_diagnostic_item = "DebugMap"]
pub struct DebugMap<'a, 'b: 'a> {
    inner: DebugInner<'a, 'b>,
    has_key: bool,
    // Whether the value starts a line, since the key's last character tells.
    on_newline: bool,
}

impl<'a, 'b: 'a> DebugMap<'a, 'b> {
    pub fn entry(&mut self, key: &dyn Debug, value: &dyn Debug) -> &mut Self {
        self.key(key).value(value)
    }

    pub fn key(&mut self, key: &dyn Debug) -> &mut Self {
        self.key_with(|f| key.fmt(f))
    }

    pub fn key_with<F>(&mut self, key_fmt: F) -> &mut Self
    where
        F: FnOnce(&mut Formatter<'_>) -> fmt::Result,
    {
        if self.inner.result.is_ok() {
            self.inner.result = self.write_key(key_fmt);
        }
        self
    }

    fn write_key<F>(&mut self, key_fmt: F) -> fmt::Result
    where
        F: FnOnce(&mut Formatter<'_>) -> fmt::Result,
    {
        assert!(
            !self.has_key,
            "attempted to begin a new map entry without completing the previous one"
        );
        let fmt = &mut *self.inner.fmt;
        if fmt.alternate() {
            if !self.inner.has_fields {
                fmt.write_str("\n")?;
            }
            self.on_newline = true;
            indented(fmt, &mut self.on_newline, |f| {
                key_fmt(f)?;
                f.write_str(": ")
            })?;
        } else {
            if self.inner.has_fields {
                fmt.write_str(", ")?;
            }
            key_fmt(fmt)?;
            fmt.write_str(": ")?;
        }
        self.has_key = true;
        Ok(())
    }

    pub fn value(&mut self, value: &dyn Debug) -> &mut Self {
        self.value_with(|f| value.fmt(f))
    }

    pub fn value_with<F>(&mut self, value_fmt: F) -> &mut Self
    where
        F: FnOnce(&mut Formatter<'_>) -> fmt::Result,
    {
        if self.inner.result.is_ok() {
            assert!(self.has_key, "attempted to format a map value before its key");
            let fmt = &mut *self.inner.fmt;
            self.inner.result = if fmt.alternate() {
                indented(fmt, &mut self.on_newline, |f| {
                    value_fmt(f)?;
                    f.write_str(",\n")
                })
            } else {
                value_fmt(fmt)
            };
            self.has_key = false;
        }
        self.inner.has_fields = true;
        self
    }

    pub fn entries<K: Debug, V: Debug, I: IntoIterator<Item = (K, V)>>(
        &mut self,
        entries: I,
    ) -> &mut Self {
        for (k, v) in entries {
            self.entry(&k, &v);
        }
        self
    }

    pub fn finish_non_exhaustive(&mut self) -> fmt::Result {
        self.inner.finish_non_exhaustive("}")
    }

    pub fn finish(&mut self) -> fmt::Result {
        if self.inner.result.is_ok() {
            assert!(!self.has_key, "attempted to finish a map with a partial entry");
        }
        self.inner.finish("}")
    }
}

impl<'a> Formatter<'a> {
    pub fn debug_struct<'b>(&'b mut self, name: &str) -> DebugStruct<'b, 'a> {
        let result = self.write_str(name);
        DebugStruct { fmt: self, result, has_fields: false }
    }

    pub fn debug_tuple<'b>(&'b mut self, name: &str) -> DebugTuple<'b, 'a> {
        let result = self.write_str(name);
        DebugTuple { fmt: self, result, fields: 0, empty_name: name.is_empty() }
    }

    pub fn debug_list<'b>(&'b mut self) -> DebugList<'b, 'a> {
        let result = self.write_str("[");
        DebugList { inner: DebugInner { fmt: self, result, has_fields: false } }
    }

    pub fn debug_set<'b>(&'b mut self) -> DebugSet<'b, 'a> {
        let result = self.write_str("{");
        DebugSet { inner: DebugInner { fmt: self, result, has_fields: false } }
    }

    pub fn debug_map<'b>(&'b mut self) -> DebugMap<'b, 'a> {
        let result = self.write_str("{");
        DebugMap {
            inner: DebugInner { fmt: self, result, has_fields: false },
            has_key: false,
            on_newline: true,
        }
    }

    // What `#[derive(Debug)]` calls, by the number of fields.

    #[doc(hidden)]
    pub fn debug_struct_field1_finish<'b>(
        &'b mut self,
        name: &str,
        name1: &str,
        value1: &dyn Debug,
    ) -> fmt::Result {
        self.debug_struct(name).field(name1, value1).finish()
    }

    #[doc(hidden)]
    pub fn debug_struct_field2_finish<'b>(
        &'b mut self,
        name: &str,
        name1: &str,
        value1: &dyn Debug,
        name2: &str,
        value2: &dyn Debug,
    ) -> fmt::Result {
        self.debug_struct_fields_finish(name, &[name1, name2], &[value1, value2])
    }

    #[doc(hidden)]
    pub fn debug_struct_field3_finish<'b>(
        &'b mut self,
        name: &str,
        name1: &str,
        value1: &dyn Debug,
        name2: &str,
        value2: &dyn Debug,
        name3: &str,
        value3: &dyn Debug,
    ) -> fmt::Result {
        self.debug_struct_fields_finish(name, &[name1, name2, name3], &[value1, value2, value3])
    }

    #[doc(hidden)]
    pub fn debug_struct_field4_finish<'b>(
        &'b mut self,
        name: &str,
        name1: &str,
        value1: &dyn Debug,
        name2: &str,
        value2: &dyn Debug,
        name3: &str,
        value3: &dyn Debug,
        name4: &str,
        value4: &dyn Debug,
    ) -> fmt::Result {
        self.debug_struct_fields_finish(
            name,
            &[name1, name2, name3, name4],
            &[value1, value2, value3, value4],
        )
    }

    #[doc(hidden)]
    pub fn debug_struct_field5_finish<'b>(
        &'b mut self,
        name: &str,
        name1: &str,
        value1: &dyn Debug,
        name2: &str,
        value2: &dyn Debug,
        name3: &str,
        value3: &dyn Debug,
        name4: &str,
        value4: &dyn Debug,
        name5: &str,
        value5: &dyn Debug,
    ) -> fmt::Result {
        self.debug_struct_fields_finish(
            name,
            &[name1, name2, name3, name4, name5],
            &[value1, value2, value3, value4, value5],
        )
    }

    #[doc(hidden)]
    pub fn debug_struct_fields_finish<'b>(
        &'b mut self,
        name: &str,
        names: &[&str],
        values: &[&dyn Debug],
    ) -> fmt::Result {
        assert_eq!(names.len(), values.len());
        let mut builder = self.debug_struct(name);
        for (name, value) in names.iter().zip(values) {
            builder.field(name, value);
        }
        builder.finish()
    }

    #[doc(hidden)]
    pub fn debug_tuple_field1_finish<'b>(
        &'b mut self,
        name: &str,
        value1: &dyn Debug,
    ) -> fmt::Result {
        self.debug_tuple(name).field(value1).finish()
    }

    #[doc(hidden)]
    pub fn debug_tuple_field2_finish<'b>(
        &'b mut self,
        name: &str,
        value1: &dyn Debug,
        value2: &dyn Debug,
    ) -> fmt::Result {
        self.debug_tuple_fields_finish(name, &[value1, value2])
    }

    #[doc(hidden)]
    pub fn debug_tuple_field3_finish<'b>(
        &'b mut self,
        name: &str,
        value1: &dyn Debug,
        value2: &dyn Debug,
        value3: &dyn Debug,
    ) -> fmt::Result {
        self.debug_tuple_fields_finish(name, &[value1, value2, value3])
    }

    #[doc(hidden)]
    pub fn debug_tuple_field4_finish<'b>(
        &'b mut self,
        name: &str,
        value1: &dyn Debug,
        value2: &dyn Debug,
        value3: &dyn Debug,
        value4: &dyn Debug,
    ) -> fmt::Result {
        self.debug_tuple_fields_finish(name, &[value1, value2, value3, value4])
    }

    #[doc(hidden)]
    pub fn debug_tuple_field5_finish<'b>(
        &'b mut self,
        name: &str,
        value1: &dyn Debug,
        value2: &dyn Debug,
        value3: &dyn Debug,
        value4: &dyn Debug,
        value5: &dyn Debug,
    ) -> fmt::Result {
        self.debug_tuple_fields_finish(name, &[value1, value2, value3, value4, value5])
    }

    #[doc(hidden)]
    pub fn debug_tuple_fields_finish<'b>(
        &'b mut self,
        name: &str,
        values: &[&dyn Debug],
    ) -> fmt::Result {
        let mut builder = self.debug_tuple(name);
        for value in values {
            builder.field(value);
        }
        builder.finish()
    }
}

/// Formats by a function.
#[must_use = "returns a type implementing Debug and Display, which do not have any effects unless they are used"]
pub fn from_fn<F: Fn(&mut Formatter<'_>) -> fmt::Result>(f: F) -> FromFn<F> {
    FromFn(f)
}

/// See [`from_fn`].
pub struct FromFn<F>(F);

impl<F: Fn(&mut Formatter<'_>) -> fmt::Result> Debug for FromFn<F> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        (self.0)(f)
    }
}

impl<F: Fn(&mut Formatter<'_>) -> fmt::Result> Display for FromFn<F> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        (self.0)(f)
    }
}
