import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { FakeElement, inside, page } from "./load.mjs";

let stage, shown, asked, parent;

beforeEach(async () => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  shown = page();
  asked = [];
  parent = { postMessage: (message, origin) => asked.push([message, origin]), focus: () => asked.push("focus") };
  window.parent = window;
  stage = await inside("stage", "presses", "hand", "listenToHands", "letGo", "curtain", "handing", "watchPointer", "channel", "followed", "tellSpeaker", "showPointer");
  stage.presses.send = () => {};
  stage.listenToHands(true);
});

afterEach(() => stage.letGo());

function typed(name, more = {}) {
  const event = Object.assign(new Event("keydown", { cancelable: true }), { key: name, ...more });
  event.composedPath = () => [shown.document.body];
  const before = stage.presses.waiting.length;
  window.dispatchEvent(event);
  return stage.presses.waiting.slice(before).map(([, action]) => action)[0];
}

test("b and . blank the stage and show it again, without a word to the server", () => {
  for (const name of ["b", "."]) {
    assert.equal(typed(name), undefined);
    assert.ok(stage.curtain.isConnected);
    assert.equal(typed(name), undefined);
    assert.ok(!stage.curtain.isConnected);
  }
});

test("behind the curtain nothing moves, and Escape lifts it", () => {
  typed("b");
  for (const name of ["ArrowRight", "PageDown", " ", "p"]) assert.equal(typed(name), undefined);
  typed("Escape");
  assert.ok(!stage.curtain.isConnected);
  assert.equal(typed("ArrowRight"), "step");
});

test("b held down blanks once", () => {
  typed("b");
  typed("b", { repeat: true });
  assert.ok(stage.curtain.isConnected);
});

test("Caps Lock is no other key", () => assert.equal(typed("P"), "present"));

test("p, t and q go to the server, as do a remote's two keys", () => {
  const names = { p: "present", t: "tour", q: "share", PageDown: "next", PageUp: "previous" };
  for (const [name, action] of Object.entries(names)) assert.equal(typed(name), action);
});

test("a page that has been left takes its curtain along", () => {
  typed("b");
  stage.letGo();
  assert.ok(!stage.curtain.isConnected);
});

test("a pointer that rests for three seconds hides while the stage is presented, and comes back when it is moved", () => {
  const look = shown.document.documentElement.classList;
  mock.timers.tick(10_000);
  assert.ok(!look.has("idle"));
  stage.watchPointer(true);
  mock.timers.tick(2999);
  assert.ok(!look.has("idle"));
  mock.timers.tick(1);
  assert.ok(look.has("idle"));
  window.dispatchEvent(new Event("pointermove"));
  assert.ok(!look.has("idle"));
  mock.timers.tick(3000);
  assert.ok(look.has("idle"));
  stage.watchPointer(false);
  assert.ok(!look.has("idle"));
  window.dispatchEvent(new Event("pointermove"));
  mock.timers.tick(10_000);
  assert.ok(!look.has("idle"));
});

test("what has come to its end is handed to the deck in the form of reveal.js, with the focus", () => {
  window.parent = parent;
  stage.handing.ways = { next: "next", step: "next" };
  assert.equal(typed("PageDown"), undefined);
  assert.deepEqual(asked, [['{"method":"next","args":[]}', "*"], "focus"]);
  assert.equal(typed("ArrowRight"), undefined);
  assert.equal(asked.length, 4);
  assert.equal(typed("ArrowLeft"), "back");
});

test("while a press is under way nothing is handed on, for it may open the next step", () => {
  window.parent = parent;
  assert.equal(typed("ArrowRight"), "step");
  stage.handing.ways = { next: "next" };
  assert.equal(typed("PageDown"), "next");
  assert.deepEqual(asked, []);
});

test("a stage in no frame hands nothing on", () => {
  stage.handing.ways = { next: "next" };
  assert.equal(typed("PageDown"), "next");
});

test("the focus is taken only when the deck around says that its slide is on", () => {
  let taken = 0;
  window.focus = () => taken++;
  const say = (data, source) => window.dispatchEvent(Object.assign(new Event("message"), { data, source }));
  say("slide:start", parent);
  assert.equal(taken, 0); // this page is in no frame
  window.parent = parent;
  say("slide:start", {});
  say("slide:stop", parent);
  say({ method: "focus" }, parent);
  assert.equal(taken, 0);
  say("slide:start", parent);
  assert.equal(taken, 1);
});

test("nobody is told of a step before a speaker's window has said hello; what is pressed there is done here", () => {
  const told = [];
  stage.channel.postMessage = (message) => told.push(message);
  stage.tellSpeaker("t=1");
  assert.deepEqual(told, []);
  stage.channel.onmessage({ data: { hello: true } });
  stage.tellSpeaker("t=2");
  const from = stage.presses.mount;
  assert.deepEqual(told, [{ from, query: "t=1" }, { from, query: "t=2" }]);
  stage.channel.onmessage({ data: { to: "another tab", action: "step" } });
  assert.equal(stage.presses.waiting.length, 0);
  stage.channel.onmessage({ data: { to: from, action: "step" } });
  assert.equal(stage.presses.waiting[0][1], "step");
  stage.channel.onmessage({ data: { to: from, action: "blank" } });
  assert.ok(stage.curtain.isConnected);
});

test("a field keeps its letters", () => {
  const event = Object.assign(new Event("keydown", { cancelable: true }), { key: "b" });
  event.composedPath = () => [new FakeElement("textarea")];
  window.dispatchEvent(event);
  assert.ok(!stage.curtain.isConnected);
});
