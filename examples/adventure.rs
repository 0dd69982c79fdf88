//! A text adventure: commands from standard input, rooms, things, a state machine of doors.
// stdin: look\ngo north\ntake lamp\ntake lamp\ninventory\ngo east\nuse lamp\ngo east\ntake key\nlook\ngo west\nuse key\n\nfly\ngo up\nquit\nlook\n

use std::collections::{BTreeMap, HashSet};
use std::io::{self, BufRead, Write};
use std::str::FromStr;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Direction {
    North,
    South,
    East,
    West,
    Up,
}

#[derive(Debug)]
enum Command<'a> {
    Go(Direction),
    Take(&'a str),
    Use(&'a str),
    Look,
    Inventory,
    Quit,
}

#[derive(Debug)]
struct ParseError(String);

impl FromStr for Direction {
    type Err = ParseError;
    fn from_str(s: &str) -> Result<Self, ParseError> {
        Ok(match s.to_ascii_lowercase().as_str() {
            "north" | "n" => Direction::North,
            "south" | "s" => Direction::South,
            "east" | "e" => Direction::East,
            "west" | "w" => Direction::West,
            "up" | "u" => Self::Up,
            _ => return Err(ParseError(format!("`{s}` is not a direction"))),
        })
    }
}

impl<'a> Command<'a> {
    fn parse(line: &'a str) -> Result<Command<'a>, ParseError> {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match (verb, rest.trim()) {
            ("go", d) => d.parse().map(Command::Go),
            ("take", "") | ("use", "") => Err(ParseError(format!("{verb} what?"))),
            ("take", thing) => Ok(Command::Take(thing)),
            ("use", thing) => Ok(Command::Use(thing)),
            ("look", _) => Ok(Command::Look),
            ("inventory" | "inv" | "i", _) => Ok(Command::Inventory),
            ("quit", _) => Ok(Command::Quit),
            _ => Err(ParseError(format!("I do not know how to {verb:?}"))),
        }
    }
}

struct Room {
    name: &'static str,
    dark: bool,
    exits: BTreeMap<Direction, usize>,
    things: Vec<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Door {
    Locked,
    Open { turns: u32 },
}

struct Game {
    rooms: Vec<Room>,
    here: usize,
    bag: HashSet<&'static str>,
    lamp_on: bool,
    door: Door,
    turns: u32,
}

enum Turn {
    Continue(String),
    Over(String),
}

impl Game {
    fn new() -> Game {
        use Direction::*;
        let room = |name, dark, exits: &[(Direction, usize)], things: &[&'static str]| Room {
            name,
            dark,
            exits: exits.iter().copied().collect(),
            things: things.to_vec(),
        };
        Game {
            rooms: vec![
                room("the hall", false, &[(North, 1), (Up, 3)], &[]),
                room("the kitchen", false, &[(South, 0), (East, 2)], &["lamp", "bread"]),
                room("the cellar", true, &[(West, 1)], &["key"]),
                room("the tower", false, &[], &[]),
            ],
            here: 0,
            bag: HashSet::new(),
            lamp_on: false,
            door: Door::Locked,
            turns: 0,
        }
    }
    fn describe(&self) -> String {
        let room = &self.rooms[self.here];
        if room.dark && !self.lamp_on {
            return "It is dark.".into();
        }
        let mut text = format!("You are in {}.", room.name);
        if !room.things.is_empty() {
            text += &format!(" You see {}.", room.things.join(", "));
        }
        for direction in room.exits.keys() {
            text.push_str(&format!(" [{direction:?}]"));
        }
        text
    }
    fn step(&mut self, command: Command) -> Turn {
        self.turns += 1;
        if let Door::Open { ref mut turns } = self.door {
            *turns += 1;
        }
        let room = &mut self.rooms[self.here];
        let text = match command {
            Command::Go(Direction::Up) if self.door == Door::Locked && self.here == 0 => {
                "The door to the tower is locked.".to_string()
            }
            Command::Go(d) => match room.exits.get(&d) {
                Some(&to) => {
                    self.here = to;
                    if to == 3 {
                        return Turn::Over(format!("You reach {} after {} turns.", self.rooms[to].name, self.turns));
                    }
                    self.describe()
                }
                None => format!("There is no way {d:?}."),
            },
            Command::Take(thing) => match room.things.iter().position(|t| *t == thing) {
                Some(_) if room.dark && !self.lamp_on => "You grope about in the dark.".into(),
                Some(at) => {
                    let thing = room.things.remove(at);
                    self.bag.insert(thing);
                    format!("You take the {thing}.")
                }
                None => format!("There is no {thing} here."),
            },
            Command::Use(thing) => match self.bag.get(thing).copied() {
                Some("lamp") => {
                    self.lamp_on = !self.lamp_on;
                    format!("The lamp is {}.", if self.lamp_on { "on" } else { "off" })
                }
                Some("key") => {
                    self.door = Door::Open { turns: 0 };
                    "Far away something clicks.".into()
                }
                Some(other) => format!("You cannot use the {other}."),
                None => format!("You have no {thing}."),
            },
            Command::Look => self.describe(),
            Command::Inventory => {
                let mut things: Vec<_> = self.bag.iter().collect();
                things.sort_unstable();
                format!("You carry {things:?}.")
            }
            Command::Quit => return Turn::Over(format!("Bye after {} turns; door: {:?}.", self.turns, self.door)),
        };
        Turn::Continue(text)
    }
}

fn main() -> io::Result<()> {
    let stdin = io::stdin();
    let mut out = io::stdout().lock();
    let mut game = Game::new();
    writeln!(out, "{}", game.describe())?;
    for line in stdin.lock().lines() {
        let line = line?;
        let line = line.trim();
        write!(out, "> {line}\n")?;
        if line.is_empty() {
            continue;
        }
        match Command::parse(line) {
            Err(ParseError(why)) => writeln!(out, "{why}")?,
            Ok(command) => match game.step(command) {
                Turn::Continue(text) => writeln!(out, "{text}")?,
                Turn::Over(text) => {
                    writeln!(out, "{text}")?;
                    break;
                }
            },
        }
        out.flush()?;
    }
    Ok(())
}
