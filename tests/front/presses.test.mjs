import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { inside, page } from "./load.mjs";

let sent, press, pressLatest, acknowledge, presses, letGo;

beforeEach(async () => {
  page();
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  ({ press, pressLatest, acknowledge, presses, letGo } = await inside("stage", "press", "pressLatest", "acknowledge", "presses", "letGo"));
  sent = [];
  presses.send = (_name, message) => sent.push(structuredClone(message));
});

const items = () => sent.map((message) => message.items);

test("presses are counted from 1, and those made while one is under way go out together", () => {
  press("step");
  press("back");
  press("show", 3);
  assert.deepEqual(items(), [[[1, "step", 0]]]);
  acknowledge({ mount: presses.mount, n: 1 });
  assert.deepEqual(items()[1], [[2, "back", 0], [3, "show", 3]]);
});

test("an acknowledged press is not sent again", () => {
  press("step");
  acknowledge({ mount: presses.mount, n: 1 });
  assert.deepEqual(presses.waiting, []);
  mock.timers.tick(10_000);
  assert.equal(sent.length, 1);
  press("step");
  assert.deepEqual(items()[1], [[2, "step", 0]]);
});

test("an answer that got lost is asked for again", () => {
  press("step");
  mock.timers.tick(2000);
  assert.deepEqual(items(), [[[1, "step", 0]], [[1, "step", 0]]]);
});

test("an answer that got lost twice has the whole page asked for, until one comes", () => {
  const asked = mock.fn();
  presses.whole = asked;
  press("step");
  mock.timers.tick(2000);
  assert.equal(asked.mock.callCount(), 0);
  mock.timers.tick(2000);
  assert.equal(asked.mock.callCount(), 1);
  acknowledge({ mount: presses.mount, n: 1 });
  mock.timers.tick(10_000);
  assert.equal(asked.mock.callCount(), 1);
});

test("what acknowledges another page, or nothing, acknowledges none of these", () => {
  press("step");
  acknowledge({ mount: "another", n: 5 });
  acknowledge(null);
  assert.deepEqual(presses.waiting, [[1, "step", 0]]);
});

test("a page that has been left sends nothing any more", () => {
  press("step");
  letGo();
  mock.timers.tick(10_000);
  assert.equal(sent.length, 1);
});

test("of the places that a slider comes to while one is under way, the latest alone goes out, and no other press is lost", () => {
  for (const place of [20, 21, 22]) pressLatest("drag_temperature", place);
  press("step");
  pressLatest("drag_temperature", 25);
  assert.deepEqual(items(), [[[1, "drag_temperature", 20]]]);
  acknowledge({ mount: presses.mount, n: 1 });
  assert.deepEqual(items()[1], [[4, "step", 0], [5, "drag_temperature", 25]]);
  pressLatest("drag_temperature", 26); // what is under way stays, it may have to be sent again
  assert.deepEqual(presses.waiting.map(([n]) => n), [4, 5, 6]);
});
