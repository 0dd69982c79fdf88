// Before anything is drawn: the theme that was chosen, so that the page does not flash.
try {
  const theme = localStorage.getItem("rcc.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is forbidden: the system's theme it is.
}
