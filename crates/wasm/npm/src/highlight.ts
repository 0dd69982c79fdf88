/** Rust's words by kind, for colours: a small scanner, enough for reading. */

export type TokenKind = "keyword" | "type" | "string" | "number" | "comment" | "macro" | "attribute" | "lifetime" | "function" | "";
export interface Token { kind: TokenKind; text: string }

const KEYWORDS = new Set(
  ("as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut pub " +
    "ref return self Self static struct super trait true type union unsafe use where while yield").split(" "),
);

const PATTERN = new RegExp(
  [
    String.raw`(?<comment>//[^\n]*|/\*[\s\S]*?(?:\*/|$))`,
    String.raw`(?<string>[bc]?r(?<hashes>#*)"[\s\S]*?(?:"\k<hashes>|$)|[bc]?"(?:\\[\s\S]|[^"\\])*(?:"|$)|b?'(?:\\(?:u\{[^}]*\}|x..|.)|[^\\'\n])')`,
    String.raw`(?<lifetime>'[A-Za-z_]\w*)`,
    String.raw`(?<attribute>#!?\[[^\]\n]*\])`,
    String.raw`(?<number>\b\d[\w]*(?:\.\d[\w]*)?)`,
    String.raw`(?<macro>\b[A-Za-z_]\w*!(?!=))`,
    String.raw`(?<word>(?:r#)?[A-Za-z_]\w*)`,
  ].join("|"),
  "gu",
);

/** Splits a text into tokens; joined, they are the text again. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const push = (kind: TokenKind, from: number, to: number) => {
    if (from < to) tokens.push({ kind, text: text.slice(from, to) });
  };
  for (const match of text.matchAll(PATTERN)) {
    const { groups = {}, 0: found, index } = match;
    push("", at, index);
    at = index + found.length;
    push(kindOf(groups, found, text, at), index, at);
  }
  push("", at, text.length);
  return tokens;
}

function kindOf(groups: Record<string, string | undefined>, found: string, text: string, end: number): TokenKind {
  if (groups["word"] === undefined) {
    for (const kind of ["comment", "string", "lifetime", "attribute", "number", "macro"] as const) {
      if (groups[kind] !== undefined) return kind;
    }
    return "";
  }
  if (KEYWORDS.has(found)) return "keyword";
  if (/^(?:[A-Z]|[iu](?:8|16|32|64|128|size)$|f(?:32|64)$|bool$|char$|str$)/.test(found)) return "type";
  return text[end] === "(" ? "function" : "";
}
