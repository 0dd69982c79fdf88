/** The page put together: what happens when. Start here. */

import "./styles/panes.css";
import "./styles/page.css";
import { openGallery, openShare, openShortcuts } from "./dialogs.js";
import { byId } from "./dom.js";
import { FileBar } from "./files.js";
import type { By } from "./linked.js";
import { Notices } from "./notices.js";
import { keepOffline } from "./offline.js";
import { Output } from "./output.js";
import { countProblems, problemsOf } from "./problems.js";
import { DEFAULT_OPTIONS, helloProject, savedProject, store, type Options, type Project } from "./project.js";
import { Session, type Activity } from "./session.js";
import { decodeLink, encodeLink } from "./share.js";
import { SourceEditor } from "./source-editor.js";
import { makeSplitter } from "./splitter.js";
import { StatusBar } from "./status-bar.js";
import { Toolbar } from "./toolbar.js";

const notices = new Notices(byId("notices"));
const first = savedProject("project") ?? helloProject();
let options: Options = first.options;
/** What was opened last, as it was: to see whether the user has changed it. */
let opened = JSON.stringify(helloProject().files);
let saveTimer: ReturnType<typeof setTimeout> | undefined;

const project = (): Project => ({ files: editor.files(), options });

const editor = new SourceEditor(byId("editor"), first.files, {
  onEdit: edited,
  onSwitch: () => files.render(),
  onCursor: (line, column) => status.setCursor(line, column),
  onPoint: pointSource,
  explain: (code) => {
    setView("output");
    void output.explanation.open(code);
  },
  askHover: (file, offset) => session.hover(file, offset),
  announce: (text) => status.announce(text),
});

const files = new FileBar(byId("files"), {
  paths: () => editor.paths,
  current: () => editor.path,
  onShow: (path) => editor.show(path),
  onAdd: (path) => {
    editor.add(path);
    edited();
    editor.focus();
  },
  onRename: (from, to) => {
    editor.rename(from, to);
    edited();
  },
  onRemove: (path) => {
    editor.remove(path);
    files.render();
    edited();
  },
});

const status = new StatusBar(byId("status"), {
  onProblems: () => {
    setView("output");
    output.show("diagnostics");
  },
  onView: setView,
});

const output = new Output(byId("output"), {
  onBuild: build,
  onStop: () => session.stop(),
  onPane: () => {
    if (output.emit.length > 0) void session.check();
  },
  goTo: (file, line, column) => {
    if (!editor.paths.includes(file)) return;
    setView("code");
    editor.goTo(file, line, column);
  },
  loadExplanation: (code) => session.explain(code),
  onStagePoint: (file, ranges, by) => editor.showLinked(file, ranges, by === "cursor"),
});

const toolbar = new Toolbar(byId("tools"), {
  onExamples: () =>
    void openGallery(({ files, id }) => open({ files, options: { ...DEFAULT_OPTIONS, crateName: id, target: options.target } })),
  onShare: () => void share(),
  onHelp: openShortcuts,
  onBuild: build,
  onOptions: (changed) => {
    options = changed;
    output.builds.markStale();
    save();
    void session.check();
  },
});
toolbar.setOptions(options);
makeSplitter(byId("splitter"), byId("work"));
output.setMessage("The compiler is being loaded. You can write already.", "info");
output.timings.setPage("Page ready to type", performance.now());

const session = new Session(project, () => output.emit, {
  onActivity: showActivity,
  onVersion: (version) => status.setVersion(version),
  onReady: () => {
    notices.hide("load");
    output.timings.setPage("Compiler ready", performance.now());
    status.setActivity({ kind: "idle" });
    void keepOffline(notices);
  },
  onPartial: (diagnostics, texts) => editor.setProblems(problemsOf(diagnostics, texts)),
  onChecked: (outcome) => {
    const { diagnostics } = outcome.result;
    const { errors, warnings } = countProblems(diagnostics);
    editor.setProblems(problemsOf(diagnostics, outcome.texts));
    output.setOutcome(outcome);
    status.setProblems(errors, warnings);
    status.setChecked(outcome.result.totalMs);
    status.setActivity({ kind: "idle" });
    notices.hide("timeout");
  },
  onBuilt: (outcome) => {
    output.builds.setOutcome(outcome, options);
    output.timings.setBuild(outcome.result, outcome.target);
    if (outcome.result.success) return;
    output.setDiagnostics(outcome.result.diagnostics);
    output.show("diagnostics");
  },
  onTimeout: (what, seconds) => {
    output.builds.setBuilding(null);
    const text = `The ${what} was stopped: it took more than ${seconds} seconds.`;
    editor.setProblems([]);
    if (what === "check") output.setMessage(text, "error");
    status.setActivity({ kind: "idle" });
    notices.show("timeout", { text, severity: "error", action: { label: "Try again", run: () => void (what === "check" ? session.check() : build()) } });
  },
  onCrash: (message) => {
    output.builds.setBuilding(null);
    output.setMessage("error: internal compiler error. Your program is kept, and the compiler has been started anew.", "error");
    status.setActivity({ kind: "idle" });
    notices.show("crash", {
      text: "Internal compiler error: the compiler has met a bug of its own. Your program is kept, and the compiler has been started anew.",
      severity: "error",
      details: message,
    });
  },
});

document.body.dataset["ready"] = "editor";
void start();

/** The program that the address holds, or the one of last time; then the first check. */
async function start(): Promise<void> {
  try {
    const linked = await decodeLink(location.href);
    if (linked) {
      const draft = savedProject("project");
      open(linked, false);
      if (draft && JSON.stringify(draft.files) !== JSON.stringify(linked.files)) {
        store.write("previous", JSON.stringify(draft));
        notices.show("link", {
          text: "This program came with the link. The one you wrote before is kept.",
          action: { label: "Back to mine", run: () => open(savedProject("previous") ?? helloProject()) },
        });
      }
      return;
    }
  } catch (error) {
    notices.show("link", { text: `The link cannot be read: ${(error as Error).message}.`, severity: "error" });
  }
  void session.check();
}

/** Another program in the place of this one, which can be had back. */
function open(next: Project, offerBack = true): void {
  const before = project();
  const worthKeeping = JSON.stringify(before.files) !== opened;
  options = next.options;
  toolbar.setOptions(options);
  editor.load(next.files);
  files.render();
  output.builds.clear();
  output.edited();
  save();
  setView("code");
  void session.check();
  opened = JSON.stringify(next.files);
  if (!offerBack || !worthKeeping) return;
  notices.show("link", { text: "Your program was replaced.", action: { label: "Undo", run: () => open(before, false) } });
}

function edited(): void {
  // The address holds another program now; a reload is to bring this one.
  if (location.hash || location.search) history.replaceState(null, "", location.pathname);
  output.edited();
  editor.showLinked(null, [], false);
  notices.hide("crash");
  save();
  session.edited();
}

function save(): void {
  clearTimeout(saveTimer);
  saveTimer = setTimeout(saveNow, 400);
}

function saveNow(): void {
  clearTimeout(saveTimer);
  if (store.write("project", JSON.stringify(project()))) notices.hide("storage");
  else notices.show("storage", { text: "The browser does not keep this program: it is too large, or storage is forbidden." });
}

async function share(): Promise<void> {
  const link = await encodeLink(project(), location.href);
  history.replaceState(null, "", link);
  openShare(link);
}

function build(): void {
  setView("output");
  output.show("build");
  void session.buildAll();
}

function showActivity(activity: Activity): void {
  status.setActivity(activity);
  if (activity.kind === "building") output.builds.setBuilding(activity.target, activity.phase);
  else output.builds.setBuilding(null);
  if (activity.kind === "unavailable") {
    notices.show("load", {
      text: `The compiler could not be loaded: ${activity.why}`,
      severity: "error",
      action: { label: "Try again", run: () => void session.check() },
    });
  }
}

function pointSource(file: string, pos: number | null, by: By): void {
  const range = output.pointSource(file, pos, by);
  editor.showLinked(file, range ? [range] : [], false);
}

/** On a phone only one half is shown at a time. */
function setView(view: "code" | "output"): void {
  byId("work").dataset["view"] = view;
  status.setView(view);
}

addEventListener("pagehide", saveNow);
addEventListener("hashchange", () => void start());
// Before the editors hear of them: these keys mean the same everywhere.
addEventListener("keydown", (event) => {
  const typing = event.composedPath().some((target) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)));
  const inDialog = document.querySelector("dialog[open]") !== null;
  const pane = /^Digit(\d)$/.exec(event.code)?.[1];
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) build();
  else if (event.key === "?" && !typing && !inDialog) openShortcuts();
  else if (event.key === "F8" && !inDialog) editor.goToProblem(event.shiftKey ? -1 : 1);
  else if (event.key === "F6" && !inDialog) moveBetweenHalves();
  else if (event.altKey && !event.ctrlKey && !event.metaKey && pane !== undefined && !inDialog) output.showNth((Number(pane) + 9) % 10);
  else return;
  event.preventDefault();
}, true);

function moveBetweenHalves(): void {
  if (editor.view.hasFocus) {
    setView("output");
    output.focus();
  } else {
    setView("code");
    editor.focus();
  }
}
