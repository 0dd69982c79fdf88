/** Colours for the two texts that are no Rust: Cranelift IR and assembly. */

import { StreamLanguage, type StringStream } from "@codemirror/language";

const clifKeywords = /^(function|block\d+|jump|brif|br_table|return|return_call|call|call_indirect|trap\w*|colocated|symbol|fast|system_v|cold|sig\d+|fn\d+|gv\d+|ss\d+)$/;
const clifTypes = /^([if](8|16|32|64|128)(x\d+)?)$/;

export const clif = StreamLanguage.define({
  name: "clif",
  token(stream: StringStream) {
    if (stream.eatSpace()) return null;
    if (stream.match(/^;.*/)) return "comment";
    if (stream.match(/^@[0-9a-f]+/)) return "meta";
    if (stream.match(/^"(?:[^"\\]|\\.)*"/)) return "string";
    if (stream.match(/^-?(0x[0-9a-f_.p+-]+|\d[\d_.]*)\b/i)) return "number";
    if (stream.match(/^v\d+/)) return "variableName";
    const word = stream.match(/^[A-Za-z_]\w*/);
    if (word && word !== true) {
      if (clifTypes.test(word[0])) return "typeName";
      return clifKeywords.test(word[0]) ? "keyword" : "operatorKeyword";
    }
    stream.next();
    return null;
  },
});

export const assembly = StreamLanguage.define({
  name: "assembly",
  token(stream: StringStream) {
    if (stream.sol() && stream.match(/^[^\s;]+:/)) return "labelName";
    // The offset in the function.
    if (stream.sol() && stream.match(/^\s+[0-9a-f]+:(?=\s)/)) return "meta";
    if (stream.eatSpace()) return null;
    if (stream.match(/^(;|\/\/).*/)) return "comment";
    if (stream.match(/^[%#$]?-?(0x[0-9a-f]+|\d[0-9a-f]*h|\d+)\b/i)) return "number";
    if (stream.match(/^(%[a-z]\w*|[xwvqds]\d{1,2}|[wx]zr|fp|lr|sp|[re]?[abcd]x|[abcd][lh]|[re]?[sd]il?|[re]?[sb]pl?|[re]?ip|r\d{1,2}[dwb]?|xmm\d+)\b/)) return "variableName";
    if (stream.match(/^[A-Za-z_.$][\w.$]*/)) return /^\s*([0-9a-f]+:\s*)?[A-Za-z_.$][\w.$]*$/.test(stream.string.slice(0, stream.pos)) ? "keyword" : "typeName";
    stream.next();
    return null;
  },
});
