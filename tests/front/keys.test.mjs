import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { FakeElement, inside, page } from "./load.mjs";

let presses, hand, listenToHands, letGo, shown;

beforeEach(async () => {
  shown = page();
  ({ presses, hand, listenToHands, letGo } = await inside("stage", "presses", "hand", "listenToHands", "letGo"));
  presses.send = () => {};
  listenToHands(true);
});

afterEach(() => letGo());

// A key on the page as it is: what it did, and whether it was kept from the browser.
function typed(name, target = shown.document.body, more = {}) {
  const event = Object.assign(new Event("keydown", { cancelable: true }), { key: name, ...more });
  event.composedPath = () => [target];
  const before = presses.waiting.length;
  window.dispatchEvent(event);
  const [made] = presses.waiting.slice(before);
  assert.equal(event.defaultPrevented, made != null);
  return made?.[1];
}

for (const [name, action] of Object.entries({
  ArrowRight: "step", PageDown: "next", ArrowLeft: "back", PageUp: "previous", ArrowDown: "phase",
  " ": "play", Home: "start", End: "end", "?": "help", a: undefined, ArrowUp: undefined, Enter: undefined,
})) {
  test(`the key ${JSON.stringify(name)} does: ${action ?? "nothing"}`, () => assert.equal(typed(name), action));
}

test("Ctrl Z and Cmd Z undo; other keys with them are the browser's", () => {
  assert.equal(typed("z", undefined, { ctrlKey: true }), "undo");
  assert.equal(typed("Z", undefined, { metaKey: true }), "undo");
  assert.equal(typed("z"), undefined);
  assert.equal(typed("ArrowLeft", undefined, { metaKey: true }), undefined);
  assert.equal(typed("ArrowLeft", undefined, { altKey: true }), undefined);
});

test("with Shift only ? is a key of the stage", () => {
  assert.equal(typed("?", undefined, { shiftKey: true }), "help");
  assert.equal(typed("ArrowRight", undefined, { shiftKey: true }), undefined);
});

test("a field has its keys to itself", () => {
  for (const name of ["ArrowRight", " ", "Home", "?"]) assert.equal(typed(name, new FakeElement("textarea")), undefined);
});

test("a slider that was reached by Tab keeps its arrows; one that was clicked gives them back", () => {
  const slider = new FakeElement("[role=slider]");
  assert.equal(typed("ArrowRight", slider), undefined);
  hand.onMouse = true;
  assert.equal(typed("ArrowRight", slider), "step");
  typed("Tab", slider);
  assert.equal(typed("ArrowRight", slider), undefined);
});

test("Space presses the button that was reached by Tab, and plays elsewhere", () => {
  const button = new FakeElement("button");
  assert.equal(typed(" ", button), undefined);
  assert.equal(typed("ArrowRight", button), "step");
  hand.onMouse = true;
  assert.equal(typed(" ", button), "play");
});

test("while a dialog is open no key is the stage's", () => {
  shown.document.querySelector = (selector) => (selector.includes("[role=dialog]") ? {} : null);
  assert.equal(typed("ArrowRight"), undefined);
});

test("a key held down waits for the step before it, and does not play and pause in turn", () => {
  assert.equal(typed("ArrowRight"), "step");
  const event = Object.assign(new Event("keydown"), { key: "ArrowRight", repeat: true });
  event.composedPath = () => [shown.document.body];
  window.dispatchEvent(event);
  assert.equal(presses.waiting.length, 1);
  presses.waiting = [];
  window.dispatchEvent(event);
  assert.equal(presses.waiting.length, 1);
});

test("a page that has been left hears no key, and one that is shown again hears each once", () => {
  listenToHands(false);
  window.dispatchEvent(Object.assign(new Event("keydown"), { key: "ArrowRight" }));
  assert.equal(presses.waiting.length, 0);
  listenToHands(true);
  listenToHands(true);
  assert.equal(typed("ArrowRight"), "step");
  assert.equal(presses.waiting.length, 1);
});

test("an event of a key that somebody has dealt with is left alone", () => {
  const done = Object.assign(new Event("keydown", { cancelable: true }), { key: "ArrowRight" });
  done.composedPath = () => [shown.document.body];
  done.preventDefault();
  window.dispatchEvent(done);
  assert.equal(presses.waiting.length, 0);
});
