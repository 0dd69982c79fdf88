//! Errors as values: an enum, From, the question mark, and what main returns.

use std::fmt;
use std::num::ParseIntError;

#[derive(Debug)]
enum ConfigError {
    Missing(&'static str),
    Number { key: &'static str, source: ParseIntError },
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ConfigError::Missing(key) => write!(f, "`{key}` is missing"),
            ConfigError::Number { key, source } => write!(f, "`{key}` is no number: {source}"),
        }
    }
}

#[derive(Debug)]
struct Config {
    width: u32,
    height: u32,
}

fn value<'a>(text: &'a str, key: &'static str) -> Result<&'a str, ConfigError> {
    text.lines()
        .filter_map(|line| line.split_once('='))
        .find(|(name, _)| name.trim() == key)
        .map(|(_, value)| value.trim())
        .ok_or(ConfigError::Missing(key))
}

fn number(text: &str, key: &'static str) -> Result<u32, ConfigError> {
    value(text, key)?.parse().map_err(|source| ConfigError::Number { key, source })
}

fn parse(text: &str) -> Result<Config, ConfigError> {
    Ok(Config { width: number(text, "width")?, height: number(text, "height")? })
}

fn main() {
    for text in ["width = 80\nheight = 24", "width = 80", "width = wide\nheight = 24"] {
        match parse(text) {
            Ok(config) => println!("{config:?}, {} cells", config.width * config.height),
            Err(error) => println!("error: {error}"),
        }
    }
}
