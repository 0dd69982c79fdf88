/**
 * Where editors live: a shadow root each. There CodeMirror puts its styles into constructed style sheets, so that the
 * content security policy needs no exception for inline styles.
 */

import codeStyles from "./styles/code.css?inline";

const sheet = new CSSStyleSheet();
sheet.replaceSync(codeStyles);
// Code is shown outside of editors too: in explanations and messages.
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

export function codeRoot(host: HTMLElement): ShadowRoot {
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet];
  return root;
}
