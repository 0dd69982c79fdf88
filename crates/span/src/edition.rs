//! Language editions (RFC 2052).

use std::fmt;
use std::str::FromStr;

use macros::{Decodable, Encodable};

/// An edition of the language.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Encodable, Decodable)]
pub enum Edition {
    /// Rust 2015, the default of `rustc`.
    Edition2015,
    /// Rust 2018.
    Edition2018,
    /// Rust 2021.
    Edition2021,
    /// Rust 2024.
    Edition2024,
}

/// All editions, oldest first.
pub const ALL_EDITIONS: &[Edition] =
    &[Edition::Edition2015, Edition::Edition2018, Edition::Edition2021, Edition::Edition2024];

/// The edition of a compilation that names none.
pub const DEFAULT_EDITION: Edition = Edition::Edition2015;

impl Edition {
    /// `2015`, `2018`, ...
    pub fn as_str(self) -> &'static str {
        match self {
            Edition::Edition2015 => "2015",
            Edition::Edition2018 => "2018",
            Edition::Edition2021 => "2021",
            Edition::Edition2024 => "2024",
        }
    }
    /// Whether this is the 2015 edition.
    pub fn is_rust_2015(self) -> bool {
        self == Edition::Edition2015
    }
    /// Whether this is the 2018 edition or later.
    pub fn at_least_rust_2018(self) -> bool {
        self >= Edition::Edition2018
    }
    /// Whether this is the 2021 edition or later.
    pub fn at_least_rust_2021(self) -> bool {
        self >= Edition::Edition2021
    }
    /// Whether this is the 2024 edition or later.
    pub fn at_least_rust_2024(self) -> bool {
        self >= Edition::Edition2024
    }
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Edition {
    type Err = ();
    fn from_str(s: &str) -> Result<Self, ()> {
        ALL_EDITIONS.iter().copied().find(|e| e.as_str() == s).ok_or(())
    }
}
