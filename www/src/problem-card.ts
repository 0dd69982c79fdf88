/** A diagnostic as a card beside the code: message, labels, notes, and a button for each suggestion. */

import { h } from "./dom.js";
import { inline } from "./markdown.js";
import type { Problem, Suggestion } from "./problems.js";
import { codeLink } from "./rendered.js";

export interface ProblemActions {
  explain: (code: string) => void;
  apply: (suggestion: Suggestion) => void;
}

const LEVELS: Record<string, string> = { error: "error", warning: "warning", info: "note" };

export function problemCard(problem: Problem, actions: ProblemActions): HTMLElement {
  const primary = problem.labels.find((label) => label.primary && label.text !== "");
  const others = problem.labels.filter((label) => label !== primary && label.text !== "");
  // A lint's name stands in its note.
  const code = problem.code?.startsWith("E") ? problem.code : null;
  return h(
    "div",
    { class: `card ${problem.severity}` },
    h(
      "p",
      { class: "card-message" },
      h("b", { class: `c-${problem.severity}` }, LEVELS[problem.severity], code ? ["[", codeLink(code, actions), "]"] : null),
      ": ",
      ...inline(problem.message),
    ),
    primary && h("p", { class: "card-label" }, ...inline(primary.text)),
    others.length > 0 && h("ul", { class: "card-labels" }, ...others.slice(0, 6).map((label) => h("li", {}, ...inline(label.text)))),
    ...problem.remarks.map((remark) =>
      h(
        "div",
        { class: "card-remark" },
        h("p", {}, h("b", { class: `c-${remark.level}` }, remark.level), ": ", ...inline(remark.text)),
        ...remark.suggestions.slice(0, 8).map((suggestion) =>
          h("button", { type: "button", class: "fix", onclick: () => actions.apply(suggestion) }, suggestion.title),
        ),
      ),
    ),
  );
}
