//! Characters that look like those of the language, and emoji.

use ast::token::TokenKind;
use diagnostics::{Applicability, Diag};

use crate::tokens::Lexer;

/// What a character that looks like another is called, what it looks like, how that is called, and the token that it is.
pub(crate) type Confusable = (&'static str, &'static str, &'static str, Option<TokenKind>);

const NAMES: &[(&str, &str, Option<TokenKind>)] = &[
    (" ", "Space", None),
    ("_", "Underscore", None),
    ("-", "Minus/Hyphen", Some(TokenKind::Minus)),
    (",", "Comma", Some(TokenKind::Comma)),
    (";", "Semicolon", Some(TokenKind::Semi)),
    (":", "Colon", Some(TokenKind::Colon)),
    ("!", "Exclamation Mark", Some(TokenKind::Bang)),
    ("?", "Question Mark", Some(TokenKind::Question)),
    (".", "Period", Some(TokenKind::Dot)),
    ("(", "Left Parenthesis", Some(TokenKind::OpenParen)),
    (")", "Right Parenthesis", Some(TokenKind::CloseParen)),
    ("[", "Left Square Bracket", Some(TokenKind::OpenBracket)),
    ("]", "Right Square Bracket", Some(TokenKind::CloseBracket)),
    ("{", "Left Curly Brace", Some(TokenKind::OpenBrace)),
    ("}", "Right Curly Brace", Some(TokenKind::CloseBrace)),
    ("*", "Asterisk", Some(TokenKind::Star)),
    ("/", "Slash", Some(TokenKind::Slash)),
    ("\\", "Backslash", None),
    ("&", "Ampersand", Some(TokenKind::And)),
    ("+", "Plus Sign", Some(TokenKind::Plus)),
    ("<", "Less-Than Sign", Some(TokenKind::Lt)),
    ("=", "Equals Sign", Some(TokenKind::Eq)),
    ("==", "Double Equals Sign", Some(TokenKind::EqEq)),
    (">", "Greater-Than Sign", Some(TokenKind::Gt)),
    ("%", "Percent Sign", Some(TokenKind::Percent)),
    ("^", "Circumflex Accent", Some(TokenKind::Caret)),
    ("|", "Vertical Bar", Some(TokenKind::Or)),
    ("$", "Dollar Sign", Some(TokenKind::Dollar)),
    ("'", "Single Quote", None),
    ("\"", "Quotation Mark", None),
];

const TABLE: &[(char, &str, &str)] = &[
    ('\u{2028}', "Line Separator", " "),
    ('\u{a0}', "No-Break Space", " "),
    ('\u{1680}', "Ogham Space Mark", " "),
    ('\u{2000}', "En Quad", " "),
    ('\u{2001}', "Em Quad", " "),
    ('\u{2002}', "En Space", " "),
    ('\u{2003}', "Em Space", " "),
    ('\u{2004}', "Three-Per-Em Space", " "),
    ('\u{2005}', "Four-Per-Em Space", " "),
    ('\u{2006}', "Six-Per-Em Space", " "),
    ('\u{2007}', "Figure Space", " "),
    ('\u{2008}', "Punctuation Space", " "),
    ('\u{2009}', "Thin Space", " "),
    ('\u{200a}', "Hair Space", " "),
    ('\u{202f}', "Narrow No-Break Space", " "),
    ('\u{205f}', "Medium Mathematical Space", " "),
    ('\u{3000}', "Ideographic Space", " "),
    ('\u{ff3f}', "Fullwidth Low Line", "_"),
    ('\u{2010}', "Hyphen", "-"),
    ('\u{2011}', "Non-Breaking Hyphen", "-"),
    ('\u{2012}', "Figure Dash", "-"),
    ('\u{2013}', "En Dash", "-"),
    ('\u{2014}', "Em Dash", "-"),
    ('\u{2015}', "Horizontal Bar", "-"),
    ('\u{2212}', "Minus Sign", "-"),
    ('\u{ff0d}', "Fullwidth Hyphen-Minus", "-"),
    ('\u{ff0c}', "Fullwidth Comma", ","),
    ('\u{201a}', "Single Low-9 Quotation Mark", ","),
    ('\u{60c}', "Arabic Comma", ","),
    ('\u{3001}', "Ideographic Comma", ","),
    ('\u{37e}', "Greek Question Mark", ";"),
    ('\u{ff1b}', "Fullwidth Semicolon", ";"),
    ('\u{61b}', "Arabic Semicolon", ";"),
    ('\u{ff1a}', "Fullwidth Colon", ":"),
    ('\u{2236}', "Ratio", ":"),
    ('\u{ff01}', "Fullwidth Exclamation Mark", "!"),
    ('\u{1c3}', "Latin Letter Retroflex Click", "!"),
    ('\u{ff1f}', "Fullwidth Question Mark", "?"),
    ('\u{ff0e}', "Fullwidth Full Stop", "."),
    ('\u{3002}', "Ideographic Full Stop", "."),
    ('\u{2024}', "One Dot Leader", "."),
    ('\u{ff08}', "Fullwidth Left Parenthesis", "("),
    ('\u{ff09}', "Fullwidth Right Parenthesis", ")"),
    ('\u{ff3b}', "Fullwidth Left Square Bracket", "["),
    ('\u{ff3d}', "Fullwidth Right Square Bracket", "]"),
    ('\u{3010}', "Left Black Lenticular Bracket", "["),
    ('\u{3011}', "Right Black Lenticular Bracket", "]"),
    ('\u{ff5b}', "Fullwidth Left Curly Bracket", "{"),
    ('\u{ff5d}', "Fullwidth Right Curly Bracket", "}"),
    ('\u{ff0a}', "Fullwidth Asterisk", "*"),
    ('\u{2217}', "Asterisk Operator", "*"),
    ('\u{ff0f}', "Fullwidth Solidus", "/"),
    ('\u{2044}', "Fraction Slash", "/"),
    ('\u{2215}', "Division Slash", "/"),
    ('\u{ff3c}', "Fullwidth Reverse Solidus", "\\"),
    ('\u{2216}', "Set Minus", "\\"),
    ('\u{ff06}', "Fullwidth Ampersand", "&"),
    ('\u{ff0b}', "Fullwidth Plus Sign", "+"),
    ('\u{ff1c}', "Fullwidth Less-Than Sign", "<"),
    ('\u{2039}', "Single Left-Pointing Angle Quotation Mark", "<"),
    ('\u{ff1d}', "Fullwidth Equals Sign", "="),
    ('\u{2e40}', "Double Hyphen", "="),
    ('\u{2a75}', "Two Consecutive Equals Signs", "=="),
    ('\u{ff1e}', "Fullwidth Greater-Than Sign", ">"),
    ('\u{203a}', "Single Right-Pointing Angle Quotation Mark", ">"),
    ('\u{ff05}', "Fullwidth Percent Sign", "%"),
    ('\u{ff3e}', "Fullwidth Circumflex Accent", "^"),
    ('\u{ff5c}', "Fullwidth Vertical Line", "|"),
    ('\u{2223}', "Divides", "|"),
    ('\u{ff04}', "Fullwidth Dollar Sign", "$"),
    ('\u{2018}', "Left Single Quotation Mark", "'"),
    ('\u{2019}', "Right Single Quotation Mark", "'"),
    ('\u{201b}', "Single High-Reversed-9 Quotation Mark", "'"),
    ('\u{2032}', "Prime", "'"),
    ('\u{ff07}', "Fullwidth Apostrophe", "'"),
    ('\u{b4}', "Acute Accent", "'"),
    ('\u{201c}', "Left Double Quotation Mark", "\""),
    ('\u{201d}', "Right Double Quotation Mark", "\""),
    ('\u{201f}', "Double High-Reversed-9 Quotation Mark", "\""),
    ('\u{2033}', "Double Prime", "\""),
    ('\u{ff02}', "Fullwidth Quotation Mark", "\""),
];

pub(crate) fn lookup(c: char) -> Option<Confusable> {
    let (_, name, text) = TABLE.iter().find(|(from, ..)| *from == c)?;
    let (text, name_of, kind) = NAMES.iter().find(|(known, ..)| known == text)?;
    Some((name, text, name_of, *kind))
}

/// Says what the character looks like; quotes are suggested in pairs.
pub(crate) fn suggest(
    err: &mut Diag<'_>,
    lexer: &Lexer<'_>,
    start: usize,
    end: usize,
    c: char,
    name: &str,
    text: &str,
    name_of: &str,
) {
    let rest = &lexer.src[start + c.len_utf8()..];
    if c == '\u{201c}'
        && let Some(i) = rest.find(['\u{201d}', '"'])
        && rest[i..].starts_with('\u{201d}')
    {
        let close = start + c.len_utf8() + i;
        let msg = "Unicode characters '\u{201c}' (Left Double Quotation Mark) and '\u{201d}' (Right Double Quotation Mark) look like '\"' (Quotation Mark), but are not".to_string();
        err.span_suggestion(
            lexer.context.span(start, close + '\u{201d}'.len_utf8()),
            msg,
            format!("\"{}\"", &rest[..i]),
            Applicability::MaybeIncorrect,
        );
        return;
    }
    let msg = format!("Unicode character '{c}' ({name}) looks like '{text}' ({name_of}), but it is not");
    let times = lexer.src[start..end].chars().count();
    err.span_suggestion(lexer.context.span(start, end), msg, text.repeat(times), Applicability::MaybeIncorrect);
}

/// Is it an emoji that someone might write in an identifier?
pub(crate) fn is_emoji(c: char) -> bool {
    matches!(c,
        '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2194}'..='\u{2199}' | '\u{21a9}'..='\u{21aa}'
        | '\u{231a}'..='\u{231b}' | '\u{2328}' | '\u{23cf}' | '\u{23e9}'..='\u{23f3}' | '\u{23f8}'..='\u{23fa}'
        | '\u{24c2}' | '\u{25aa}'..='\u{25ab}' | '\u{25b6}' | '\u{25c0}' | '\u{25fb}'..='\u{25fe}'
        | '\u{2600}'..='\u{27bf}' | '\u{2934}'..='\u{2935}' | '\u{2b05}'..='\u{2b07}' | '\u{2b1b}'..='\u{2b1c}'
        | '\u{2b50}' | '\u{2b55}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}'
        | '\u{1f000}'..='\u{1faff}')
}
