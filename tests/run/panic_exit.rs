//! A panic in the middle of a program: what was printed before stays, the message goes to standard error, the code is 101.
// exit: 101

use std::fmt;

#[derive(Debug)]
struct Config {
    name: String,
    limits: Vec<u32>,
}

#[derive(Debug)]
enum ConfigError {
    Empty,
    BadLimit(std::num::ParseIntError),
}
impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ConfigError::Empty => f.write_str("empty configuration"),
            ConfigError::BadLimit(e) => write!(f, "bad limit: {e}"),
        }
    }
}
impl std::error::Error for ConfigError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            ConfigError::BadLimit(e) => Some(e),
            ConfigError::Empty => None,
        }
    }
}
impl From<std::num::ParseIntError> for ConfigError {
    fn from(e: std::num::ParseIntError) -> Self {
        ConfigError::BadLimit(e)
    }
}

fn parse(text: &str) -> Result<Config, ConfigError> {
    let (name, rest) = text.split_once(':').ok_or(ConfigError::Empty)?;
    let limits = rest.split(',').map(|s| s.trim().parse()).collect::<Result<Vec<u32>, _>>()?;
    Ok(Config { name: name.to_string(), limits })
}

#[track_caller]
fn check(limits: &[u32], at: usize) -> u32 {
    assert!(at < 10, "index {at} too large");
    limits[at]
}

struct Guard;
impl Drop for Guard {
    fn drop(&mut self) {
        // Not run: panics abort here or unwind past `main`'s end.
    }
}

fn main() {
    let _guard = Guard;
    for text in ["a: 1, 2, 3", "", "b: 1, x", "c: 99999999999"] {
        match parse(text) {
            Ok(c) => println!("{c:?}"),
            Err(e) => {
                let source = std::error::Error::source(&e).map(|s| s.to_string());
                println!("{e} ({e:?}), because of {source:?}");
            }
        }
    }
    let config = parse("d: 10, 20").unwrap();
    println!("{} {}", config.name, check(&config.limits, 1));
    let total: u32 = config.limits.iter().sum();
    let divisor = total - 30;
    println!("total {total}, divisor {divisor}");
    debug_assert_eq!(divisor, 0);
    println!("{}", check(&config.limits, 2));
    println!("not reached");
}
